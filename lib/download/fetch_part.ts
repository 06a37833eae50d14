import { retryAfter } from "./back_off.ts";
import { wrongStart } from "./check_content.ts";
import type { DownloadContext } from "./context.ts";
import { downloadError } from "./download_error.ts";
import type { Original } from "./original.ts";
import {
  partPath,
  type PartRecord,
  partRecordPath,
  readRecord,
  removeFiles,
  writeRecord,
} from "./records.ts";
import { request } from "./request.ts";

const AGAIN_STATUS = [408, 425, 429, 500, 502, 503, 504];
const SNIFF = 512;

/**
 * One attempt to complete the half file `PATH.part`: asks for the rest when the server still has the same file, else
 * for the whole.
 *
 * @returns what the server said of the complete file
 * @throws DownloadError when the server refuses, or sends a page or another format; other errors on broken connections, after
 * which a further attempt goes on where this one ended
 */
export async function fetchPart(
  original: Original,
  path: string,
  context: DownloadContext,
): Promise<PartRecord> {
  const part = partPath(path);
  const known = readRecord<PartRecord>(partRecordPath(path));
  const validator = known && (strong(known.etag) ?? known.lastModified);
  const have = validator && known.download === original.download ? sizeOf(part) : 0;
  const headers: Record<string, string> = {};
  if (have > 0) {
    headers.range = `bytes=${have}-`;
    headers["if-range"] = validator as string;
  }
  const stall = new AbortController();
  const { stall: patience } = context.patience;
  let timer = setTimeout(() => stall.abort(), patience);
  try {
    return await request(
      original,
      context.perHost,
      { method: "GET", headers, signal: stall.signal, environment: context.environment },
      async (response) => {
        if (response.status === 416 && known !== null && known.total === have) {
          await response.body?.cancel();
          return known;
        }
        const resumed = response.status === 206 && startOf(response) === have;
        if (response.status !== 200 && !resumed) {
          await response.body?.cancel();
          // The half file does not fit what the server has: the next attempt begins anew.
          if (response.status === 416 || response.status === 206) {
            removeFiles(part, partRecordPath(path));
          }
          throw refused(original, path, response, context.now());
        }
        const record: PartRecord = {
          download: original.download,
          etag: response.headers.get("etag"),
          lastModified: response.headers.get("last-modified"),
          total: totalOf(response),
        };
        writeRecord(partRecordPath(path), record);
        using file = Deno.openSync(part, { write: true, create: true, truncate: !resumed });
        if (resumed) file.seekSync(have, Deno.SeekMode.Start);
        let size = resumed ? have : 0;
        let start: Uint8Array | null = resumed ? null : new Uint8Array(0);
        for await (const chunk of response.body ?? []) {
          clearTimeout(timer);
          timer = setTimeout(() => stall.abort(), patience);
          if (start !== null) {
            start = joined(start, chunk.subarray(0, SNIFF));
            if (start.length >= SNIFF) {
              checkStart(original, path, response, start);
              start = null;
            }
          }
          writeAll(file, chunk);
          size += chunk.length;
          context.bytes(original, size, record.total);
        }
        if (start !== null) checkStart(original, path, response, start);
        file.syncSync();
        if (record.total !== null && size < record.total) {
          throw new Error(`the connection ended after ${size} of ${record.total} bytes`);
        }
        return { ...record, total: record.total ?? size };
      },
    );
  } catch (cause) {
    if (stall.signal.aborted) throw new Error(`no byte came for ${patience / 1000} seconds`);
    throw cause;
  } finally {
    clearTimeout(timer);
  }
}

/** Size of a file, 0 when there is none. */
export function sizeOf(path: string): number {
  try {
    return Deno.statSync(path).size;
  } catch (cause) {
    if (cause instanceof Deno.errors.NotFound) return 0;
    throw cause;
  }
}

/** Weak validators do not promise equal bytes, so they cannot guard a range. */
function strong(etag: string | null): string | null {
  return etag?.startsWith("W/") ? null : etag;
}

function startOf(response: Response): number | null {
  const range = /^bytes (\d+)-/.exec(response.headers.get("content-range") ?? "");
  return range && Number(range[1]);
}

function totalOf(response: Response): number | null {
  const range = /\/(\d+)$/.exec(response.headers.get("content-range") ?? "");
  const length = range?.[1] ?? response.headers.get("content-length");
  return length === null ? null : Number(length);
}

function checkStart(original: Original, path: string, response: Response, start: Uint8Array): void {
  const wrong = wrongStart(original.file, response.headers.get("content-type"), start);
  if (wrong !== null) throw unusable(original, path, wrong, "the file");
}

function refused(original: Original, path: string, response: Response, now: number): Error {
  const { status, statusText } = response;
  return downloadError({
    file: original.file,
    address: original.download,
    came: `status ${status}${statusText ? ` ${statusText}` : ""}`,
    expected: "the file (status 200)",
    remedy: byHand(original, path),
    again: AGAIN_STATUS.includes(status) || status === 206 || status === 416,
    after: retryAfter(response.headers.get("retry-after"), now) ?? undefined,
  });
}

/** An error about content that another attempt will not make better. */
export function unusable(original: Original, path: string, came: string, expected: string): Error {
  return downloadError({
    file: original.file,
    address: original.download,
    came,
    expected,
    remedy: byHand(original, path),
    again: false,
  });
}

function byHand(original: Original, path: string): string {
  return `look at ${original.address}, fetch the file in a browser and put it at ${path}`;
}

function joined(left: Uint8Array, right: Uint8Array): Uint8Array {
  const both = new Uint8Array(left.length + right.length);
  both.set(left);
  both.set(right, left.length);
  return both;
}

function writeAll(file: Deno.FsFile, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length;) done += file.writeSync(bytes.subarray(done));
}
