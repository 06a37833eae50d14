/** First bytes of the formats in which publishers send data. */
const MAGIC: readonly (readonly [suffix: RegExp, bytes: readonly number[], name: string])[] = [
  [/\.(zip|xlsx|xlsb)$/i, [0x50, 0x4b], "a zip archive or workbook"],
  [/\.xls$/i, [0xd0, 0xcf, 0x11, 0xe0], "a workbook"],
  [/\.gz$/i, [0x1f, 0x8b], "a gzip file"],
];

/** Bytes from the end in which a zip archive's directory must end. */
const ZIP_END = 65_557;

/**
 * What is wrong with the first bytes of a file, or null: a page in place of data (login, error, browser check), or bytes
 * that are not the format of the file's name.
 */
export function wrongStart(file: string, type: string | null, start: Uint8Array): string | null {
  const text = new TextDecoder("latin1").decode(start.subarray(0, 512)).trimStart().toLowerCase();
  if (/\.html?$/i.test(file)) return null;
  if (/^(<!doctype html|<html|<head|<body)/.test(text) || type?.startsWith("text/html")) {
    const title = /<title>([^<]*)/.exec(text)?.[1].trim();
    return `an HTML page${title ? ` ("${title}")` : ""} in place of the file`;
  }
  for (const [suffix, magic, name] of MAGIC) {
    if (!suffix.test(file)) continue;
    if (magic.some((byte, i) => start[i] !== byte)) return `bytes that do not begin as ${name}`;
  }
  return null;
}

/** What is wrong with the end of a complete file, or null: a zip archive without its directory is cut off. */
export function wrongEnd(file: string, path: string): string | null {
  if (!/\.(zip|xlsx|xlsb)$/i.test(file)) return null;
  using handle = Deno.openSync(path, { read: true });
  const size = handle.statSync().size;
  const length = Math.min(size, ZIP_END);
  handle.seekSync(size - length, Deno.SeekMode.Start);
  const bytes = new Uint8Array(length);
  let read = 0;
  while (read < length) {
    const got = handle.readSync(bytes.subarray(read));
    if (got === null) break;
    read += got;
  }
  for (let i = length - 22; i >= 0; i--) {
    if (
      bytes[i] === 0x50 && bytes[i + 1] === 0x4b && bytes[i + 2] === 5 && bytes[i + 3] === 6
    ) return null;
  }
  return "an archive without its directory at the end (cut off)";
}
