import type { MakeUseTable } from "./bea_make_use.ts";
import { block, type CodedMatrix } from "./coded_matrix.ts";
import { FETCH_AGAIN, sourceError } from "./source_error.ts";

/**
 * Largest accepted gap between a published total and the sum of its parts, in million USD. Some 400 cells rounded to
 * 1 each add up to a standard deviation of 6; the largest gap in the published tables is 33 (imports of 5241XX, 2012).
 */
export const ROUNDING_MUSD = 40;

/** Largest accepted gap between an industry's output and its inputs plus value added; 13 is the largest published. */
export const BALANCE_MUSD = 20;

/** Published value added of all industries, million USD: guards the unit of the whole table. */
export const PUBLISHED_VALUE_ADDED: Readonly<Record<number, number>> = {
  2007: 14_451_858,
  2012: 16_253_968,
  2017: 19_612_103,
};

/** Published gross output of all industries, million USD: guards the unit of the Make table. */
export const PUBLISHED_OUTPUT: Readonly<Record<number, number>> = {
  2007: 26_238_500,
  2012: 29_222_821,
  2017: 34_468_130,
};

/** The import matrix is valued otherwise than the Use table's F05000: totals differ by 2.6 % (2012) and 2.3 % (2017). */
const IMPORT_RATIO = [0.9, 1.1] as const;

/** Accepted gap of summed value added to the published grand total: 405 rounded cells per row. */
const VALUE_ADDED_MUSD = 100;

/** Compares the totals of each file with published ones, so that a file in another unit is called that. */
export function checkUnits(
  table: MakeUseTable,
  useFile: string,
  makeFile: string,
  importFile: string | undefined,
): void {
  checkValueAdded(table, useFile, FETCH_AGAIN);
  const output = total(table.make);
  const published = PUBLISHED_OUTPUT[table.year];
  if (Math.abs(output / published - 1) > 0.01) {
    throw sourceError({
      file: makeFile,
      column: "T008",
      came: `gross output of ${output} in all`,
      expected: `${published} million USD for ${table.year} (another unit or year?)`,
      remedy: FETCH_AGAIN,
    });
  }
  if (table.imports === null || importFile === undefined) return;
  const width = table.finalUses.length;
  const column = table.finalUses.indexOf("F05000");
  const inColumn = (values: Float64Array) => total(values.filter((_, k) => k % width === column));
  const ratio = inColumn(table.imports.finalUse) / inColumn(table.finalUse);
  const [low, high] = IMPORT_RATIO;
  if (ratio < low || ratio > high) {
    throw sourceError({
      file: importFile,
      column: "F05000",
      came: `${ratio.toPrecision(4)} times the imports of the Use table`,
      expected: `${low} to ${high} times (another unit or year?)`,
      remedy: FETCH_AGAIN,
    });
  }
}

function total(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}

/** Checks what must hold without the published totals: value added of the year, and {@linkcode checkBalances}. */
export function checkMakeUse(table: MakeUseTable, file: string, remedy: string): void {
  checkValueAdded(table, file, remedy);
  checkBalances(table, file, remedy);
}

/** Largest gaps of the accounts of a table, million USD. */
export interface MakeUseGaps {
  readonly industry: { readonly code: string; readonly gap: number };
  readonly commodity: { readonly code: string; readonly gap: number };
}

/**
 * Checks output = inputs + value added for each industry and made = used for each commodity.
 *
 * @throws SourceError naming the first industry or commodity that does not balance
 */
export function checkBalances(table: MakeUseTable, file: string, remedy: string): MakeUseGaps {
  let industry = { code: "", gap: 0 };
  let commodity = { code: "", gap: 0 };
  const industries = table.industries.length;
  const commodities = table.commodities.length;
  const finalUses = table.finalUses.length;
  for (let j = 0; j < industries; j++) {
    let output = 0;
    for (let c = 0; c < commodities; c++) output += table.make[j * commodities + c];
    let cost = 0;
    for (let c = 0; c < commodities; c++) cost += table.use[c * industries + j];
    for (let v = 0; v < table.valueAddedRows.length; v++) {
      cost += table.valueAdded[v * industries + j];
    }
    if (Math.abs(output - cost) > BALANCE_MUSD) {
      throw sourceError({
        file,
        column: table.industries[j],
        came: `inputs and value added of ${cost}`,
        expected: `the output of the Make table, ${output}, within ${BALANCE_MUSD} million USD`,
        remedy,
      });
    }
    const gap = Math.abs(output - cost);
    if (gap > industry.gap) industry = { code: table.industries[j], gap };
  }
  for (let c = 0; c < commodities; c++) {
    let made = 0;
    for (let j = 0; j < industries; j++) made += table.make[j * commodities + c];
    let used = 0;
    for (let j = 0; j < industries; j++) used += table.use[c * industries + j];
    for (let f = 0; f < finalUses; f++) used += table.finalUse[c * finalUses + f];
    if (Math.abs(made - used) > ROUNDING_MUSD) {
      throw sourceError({
        file,
        row: table.commodities[c],
        came: `uses of ${used}`,
        expected: `the Make table's ${made}, within ${ROUNDING_MUSD} million USD`,
        remedy,
      });
    }
    const gap = Math.abs(made - used);
    if (gap > commodity.gap) commodity = { code: table.commodities[c], gap };
  }
  return { industry, commodity };
}

function checkValueAdded(table: MakeUseTable, file: string, remedy: string): void {
  const valueAdded = total(table.valueAdded);
  const published = PUBLISHED_VALUE_ADDED[table.year];
  if (Math.abs(valueAdded - published) > VALUE_ADDED_MUSD) {
    throw sourceError({
      file,
      row: table.valueAddedRows.join(" + "),
      came: `value added of ${valueAdded} in all`,
      expected: `${published} million USD for ${table.year} (another unit, year or schema?)`,
      remedy,
    });
  }
}

export function checkCodes(
  matrix: CodedMatrix,
  side: "row" | "column",
  came: readonly string[],
  expected: readonly string[],
): void {
  const known = new Set(expected);
  const present = new Set(came);
  const missing = expected.find((code) => !present.has(code));
  const unknown = came.find((code) => !known.has(code));
  if (missing === undefined && unknown === undefined) return;
  const both = missing !== undefined && unknown !== undefined;
  throw sourceError({
    file: matrix.file,
    [side]: missing ?? unknown,
    came: both ? `${side} "${unknown}" in its place` : missing ? `no such ${side}` : "the code",
    expected: missing ? `a ${side} ${missing}` : `only ${side}s of the publisher's code list`,
    remedy: FETCH_AGAIN,
  });
}

/** Checks that in every one of `rows` the cells of `parts` add up to the cell of `total`. */
export function checkRows(
  matrix: CodedMatrix,
  rows: readonly string[],
  parts: readonly string[],
  total: string,
): void {
  const cells = block(matrix, rows, parts);
  const totals = block(matrix, rows, [total]);
  for (let i = 0; i < rows.length; i++) {
    let sum = 0;
    for (let j = 0; j < parts.length; j++) sum += cells[i * parts.length + j];
    checkTotal(matrix.file, rows[i], total, totals[i], sum);
  }
}

/** Checks that in every one of `columns` the cells of `parts` add up to the cell of `total`. */
export function checkColumns(
  matrix: CodedMatrix,
  columns: readonly string[],
  parts: readonly string[],
  total: string,
): void {
  const cells = block(matrix, parts, columns);
  const totals = block(matrix, [total], columns);
  for (let j = 0; j < columns.length; j++) {
    let sum = 0;
    for (let i = 0; i < parts.length; i++) sum += cells[i * columns.length + j];
    checkTotal(matrix.file, total, columns[j], totals[j], sum);
  }
}

function checkTotal(file: string, row: string, column: string, total: number, sum: number): void {
  if (Math.abs(total - sum) <= ROUNDING_MUSD) return;
  throw sourceError({
    file,
    row,
    column,
    came: `a published total of ${total}`,
    expected: `the sum of its parts, ${sum}, within ${ROUNDING_MUSD} million USD ` +
      "(a changed cell, or part of the file in another unit)",
    remedy: FETCH_AGAIN,
  });
}
