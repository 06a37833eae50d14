import {
  type ConfidenceSet,
  feols,
  permuteShocks,
  type ShiftShareInference,
  shiftShareInference,
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
  readonly pvalue: number | null;
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
 * Elements that go into the same applications are merged for the price shift, because their exposures are
 * collinear and inference on shocks needs shares that can be told apart.
 *
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
  /** Text instead, saying why, where the shares of elements cannot be told apart. */
  readonly details: ShiftShareInference | string;
} {
  const own = logged(panel);
  const scale = standardDeviationOverUnits(panel, panel.exposures.total);
  const { rows: kept, ...columns } = columnsOf(own, priceYears(own));
  const years = [...new Set(kept.map((row) => own.year[row]))].sort((a, b) => a - b);
  const groups = elementGroups(own);
  const elements = groups.map((members) => members.join(""));
  const shares = groups.map((members) =>
    kept.map((row) =>
      members.reduce((sum, element) => sum + own.elementExposure![element][row], 0) / scale
    )
  );
  const shocks = groups.map((members) => years.map((year) => groupShock(own, members, year)));
  const shift = kept.map((row, k) =>
    shares.reduce((sum, values, e) => sum + values[k] * shocks[e][years.indexOf(own.year[row])], 0)
  );
  const named = Object.fromEntries(elements.map((element, e) => [`share_${element}`, shares[e]]));
  const fit = feols(`outcome ~ shift | ${effectsOf(own)}`, { ...columns, ...named, shift }, {
    vcov: { cluster: "cluster" },
  });
  const spec = {
    regressor: "shift",
    shares: Object.fromEntries(elements.map((element) => [element, `share_${element}`])),
    period: "year",
    shocks: { elements, periods: years, values: shocks },
  };
  const details = definedOrReason(() => shiftShareInference(fit, spec));
  const permuted = permuteShocks(fit, { ...spec, draws: draws.permutations, seed: draws.seed });
  const common = { regressor: "exposure x log price", estimate: fit.coef("shift") };
  const row = (
    method: string,
    se: number | null,
    pvalue: number | null,
    confidenceSet: string,
    counts: number,
  ): InferenceRow => ({ ...common, method, se, pvalue, confidenceSet, counts });
  return {
    details,
    rows: [
      row(
        "clustered by unit",
        fit.se("shift"),
        fit.pvalue("shift"),
        intervalText(fit.confint(0.95, "shift")),
        Math.min(...fit.vcovDetails.clusters),
      ),
      ...(typeof details === "string"
        ? [row("shocks (AKM)", null, null, details, elements.length)]
        : [
          row(
            "shocks (AKM)",
            details.akm.se,
            details.akm.pvalue,
            intervalText(details.akm),
            details.effectiveElements,
          ),
          row(
            "shocks, null imposed (AKM0)",
            null,
            details.akm0.pvalue,
            setText(details.akm0.confidenceSet),
            details.effectiveElements,
          ),
        ]),
      row(
        "permutation of elements",
        null,
        permuted.pvalue,
        permuted.confidenceSet === undefined ? "–" : setText(permuted.confidenceSet),
        permuted.elements,
      ),
    ],
  };
}

/** The result, or why it is not defined; any other error is passed on. */
function definedOrReason<T>(compute: () => T): T | string {
  try {
    return compute();
  } catch (error) {
    if (!(error instanceof RangeError) || !/are a combination of the other/.test(error.message)) {
      throw error;
    }
    return "not defined: exposures to the elements are collinear";
  }
}

/** Elements that go into the same applications, so that exposure to one is nearly exposure to the other. */
const MERGED: readonly (readonly string[])[] = [["La", "Ce"], ["Pr", "Nd"], ["Eu", "Tb"]];

/** The elements of a panel, those that cannot be told apart together. */
function elementGroups(panel: EventPanel): (readonly string[])[] {
  const elements = Object.keys(panel.elementExposure ?? {});
  if (elements.length === 0) throw new RangeError(`${panel.name} has no exposure by element`);
  const merged = MERGED.filter((members) => members.every((element) => elements.includes(element)));
  const alone = elements.filter((element) => !merged.flat().includes(element));
  return [...merged, ...alone.map((element) => [element])];
}

/** Price change of a group: mean over its elements, weighted by all units' exposure to each. */
function groupShock(panel: EventPanel, members: readonly string[], year: number): number {
  const weights = members.map((element) =>
    panel.elementExposure![element].reduce((sum, value) => sum + value, 0)
  );
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return members.reduce(
    (sum, element, k) => sum + weights[k] / total * shock(panel, element, year),
    0,
  );
}

function shock(panel: EventPanel, element: string, year: number): number {
  const value = panel.shocks?.get(`${element} ${year}`);
  if (value === undefined) throw new RangeError(`${panel.name}: no shock of ${element} in ${year}`);
  return value;
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
