import {
  type ConfidenceSet,
  feols,
  shiftShare,
  type ShiftShareInference,
  wildBootstrap,
} from "@ree/econometrics";
import {
  columnsOf,
  effectsOf,
  type EventPanel,
  type EventYears,
  standardDeviationOverUnits,
} from "./event_panel.ts";
import { logged } from "./instrument.ts";
import { abroad, differenceColumns } from "./run.ts";
import { priceYears } from "./specifications.ts";

/** One way to judge whether a coefficient could be chance. */
export interface InferenceRow {
  readonly regressor: string;
  readonly method: string;
  readonly estimate: number;
  /** Standard error where the method has one. */
  readonly se: number | null;
  readonly pvalue: number;
  /** 95 % confidence set as text: an interval, several, or an unbounded one. */
  readonly confidenceSet: string;
  /** Clusters, shocks or elements that the method counts. */
  readonly counts: number;
}

/** How many draws the bootstrap and the permutations take. */
export interface InferenceDraws {
  readonly bootstrap: number;
  readonly permutations: number;
  readonly seed: number;
}

/**
 * The baseline judged by clusters, two-way clusters and the wild bootstrap, and the price shift judged by clusters
 * and by methods that let rows with similar element mixes be correlated. Least squares of logs throughout
 * (counts as ln(1 + y)), so that all methods judge the same estimates.
 */
export function inference(
  panel: EventPanel,
  years: EventYears,
  draws: InferenceDraws,
): InferenceRow[] {
  return [...baselineInference(logged(panel), years, draws), ...shiftInference(panel, draws).rows];
}

function baselineInference(
  panel: EventPanel,
  years: EventYears,
  draws: InferenceDraws,
): InferenceRow[] {
  const { columns } = differenceColumns(panel, years, abroad(panel));
  const formula = `outcome ~ post_total | ${effectsOf(panel)}`;
  const fit = feols(formula, columns, { vcov: { cluster: "cluster" } });
  const second = panel.economy === null ? "year" : "economy";
  const twoWay = fit.withVcov({ cluster: ["cluster", second] });
  const wild = wildBootstrap(fit, {
    param: "post_total",
    cluster: "cluster",
    draws: draws.bootstrap,
    seed: draws.seed,
  });
  const analytic = (method: string, by: typeof fit): InferenceRow => ({
    regressor: "after x exposure",
    method,
    estimate: by.coef("post_total"),
    se: by.se("post_total"),
    pvalue: by.pvalue("post_total"),
    confidenceSet: intervalText(by.confint(0.95, "post_total")),
    counts: Math.min(...by.vcovDetails.clusters),
  });
  return [
    analytic(`clustered by ${panel.cluster === undefined ? panel.unitName : "BEA industry"}`, fit),
    analytic(`clustered by unit and ${second}`, twoWay),
    {
      ...analytic("wild cluster bootstrap, null imposed", fit),
      se: null,
      pvalue: wild.pvalue,
      confidenceSet: setText(wild.confidenceSet),
      counts: wild.clusters,
    },
  ];
}

/** Exposure-robust inference on the price shift, and the rows of the table it fills. */
export function shiftInference(panel: EventPanel, draws: InferenceDraws): {
  readonly rows: InferenceRow[];
  readonly details: ShiftShareInference;
} {
  const own = logged(panel);
  if (own.elementExposure === undefined) {
    throw new RangeError(`${panel.name} has no exposure by element`);
  }
  const scale = standardDeviationOverUnits(panel, panel.exposures.total);
  const { rows: kept, ...columns } = columnsOf(own, priceYears(own));
  const elements = Object.keys(own.elementExposure);
  const shares = Object.fromEntries(elements.map((element) => [
    `share_${element}`,
    kept.map((row) => own.elementExposure![element][row] / scale),
  ]));
  const shocks = shocksIn(own, kept, elements);
  const shift = kept.map((_, k) =>
    elements.reduce(
      (sum, element) =>
        sum + shares[`share_${element}`][k] * shocks.get(`${element} ${own.year[kept[k]]}`)!,
      0,
    )
  );
  const data = { ...columns, ...shares, shift };
  const fit = feols(`outcome ~ shift | ${effectsOf(own)}`, data, { vcov: { cluster: "cluster" } });
  const details = shiftShare(fit, {
    param: "shift",
    shares: Object.fromEntries(elements.map((element) => [element, `share_${element}`])),
    shocks: [...shocks].map(([key, value]) => {
      const [element, time] = key.split(" ");
      return { element, time: Number(time), value };
    }),
    time: "year",
    draws: draws.permutations,
    seed: draws.seed,
  });
  const common = { regressor: "exposure x log price", estimate: fit.coef("shift") };
  return {
    details,
    rows: [
      {
        ...common,
        method: "clustered by unit",
        se: fit.se("shift"),
        pvalue: fit.pvalue("shift"),
        confidenceSet: intervalText(fit.confint(0.95, "shift")),
        counts: Math.min(...fit.vcovDetails.clusters),
      },
      {
        ...common,
        method: "shocks (AKM)",
        se: details.akm.se,
        pvalue: details.akm.pvalue,
        confidenceSet: intervalText(details.akm),
        counts: details.effectiveElements,
      },
      {
        ...common,
        method: "shocks, null imposed (AKM0)",
        se: null,
        pvalue: details.akm0.pvalue,
        confidenceSet: setText(details.akm0.confidenceSet),
        counts: details.effectiveElements,
      },
      {
        ...common,
        method: "permutation of elements",
        se: null,
        pvalue: details.permutation.pvalue,
        confidenceSet: setText(details.permutation.confidenceSet),
        counts: elements.length,
      },
    ],
  };
}

/** The shocks of the years that are used. */
function shocksIn(panel: EventPanel, kept: readonly number[], elements: readonly string[]) {
  const years = [...new Set(kept.map((row) => panel.year[row]))];
  return new Map(elements.flatMap((element) =>
    years.map((year): [string, number] => {
      const value = panel.shocks?.get(`${element} ${year}`);
      if (value === undefined) {
        throw new RangeError(`${panel.name}: no shock of ${element} in ${year}`);
      }
      return [`${element} ${year}`, value];
    })
  ));
}

/** A confidence set as text: one interval, several joined by "or", or "empty". */
function setText({ intervals }: ConfidenceSet): string {
  return intervals.map(([low, high]) => intervalText({ low, high })).join(" or ") || "empty";
}

/** "[-0.012, 0.034]", infinite ends in words. */
export function intervalText(
  { low, high }: { readonly low: number; readonly high: number },
): string {
  const end = (value: number) => Number.isFinite(value) ? value.toFixed(3) : value < 0 ? "−∞" : "∞";
  return `[${end(low)}, ${end(high)}]`;
}
