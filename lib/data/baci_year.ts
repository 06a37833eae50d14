import pl from "nodejs-polars";
import { type BaciFile, type BaciFolder } from "./baci.ts";
import { sourceError } from "./source_error.ts";

/** Columns of a trade file: year, exporter, importer, product, thousand current USD, tonnes. */
export const BACI_COLUMNS = ["t", "i", "j", "k", "v", "q"] as const;

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

/** Rows from which a file counts as a whole year of world trade, whose total is then checked. */
export const WHOLE_YEAR_ROWS = 4_000_000;
/** World trade of 1995 to 2023 lies between these, thousand USD (some 5 to 24 × 10⁹): guards the unit. */
export const WORLD_TRADE_THOUSAND_USD = [2e9, 6e10] as const;

const REMEDY = "take the file again from CEPII's BACI page, unpacked as it is";
const WHOLE = /^\s*"?\d+"?\s*$/;
const NUMBER = /^\s*(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?\s*$/;

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
  checkEnds(file.path);
  const frame = await scan(file.path);
  const int = (name: string) => frame.getColumn(name).toTypedArray() as Int32Array;
  const year: BaciYear = {
    file: file.path,
    year: file.year,
    exporter: int("i"),
    importer: int("j"),
    product: int("k"),
    value: frame.getColumn("v").toTypedArray() as Float64Array,
  };
  checkRows(year, int("t"), baci);
  checkDuplicates(year);
  let total = 0;
  for (let r = 0; r < year.value.length; r++) total += year.value[r];
  if (!baci.simulated) checkWorldTrade(file.path, year.value.length, total);
  return year;
}

async function scan(path: string): Promise<ReturnType<typeof pl.DataFrame>> {
  const schema = { t: pl.Int32, i: pl.Int32, j: pl.Int32, k: pl.Int32, v: pl.Float64, q: pl.Utf8 };
  try {
    const frame = await pl.scanCSV(path, { schema, inferSchemaLength: 0 })
      .select("t", "i", "j", "k", "v", pl.col("q").isNull().alias("without_q"))
      .collect({ streaming: true });
    if (frame.height === 0) {
      throw sourceError({ file: path, row: 2, came: "no rows", expected: "rows", remedy: REMEDY });
    }
    const complete = frame.columns.every((name) => frame.getColumn(name).nullCount() === 0);
    // The last cell is looked at so that rows of another length show; quantities may be empty.
    const lengths = Number(frame.getColumn("without_q").sum()) === 0;
    if (complete && (lengths || await firstBadLine(path) === undefined)) return frame;
  } catch (cause) {
    if (cause instanceof Error && cause.name === "SourceError") throw cause;
    // polars names an offset in a chunk; the line is found by reading again.
    throw await firstBadLine(path) ?? cause;
  }
  throw await firstBadLine(path) ??
    sourceError({ file: path, came: "empty cells", expected: "none", remedy: REMEDY });
}

/** Header and last byte. */
function checkEnds(path: string): void {
  let handle: Deno.FsFile;
  try {
    handle = Deno.openSync(path);
  } catch (cause) {
    if (!(cause instanceof Deno.errors.NotFound)) throw cause;
    throw sourceError({ file: path, came: "no such file", expected: "the file", remedy: REMEDY });
  }
  using file = handle;
  const start = new Uint8Array(1024);
  const length = file.readSync(start) ?? 0;
  const header = new TextDecoder().decode(start.subarray(0, length)).split("\n")[0];
  const columns = header.trim().split(",").map((name) => name.trim().replaceAll('"', ""));
  const expected = BACI_COLUMNS.join(",");
  if (columns.join(",") !== expected) {
    const at = BACI_COLUMNS.findIndex((name, k) => columns[k] !== name);
    throw sourceError({
      file: path,
      row: 1,
      column: BACI_COLUMNS[at] ?? columns[BACI_COLUMNS.length],
      came: `the header "${header.trim().slice(0, 80)}"`,
      expected: `"${expected}"`,
      remedy: REMEDY,
    });
  }
  file.seekSync(-1, Deno.SeekMode.End);
  const last = new Uint8Array(1);
  file.readSync(last);
  if (last[0] !== 10) {
    throw sourceError({
      file: path,
      row: "last",
      came: "a last line without a line end",
      expected: "a complete last line (the file looks truncated)",
      remedy: REMEDY,
    });
  }
}

/** Reads text line by line until one does not fit; only after polars has refused the file. */
async function firstBadLine(path: string): Promise<Error | undefined> {
  const decoder = new TextDecoderStream();
  using file = await Deno.open(path);
  let rest = "";
  let line = 1;
  for await (const text of file.readable.pipeThrough(decoder)) {
    const lines = (rest + text).split("\n");
    rest = lines.pop()!;
    for (const content of lines) {
      const fault = line === 1 ? undefined : lineFault(content);
      if (fault) return sourceError({ file: path, row: line, ...fault, remedy: REMEDY });
      line++;
    }
  }
  return undefined;
}

function lineFault(content: string) {
  const cells = content.replace(/\r$/, "").split(",");
  if (cells.length !== BACI_COLUMNS.length) {
    return { came: `${cells.length} cells ("${content.slice(0, 60)}")`, expected: "6 cells" };
  }
  for (let c = 0; c < 5; c++) {
    const rule = c < 4 ? WHOLE : NUMBER;
    if (rule.test(cells[c])) continue;
    const expected = c < 4 ? "a whole number" : "a number of at least 0";
    return { column: BACI_COLUMNS[c], came: `"${cells[c]}"`, expected };
  }
  return undefined;
}

function checkRows(
  { file, year, exporter, importer, product, value }: BaciYear,
  t: Int32Array,
  { countries, products }: Pick<BaciFolder, "countries" | "products">,
): void {
  const isCountry = new Uint8Array(1000);
  for (const { code } of countries) isCountry[code] = 1;
  const isProduct = new Uint8Array(1_000_000);
  for (const { hs6 } of products) isProduct[Number(hs6)] = 1;
  const fault = (row: number, column: string, came: number, expected: string) =>
    sourceError({ file, row: row + 2, column, came: `${came}`, expected, remedy: REMEDY });
  for (let r = 0; r < t.length; r++) {
    if (t[r] !== year) throw fault(r, "t", t[r], `${year}, the year in the file's name`);
    if (isCountry[exporter[r]] !== 1) {
      throw fault(r, "i", exporter[r], "a code of the country table");
    }
    if (isCountry[importer[r]] !== 1) {
      throw fault(r, "j", importer[r], "a code of the country table");
    }
    if (isProduct[product[r]] !== 1) throw fault(r, "k", product[r], "a code of the product table");
    if (exporter[r] === importer[r]) {
      throw fault(r, "j", importer[r], "another country than the exporter");
    }
    if (!(value[r] >= 0 && value[r] < Infinity)) {
      throw fault(r, "v", value[r], "a number of at least 0");
    }
  }
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
    throw sourceError({
      file,
      row: lines[1],
      column: "i + j + k",
      came: `${exporter[r]}, ${importer[r]}, ${product[r]}, already in row ${lines[0]}`,
      expected: "a flow that occurs once",
      remedy: REMEDY,
    });
  }
}

/**
 * Checks that a whole year of trade adds up to what the world trades.
 *
 * @param rows rows of the file; files under {@linkcode WHOLE_YEAR_ROWS} are extracts and not checked
 * @param total sum of values, thousand USD
 * @throws SourceError when the total belongs to another unit
 */
export function checkWorldTrade(file: string, rows: number, total: number): void {
  const [low, high] = WORLD_TRADE_THOUSAND_USD;
  if (rows < WHOLE_YEAR_ROWS || (total >= low && total <= high)) return;
  throw sourceError({
    file,
    column: "v",
    came: `a total of ${total.toExponential(3)}`,
    expected: `${low} to ${high} thousand USD for a year of world trade (another unit?)`,
    remedy: REMEDY,
  });
}
