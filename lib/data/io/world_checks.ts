import { sourceError } from "../source_error.ts";
import type { WorldTable } from "../wiod.ts";

/** Accepted gap between an output and the sum of its row or column: the larger of the two. */
export interface WorldTolerance {
  /** Million USD. */
  readonly absolute: number;
  /** Share of output. */
  readonly relative: number;
}

/** For tables with decimals: a thousandth of output, or one million USD. */
export const PRECISE: WorldTolerance = { absolute: 1, relative: 1e-3 };

/** Largest gaps found. */
export interface WorldGaps {
  readonly row: { readonly row: string; readonly gap: number };
  readonly column: { readonly column: string; readonly gap: number } | null;
}

/**
 * Checks that no purchase is negative, every row adds up to output and, where `otherInputs` is given, every column too.
 *
 * @param otherInputs taxes less subsidies and value added of each industry, million USD; null where unknown
 * @throws SourceError naming the first row, column or cell that is wrong
 */
export function checkWorldFlows(
  table: WorldTable,
  otherInputs: Float64Array | null,
  file: string,
  remedy: string,
  tolerance: WorldTolerance,
  columnTolerance: WorldTolerance = tolerance,
): WorldGaps {
  const { intermediate, final, output, countries, sectors } = table;
  const size = output.length;
  const width = final.length / size;
  const columns = new Float64Array(size);
  const label = (i: number) =>
    `${countries[Math.floor(i / sectors.length)]}.${sectors[i % sectors.length]}`;
  let worstRow = { row: "", gap: 0 };
  for (let i = 0; i < size; i++) {
    let sum = 0;
    for (let j = 0; j < size; j++) {
      const cell = intermediate[i * size + j];
      if (!(cell >= 0)) {
        throw sourceError({
          file,
          row: label(i),
          column: label(j),
          came: `${cell}`,
          expected: "a purchase of at least 0",
          remedy,
        });
      }
      sum += cell;
      columns[j] += cell;
    }
    for (let j = 0; j < width; j++) sum += final[i * width + j];
    const gap = Math.abs(sum - output[i]);
    const allowed = Math.max(tolerance.absolute, tolerance.relative * Math.abs(output[i]));
    if (!(gap <= allowed)) {
      throw sourceError({
        file,
        row: label(i),
        column: "output",
        came: `${output[i]}`,
        expected: `the sum of the row, ${sum}, within ${allowed} million USD`,
        remedy,
      });
    }
    if (gap > worstRow.gap) worstRow = { row: label(i), gap };
  }
  if (otherInputs === null) return { row: worstRow, column: null };
  let worstColumn = { column: "", gap: 0 };
  for (let j = 0; j < size; j++) {
    const sum = columns[j] + otherInputs[j];
    const gap = Math.abs(sum - output[j]);
    const allowed = Math.max(
      columnTolerance.absolute,
      columnTolerance.relative * Math.abs(output[j]),
    );
    if (!(gap <= allowed)) {
      throw sourceError({
        file,
        column: label(j),
        came: `inputs, taxes and value added of ${sum}`,
        expected: `the output, ${output[j]}, within ${allowed} million USD`,
        remedy,
      });
    }
    if (gap > worstColumn.gap) worstColumn = { column: label(j), gap };
  }
  return { row: worstRow, column: worstColumn };
}

/** Tables of so many countries cover most of the world, so that world value added guards their unit. */
const WORLD_COUNTRIES = 40;

/** World value added 1990 to 2030 lies between these, million USD. */
const WORLD_VALUE_ADDED = [15e6, 250e6] as const;

/** Checks the unit of a table of the whole world by its value added. @throws SourceError when it cannot be million USD */
export function checkWorldUnit(table: WorldTable, file: string, remedy: string): void {
  if (table.countries.length < WORLD_COUNTRIES) return;
  let valueAdded = 0;
  for (const value of table.output) valueAdded += value;
  for (const value of table.intermediate) valueAdded -= value;
  const [low, high] = WORLD_VALUE_ADDED;
  if (valueAdded >= low && valueAdded <= high) return;
  throw sourceError({
    file,
    came: `world value added of ${valueAdded}`,
    expected: `${low} to ${high} million USD (another unit?)`,
    remedy,
  });
}
