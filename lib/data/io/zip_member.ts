import { FETCH_AGAIN, sourceError } from "../source_error.ts";

/**
 * Bytes of the one member of a zip archive whose path matches (of several, the one highest in the folders), as a stream; its checksum is verified on the way.
 *
 * @param member pattern of the member's path
 * @param what name of the member in error messages, e.g. `YEAR_SML.csv`
 * @throws SourceError when the archive is missing or cut off, or not exactly one member matches
 */
export async function zipMember(
  path: string,
  member: RegExp,
  what: string,
): Promise<{ readonly name: string; readonly stream: ReadableStream<Uint8Array> }> {
  const found = await findMember(path, member, what);
  if (found !== null) return found;
  const names = await zipNames(path);
  throw sourceError({
    file: path,
    row: what,
    came: `members ${names.slice(0, 8).join(", ")}${names.length > 8 ? ", …" : ""}`,
    expected: `one member ${what}`,
    remedy: "name the archive that holds it (another year or release?)",
  });
}

/** The same, or null when no member matches. */
export async function findMember(
  path: string,
  member: RegExp,
  what: string,
): Promise<{ readonly name: string; readonly stream: ReadableStream<Uint8Array> } | null> {
  const { entries, close } = await openZip(path);
  const fitting = entries.filter(({ filename, directory }) => !directory && member.test(filename));
  const depth = ({ filename }: ZipEntry) => filename.split("/").length;
  const highest = Math.min(...fitting.map(depth));
  const matching = fitting.filter((entry) => depth(entry) === highest);
  if (matching.length !== 1) {
    await close();
    if (matching.length === 0) return null;
    throw sourceError({
      file: path,
      row: what,
      came: matching.map(({ filename }) => filename).join(" and "),
      expected: "one member of that name",
      remedy: "unpack the archive and name the file",
    });
  }
  const entry = matching[0];
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  entry.getData(writable, { checkSignature: true, useWebWorkers: false })
    .catch((cause: unknown) => writable.abort(cause).catch(() => {}))
    .finally(close);
  const reader = readable.getReader();
  const stream = new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      try {
        const { done, value } = await reader.read();
        if (done) controller.close();
        else controller.enqueue(value);
      } catch (cause) {
        // The package's own errors do not say which file it was.
        controller.error(damaged(path, cause, entry.filename));
      }
    },
    cancel: (reason) => reader.cancel(reason),
  });
  return { name: entry.filename, stream };
}

/** Paths of the members of a zip archive. */
export async function zipNames(path: string): Promise<readonly string[]> {
  const { entries, close } = await openZip(path);
  await close();
  return entries.map(({ filename }) => filename);
}

interface ZipEntry {
  readonly filename: string;
  readonly directory: boolean;
  getData(
    writable: WritableStream<Uint8Array>,
    options: { readonly checkSignature: boolean; readonly useWebWorkers: boolean },
  ): Promise<unknown>;
}

async function openZip(
  path: string,
): Promise<{ readonly entries: readonly ZipEntry[]; readonly close: () => Promise<void> }> {
  const { Reader, ZipReader } = await import("@zip.js/zip.js");
  let file: Deno.FsFile;
  try {
    file = await Deno.open(path, { read: true });
  } catch (cause) {
    if (!(cause instanceof Deno.errors.NotFound)) throw cause;
    throw sourceError({ file: path, came: "no such file", expected: "it", remedy: FETCH_AGAIN });
  }
  // zip.js asks for a class; it reads the archive in pieces, which may be larger than memory.
  class FileReader extends Reader<Deno.FsFile> {
    override readonly size = file.statSync().size;
    override async readUint8Array(index: number, length: number): Promise<Uint8Array> {
      const bytes = new Uint8Array(Math.min(length, this.size - index));
      await file.seek(index, Deno.SeekMode.Start);
      for (let done = 0; done < bytes.length;) {
        const read = await file.read(bytes.subarray(done));
        if (read === null) break;
        done += read;
      }
      return bytes;
    }
  }
  const close = () => {
    file.close();
    return Promise.resolve();
  };
  try {
    const reader = new ZipReader(new FileReader(file));
    return { entries: await reader.getEntries() as unknown as readonly ZipEntry[], close };
  } catch (cause) {
    await close();
    throw damaged(path, cause);
  }
}

function damaged(path: string, cause: unknown, member?: string): Error {
  return sourceError({
    file: path,
    row: member,
    came: `bytes that do not unpack (${cause instanceof Error ? cause.message : cause})`,
    expected: "a complete zip archive (this one looks truncated)",
    remedy: FETCH_AGAIN,
  });
}
