import { feols, type Fit } from "@ree/econometrics";
import type { CountRows } from "./count_slopes.ts";
import type { EffectOptions } from "./slope_regression.ts";
import { sectorBlocks } from "./slope_covariance.ts";

/** One slope for all sectors. */
export interface CommonSlope {
  readonly slope: number;
  /** What each sector moves the slope by, to first order [S], in the order of the sector codes. */
  readonly influence: Float64Array;
}

const TOLERANCE = 1e-7;
const MAX_STEPS = 100;
const LONGEST_STEP = 3;

/**
 * PPML with one slope for all sectors, on the effects of `countSlopes`.
 *
 * With many zeros a sector's own slope rests on a handful of cells and is far from linear in them, so that a mean of such
 * slopes is noisy and pulled towards zero. The common slope solves one score over all cells and is next to unbiased. Where
 * slopes differ it is their mean weighted by information.
 *
 * @returns null when the likelihood has no maximum
 */
export function commonCountSlope(
  rows: CountRows,
  { yearEffects }: EffectOptions,
): CommonSlope | null {
  const { sector, year, price } = rows;
  let predictor: Float64Array = rows.element.map((value, i) => Math.log((value + 0.5) / (rows.other[i] + 0.5)));
  const names = rows.extras.map((_, k) => `extra${k}`);
  const formula = `working ~ ${["price", ...names].join(" + ")} | ${
    yearEffects ? "sector + year" : "sector"
  }`;
  const extras = Object.fromEntries(names.map((name, k) => [name, rows.extras[k]]));
  for (let step = 1; step <= MAX_STEPS; step++) {
    const weights = new Float64Array(sector.length);
    const working = new Float64Array(sector.length);
    for (let i = 0; i < sector.length; i++) {
      const share = 1 / (1 + Math.exp(-predictor[i]));
      const total = rows.element[i] + rows.other[i];
      weights[i] = total * share * (1 - share);
      working[i] = predictor[i] + (rows.element[i] - total * share) / weights[i];
    }
    const fit = feols(formula, { working, price, sector, year, weights, ...extras }, {
      vcov: "iid",
      weights: "weights",
    });
    if (fit.report.collinear.length > 0) return null;
    let change = 0;
    predictor = predictor.map((value, i) => {
      const move = fit.fitted[i] - value;
      change = Math.max(change, Math.abs(move));
      return value + Math.max(-LONGEST_STEP, Math.min(LONGEST_STEP, move));
    });
    if (change < TOLERANCE) {
      return { slope: fit.coef("price"), influence: influenceOf(fit, rows, weights) };
    }
  }
  return null;
}

function influenceOf({ estimate, coefNames }: Fit, { sector }: CountRows, weights: Float64Array) {
  const { columns, bread, residuals } = estimate;
  const order = coefNames.length;
  const j = coefNames.indexOf("price");
  const codes = [...new Set(sector)].sort((a, b) => a - b);
  return Float64Array.from(sectorBlocks(sector, codes), (block) => {
    let sum = 0;
    for (const i of block) {
      for (let a = 0; a < order; a++) {
        sum += bread[j * order + a] * columns[a][i] * weights[i] * residuals[i];
      }
    }
    return sum;
  });
}
