import { FETCH_AGAIN, sourceError } from "../source_error.ts";
import type { WorldTable } from "../wiod.ts";
import { checkWorldFlows, checkWorldUnit, type WorldTolerance } from "./world_checks.ts";

/** A table of another publisher as the project's record, with what its reader met. */
export interface WorldReading {
  readonly table: WorldTable;
  readonly coverage: WorldCoverage;
}

/** What a reader of a world table met. */
export interface WorldCoverage {
  /** Release, e.g. `OECD ICIO`. */
  readonly source: string;
  readonly file: string;
  readonly year: number;
  /** Unit as published. */
  readonly unit: string;
  /** Million USD per published unit. */
  readonly factor: number;
  readonly countries: number;
  readonly sectors: number;
  readonly finalCategories: readonly string[];
  /** Cells between industries that are not zero. */
  readonly nonzero: number;
  /** Cells without a value (empty, suppressed), read as zero. */
  readonly empty: number;
  /** Purchases between −1 and 0 million USD, set to zero, and their sum. */
  readonly smallNegatives: { readonly cells: number; readonly sum: number };
  /** Largest gap between an output and the sum of its row, million USD. */
  readonly rowGap: { readonly row: string; readonly gap: number };
  /** The same of the columns (inputs, taxes and value added), or null where the file has no value added. */
  readonly columnGap: { readonly column: string; readonly gap: number } | null;
  /** Labels that were added into another: `CN1 into CHN`. */
  readonly folded: readonly string[];
  /** Conversions and other remarks. */
  readonly notes: readonly string[];
}

/** A row or column of a world table as labelled in the file. */
export interface WorldLabel {
  readonly country: string;
  /** Sector, or category of final demand. */
  readonly sector: string;
}

/** Countries and sectors of a table, and where a label goes. */
export interface WorldPlaces {
  readonly countries: readonly string[];
  readonly sectors: readonly string[];
  readonly categories: readonly string[];
  /** Position of each row, country·S + sector. */
  readonly rows: Int32Array;
  /** Position of each column between industries; −1 for final demand. */
  readonly columns: Int32Array;
  /** Position of each final column, country·C + category; −1 for industries. */
  readonly finalColumns: Int32Array;
}

/**
 * Places of rows and columns: order of first appearance. Two labels that become the same (folded regions) get the same
 * place and are added up.
 *
 * @param fold maps a published country code to the code of the table
 * @throws SourceError when a country lacks a sector or a category, or a label occurs twice
 */
export function worldPlaces(
  file: string,
  rows: readonly WorldLabel[],
  columns: readonly WorldLabel[],
  fold: (country: string) => string = (country) => country,
): WorldPlaces {
  const countries = [...new Set(rows.map(({ country }) => fold(country)))];
  const sectors = [...new Set(rows.map(({ sector }) => sector))];
  const sectorAt = new Map(sectors.map((code, i) => [code, i]));
  const countryAt = new Map(countries.map((code, i) => [code, i]));
  const isFinal = (label: WorldLabel) => !sectorAt.has(label.sector);
  const categories = [...new Set(columns.filter(isFinal).map(({ sector }) => sector))];
  const categoryAt = new Map(categories.map((code, i) => [code, i]));
  checkLabels(file, "row", rows);
  checkLabels(file, "column", columns);
  const place = ({ country, sector }: WorldLabel, at: ReadonlyMap<string, number>) => {
    const n = countryAt.get(fold(country));
    const s = at.get(sector);
    return n === undefined || s === undefined ? -1 : n * at.size + s;
  };
  const places: WorldPlaces = {
    countries,
    sectors,
    categories,
    rows: Int32Array.from(rows, (label) => place(label, sectorAt)),
    columns: Int32Array.from(columns, (label) => place(label, sectorAt)),
    finalColumns: Int32Array.from(columns, (label) => place(label, categoryAt)),
  };
  columns.forEach((label, j) => {
    if (places.columns[j] >= 0 || places.finalColumns[j] >= 0) return;
    throw missing(file, "column", label, "a country that has rows");
  });
  checkComplete(file, "row", places.rows, countries, sectors);
  checkComplete(file, "column", places.columns, countries, sectors);
  checkComplete(file, "column", places.finalColumns, countries, categories);
  return places;
}

function checkLabels(file: string, side: "row" | "column", labels: readonly WorldLabel[]): void {
  const seen = new Set<string>();
  for (const { country, sector } of labels) {
    const label = `${country} ${sector}`;
    if (seen.has(label)) {
      throw sourceError({
        file,
        [side]: label,
        came: `the ${side} twice`,
        expected: `each ${side} once`,
        remedy: FETCH_AGAIN,
      });
    }
    seen.add(label);
  }
}

function checkComplete(
  file: string,
  side: "row" | "column",
  places: Int32Array,
  countries: readonly string[],
  codes: readonly string[],
): void {
  const found = new Set(places);
  countries.forEach((country, n) =>
    codes.forEach((sector, s) => {
      if (found.has(n * codes.length + s)) return;
      throw missing(file, side, { country, sector }, `a ${side} for every country and code`);
    })
  );
}

function missing(
  file: string,
  side: "row" | "column",
  { country, sector }: WorldLabel,
  expected: string,
): Error {
  return sourceError({
    file,
    [side]: `${country} ${sector}`,
    came: `no such ${side}, or one of another list`,
    expected,
    remedy: FETCH_AGAIN,
  });
}

/** Arrays that a reader fills, in published units. */
export interface WorldCells {
  readonly intermediate: Float64Array;
  readonly final: Float64Array;
  /** Published output by row; null where the file has none (then it is the sum of the row). */
  readonly output: Float64Array | null;
  /** Taxes less subsidies and value added by column; null where the file has none. */
  readonly otherInputs: Float64Array | null;
  readonly empty: number;
}

/** Empty arrays for the places of a table. */
export function worldCells(
  { countries, sectors, categories }: WorldPlaces,
): { readonly intermediate: Float64Array; readonly final: Float64Array; readonly size: number } {
  const size = countries.length * sectors.length;
  return {
    size,
    intermediate: new Float64Array(size * size),
    final: new Float64Array(size * countries.length * categories.length),
  };
}

/** A purchase below zero by less than this, million USD, is balancing residue and becomes zero. */
const SMALL_NEGATIVE = 1;

/** What is known besides the cells. */
export interface WorldFacts {
  readonly source: string;
  readonly file: string;
  readonly year: number;
  readonly unit: string;
  readonly factor: number;
  readonly sectorNames?: ReadonlyMap<string, string>;
  readonly folded: readonly string[];
  readonly notes: readonly string[];
  readonly tolerance: WorldTolerance;
  /** For columns, where it differs. */
  readonly columnTolerance?: WorldTolerance;
}

/**
 * Table and coverage from filled cells: converts to million USD, sets small negative purchases to zero, and checks that
 * rows, and columns where value added is known, add up to output.
 *
 * @throws SourceError naming the row or column that does not add up, or a negative purchase
 */
export function assembleWorld(
  places: WorldPlaces,
  cells: WorldCells,
  facts: WorldFacts,
): WorldReading {
  const { countries, sectors, categories } = places;
  const size = countries.length * sectors.length;
  const { intermediate, final } = cells;
  let nonzero = 0;
  let negatives = 0;
  let negativeSum = 0;
  for (let k = 0; k < intermediate.length; k++) {
    intermediate[k] *= facts.factor;
    if (intermediate[k] < 0 && intermediate[k] > -SMALL_NEGATIVE) {
      negatives += 1;
      negativeSum += intermediate[k];
      intermediate[k] = 0;
    }
    if (intermediate[k] !== 0) nonzero += 1;
  }
  for (let k = 0; k < final.length; k++) final[k] *= facts.factor;
  const output = cells.output?.map((value) => value * facts.factor) ??
    rowTotals(intermediate, final, size);
  const table: WorldTable = {
    year: facts.year,
    unit: "million USD",
    countries,
    sectors,
    sectorNames: sectors.map((code) => facts.sectorNames?.get(code) ?? code),
    finalCategories: categories.length,
    intermediate,
    final,
    output,
  };
  const others = cells.otherInputs?.map((value) => value * facts.factor) ?? null;
  const gaps = checkWorldFlows(
    table,
    others,
    facts.file,
    FETCH_AGAIN,
    facts.tolerance,
    facts.columnTolerance,
  );
  checkWorldUnit(table, facts.file, FETCH_AGAIN);
  return {
    table,
    coverage: {
      source: facts.source,
      file: facts.file,
      year: facts.year,
      unit: facts.unit,
      factor: facts.factor,
      countries: countries.length,
      sectors: sectors.length,
      finalCategories: categories,
      nonzero,
      empty: cells.empty,
      smallNegatives: { cells: negatives, sum: negativeSum },
      rowGap: gaps.row,
      columnGap: gaps.column,
      folded: facts.folded,
      notes: facts.notes,
    },
  };
}

function rowTotals(intermediate: Float64Array, final: Float64Array, size: number): Float64Array {
  const output = new Float64Array(size);
  const width = final.length / size;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) output[i] += intermediate[i * size + j];
    for (let j = 0; j < width; j++) output[i] += final[i * width + j];
  }
  return output;
}

/**
 * Checks that a file is of the year asked for: the last year in its name, where there is one.
 *
 * @throws SourceError naming both years
 */
export function checkFileYear(file: string, year: number): void {
  const name = file.split(/[/:]/).at(-1) ?? file;
  const last = [...name.matchAll(/(?<!\d)(?:19|20)\d\d(?!\d)/g)].at(-1)?.[0];
  if (last === undefined || Number(last) === year) return;
  throw sourceError({
    file,
    came: `a file of ${last}`,
    expected: `one of ${year}`,
    remedy: "name the file or archive of that year",
  });
}
