import type { EventStudy } from "@ree/econometrics";
import type { Amount, Coverage, MappingReport, ProductStudy, RecoveredEffect } from "@ree/products";
import { percentChange, percentInterval } from "./event_study_rows.ts";

/** Thousand USD in a billion. */
const BILLION = 1e6;

/** One step of the way from files to the estimate. */
export interface FlowStep {
  readonly step: string;
  readonly rows: number;
  /** Billion current USD. */
  readonly value: number;
  /** % of the value in the files. */
  readonly share: number;
}

/** From the files to the rows of the estimate; what is left out stands with a minus, steps without rows are left away. */
export function flowSteps({ coverage }: ProductStudy): readonly FlowStep[] {
  const { files } = coverage;
  const { exporter, importer, product, revision } = files.dropped;
  const step = (name: string, { rows, value }: Amount, sign = 1): FlowStep => ({
    step: name,
    rows: sign * rows,
    value: sign * value / BILLION,
    share: sign * 100 * value / files.given.value,
  });
  const thinned = {
    rows: coverage.singletons + coverage.separated,
    value: files.kept.value - coverage.unmatched.value - coverage.leftOut.value -
      coverage.estimated.value,
  };
  return [
    step("in the files", files.given),
    step("exporters left out", exporter, -1),
    step("importers left out", importer, -1),
    step("products left out", product, -1),
    step("no code in the wanted revision", revision, -1),
    step("rows that meet, less those divided", { rows: files.merged, value: 0 }, -1),
    step("products without intensity", coverage.unmatched, -1),
    step("year of the cut, restricting country", coverage.leftOut, -1),
    step("alone in an effect, or separated", thinned, -1),
    step("in the estimate", coverage.estimated),
  ].filter(({ rows }) => rows !== 0);
}

/** What the concordance did, as rows of a table: products by how they found their industries. */
export function mappingRows(mapping: MappingReport) {
  const { products, withoutConcordance, withoutIntensity, partly, split, merged } = mapping;
  const none = withoutConcordance.length + withoutIntensity.length;
  return [
    { what: "Products in the trade data", count: products },
    { what: "of which with an intensity", count: products - none },
    { what: "divided over several industries by weights", count: split },
    { what: "with a part that has no intensity", count: partly.length },
    { what: "not in the concordance", count: withoutConcordance.length },
    { what: "in industries without intensity", count: withoutIntensity.length },
    { what: "Industries that share several products", count: merged },
    { what: "Codes of the concordance that are not traded", count: mapping.unknownCodes.length },
  ];
}

/** The unmatched products with the largest value, billion USD. */
export function unmatchedRows({ coverage }: ProductStudy) {
  return coverage.largestUnmatched.map(({ hs6, value }) => ({
    code: hs6,
    value: value / BILLION,
    share: 100 * value / coverage.files.given.value,
  }));
}

/** Estimates by year beside the true effects, % per standard deviation of exposure. */
export function truthRows({ times }: EventStudy, truth: ReadonlyMap<number, number>) {
  return times.filter(({ name }) => name !== undefined).map((row) => {
    const known = truth.get(row.time);
    if (known === undefined) throw new RangeError(`no true effect of ${row.time}`);
    return {
      year: row.time,
      truth: percentChange(known),
      estimate: percentChange(row.estimate),
      interval: percentInterval(row.low, row.high),
      holds: row.low <= known && known <= row.high,
    };
  });
}

/** Estimates less their true effect, from the lowest to the highest, log differences in %, for the coefficient figure. */
export function recoveryRows(effects: readonly RecoveredEffect[]) {
  const percent = (difference: number) => Math.round(1e4 * difference) / 100;
  return effects.toSorted((a, b) => a.estimate - a.truth - b.estimate + b.truth)
    .map(({ seed, estimate, low, high, truth }) => ({
      label: `seed ${seed}`,
      estimate: percent(estimate - truth),
      lower: percent(low - truth),
      upper: percent(high - truth),
    }));
}

/** How estimates scatter about the truth, log differences in %: mean error, spread beside standard errors, coverage. */
export function recoverySummary(name: string, effects: readonly RecoveredEffect[]) {
  const n = effects.length;
  const errors = effects.map(({ estimate, truth }) => estimate - truth);
  const mean = errors.reduce((sum, error) => sum + error, 0) / n;
  const spread = Math.sqrt(errors.reduce((sum, error) => sum + (error - mean) ** 2, 0) / (n - 1));
  const meanError = effects.reduce((sum, { standardError }) => sum + standardError, 0) / n;
  return {
    name,
    worlds: n,
    mean: 100 * mean,
    meanStandardError: 100 * spread / Math.sqrt(n),
    spread: 100 * spread,
    standardError: 100 * meanError,
    coverage: 100 * effects.filter(({ low, high, truth }) => low <= truth && truth <= high).length /
      n,
  };
}

/** Shares of the value by the relation of its product to the new revision, %; with what has no code they sum to 100. */
export function relationRows({ given, relations, dropped }: Coverage) {
  if (relations === null) return [];
  const kinds = [
    ["1:1", "gets one code of its own"],
    ["1:n", "is divided over several codes"],
    ["n:1", "meets other products in one code"],
    ["m:n", "is divided, and meets others"],
  ] as const;
  return [
    ...kinds.map(([relation, words]) => ({
      relation,
      words,
      share: 100 * relations[relation] / given.value,
    })),
    {
      relation: "none",
      words: "has no new code, is left out",
      share: 100 * dropped.revision.value / given.value,
    },
  ];
}

/** A difference after the cut as a row: % per standard deviation, and the standard deviation itself. */
export function differenceRow(name: string, { fit, coverage, standardDeviation }: ProductStudy) {
  const { low, high } = fit.confint(0.95, "post_exposure");
  return {
    name,
    estimate: percentChange(fit.coef("post_exposure")),
    interval: percentInterval(low, high),
    standardDeviation,
    rows: coverage.estimated.rows,
    share: 100 * coverage.valueShare,
  };
}
