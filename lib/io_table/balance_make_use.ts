import { columnSums } from "@ree/numeric";
import { gras } from "./gras.ts";
import {
  type BalanceReport,
  balanceReport,
  commodityOutput,
  industryOutput,
  type IoTable,
} from "./io_table.ts";

/** Make and Use as published: an {@link IoTable} that has no element rows and balances only up to rounding. */
export type MakeAndUse = Omit<IoTable, "elements">;

/** A balanced table and what balancing changed. */
export interface BalancedTable {
  readonly table: IoTable;
  /** Gaps of the published table. */
  readonly before: BalanceReport;
  /** GRAS sweeps. */
  readonly iterations: number;
  /** Largest change of a cell of Use or final use, million USD. */
  readonly largestChange: number;
  /** Largest change of the total of a final use column, million USD. */
  readonly largestFinalUseChange: number;
}

/**
 * Balances published Make and Use tables, which are rounded to whole million USD.
 *
 * Make and value added stay as they are; Use and final use are rescaled by GRAS so that every industry's
 * inputs are its output less value added and every commodity's uses are its domestic supply. Totals of final
 * use columns are left free, for they share rows with no other use (a government column that is the only buyer
 * of a commodity cannot keep a rounded total of its own); how far they move is reported.
 *
 * @throws when the tables cannot be balanced (names the commodity or industry)
 */
export function balanceMakeUse(published: MakeAndUse): BalancedTable {
  const unbalanced: IoTable = { ...pick(published), elements: [] };
  const before = balanceReport(unbalanced);
  const { industries, commodities, finalUses } = unbalanced;
  const valueAdded = columnSums(unbalanced.valueAdded, industries.length);
  const inputs = industryOutput(unbalanced).map((output, j) => output - valueAdded[j]);
  const supply = commodityOutput(unbalanced);
  const prior = sideBySide(unbalanced.use, unbalanced.finalUse, commodities.length);
  const balanced = gras({
    matrix: prior,
    rowTotals: supply,
    columnTotals: [...inputs, ...finalUses.map(() => null)],
    rowLabels: commodities,
    columnLabels: [...industries, ...finalUses],
  });
  const [use, finalUse] = split(balanced.matrix, industries.length, finalUses.length);
  return {
    table: { ...unbalanced, use, finalUse },
    before,
    iterations: balanced.iterations,
    largestChange: largestDifference(prior, balanced.matrix),
    largestFinalUseChange: largestDifference(
      columnSums(unbalanced.finalUse, finalUses.length),
      columnSums(finalUse, finalUses.length),
    ),
  };
}

function largestDifference(a: Float64Array, b: Float64Array): number {
  return a.reduce((largest, value, k) => Math.max(largest, Math.abs(value - b[k])), 0);
}

/** [a | b] for row-major matrices with the same number of rows. */
export function sideBySide(a: Float64Array, b: Float64Array, rows: number): Float64Array {
  const [left, right] = [a.length / rows, b.length / rows];
  const joined = new Float64Array(a.length + b.length);
  for (let i = 0; i < rows; i++) {
    joined.set(a.subarray(i * left, (i + 1) * left), i * (left + right));
    joined.set(b.subarray(i * right, (i + 1) * right), i * (left + right) + left);
  }
  return joined;
}

/** Undoes {@link sideBySide}. */
export function split(joined: Float64Array, left: number, right: number) {
  const rows = joined.length / (left + right);
  const a = new Float64Array(rows * left);
  const b = new Float64Array(rows * right);
  for (let i = 0; i < rows; i++) {
    const from = i * (left + right);
    a.set(joined.subarray(from, from + left), i * left);
    b.set(joined.subarray(from + left, from + left + right), i * right);
  }
  return [a, b] as const;
}

/** Only the fields of the table: readers may hand over more (names, import matrices). */
function pick(published: MakeAndUse): MakeAndUse {
  const { year, unit, industries, commodities, finalUses, valueAddedRows } = published;
  const { make, use, finalUse, valueAdded } = published;
  return {
    year,
    unit,
    industries,
    commodities,
    finalUses,
    valueAddedRows,
    make,
    use,
    finalUse,
    valueAdded,
  };
}
