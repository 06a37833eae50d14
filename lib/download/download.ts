import { join } from "node:path";
import { type DownloadContext, downloadContext } from "./context.ts";
import { isDownloadError } from "./download_error.ts";
import { type Downloaded, downloadFile, type FileOptions } from "./download_file.ts";
import type { Original } from "./original.ts";

/** What became of the originals asked for. */
export interface DownloadReport {
  readonly files: readonly Downloaded[];
  /** Originals that could not be had, with the message of the error. */
  readonly failed: readonly { readonly original: Original; readonly message: string }[];
}

/**
 * Gets originals into the cache, several hosts at a time but one connection per host; one failure does not stop the others.
 * A lock in the cache folder keeps two runs apart.
 */
export async function download(
  originals: readonly Original[],
  options: FileOptions,
  parts: Partial<DownloadContext> = {},
): Promise<DownloadReport> {
  const context = downloadContext(parts);
  await Deno.mkdir(options.cache, { recursive: true });
  using lock = await Deno.open(join(options.cache, ".lock"), { write: true, create: true });
  await lock.lock(true);
  const files: Downloaded[] = [];
  const failed: { original: Original; message: string }[] = [];
  await Promise.all(originals.map(async (original) => {
    try {
      const file = await downloadFile(original, options, context);
      context.say(`${original.file}: ${file.message ?? file.state}`);
      files.push(file);
    } catch (cause) {
      if (!isDownloadError(cause)) throw cause;
      context.say(cause.message);
      failed.push({ original, message: cause.message });
    }
  }));
  const order = (a: { original: Original }, b: { original: Original }) =>
    originals.indexOf(a.original) - originals.indexOf(b.original);
  return { files: files.sort(order), failed: failed.sort(order) };
}
