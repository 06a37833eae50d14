import { quantileSorted } from "simple-statistics";
import { signedNumber } from "./counterfactual_words.ts";

/** One cell of a sweep's grid: how an outcome is spread over its draws. */
export interface SweepCell {
  /** Values of the axes apart from the grouping one, such as "limit 0.6". */
  readonly label: string;
  /** Value of the grouping axis; null without one. */
  readonly group: string | null;
  readonly draws: number;
  /** Runs without a result; they are not in the interval. */
  readonly failed: number;
  readonly median: number;
  /** 2.5 % and 97.5 % of the draws. */
  readonly lower: number;
  readonly upper: number;
}

/** A row of a merged sweep. */
export type SweepRow = Readonly<Record<string, unknown>>;

/**
 * Median and 95 % interval of an outcome over the draws, by cell of the grid.
 *
 * @param rows of a merged sweep
 * @param axes names of its axes
 * @param outcome column of a result
 * @param groupBy axis whose values are the panels; ignored when the sweep has no such axis
 * @throws RangeError when there is no such column, or a cell has no result at all
 */
export function sweepCells(
  rows: readonly SweepRow[],
  axes: readonly string[],
  outcome: string,
  groupBy = "closure",
): SweepCell[] {
  if (rows.length === 0 || !(outcome in rows[0])) {
    const known = Object.keys(rows[0] ?? {}).join(", ");
    throw new RangeError(`no column ${outcome} in the sweep; it has ${known}`);
  }
  const others = axes.filter((axis) => axis !== groupBy).sort();
  const cells = Map.groupBy(
    rows,
    (row) =>
      JSON.stringify([
        axes.includes(groupBy) ? row[groupBy] : null,
        ...others.map((axis) => row[axis]),
      ]),
  );
  return [...cells.values()].map((members): SweepCell => {
    const [first] = members;
    const values = members.flatMap((row) =>
      typeof row[outcome] === "number" && Number.isFinite(row[outcome]) ? [row[outcome]] : []
    ).sort((a, b) => a - b);
    const label = others.map((axis) => `${axis} ${String(first[axis])}`).join(", ") || "all runs";
    if (values.length === 0) throw new RangeError(`no run of the cell ${label} has ${outcome}`);
    return {
      label,
      group: axes.includes(groupBy) ? String(first[groupBy]) : null,
      draws: members.length,
      failed: members.length - values.length,
      median: quantileSorted(values, 0.5),
      lower: quantileSorted(values, 0.025),
      upper: quantileSorted(values, 0.975),
    };
  });
}

/** Rows of `bandChart`. */
export function sweepBands(cells: readonly SweepCell[]) {
  return cells.map(({ label, group, median, lower, upper }) => ({
    label,
    group,
    central: median,
    lower,
    upper,
  }));
}

/** Columns of the table of cells. */
export const sweepColumns = [
  { key: "group", label: "Closure" },
  { key: "label", label: "Cell" },
  { key: "median", label: "Median", align: "right" as const, format: fourDigits },
  { key: "lower", label: "2.5 %", align: "right" as const, format: fourDigits },
  { key: "upper", label: "97.5 %", align: "right" as const, format: fourDigits },
  { key: "draws", label: "Draws", align: "right" as const },
  { key: "failed", label: "Without result", align: "right" as const },
];

function fourDigits(value: unknown): string {
  return signedNumber(Number(value), 4);
}

/** The widest interval as a sentence, for a figure's title. */
export function sweepFinding(cells: readonly SweepCell[], outcome: string): string {
  const widest = cells.reduce((a, b) => b.upper - b.lower > a.upper - a.lower ? b : a);
  const where = [widest.group, widest.label].filter((part) => part !== null).join(", ");
  return `${outcome} is least certain at ${where}: ${signedNumber(widest.lower, 3)} to ${
    signedNumber(widest.upper, 3)
  } %`;
}

/** What a notebook says where no merged sweep is named. */
export const NO_SWEEP =
  "No sweep is named (parameter `sweep`), so there is nothing to draw here. `deno task sweep` makes one: " +
  "plan, run or submit to a cluster, merge; see lib/sweep/README.md.";
