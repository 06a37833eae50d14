import type { EventStudy } from "@ree/econometrics";
import type { EventPanel, InferenceRow, SpecificationResult, Variant } from "@ree/event-study";
import type { TableColumn } from "@ree/report";
import { quantile } from "simple-statistics";
import { percentChange, percentInterval, signCount } from "./event_study_rows.ts";

const twoDigits = (value: unknown) => value === null ? "–" : Number(value).toFixed(1);
const pvalue = (value: unknown) =>
  value === null ? "–" : Number(value) < 1e-3 ? "< 0.001" : Number(value).toFixed(3);
const right = "right" as const;

/** Size of a panel. */
export function describePanel(panel: EventPanel) {
  const years = panel.year;
  return {
    name: panel.name,
    units: `${new Set(panel.unit).size} ${
      panel.unitName === "industry" ? "industries" : `${panel.unitName}s`
    }`,
    economies: panel.economy === null ? 1 : new Set(panel.economy).size,
    years: `${years.reduce((a, b) => Math.min(a, b))}-${years.reduce((a, b) => Math.max(a, b))}`,
    rows: years.length,
    exposed: new Set(panel.unit.filter((_, row) => panel.exposures.total[row] > 0)).size,
    estimator: panel.estimator === "poisson" ? "PPML" : "OLS of logs",
  };
}

/** Columns of {@link describePanel}. */
export const panelColumns: readonly TableColumn[] = [
  { key: "name", label: "Outcome" },
  { key: "units", label: "Units" },
  { key: "exposed", label: "of which exposed" },
  { key: "economies", label: "Economies" },
  { key: "years", label: "Years", align: right },
  { key: "rows", label: "Rows", digits: 0 },
  { key: "estimator", label: "Estimator" },
];

/** Columns of `eventSummary`. */
export const eventSummaryColumns: readonly TableColumn[] = [
  { key: "panel", label: "Outcome" },
  { key: "before", label: "Mean before", unit: "% per s.d.", digits: 1 },
  { key: "after", label: "Mean after", unit: "% per s.d.", digits: 1 },
  { key: "afterInterval", label: "95 % interval", align: right },
  {
    key: "pretrend",
    label: "Years before jointly zero",
    unit: "p-value",
    format: pvalue,
    align: right,
  },
  { key: "breakdown", label: "Breakdown", unit: "M̄", digits: 2 },
  { key: "nobs", label: "N", digits: 0 },
  { key: "clusters", label: "Clusters" },
];

/** Columns of the inference table. */
export const inferenceColumns: readonly TableColumn[] = [
  { key: "panel", label: "Outcome" },
  { key: "regressor", label: "Regressor" },
  { key: "method", label: "Method" },
  { key: "estimate", label: "Estimate", unit: "log points", digits: 4 },
  { key: "se", label: "Standard error", digits: 4 },
  { key: "pvalue", label: "p-value", format: pvalue, align: right },
  { key: "confidenceSet", label: "95 % set", align: right },
  {
    key: "counts",
    label: "Counts",
    format: (value) => Number(value).toFixed(Number.isInteger(value) ? 0 : 1),
    align: right,
  },
];

/** Columns of `instrumentRow`. */
export const instrumentColumns: readonly TableColumn[] = [
  { key: "panel", label: "Outcome" },
  { key: "firstStage", label: "First stage", align: right },
  { key: "effectiveF", label: "Effective F", digits: 0 },
  { key: "critical", label: "Critical value", digits: 1 },
  { key: "reducedForm", label: "Reduced form", align: right },
  { key: "ols", label: "Least squares", align: right },
  { key: "iv", label: "Instrumented", align: right },
  { key: "andersonRubin", label: "Anderson-Rubin 95 % set", align: right },
  { key: "nobs", label: "N", digits: 0 },
];

/** What the event studies find, as a sentence: whose mean after the event excludes zero. */
export function eventFinding(studies: readonly (readonly [string, EventStudy])[]): string {
  const clear = studies.filter(([, { postAverage }]) =>
    postAverage !== undefined && (postAverage.low > 0 || postAverage.high < 0)
  );
  const names = (rows: typeof studies) => rows.map(([name]) => name).join(", ");
  if (clear.length === 0) return `${names(studies)}: no clear change with exposure after 2010`;
  return `${
    clear.map(([name, { postAverage }]) =>
      `${name} ${postAverage!.estimate > 0 ? "rose" : "fell"} by ${
        Math.abs(percentChange(postAverage!.estimate)).toFixed(1)
      } % per s.d. of exposure after 2010`
    ).join("; ")
  }${
    clear.length < studies.length
      ? `; no clear change in ${names(studies.filter((row) => !clear.includes(row)))}`
      : ""
  }`;
}

/** A placebo or leave-one-out result as a row of the coefficient figure. */
export function variantRow(row: Variant & { readonly panel: string }) {
  return {
    panel: row.panel,
    label: row.label,
    estimate: percentChange(row.estimate),
    lower: percentChange(row.lower),
    upper: percentChange(row.upper),
    n: row.nobs,
  };
}

/** Baseline and its extremes when units are left out, `rows` in ascending order of estimates. */
export function leaveOneOutRow(
  panel: string,
  baseline: SpecificationResult,
  rows: readonly Variant[],
) {
  const [lowest, highest] = [rows[0], rows[rows.length - 1]];
  return {
    panel,
    baseline: percentChange(baseline.estimate),
    lowest: percentChange(lowest.estimate),
    without: lowest.label,
    highest: percentChange(highest.estimate),
    withoutHighest: highest.label,
    clear: rows.filter(({ pvalue }) => pvalue < 0.05).length,
    units: rows.length,
  };
}

/** Columns of {@link leaveOneOutRow}. */
export const leaveOneOutColumns: readonly TableColumn[] = [
  { key: "panel", label: "Outcome" },
  { key: "baseline", label: "Baseline", digits: 1 },
  { key: "lowest", label: "Lowest", digits: 1 },
  { key: "without", label: "without" },
  { key: "highest", label: "Highest", digits: 1 },
  { key: "withoutHighest", label: "without" },
  { key: "clear", label: "Below p = 0.05" },
  { key: "units", label: "of" },
];

/** Baseline and the range of its estimates over draws of the exposure. */
export function drawsRow(
  panel: string,
  baseline: SpecificationResult,
  estimates: readonly number[],
) {
  const at = (share: number) => percentChange(quantile([...estimates], share));
  return {
    panel,
    baseline: percentChange(baseline.estimate),
    interval: percentInterval(baseline.lower, baseline.upper),
    p5: at(0.05),
    median: at(0.5),
    p95: at(0.95),
    positive: 100 * estimates.filter((value) => value > 0).length / estimates.length,
    draws: estimates.length,
  };
}

/** Columns of {@link drawsRow}. */
export const drawsColumns: readonly TableColumn[] = [
  { key: "panel", label: "Outcome" },
  { key: "baseline", label: "Baseline", digits: 1 },
  { key: "interval", label: "its 95 % interval", align: right },
  { key: "p5", label: "5 % of draws", digits: 1 },
  { key: "median", label: "Median", digits: 1 },
  { key: "p95", label: "95 %", digits: 1 },
  { key: "positive", label: "Positive", unit: "% of draws", digits: 0 },
  { key: "draws", label: "Draws" },
];

/** Effects that public summaries of the paper report, none of them read in the paper. */
const REPORTED: readonly {
  readonly outcome: string;
  readonly reported: string;
  readonly ours: readonly string[];
}[] = [
  {
    outcome: "Patents",
    reported: "patent stock +7.4 %",
    ours: ["Patent families", "USPTO grants"],
  },
  { outcome: "Exports", reported: "+0.3 % per s.d.", ours: ["Exports"] },
  { outcome: "Productivity", reported: "+0.5 % a year in Japan", ours: ["US TFP", "Factory TFP"] },
];

/** Our baselines beside the reported effects. */
export function besideThePaper(results: ReadonlyMap<string, readonly SpecificationResult[]>) {
  return REPORTED.flatMap(({ outcome, reported, ours }) =>
    ours.map((name) => {
      const baseline = results.get(name)![0];
      return {
        outcome,
        reported,
        ours: name,
        estimate: percentChange(baseline.estimate),
        interval: percentInterval(baseline.lower, baseline.upper),
        nobs: baseline.nobs,
      };
    })
  );
}

/** Columns of {@link besideThePaper}. */
export const paperColumns: readonly TableColumn[] = [
  { key: "outcome", label: "Outcome" },
  { key: "reported", label: "Reported by summaries (second-hand)" },
  { key: "ours", label: "Ours" },
  { key: "estimate", label: "Baseline", unit: "% per s.d.", format: twoDigits, align: right },
  { key: "interval", label: "95 % interval", align: right },
  { key: "nobs", label: "N", digits: 0 },
];

/** How many average effects exclude zero when deviations up to `mbar` times the largest before are allowed, as a title. */
export function boundsFinding(studies: ReadonlyMap<string, EventStudy>, mbar: number): string {
  const clear = [...studies.values()].filter((study) => {
    const [{ low, high }] = study.relativeMagnitudes([mbar]);
    return low > 0 || high < 0;
  }).length;
  return `Allowing for deviations as large as ${mbar} times those before 2010, ${clear} of ${studies.size} average effects can be told from zero`;
}

/** The plain reading of all results, in Markdown, with the numbers in it. */
export function plainReading(
  results: ReadonlyMap<string, readonly SpecificationResult[]>,
  studies: ReadonlyMap<string, EventStudy>,
  placebo: readonly {
    readonly panel: string;
    readonly estimate: number;
    readonly pvalue: number;
  }[],
  inferences: ReadonlyMap<string, readonly InferenceRow[]>,
): string {
  const all = [...results.values()].flat();
  const line = (name: string) => {
    const [baseline] = results.get(name)!;
    const range = results.get(name)!.map(({ estimate }) => percentChange(estimate));
    const sign = baseline.pvalue < 0.05
      ? baseline.estimate > 0 ? "a clear rise" : "a clear fall"
      : "no clear change";
    return `- **${name}**: ${sign} in the baseline, ${
      percentChange(baseline.estimate).toFixed(1)
    } % per s.d. ` +
      `${percentInterval(baseline.lower, baseline.upper)}; over specifications from ${
        Math.min(...range).toFixed(1)
      } to ${Math.max(...range).toFixed(1)} %.`;
  };
  const rows = [...inferences.values()].flat();
  const effective = rows.filter(({ method }) => method === "shocks (AKM)").filter(({ pvalue }) =>
    pvalue !== null
  )
    .map(({ counts }) => counts);
  const permuted = rows.filter(({ method }) => method === "permutation of elements");
  const broken = [...studies.values()].filter((study) => study.breakdown() > 0).length;
  return [
    `Of ${all.length} estimates, ${signCount(all)}. Of ${placebo.length} placebo estimates, ${
      signCount(placebo)
    }: that is how often this finds something where nothing happened.`,
    "",
    ...[...results.keys()].map(line),
    "",
    `Allowing for deviations from parallel trends as large as those seen before (M̄ = 1), ${
      broken === 0 ? "none" : broken
    } of the ${studies.size} average effects can be told from zero beyond M̄ = 0. ` +
    `Effective elements behind the price shifts: ${
      effective.map((n) => n.toFixed(1)).join(", ")
    } (panels where they are defined); permuting elements, ${
      permuted.filter(({ pvalue }) => pvalue !== null && pvalue < 0.05).length
    } of ${permuted.length} price estimates are below p = 0.05.`,
    "",
    `Exports alone: ${
      signCount(placebo.filter(({ panel }) => panel === "Exports"))
    } among the placebo events${
      (results.get("Exports")?.[0].estimate ?? 0) < 0
        ? ", so a fall after 2010 need not be news"
        : ""
    }.`,
    "",
    "**Reading, at the default parameters.** These public, coarse data neither show nor rule out the paper's effects. Where an estimate is clear in one method it is not in another (Poisson against least squares of logs, clusters against shocks), or it moves with one electronics unit. Labelled rare earth patents and product-level trade, which the later steps prepare, are what this question needs.",
  ].join("\n");
}
