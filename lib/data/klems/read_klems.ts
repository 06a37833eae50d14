import { compareText } from "../complete.ts";
import { publishedValue } from "../io/published_number.ts";
import { FETCH_AGAIN, sourceError } from "../source_error.ts";
import { type KlemsCell, klemsCells } from "./klems_cells.ts";
import {
  KLEMS_FIELDS,
  KLEMS_NAMES,
  KLEMS_VARIABLES,
  klemsCountry,
  type KlemsField,
} from "./klems_variables.ts";

/**
 * Production accounts and productivity of a country's industry in a year, from EU KLEMS: the fields of `IndustryProductivity`, null
 * where the release has none. Values are million national currency; quantities are indexes or chained volumes, employment thousand
 * persons, and hours are in the unit of the release (million in 2009, thousand later), all as published.
 */
export type KlemsYear =
  & {
    /** ISO 3166 alpha-3 where the code is known, else as published (aggregates such as "EU28"). */
    readonly country: string;
    /** Industry as published, e.g. "C26", "26-27", "TOT"; aggregates stand beside their parts. */
    readonly code: string;
    /** Name of the industry, or its code where the files have no names. */
    readonly industry: string;
    readonly year: number;
  }
  & { readonly [field in KlemsField]: number | null };

/** Options of {@linkcode readKlems}. */
export interface KlemsOptions {
  /** ISO alpha-3 codes; default: all. */
  readonly countries?: readonly string[];
  /** First year; default: all. */
  readonly from?: number;
  /** Fields without which a row is left out and counted; default: none. */
  readonly needed?: readonly KlemsField[];
}

/** A gap in the accounts and where it is. */
export interface KlemsGap {
  /** Share of the larger side. */
  readonly share: number;
  readonly at: string;
}

/** Rows with what the reader met. */
export interface KlemsReading {
  /** By country, industry and year. */
  readonly rows: readonly KlemsYear[];
  readonly coverage: {
    readonly files: readonly string[];
    readonly countries: readonly string[];
    readonly industries: number;
    readonly years: readonly number[];
    /** By field: the variables it came from and the rows that have it. */
    readonly fields: readonly {
      readonly field: KlemsField;
      readonly variables: readonly string[];
      readonly values: number;
    }[];
    /** Cells printed empty or as withheld. */
    readonly empty: number;
    /** Rows left out because a needed field is missing. */
    readonly incomplete: number;
    /** Largest gap of output and intermediates + value added, and of value added and labour + capital. */
    readonly gaps: { readonly output: KlemsGap | null; readonly income: KlemsGap | null };
    readonly unit: "million national currency";
  };
}

/** Median gap of a country's accounts from which one of the variables must be in another unit. */
const OTHER_UNIT = 0.5;
/** Values of one cell in two files may differ by this share: one of them is rounded. */
const SAME_VALUE = 1e-6;

const INDEXES: readonly KlemsField[] = ["tfpGrossOutput", "tfpValueAdded"];

/**
 * EU KLEMS growth and productivity accounts as published, from one or several files: bulk CSV of the releases from 2021 (long, or a
 * column per variable), of 2019 and 2017 (a column per year), `all_countries_09I.txt` of 2009, and country workbooks with a sheet per
 * variable (2009, 2017, from 2021). The layouts are from knowledge and from public code that reads these files; we had none of the
 * originals.
 *
 * @throws SourceError naming file, line or cell at an unknown layout, a value twice in a file or differing between files, a cell that
 * is no number, a TFP index that is not above 0, a wanted country that is missing, or accounts of a country that do not add up at all
 * (another unit)
 * @see https://euklems-intanprod-llee.luiss.it
 */
export async function readKlems(
  paths: string | readonly string[],
  options: KlemsOptions = {},
): Promise<KlemsReading> {
  const files = typeof paths === "string" ? [paths] : paths;
  const table = new Map<string, Entry>();
  const names = new Map<string, string>();
  const wanted = options.countries === undefined ? undefined : new Set(options.countries);
  let empty = 0;
  for (const [number, path] of files.entries()) {
    for await (const cell of klemsCells(path)) {
      const country = klemsCountry(cell.country);
      if (country === "" || cell.code === "") throw wrong(cell, "a country and an industry code");
      if (cell.name !== "") names.set(cell.code, cell.name);
      if (wanted?.has(country) === false || cell.year < (options.from ?? 0)) continue;
      const key = `${country}|${cell.code}|${cell.year}`;
      const value = publishedValue(cell.cell === ":" ? null : cell.cell);
      if (value === null) throw wrong(cell, "a number, or an empty cell");
      if (value.kind !== "number") {
        empty += 1;
        continue;
      }
      let entry = table.get(key);
      if (entry === undefined) {
        const values = new Float64Array(KLEMS_NAMES.length).fill(NaN);
        const file = new Int16Array(KLEMS_NAMES.length).fill(-1);
        entry = { country, code: cell.code, year: cell.year, values, file };
        table.set(key, entry);
      }
      const at = KLEMS_NAMES.indexOf(cell.variable);
      if (entry.file[at] === number) throw twice(cell, `${key}|${cell.variable}`);
      entry.file[at] = number;
      const earlier = entry.values[at];
      const scale = Math.max(Math.abs(earlier), Math.abs(value.value));
      if (!Number.isNaN(earlier) && Math.abs(earlier - value.value) > SAME_VALUE * scale) {
        throw wrong(cell, `${earlier}, as in another file`);
      }
      entry.values[at] = value.value;
    }
  }
  const needed = options.needed ?? [];
  const all = [...table.values()].map((entry) => recordOf(entry, names));
  const rows = all.filter((row) => needed.every((field) => row[field] !== null))
    .sort((a, b) =>
      compareText(a.country, b.country) || compareText(a.code, b.code) || a.year - b.year
    );
  checkRows(files.join(", "), rows, options.countries ?? []);
  return {
    rows,
    coverage: {
      files,
      countries: [...new Set(rows.map(({ country }) => country))],
      industries: new Set(rows.map(({ code }) => code)).size,
      years: [...new Set(rows.map(({ year }) => year))].sort((a, b) => a - b),
      fields: KLEMS_FIELDS.map((field) => ({
        field,
        variables: KLEMS_VARIABLES[field].filter((name) => isThere(table, name)),
        values: rows.filter((row) => row[field] !== null).length,
      })),
      empty,
      incomplete: all.length - rows.length,
      gaps: {
        output: largestGap(rows, outputGap),
        income: largestGap(rows, incomeGap),
      },
      unit: "million national currency",
    },
  };
}

interface Entry {
  readonly country: string;
  readonly code: string;
  readonly year: number;
  /** By variable, NaN where there is none. */
  readonly values: Float64Array;
  /** Number of the file each value came from last; −1: none. */
  readonly file: Int16Array;
}

function recordOf(
  { country, code, year, values }: Entry,
  names: ReadonlyMap<string, string>,
): KlemsYear {
  const fields = KLEMS_FIELDS.map((field) => {
    const at = KLEMS_VARIABLES[field].map((name) => values[KLEMS_NAMES.indexOf(name)]);
    return [field, at.find((value) => !Number.isNaN(value)) ?? null] as const;
  });
  return {
    country,
    code,
    industry: names.get(code) ?? code,
    year,
    ...Object.fromEntries(fields) as { readonly [field in KlemsField]: number | null },
  };
}

function isThere(table: ReadonlyMap<string, Entry>, name: string): boolean {
  const at = KLEMS_NAMES.indexOf(name);
  for (const { values } of table.values()) if (!Number.isNaN(values[at])) return true;
  return false;
}

function outputGap({ grossOutput, intermediates, valueAdded }: KlemsYear): number | null {
  if (grossOutput === null || intermediates === null || valueAdded === null) return null;
  return relativeGap(grossOutput, [intermediates, valueAdded]);
}

function incomeGap({ valueAdded, labour, capital }: KlemsYear): number | null {
  if (valueAdded === null || labour === null || capital === null) return null;
  return relativeGap(valueAdded, [labour, capital]);
}

/** Gap of a total and its parts, as a share of the largest of them. */
function relativeGap(total: number, parts: readonly [number, number]): number {
  const scale = Math.max(Math.abs(total), Math.abs(parts[0]), Math.abs(parts[1]));
  return scale === 0 ? 0 : Math.abs(total - parts[0] - parts[1]) / scale;
}

function largestGap(
  rows: readonly KlemsYear[],
  gap: (row: KlemsYear) => number | null,
): KlemsGap | null {
  let largest: KlemsGap | null = null;
  for (const row of rows) {
    const share = gap(row);
    if (share === null || share <= (largest?.share ?? -1)) continue;
    largest = { share, at: `${row.country} ${row.code} ${row.year}` };
  }
  return largest;
}

function checkRows(file: string, rows: readonly KlemsYear[], countries: readonly string[]): void {
  const fault = (at: string, came: string, expected: string) =>
    sourceError({ file, row: at, came, expected, remedy: FETCH_AGAIN });
  if (rows.length === 0) throw fault("all", "no row with a value", "rows of the wanted years");
  for (const row of rows) {
    for (const field of INDEXES) {
      const value = row[field];
      if (value === null || value > 0) continue;
      throw fault(`${row.country} ${row.code} ${row.year}`, `${field} ${value}`, "above 0");
    }
  }
  const byCountry = Map.groupBy(rows, ({ country }) => country);
  const absent = countries.find((country) => !byCountry.has(country));
  if (absent !== undefined) {
    throw fault(absent, `rows of ${[...byCountry.keys()].join(", ")}`, `rows of ${absent}`);
  }
  const identities = [
    ["gross output beside intermediates + value added", outputGap],
    ["value added beside labour + capital", incomeGap],
  ] as const;
  for (const [country, own] of byCountry) {
    for (const [what, gap] of identities) {
      const gaps = own.map(gap).filter((share) => share !== null).sort((a, b) => a - b);
      const median = gaps[Math.floor(gaps.length / 2)] ?? 0;
      if (median <= OTHER_UNIT) continue;
      throw fault(country, `${what}: a median gap of ${(100 * median).toFixed(0)} %`, "one unit");
    }
  }
}

function wrong({ file, row, column, cell }: KlemsCell, expected: string): Error {
  return sourceError({ file, row, column, came: `"${cell}"`, expected, remedy: FETCH_AGAIN });
}

function twice({ file, row, column }: KlemsCell, key: string): Error {
  return sourceError({
    file,
    row,
    column,
    came: `${key.replaceAll("|", " ")} again`,
    expected: "each country, industry, year and variable once",
    remedy: FETCH_AGAIN,
  });
}
