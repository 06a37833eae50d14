import type { EventStudy } from "@ree/econometrics";
import type { ProductStudy, RecoveredEffect } from "@ree/products";
import type { TableColumn } from "@ree/report";
import { percentChange } from "./event_study_rows.ts";
import { type recoverySummary, truthRows } from "./product_trade_rows.ts";

/** "SIMULATED: " before what rests on SIMULATED flows, else nothing. */
export function simulatedMark({ simulated }: { readonly simulated: boolean }): string {
  return simulated ? "SIMULATED: " : "";
}

/** Finding of the event study: the change after the reference year against the restricting country, and the true effect if known. */
export function productFinding(
  study: ProductStudy,
  events: EventStudy,
  truth: ReadonlyMap<number, number> | null,
  restricting = "China",
): string {
  const { postAverage } = events;
  const mark = simulatedMark(study);
  const change = postAverage === undefined
    ? "no year after the reference"
    : postAverage.low <= 0 && postAverage.high >= 0
    ? `exports outside ${restricting} do not change clearly with rare earth exposure`
    : `exports outside ${restricting} ${postAverage.estimate > 0 ? "rise" : "fall"} by ${
      Math.abs(percentChange(postAverage.estimate)).toFixed(0)
    } % per s.d. of rare earth exposure, relative to ${restricting}'s`;
  if (truth === null) return `${mark}${change}`;
  const rows = truthRows(events, truth);
  const held = rows.filter(({ holds }) => holds).length;
  return `${mark}${change}; the true effect lies in ${held} of ${rows.length} intervals`;
}

/** Finding of the Monte Carlo. */
export function recoveryFinding(effects: readonly RecoveredEffect[]): string {
  const held = effects.filter(({ low, high, truth }) => low <= truth && truth <= high).length;
  return `SIMULATED: in ${held} of ${effects.length} worlds the 95 % interval holds the true effect`;
}

/** What the Monte Carlo says of bias and standard errors, as a sentence. */
export function recoveryReading(
  { name, worlds, mean, meanStandardError, spread, standardError, coverage }: ReturnType<
    typeof recoverySummary
  >,
): string {
  const bias = Math.abs(mean) <= 2 * meanStandardError
    ? "no bias is seen"
    : `estimates are too ${mean > 0 ? "high" : "low"} on average`;
  const ratio = spread / standardError;
  const verdict = ratio > 1.15
    ? "standard errors are too small for the spread"
    : ratio < 0.85
    ? "standard errors are too large for the spread"
    : "standard errors agree with the spread";
  return `SIMULATED, ${name}: over ${worlds} worlds ${bias}, ${verdict}, and ${
    coverage.toFixed(0)
  } % of the 95 % intervals hold the truth.`;
}

/** One line on unmatched value. */
export function unmatchedReading(study: ProductStudy): string {
  const { unmatched, files } = study.coverage;
  return `${simulatedMark(study)}${
    (100 * unmatched.value / files.given.value).toFixed(1)
  } % of the value (${
    unmatched.rows.toLocaleString("en-US")
  } flows) is in products without intensity and is left out.`;
}

/** Columns of `flowSteps`. */
export const flowColumns: readonly TableColumn[] = [
  { key: "step", label: "Step" },
  { key: "rows", label: "Rows", digits: 0 },
  { key: "value", label: "Value", unit: "billion USD", digits: 2 },
  { key: "share", label: "Share of value", unit: "%", digits: 1 },
];

/** Columns of `mappingRows`. */
export const mappingColumns: readonly TableColumn[] = [
  { key: "what", label: "Products and industries" },
  { key: "count", label: "Number", digits: 0 },
];

/** Columns of `unmatchedRows`. */
export const unmatchedColumns: readonly TableColumn[] = [
  { key: "code", label: "HS6 code" },
  { key: "value", label: "Value", unit: "billion USD", digits: 3 },
  { key: "share", label: "Share of value", unit: "%", digits: 2 },
];

/** Columns of `truthRows`. */
export const truthColumns: readonly TableColumn[] = [
  { key: "year", label: "Year" },
  { key: "truth", label: "True effect", unit: "% per s.d.", digits: 1 },
  { key: "estimate", label: "Estimate", unit: "% per s.d.", digits: 1 },
  { key: "interval", label: "95 % interval", align: "right" },
  {
    key: "holds",
    label: "Holds the truth",
    format: (value) => value === true ? "yes" : "no",
    align: "right",
  },
];

/** Columns of `relationRows`. */
export const relationColumns: readonly TableColumn[] = [
  { key: "relation", label: "Relation" },
  { key: "words", label: "What happens to the product" },
  { key: "share", label: "Share of value", unit: "%", digits: 1 },
];

/** Columns of `differenceRow`. */
export const productDifferenceColumns: readonly TableColumn[] = [
  { key: "name", label: "Products as" },
  { key: "estimate", label: "After the cut", unit: "% per s.d.", digits: 1 },
  { key: "interval", label: "95 % interval", align: "right" },
  { key: "standardDeviation", label: "S.d. of exposure", digits: 2 },
  { key: "rows", label: "Rows", digits: 0 },
  { key: "share", label: "Value used", unit: "%", digits: 1 },
];

/** Columns of `recoverySummary`. */
export const recoveryColumns: readonly TableColumn[] = [
  { key: "name", label: "Products as" },
  { key: "worlds", label: "Worlds", digits: 0 },
  { key: "mean", label: "Mean error", unit: "%", digits: 2 },
  { key: "meanStandardError", label: "its standard error", unit: "%", digits: 2 },
  { key: "spread", label: "Spread of estimates", unit: "%", digits: 2 },
  { key: "standardError", label: "Mean standard error", unit: "%", digits: 2 },
  { key: "coverage", label: "Intervals that hold the truth", unit: "%", digits: 0 },
];
