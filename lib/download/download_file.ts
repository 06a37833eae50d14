import { dirname, join } from "node:path";
import { backOff } from "./back_off.ts";
import { wrongEnd, wrongStart } from "./check_content.ts";
import type { DownloadContext } from "./context.ts";
import { isDownloadError } from "./download_error.ts";
import { fetchPart, sizeOf, unusable } from "./fetch_part.ts";
import { fileHash } from "./file_hash.ts";
import type { Original } from "./original.ts";
import {
  changedPath,
  type FileRecord,
  partPath,
  type PartRecord,
  partRecordPath,
  readRecord,
  recordPath,
  removeFiles,
  writeRecord,
} from "./records.ts";

/**
 * How a file came into the cache. `present`: it was there and equals its record; `adopted`: put there by hand;
 * `downloaded`; `changed`: the publisher's file is not the one expected: it lies beside as `FILE.changed` and is not used.
 */
export type DownloadState = "present" | "adopted" | "downloaded" | "changed";

/** Outcome of one file. */
export interface Downloaded {
  readonly original: Original;
  readonly state: DownloadState;
  /** Path of the file; of the `.changed` file when changed. */
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
  /** What is to be told, for `changed` and `adopted`. */
  readonly message?: string;
}

/** Options of {@linkcode downloadFile}. */
export interface FileOptions {
  /** Cache folder. */
  readonly cache: string;
  /** Fetch again even when the file is there, to see whether the publisher changed it. */
  readonly refresh?: boolean;
  /** Take a changed file in place of the earlier one (never against a SHA-256 of `sources.json`). */
  readonly acceptChanged?: boolean;
}

/**
 * Gets one original into the cache: whole, checked and renamed into place in one step, or not at all.
 *
 * A file that is there is hashed and compared with its record. A half file is completed by a range request while the
 * publisher's file has the same ETag or date. Broken or silent connections and the statuses 408, 425, 429 and 5xx are tried
 * again with growing waits or after the server's Retry-After; every new byte resets the count.
 *
 * @throws DownloadError naming file, address, what came and what to do, when the file cannot be had
 */
export async function downloadFile(
  original: Original,
  options: FileOptions,
  context: DownloadContext,
): Promise<Downloaded> {
  const path = join(options.cache, ...original.file.split("/"));
  await Deno.mkdir(dirname(path), { recursive: true });
  const record = readRecord<FileRecord>(recordPath(path));
  if (!options.refresh) {
    const kept = await keptFile(original, path, record, context);
    if (kept !== null) return kept;
  }
  const sent = await persevere(original, path, context);
  const part = partPath(path);
  const hash = await fileHash(part);
  if (hash === null) throw new Error(`${part} vanished`);
  const cut = wrongEnd(original.file, part);
  if (hash.bytes !== sent.total || cut !== null) {
    removeFiles(part, partRecordPath(path));
    throw unusable(
      original,
      path,
      cut ?? `${hash.bytes} bytes`,
      cut === null ? `${sent.total} bytes, as the server said` : "a complete archive",
    );
  }
  const difference = differs(original, record, hash, options.acceptChanged ?? false);
  if (difference !== null) {
    removeFiles(partRecordPath(path));
    await Deno.rename(part, changedPath(path));
    return { original, state: "changed", path: changedPath(path), ...hash, message: difference };
  }
  keep(original, path, hash, sent, context);
  await Deno.rename(part, path);
  removeFiles(partRecordPath(path), changedPath(path));
  return { original, state: "downloaded", path, ...hash };
}

/** The file in the cache when it is sound; a damaged one is removed and told. */
async function keptFile(
  original: Original,
  path: string,
  record: FileRecord | null,
  context: DownloadContext,
): Promise<Downloaded | null> {
  const hash = await fileHash(path);
  if (hash === null) return null;
  const expected = original.sha256 ?? record?.sha256;
  if (expected === undefined) {
    const wrong = wrongStart(original.file, null, firstBytes(path)) ??
      wrongEnd(original.file, path) ??
      (original.bytes === null || original.bytes === hash.bytes ? null : `${hash.bytes} bytes`);
    if (wrong !== null) throw unusable(original, path, `${wrong} at ${path}`, "the whole original");
    keep(original, path, hash, { etag: null, lastModified: null }, context);
    const message = `found at ${path}, taken as the original; SHA-256 ${hash.sha256}`;
    return { original, state: "adopted", path, ...hash, message };
  }
  if (hash.sha256 === expected) {
    if (record === null) keep(original, path, hash, { etag: null, lastModified: null }, context);
    return { original, state: "present", path, ...hash };
  }
  context.say(
    `${original.file}: the file in the cache has SHA-256 ${hash.sha256}, expected ${expected}; ` +
      "it is removed and fetched again",
  );
  removeFiles(path);
  return null;
}

async function persevere(
  original: Original,
  path: string,
  context: DownloadContext,
): Promise<PartRecord> {
  const { patience } = context;
  let failures = 0;
  for (;;) {
    const before = sizeOf(partPath(path));
    try {
      return await fetchPart(original, path, context);
    } catch (cause) {
      const fault = isDownloadError(cause) ? cause.fault : null;
      if (fault !== null && !fault.again) {
        removeFiles(partPath(path), partRecordPath(path));
        throw cause;
      }
      failures = sizeOf(partPath(path)) > before ? 1 : failures + 1;
      const pause = Math.max(
        fault?.after ?? 0,
        backOff(patience, failures, context.random()),
      );
      if (failures >= patience.attempts || pause > patience.longestWait) {
        if (fault !== null) throw cause;
        throw unusable(
          original,
          path,
          `${reason(cause, original, context)} in each of ${failures} attempts`,
          "a connection that lasts (run the command again to go on from here)",
        );
      }
      context.say(
        `${original.file}: ${fault?.came ?? reason(cause, original, context)}; again in ${
          (pause / 1000).toFixed(1)
        } s`,
      );
      await context.wait(pause);
    }
  }
}

/** Why the file that came is not the expected one, or null. */
function differs(
  original: Original,
  record: FileRecord | null,
  hash: { readonly bytes: number; readonly sha256: string },
  accept: boolean,
): string | null {
  const told = `came ${hash.bytes} bytes with SHA-256 ${hash.sha256}, expected`;
  if (original.sha256 !== null && original.sha256 !== hash.sha256) {
    return `the original differs from data/sources.json: ${told} ${original.sha256}`;
  }
  if (original.bytes !== null && original.bytes !== hash.bytes) {
    return `the original differs from data/sources.json: ${told} ${original.bytes} bytes`;
  }
  if (record === null || record.sha256 === hash.sha256 || accept) return null;
  return `the publisher changed the file since ${record.fetched.slice(0, 10)}: ${told} ` +
    `${record.sha256}; --accept-changed takes the new one`;
}

function keep(
  original: Original,
  path: string,
  hash: { readonly bytes: number; readonly sha256: string },
  sent: Pick<PartRecord, "etag" | "lastModified">,
  context: DownloadContext,
): void {
  writeRecord(recordPath(path), {
    download: original.download,
    ...hash,
    etag: sent.etag,
    lastModified: sent.lastModified,
    fetched: new Date(context.now()).toISOString(),
  });
}

function firstBytes(path: string): Uint8Array {
  using file = Deno.openSync(path, { read: true });
  const bytes = new Uint8Array(512);
  return bytes.subarray(0, file.readSync(bytes) ?? 0);
}

/** Message of an error; fetch quotes the address it asked, in which a key may stand. */
function reason(cause: unknown, { key, download }: Original, context: DownloadContext): string {
  const message = cause instanceof Error ? cause.message : String(cause);
  if (key === undefined || !context.environment(key.env)) return message;
  return message.replaceAll(/https?:\/\/[^\s)]+/g, new URL(download).origin);
}
