import { FETCH_AGAIN, sourceError } from "../source_error.ts";

/**
 * Checks that an unpacked text file ends with a line end: one that is cut within its last number would still read.
 *
 * @throws SourceError when it does not, or is empty
 */
export function checkLineEnd(path: string): void {
  using file = Deno.openSync(path);
  const last = new Uint8Array(1);
  if (file.statSync().size > 0) {
    file.seekSync(-1, Deno.SeekMode.End);
    file.readSync(last);
  }
  if (last[0] === 10) return;
  throw sourceError({
    file: path,
    row: "last",
    came: "a last line without a line end",
    expected: "a complete last line (the file looks truncated)",
    remedy: FETCH_AGAIN,
  });
}
