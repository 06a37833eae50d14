import { createReadStream } from "node:fs";
import { crc32, createGunzip } from "node:zlib";
import yauzl from "yauzl";
import { messageOf, namedError } from "./named_error.ts";

/** Bytes of a file, unpacked. */
export interface ByteSource {
  /** Name of the file inside the archive, or of the file itself without `.gz`: its ending tells the format. */
  readonly name: string;
  readonly chunks: AsyncIterable<Uint8Array>;
}

/** The part of yauzl that is used; its own types would pull in others that change the whole project's. */
interface ZipEntry {
  readonly fileName: string;
  readonly crc32: number;
}
interface ZipFile {
  on(event: "entry", handler: (entry: ZipEntry) => void): void;
  on(event: "end", handler: () => void): void;
  on(event: "error", handler: (cause: unknown) => void): void;
  readEntry(): void;
  openReadStreamPromise(entry: ZipEntry): Promise<AsyncIterable<Uint8Array>>;
  close(): void;
}
const { openPromise }: {
  openPromise(path: string, options: { lazyEntries: true; autoClose: false }): Promise<ZipFile>;
} = yauzl;

const CHUNK = 1 << 20;

/**
 * Opens a file for reading from beginning to end: plain, gzipped, or a zip archive with one file in it. Archives over
 * 4 GB and their checksums are handled; nothing is unpacked to disk.
 *
 * @throws PatentInputError when the file is missing or the archive is not one, holds several files, or is damaged
 */
export async function openBytes(path: string): Promise<ByteSource> {
  if (!isFile(path)) throw namedError("PatentInputError", `${path}: no such file`);
  if (/\.zip$/i.test(path)) return await openZip(path);
  const gzipped = /\.gz$/i.test(path);
  const file = createReadStream(path, { highWaterMark: CHUNK });
  const stream = gzipped
    ? file.on("error", (cause) => stream.destroy(cause)).pipe(createGunzip({ chunkSize: CHUNK }))
    : file;
  return { name: gzipped ? path.slice(0, -3) : path, chunks: guarded(path, stream) };
}

async function openZip(path: string): Promise<ByteSource> {
  try {
    const zip = await openPromise(path, { lazyEntries: true, autoClose: false });
    const entries: ZipEntry[] = [];
    await new Promise<void>((resolve, reject) => {
      zip.on("entry", (entry: ZipEntry) => {
        if (!entry.fileName.endsWith("/") && !entry.fileName.startsWith("__MACOSX")) {
          entries.push(entry);
        }
        zip.readEntry();
      });
      zip.on("end", () => resolve());
      zip.on("error", reject);
      zip.readEntry();
    });
    if (entries.length !== 1) {
      zip.close();
      throw new Error(`the archive holds ${entries.length} files, expected one`);
    }
    const [entry] = entries;
    const stream = await zip.openReadStreamPromise(entry);
    return { name: entry.fileName, chunks: checked(path, guarded(path, stream), entry, zip) };
  } catch (cause) {
    throw namedError("PatentInputError", `${path}: ${messageOf(cause)}`, cause);
  }
}

async function* guarded(
  path: string,
  stream: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  try {
    yield* stream;
  } catch (cause) {
    throw namedError(
      "PatentInputError",
      `${path}: cannot be unpacked or read to its end (${messageOf(cause)}); fetch it again`,
      cause,
    );
  }
}

async function* checked(
  path: string,
  chunks: AsyncIterable<Uint8Array>,
  entry: ZipEntry,
  zip: ZipFile,
): AsyncGenerator<Uint8Array> {
  try {
    let sum = 0;
    for await (const chunk of chunks) {
      sum = crc32(chunk, sum);
      yield chunk;
    }
    if (sum !== entry.crc32) {
      throw namedError(
        "PatentInputError",
        `${path}: the checksum of ${entry.fileName} is wrong; fetch it again`,
      );
    }
  } finally {
    zip.close();
  }
}

function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}
