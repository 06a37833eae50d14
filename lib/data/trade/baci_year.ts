import pl from "nodejs-polars";
import { checkLineEnd } from "../io/line_end.ts";
import { readBytes } from "../read_source.ts";
import { baciRows } from "./baci.ts";
import type { BaciFile, BaciFolder } from "./baci_folder.ts";
import {
  baciError,
  type BaciKnown,
  checkBaciHeader,
  checkBaciRow,
  checkWorldTrade,
} from "./baci_format.ts";

/** The flows of one year, [rows] each in the order of the file; row r stands in line r + 2. */
export interface BaciYear {
  readonly file: string;
  readonly year: number;
  /** BACI country codes. */
  readonly exporter: Int32Array;
  readonly importer: Int32Array;
  /** HS6 codes as numbers: "010121" is 10121. */
  readonly product: Int32Array;
  /** Thousand current USD, at least 0. */
  readonly value: Float64Array;
}

/**
 * One year of trade, read by polars' streaming engine; quantities are not read. In memory are the four columns of the
 * year, 20 bytes a row (some 220 MB for a year of 11 million rows).
 *
 * @param baci folder the file belongs to: country and product codes must be in its tables
 * @throws SourceError naming file, line and column: other columns, a truncated file, a row of another length, a cell that
 * is no number, another year, an unknown country or product, exporter = importer, a flow that occurs twice, another unit
 */
export async function readBaciYear(
  file: BaciFile,
  baci: Pick<BaciFolder, "countries" | "products" | "simulated">,
): Promise<BaciYear> {
  const known = knownCodes(file, baci);
  checkHeader(file.path);
  checkLineEnd(file.path);
  const frame = await scan(known);
  const int = (name: string) => frame.getColumn(name).toTypedArray() as Int32Array;
  const year: BaciYear = {
    file: file.path,
    year: file.year,
    exporter: int("i"),
    importer: int("j"),
    product: int("k"),
    value: frame.getColumn("v").toTypedArray() as Float64Array,
  };
  const { exporter, importer, product, value } = year;
  const t = int("t");
  let total = 0;
  for (let r = 0; r < value.length; r++) {
    checkBaciRow(known, r + 2, t[r], exporter[r], importer[r], product[r], value[r]);
    total += value[r];
  }
  checkDuplicates(year);
  if (!baci.simulated) checkWorldTrade(file.path, value.length, total);
  return year;
}

function knownCodes(
  { path, year }: BaciFile,
  { countries, products }: Pick<BaciFolder, "countries" | "products">,
): BaciKnown {
  const isCountry = new Uint8Array(1000);
  for (const { code } of countries) isCountry[code] = 1;
  const isProduct = new Uint8Array(1_000_000);
  for (const { hs6 } of products) isProduct[Number(hs6)] = 1;
  return { file: path, year, isCountry, isProduct };
}

async function scan(known: BaciKnown): Promise<ReturnType<typeof pl.DataFrame>> {
  const path = known.file;
  const schema = { t: pl.Int32, i: pl.Int32, j: pl.Int32, k: pl.Int32, v: pl.Float64, q: pl.Utf8 };
  try {
    const frame = await pl.scanCSV(path, { schema, inferSchemaLength: 0 })
      .select("t", "i", "j", "k", "v", pl.col("q").isNull().alias("without_q"))
      .collect({ streaming: true });
    if (frame.height === 0) throw baciError(path, 2, undefined, "no rows", "rows");
    const complete = frame.columns.every((name) => frame.getColumn(name).nullCount() === 0);
    // The last cell is looked at so that rows of another length show; quantities may be empty.
    const lengths = Number(frame.getColumn("without_q").sum()) === 0;
    if (complete && (lengths || await firstFault(known) === undefined)) return frame;
  } catch (cause) {
    if (cause instanceof Error && cause.name === "SourceError") throw cause;
    // polars names an offset in a chunk; the line is found by reading again.
    throw await firstFault(known) ?? cause;
  }
  throw await firstFault(known) ?? baciError(path, undefined, undefined, "empty cells", "none");
}

/** Reads the text line by line; only after polars has refused the file. */
async function firstFault({ file, ...known }: BaciKnown): Promise<unknown> {
  try {
    for await (const _ of baciRows(file, known));
    return undefined;
  } catch (fault) {
    return fault;
  }
}

function checkHeader(path: string): void {
  let file: Deno.FsFile;
  try {
    file = Deno.openSync(path);
  } catch {
    readBytes(path);
    throw new Error(`${path} does not open`);
  }
  const start = new Uint8Array(1024);
  const length = file.readSync(start) ?? 0;
  file.close();
  const first = new TextDecoder().decode(start.subarray(0, length)).split("\n")[0];
  checkBaciHeader(path, first.split(","));
}

/** A file sorted by exporter, importer and product needs one pass; another one a sort. */
function checkDuplicates({ file, exporter, importer, product }: BaciYear): void {
  const rows = product.length;
  const keyOf = (r: number) => (exporter[r] * 1000 + importer[r]) * 1_000_000 + product[r];
  let rising = true;
  for (let r = 1; r < rows && rising; r++) rising = keyOf(r) > keyOf(r - 1);
  if (rising) return;
  const keys = new Float64Array(rows);
  for (let r = 0; r < rows; r++) keys[r] = keyOf(r);
  keys.sort();
  for (let n = 1; n < rows; n++) {
    if (keys[n] !== keys[n - 1]) continue;
    const lines: number[] = [];
    for (let r = 0; r < rows && lines.length < 2; r++) {
      if (keyOf(r) === keys[n]) lines.push(r + 2);
    }
    const r = lines[1] - 2;
    throw baciError(
      file,
      lines[1],
      "i + j + k",
      `${exporter[r]}, ${importer[r]}, ${product[r]}, already in row ${lines[0]}`,
      "a flow that occurs once",
    );
  }
}
