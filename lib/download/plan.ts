import { join } from "node:path";
import type { DownloadContext } from "./context.ts";
import { sizeOf } from "./fetch_part.ts";
import type { Original } from "./original.ts";
import { partPath } from "./records.ts";
import { request } from "./request.ts";

/** What is to be fetched of one original. */
export interface PlannedFile {
  readonly original: Original;
  /** Whether the file is already there. */
  readonly present: boolean;
  /** Size of the whole file, null where neither the list nor the server says it. */
  readonly bytes: number | null;
  /** Bytes of a half file from an earlier run. */
  readonly have: number;
}

/** Longest wait for a server to tell a size, milliseconds. */
const HEAD_WAIT = 15_000;

/**
 * What a download would fetch. Sizes come from `sources.json`, else the server is asked (HEAD); a server that does not
 * answer leaves the size unknown.
 */
export async function planDownload(
  originals: readonly Original[],
  cache: string,
  refresh: boolean,
  context: DownloadContext,
): Promise<readonly PlannedFile[]> {
  return await Promise.all(originals.map(async (original): Promise<PlannedFile> => {
    const path = join(cache, ...original.file.split("/"));
    const size = sizeOf(path);
    if (size > 0 && !refresh) return { original, present: true, bytes: size, have: size };
    const bytes = original.bytes ?? await askSize(original, context);
    return { original, present: false, bytes, have: sizeOf(partPath(path)) };
  }));
}

async function askSize(original: Original, context: DownloadContext): Promise<number | null> {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), HEAD_WAIT);
  try {
    return await request(
      original,
      context.perHost,
      { method: "HEAD", signal: abort.signal, environment: context.environment },
      async (response) => {
        await response.body?.cancel();
        const length = response.headers.get("content-length");
        const isPage = response.headers.get("content-type")?.startsWith("text/html");
        return response.ok && !isPage && length !== null ? Number(length) : null;
      },
    );
  } catch {
    // The download itself will say what is wrong; here only the size stays unknown.
    return null;
  } finally {
    clearTimeout(timer);
  }
}

/** Lines that show the plan: files with sizes, the total, and the licence of each publisher. */
export function planLines(plan: readonly PlannedFile[], cache: string): readonly string[] {
  const fetched = plan.filter(({ present }) => !present);
  let total = 0;
  let unknown = 0;
  for (const { bytes, have } of fetched) {
    if (bytes === null) unknown += 1;
    else total += Math.max(0, bytes - have);
  }
  const publishers = new Map(fetched.map(({ original }) => [original.publisher, original]));
  const notes = new Set(fetched.flatMap(({ original }) => original.note ?? []));
  return [
    ...plan.map(({ original, present, bytes, have }) =>
      `  ${original.file}  ${
        present ? "already there" : size(bytes) + (have > 0 ? `, ${size(have)} of it here` : "")
      }`
    ),
    `To fetch: ${fetched.length} files, ${size(total)}${
      unknown > 0 ? `, and ${unknown} files of unknown size` : ""
    }, into ${cache}`,
    ...[...publishers.values()].map(({ publisher, licence, address }) =>
      `Licence: ${publisher}: ${licence} (${address})`
    ),
    ...[...notes].map((note) => `Note: ${note}`),
  ];
}

function size(bytes: number | null): string {
  if (bytes === null) return "size unknown";
  if (bytes < 1e6) return `${(bytes / 1e3).toFixed(1)} kB`;
  return bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(2)} GB`;
}
