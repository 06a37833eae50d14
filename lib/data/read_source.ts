import { FETCH_AGAIN, sourceError } from "./source_error.ts";

/**
 * Bytes of a file.
 *
 * @throws SourceError when the file is missing or empty; `remedy` completes the message.
 */
export function readBytes(path: string, remedy: string = FETCH_AGAIN): Uint8Array {
  let bytes: Uint8Array;
  try {
    bytes = Deno.readFileSync(path);
  } catch (cause) {
    if (!(cause instanceof Deno.errors.NotFound)) throw cause;
    throw sourceError({ file: path, came: "no such file", expected: "the file", remedy });
  }
  if (bytes.length === 0) {
    throw sourceError({ file: path, came: "an empty file", expected: "data", remedy });
  }
  return bytes;
}

/** Path of `name` inside `dir`. */
export function inside(dir: string, ...names: readonly string[]): string {
  return [dir.replace(/\/+$/, ""), ...names].join("/");
}
