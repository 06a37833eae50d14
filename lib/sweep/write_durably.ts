import { basename, dirname, join } from "node:path";
import { messageOf } from "@ree/command";
import { sweepError } from "./sweep_error.ts";

let nextNumber = 0;

/** Marks files that are being written; whoever finds one may remove it once its writer is gone. */
export const TEMPORARY = ".tmp";

/**
 * Writes a file so that any reader, on any machine, finds the whole content or none: a temporary name in
 * the same folder, flushed to the disk, then renamed.
 *
 * @throws SweepError when the disk is full; nothing is left behind
 */
export function writeDurably(path: string, content: string | Uint8Array): void {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  const temporary = join(
    dirname(path),
    `.${basename(path)}.${Deno.pid}-${crypto.randomUUID().slice(0, 8)}-${nextNumber++}${TEMPORARY}`,
  );
  try {
    const file = Deno.openSync(temporary, { write: true, createNew: true });
    try {
      for (let at = 0; at < bytes.length;) at += file.writeSync(bytes.subarray(at));
      file.syncSync();
    } finally {
      file.close();
    }
    Deno.renameSync(temporary, path);
  } catch (cause) {
    removeIfThere(temporary);
    throw diskFull(path, cause) ?? cause;
  }
}

/** The error of a full disk (or quota), told as such; null when the cause is another. */
export function diskFull(path: string, cause: unknown): Error | null {
  if (!/ENOSPC|EDQUOT|no space left|quota exceeded|os error (28|122)\b/i.test(messageOf(cause))) {
    return null;
  }
  return sweepError(
    `the disk is full: ${path} was not written. What is done is kept; free space and run again`,
    cause,
  );
}

/** Removes a file that may be gone already. */
export function removeIfThere(path: string): void {
  try {
    Deno.removeSync(path);
  } catch (cause) {
    if (!(cause instanceof Deno.errors.NotFound)) throw cause;
  }
}

/** The text of a file, null when there is none. */
export function readIfThere(path: string): string | null {
  try {
    return Deno.readTextFileSync(path);
  } catch (cause) {
    if (cause instanceof Deno.errors.NotFound) return null;
    throw cause;
  }
}
