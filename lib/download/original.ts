import { fileURLToPath } from "node:url";

// Not from @ree/data: that loads polars, and this command runs with few permissions.
const SOURCES: string = fileURLToPath(new URL("../../data/sources.json", import.meta.url));

/** An API key that a request needs: named here, taken from the environment, never written anywhere. */
export interface ApiKey {
  /** Environment variable, e.g. `COMTRADE_API_KEY`. */
  readonly env: string;
  /** Request header that carries it, or … */
  readonly header?: string;
  /** … the parameter of the address. */
  readonly query?: string;
}

/** A publisher's original file, as `data/sources.json` lists it. */
export interface Original {
  /** Short name given on the command line, e.g. `oecd-icio`. */
  readonly source: string;
  /** Path below the cache folder, e.g. `oecd-icio/2016-2020_SML.zip`. */
  readonly file: string;
  readonly publisher: string;
  /** The publisher's page about the data. */
  readonly address: string;
  readonly licence: string;
  /** Address of the file itself. */
  readonly download: string;
  /** Expected size, or null where it is not known before the first download. */
  readonly bytes: number | null;
  /** Expected SHA-256 in lower-case hexadecimal, or null; then the first download is the one that later ones must equal. */
  readonly sha256: string | null;
  readonly key?: ApiKey;
  /** What to know before downloading, e.g. that the publisher asks for a browser. */
  readonly note?: string;
}

/**
 * The originals that a `sources.json` lists: its entries with a `download` address.
 *
 * @throws SourceError when the file is missing, is not JSON, or an entry lacks a field or has an unsafe path
 */
export function readOriginals(
  path: string = SOURCES,
): readonly Original[] {
  let entries: unknown;
  try {
    entries = JSON.parse(Deno.readTextFileSync(path));
  } catch (cause) {
    if (cause instanceof Deno.errors.NotFound) throw fault(path, undefined, "no such file", "it");
    if (!(cause instanceof SyntaxError)) throw cause;
    throw fault(path, undefined, `text that is not JSON (${cause.message})`, "JSON");
  }
  if (!Array.isArray(entries)) throw fault(path, undefined, typeof entries, "a list of entries");
  const originals = entries.filter((entry) => entry?.download !== undefined).map((entry, i) =>
    checked(path, i, entry)
  );
  const files = new Set<string>();
  for (const { file } of originals) {
    if (files.has(file)) throw fault(path, file, "the file twice", "each file once");
    files.add(file);
  }
  return originals;
}

function checked(path: string, i: number, entry: Record<string, unknown>): Original {
  const row = typeof entry.file === "string" ? entry.file : `original ${i + 1}`;
  for (const name of ["source", "file", "publisher", "address", "licence", "download"]) {
    if (typeof entry[name] === "string" && entry[name] !== "") continue;
    throw fault(path, row, `${name} ${JSON.stringify(entry[name])}`, "a text");
  }
  const original = entry as unknown as Original;
  const parts = original.file.split("/");
  if (parts.some((part) => part === "" || part === "." || part === "..") || /[\\:]/.test(row)) {
    throw fault(path, row, `file "${row}"`, "a relative path without . and ..");
  }
  if (!URL.canParse(original.download) || !/^https?:/.test(original.download)) {
    throw fault(path, row, `download "${original.download}"`, "an http or https address");
  }
  const { bytes, sha256 } = original;
  if (bytes !== null && !(Number.isInteger(bytes) && bytes > 0)) {
    throw fault(path, row, `bytes ${bytes}`, "a whole number above 0, or null");
  }
  if (sha256 !== null && !/^[0-9a-f]{64}$/.test(sha256)) {
    throw fault(path, row, `sha256 ${sha256}`, "64 hexadecimal digits, or null");
  }
  return original;
}

function fault(file: string, row: string | undefined, came: string, expected: string): Error {
  const error = new Error(
    `${file}${row === undefined ? "" : `, ${row}`}: came ${came}, expected ${expected}. ` +
      "Remedy: correct the list, or restore it with `git checkout`.",
  );
  error.name = "SourceError";
  return error;
}

/**
 * The originals of the named sources; all of them when no name is given.
 *
 * @param names source names, or single files such as `oecd-icio/2016-2020_SML.zip`
 * @throws RangeError at an unknown name, with the list
 */
export function selectOriginals(
  originals: readonly Original[],
  names: readonly string[],
): readonly Original[] {
  for (const name of names) {
    if (originals.some(({ source, file }) => source === name || file === name)) continue;
    const known = [...new Set(originals.map(({ source }) => source))].join(", ");
    throw new RangeError(`source "${name}": expected one of ${known}, or a file of one (--list)`);
  }
  if (names.length === 0) return originals;
  return originals.filter(({ source, file }) => names.includes(source) || names.includes(file));
}
