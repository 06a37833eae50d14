import { ICIO_FOLDS, isoCodes, REST_OF_WORLD, worldTableCode, zipNames } from "@ree/data";
import { basename } from "node:path";
import { gunzipSync } from "node:zlib";
import type { SourceKindName } from "./source_kinds.ts";

/** Files whose name alone says what they are. */
const BY_NAME: readonly (readonly [RegExp, SourceKindName])[] = [
  [/^(IOMake|IOUse|ImportMatrices)_.*\.xlsx$/i, "bea"],
  [/^wiot.*\.xls[xb]$/i, "wiod"],
  [/^pwt.*\.xlsx$/i, "penn"],
];

/** Members of an archive that say what it is. */
const BY_MEMBER: readonly (readonly [RegExp, SourceKindName])[] = [
  [/(^|\/)IOMake_[^/]*\.xlsx$/i, "bea"],
  [/(^|\/)wiot[^/]*\.xls[xb]$/i, "wiod"],
  [/(^|[/_])(19|20)\d\d(_(SML|EXT))?\.csv$/i, "oecd-icio"],
  [/(^|\/)Z\.txt$/i, "exiobase"],
  [/(^|\/)BACI_[^/]*_Y\d{4}_[^/]*\.csv$/i, "baci"],
];

/** Columns in the first line of a table that say what it is. */
const BY_HEADER: readonly (readonly [readonly string[], SourceKindName])[] = [
  [["row_country", "column_country", "kind"], "world-csv"],
  [["t", "i", "j", "k", "v", "q"], "baci"],
  [["exporter", "importer", "product"], "trade-csv"],
  [["month", "series", "price"], "prices-csv"],
  [["naics", "year", "vship"], "nber-ces"],
  [["refYear", "reporterCode", "cmdCode"], "comtrade"],
  [["patents_element", "patents_other"], "patents"],
  [["sector", "wiod2013_sector"], "sectors"],
  [["product", "wiod2013_sector"], "products"],
];

/** Bytes read to find the first line of a text, or the footer of a parquet file. */
const HEAD_BYTES = 1 << 16;

/**
 * What a file or folder is, from its name, the members of an archive, or its first line; null when it is none of the kinds. A
 * damaged archive is an error, so that it is not passed over.
 *
 * @throws SourceError at an archive that does not open
 */
export async function recogniseFile(path: string): Promise<SourceKindName | null> {
  const name = basename(path);
  if (Deno.statSync(path).isDirectory) {
    const names = [...Deno.readDirSync(path)].map((entry) => entry.name);
    return names.includes("Z.txt") && names.includes("x.txt") ? "exiobase" : null;
  }
  const named = BY_NAME.find(([pattern]) => pattern.test(name));
  if (named !== undefined) return named[1];
  if (/\.parquet$/i.test(name)) {
    return footerNames(path, ["patents_element", "patents_other"]) ? "patents" : null;
  }
  if (/\.zip$/i.test(name)) {
    const members = await zipNames(path);
    return BY_MEMBER.find(([pattern]) => members.some((one) => pattern.test(one)))?.[1] ?? null;
  }
  if (/\.json$/i.test(name)) return /"cmdCode"/.test(head(path)) ? "comtrade" : null;
  if (!/\.(csv|tsv|txt|txt\.gz)$/i.test(name)) return null;
  const columns = head(path).split(/\r?\n/, 1)[0].split(/[,\t]/)
    .map((cell) => cell.trim().replace(/^\uFEFF?"?|"$/g, ""));
  const found = BY_HEADER.find(([wanted]) => wanted.every((column) => columns.includes(column)));
  if (found !== undefined) return found[1];
  const isIcio = columns.length > ICIO_LABELS &&
    columns.slice(1, 1 + ICIO_LABELS).every((label) =>
      label[3] === "_" && isTableCountry(label.slice(0, 3))
    );
  return isIcio ? "oecd-icio" : null;
}

function isTableCountry(code: string): boolean {
  return isoCodes(code) !== undefined || worldTableCode(code) === REST_OF_WORLD ||
    code in ICIO_FOLDS;
}

/** Labels `COUNTRY_INDUSTRY` that make a first line that of an ICIO table. */
const ICIO_LABELS = 3;

/** Whether a parquet file has columns of these names: they stand in its footer. */
function footerNames(path: string, names: readonly string[]): boolean {
  const file = Deno.openSync(path);
  try {
    const { size } = file.statSync();
    file.seekSync(Math.max(0, size - HEAD_BYTES), Deno.SeekMode.Start);
    const bytes = new Uint8Array(Math.min(size, HEAD_BYTES));
    const text = new TextDecoder("latin1").decode(bytes.subarray(0, file.readSync(bytes) ?? 0));
    return names.every((name) => text.includes(name));
  } finally {
    file.close();
  }
}

function head(path: string): string {
  if (/\.gz$/i.test(path)) return new TextDecoder().decode(gunzipSync(Deno.readFileSync(path)));
  const file = Deno.openSync(path);
  try {
    const bytes = new Uint8Array(HEAD_BYTES);
    return new TextDecoder().decode(bytes.subarray(0, file.readSync(bytes) ?? 0));
  } finally {
    file.close();
  }
}
