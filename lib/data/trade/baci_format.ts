import { FETCH_AGAIN, sourceError } from "../source_error.ts";

/** Columns of a trade file: year, exporter, importer, product, thousand current USD, tonnes. */
export const BACI_COLUMNS = ["t", "i", "j", "k", "v", "q"] as const;

/** Rows from which a file counts as a whole year of world trade, whose total is then checked. */
export const WHOLE_YEAR_ROWS = 4_000_000;
/** World trade of 1995 to 2023 lies between these, thousand USD (some 5 to 24 × 10⁹): guards the unit. */
export const WORLD_TRADE_THOUSAND_USD = [2e9, 6e10] as const;

/** One row of a trade file as numbers. */
export interface BaciRow {
  readonly t: number;
  /** BACI country codes. */
  readonly i: number;
  readonly j: number;
  /** HS6 code as a number: "010121" is 10121. */
  readonly k: number;
  /** Thousand current USD. */
  readonly v: number;
  /** Tonnes; null where the file has NA or nothing. */
  readonly q: number | null;
}

/** What rows of one file are checked against. */
export interface BaciKnown {
  readonly file: string;
  readonly year: number;
  /** [1000] by country number: 1 where the country table has it. */
  readonly isCountry: Uint8Array;
  /** [1,000,000] by HS6 as a number; null: every code of up to six digits will do. */
  readonly isProduct: Uint8Array | null;
}

const WHOLE = /^\d+$/;
const NUMBER = /^(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/;

/** An error about a trade file. */
export function baciError(
  file: string,
  row: number | string | undefined,
  column: string | undefined,
  came: string,
  expected: string,
): Error {
  return sourceError({
    file,
    ...(row === undefined ? {} : { row }),
    ...(column === undefined ? {} : { column }),
    came,
    expected,
    remedy: FETCH_AGAIN,
  });
}

/** @throws SourceError naming the first column that is not as in {@linkcode BACI_COLUMNS} */
export function checkBaciHeader(file: string, cells: readonly string[]): void {
  const names = cells.map((name) => name.trim().replaceAll('"', ""));
  const expected = BACI_COLUMNS.join(",");
  if (names.join(",") === expected) return;
  const at = BACI_COLUMNS.findIndex((name, c) => names[c] !== name);
  const column = BACI_COLUMNS[at] ?? names[BACI_COLUMNS.length];
  throw baciError(
    file,
    1,
    column,
    `the header "${names.join(",").slice(0, 80)}"`,
    `"${expected}"`,
  );
}

/**
 * Cells of a line as numbers.
 *
 * @throws SourceError naming line and column at a cell that is no number
 */
export function parseBaciCells(file: string, line: number, cells: readonly string[]): BaciRow {
  const [t, i, j, k, v, q] = cells.map((cell) => cell.trim());
  const wrong = (column: string, came: string, expected: string) =>
    baciError(file, line, column, `"${came}"`, expected);
  if (!WHOLE.test(t)) throw wrong("t", t, "a year");
  if (!WHOLE.test(i)) throw wrong("i", i, "a whole number, a country code");
  if (!WHOLE.test(j)) throw wrong("j", j, "a whole number, a country code");
  if (!/^\d{1,6}$/.test(k)) throw wrong("k", k, "a whole number, a product code of six digits");
  if (!NUMBER.test(v)) throw wrong("v", v, "a number of at least 0");
  const isKnown = q !== "NA" && q !== "";
  if (isKnown && !NUMBER.test(q)) throw wrong("q", q, "metric tons of at least 0, or NA");
  return {
    t: Number(t),
    i: Number(i),
    j: Number(j),
    k: Number(k),
    v: Number(v),
    q: isKnown ? Number(q) : null,
  };
}

/**
 * Checks what one row must fulfil.
 *
 * @throws SourceError naming line and column: another year, an unknown country or product, exporter = importer, a value below 0
 */
export function checkBaciRow(
  known: BaciKnown,
  line: number,
  t: number,
  i: number,
  j: number,
  k: number,
  v: number,
): void {
  const { file, year, isCountry, isProduct } = known;
  const wrong = (column: string, came: number, expected: string) =>
    baciError(file, line, column, `"${came}"`, expected);
  if (t !== year) throw wrong("t", t, `${year}, the year of the file`);
  if (isCountry[i] !== 1) throw wrong("i", i, "a code of the country table");
  if (isCountry[j] !== 1) throw wrong("j", j, "a code of the country table");
  if (isProduct !== null && isProduct[k] !== 1) throw wrong("k", k, "a code of the product table");
  if (i === j) throw wrong("j", j, "another country than the exporter");
  if (!(v >= 0 && v < Infinity)) throw wrong("v", v, "a number of at least 0");
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
  throw baciError(
    file,
    undefined,
    "v",
    `a total of ${total.toExponential(3)}`,
    `${low} to ${high} thousand USD for a year of world trade (another unit?)`,
  );
}
