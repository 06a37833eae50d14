import { type EventStudy, eventStudy, type Fit } from "@ree/econometrics";
import {
  type InstrumentedEffect,
  intervalText,
  type SpecificationResult,
  SPECIFICATIONS,
} from "@ree/event-study";

/** Percent change that a coefficient of a log or Poisson model stands for. */
export function percentChange(coefficient: number): number {
  return 100 * (Math.exp(coefficient) - 1);
}

/** Rows of the event-study figure, percent per standard deviation of exposure. */
export function eventRows(panel: string, study: EventStudy) {
  return study.times.map(({ time, estimate, low, high, bandLow, bandHigh, name }) => ({
    panel,
    time,
    estimate: percentChange(estimate),
    lower: percentChange(low),
    upper: percentChange(high),
    simultaneousLower: percentChange(bandLow),
    simultaneousUpper: percentChange(bandHigh),
    reference: name === undefined,
  }));
}

/** One line on each event study: averages before and after, and the joint test of the years before. */
export function eventSummary(panel: string, fit: Fit, study: EventStudy = eventStudy(fit)) {
  const { preAverage, postAverage, pretrend } = study;
  return {
    panel,
    before: percentOrNull(preAverage?.estimate),
    after: percentOrNull(postAverage?.estimate),
    afterInterval: postAverage === undefined
      ? "–"
      : percentInterval(postAverage.low, postAverage.high),
    pretrend: pretrend?.pvalue ?? null,
    breakdown: study.breakdown(),
    nobs: fit.nobs,
    clusters: Math.min(...fit.vcovDetails.clusters),
  };
}

function percentOrNull(coefficient: number | undefined): number | null {
  return coefficient === undefined ? null : percentChange(coefficient);
}

/** "[-1.2, 3.4]" in percent. */
export function percentInterval(low: number, high: number): string {
  return `[${percentChange(low).toFixed(1)}, ${percentChange(high).toFixed(1)}]`;
}

/** The specification list as it stands before any result: key, what it does, and to which panels it applies. */
export function specificationList(
  panels: readonly Parameters<(typeof SPECIFICATIONS)[number]["applies"]>[0][],
) {
  return SPECIFICATIONS.map(({ key, what, applies }, k) => ({
    number: k + 1,
    key,
    what,
    panels: panels.filter(applies).length === panels.length
      ? "all"
      : panels.filter(applies).map(({ name }) => name).join(", ") || "none",
  }));
}

/** Specifications in rows, one column a panel: percent per s.d. with its standard error in brackets. */
export function specificationTable(
  results: ReadonlyMap<string, readonly SpecificationResult[]>,
): Record<string, string | number>[] {
  return SPECIFICATIONS.map(({ key }, k) => ({
    number: k + 1,
    key,
    ...Object.fromEntries([...results].map(([panel, rows]) => {
      const row = rows.find((other) => other.key === key);
      return [
        panel,
        row === undefined
          ? "–"
          : `${percentChange(row.estimate).toFixed(1)} (${(100 * row.se).toFixed(1)})`,
      ];
    })),
  }));
}

/** Rows of the coefficient figure, percent per standard deviation. */
export function specificationRows(
  results: ReadonlyMap<string, readonly SpecificationResult[]>,
) {
  return [...results].flatMap(([panel, rows]) =>
    rows.map(({ key, estimate, lower, upper, nobs }) => ({
      panel,
      label: key,
      estimate: percentChange(estimate),
      lower: percentChange(lower),
      upper: percentChange(upper),
      n: nobs,
      highlight: key === "baseline",
    }))
  );
}

/** One line of the instrument table. */
export function instrumentRow(
  panel: string,
  { firstStage, reducedForm, ols, iv }: InstrumentedEffect,
) {
  const diagnostics = iv.iv!;
  const name = iv.coefNames.find((coefficient) => coefficient.includes("price_shift"))!;
  const robust = diagnostics.andersonRubin?.confidenceSet();
  const pair = (fit: Fit, coefficient: string) =>
    `${fit.coef(coefficient).toFixed(4)} (${fit.se(coefficient).toFixed(4)})`;
  return {
    panel,
    firstStage: pair(firstStage, "quota_shift"),
    effectiveF: diagnostics.effectiveF?.statistic ?? null,
    critical: diagnostics.effectiveF?.criticalValue ?? null,
    reducedForm: pair(reducedForm, "quota_shift"),
    ols: pair(ols, "price_shift"),
    iv: pair(iv, name),
    andersonRubin:
      robust?.intervals.map(([low, high]) => intervalText({ low, high })).join(" or ") ?? "–",
    nobs: iv.nobs,
  };
}

/** How many results are positive and negative at the 5 % level, as words. */
export function signCount(
  results: readonly { readonly estimate: number; readonly pvalue: number }[],
): string {
  const clear = results.filter(({ pvalue }) => pvalue < 0.05);
  const positive = clear.filter(({ estimate }) => estimate > 0).length;
  return `${positive} of ${results.length} are positive and ${
    clear.length - positive
  } negative at the 5 % level`;
}
