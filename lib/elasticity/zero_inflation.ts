import { feols } from "@ree/econometrics";
import type { CountRows } from "./count_slopes.ts";
import type { EffectOptions } from "./slope_regression.ts";

/** Zeros beyond what the counts' own distribution has. */
export interface ZeroInflation {
  /** Share of cells that are zero whatever the mean, 0 to 1. */
  readonly share: number;
  /** Excess of zeros in standard errors under no inflation. */
  readonly z: number;
  /** Zeros found and zeros that the counts without inflation would have. */
  readonly zeros: number;
  readonly expected: number;
  /** Change of the chance of a zero, beyond the expected one, with the log price; within sectors (and years). */
  readonly withPrice: {
    readonly coefficient: number;
    readonly se: number;
    readonly pvalue: number;
  };
  /** Probability that a cell is an ordinary one [rows]: 1 where there are element patents. */
  readonly ordinary: Float64Array;
}

/** Excess of zeros, in standard errors, from which they count as inflated. */
const SIGNIFICANT = 4;
const SCORING_STEPS = 8;
const MAX_ROUNDS = 60;
const TOLERANCE = 1e-4;
/** Log odds are kept within this distance of 0: a year or sector of zeros has none. */
const FARTHEST = 12;
const LONGEST_STEP = 2;
/** Below, a row has no weight in a regression. */
const LEAST_WEIGHT = 1e-6;

/**
 * Mixture of cells that are zero by rule (no filing recorded, no coverage, a coin) and ordinary overdispersed counts.
 *
 * Ordinary counts are negative binomial given the sector's other patents, with mean odds·other and a common relative variance, so that
 * counts with a small mean have their zeros without any inflation. Means come from sector and year effects and one slope. The share
 * and each zero's probability of being ordinary follow from expectation and solution of weighted estimating equations.
 *
 * Source: Lambert (1992), Technometrics 34; Hall and Zhang (2004), Statistical Modelling 4 (estimating equations); van den Broek (1995),
 * Biometrics 51 (score test).
 *
 * @returns null when zeros are no more than the counts explain
 */
export function zeroInflation(rows: CountRows, options: EffectOptions): ZeroInflation | null {
  const count = rows.element.length;
  const isZero = rows.element.map((value) => Number(value === 0));
  const zeros = isZero.reduce((sum, value) => sum + value, 0);
  let ordinary: Float64Array = new Float64Array(count).fill(1);
  let predictor = sectorLogOdds(rows);
  let share = 0;
  let test = { z: 0, expected: 0 };
  let chance: Float64Array = new Float64Array(count);
  for (let round = 0; round < MAX_ROUNDS; round++) {
    predictor = scored(rows, ordinary, predictor, options);
    chance = zeroChances(rows, ordinary, predictor);
    if (round === 0) {
      const expected = chance.reduce((sum, p) => sum + p, 0);
      const variance = chance.reduce((sum, p) => sum + p * (1 - p), 0);
      test = { z: (zeros - expected) / Math.sqrt(Math.max(variance, 1)), expected };
      if (test.z < SIGNIFICANT) return null;
      // From the positive counts alone: from all counts the iterations can stop at a dispersion that explains any zero.
      ordinary = isZero.map((zero) => 1 - zero);
      share = zeros / count;
      continue;
    }
    let sum = 0;
    ordinary = chance.map((p, i) => {
      const weight = isZero[i] ? (1 - share) * p / (share + (1 - share) * p) : 1;
      sum += 1 - weight;
      return weight;
    });
    const move = sum / count - share;
    share = sum / count;
    if (Math.abs(move) < TOLERANCE) break;
  }
  const surplus = chance.map((p, i) => isZero[i] - share - (1 - share) * p);
  return { share, zeros, ...test, withPrice: responseToPrice(rows, surplus, options), ordinary };
}

function responseToPrice(
  { price, sector, year }: CountRows,
  surplus: Float64Array,
  { yearEffects }: EffectOptions,
) {
  const fit = feols(
    `surplus ~ price | ${yearEffects ? "sector + year" : "sector"}`,
    { surplus, price, sector, year },
    { vcov: { cluster: "sector" } },
  );
  return {
    coefficient: fit.coef("price"),
    se: fit.se("price"),
    pvalue: fit.pvalue("price"),
  };
}

/** Log odds of a sector's sums: reweighted least squares from a cell's own log odds can overshoot. */
function sectorLogOdds({ sector, element, other }: CountRows): Float64Array {
  const sums = new Map<number, [number, number]>();
  sector.forEach((code, i) => {
    const [own, rest] = sums.get(code) ?? [0.5, 0.5];
    sums.set(code, [own + element[i], rest + other[i]]);
  });
  return Float64Array.from(sector, (code) => Math.log(sums.get(code)![0] / sums.get(code)![1]));
}

/** Log odds after some steps of scoring for sector and year effects and one slope. */
function scored(
  rows: CountRows,
  ordinary: Float64Array,
  start: Float64Array,
  { yearEffects }: EffectOptions,
): Float64Array {
  const { sector, year, price, element, other } = rows;
  let predictor = start;
  for (let step = 0; step < SCORING_STEPS; step++) {
    const weights = new Float64Array(price.length);
    const working = new Float64Array(price.length);
    for (let i = 0; i < price.length; i++) {
      const share = 1 / (1 + Math.exp(-predictor[i]));
      const total = element[i] + other[i];
      const information = total * share * (1 - share);
      weights[i] = information * Math.max(ordinary[i], LEAST_WEIGHT);
      working[i] = predictor[i] + (element[i] - total * share) / information;
    }
    const fit = feols(
      `working ~ price | ${yearEffects ? "sector + year" : "sector"}`,
      { working, price, sector, year, weights },
      { vcov: "iid", weights: "weights" },
    );
    predictor = fit.fitted.map((value, i) => {
      const move = Math.max(-LONGEST_STEP, Math.min(LONGEST_STEP, value - predictor[i]));
      return Math.max(-FARTHEST, Math.min(FARTHEST, predictor[i] + move));
    });
  }
  return predictor;
}

/** Chance of a zero in an ordinary cell. */
function zeroChances(rows: CountRows, ordinary: Float64Array, predictor: Float64Array) {
  const means = predictor.map((value, i) => Math.exp(value) * (rows.other[i] + 0.5));
  let [excess, size] = [0, 0];
  for (let i = 0; i < means.length; i++) {
    // Var(N | other) = mean + mean²·(shock + 1/other): the size of the cell is known through the other count only.
    const known = 1 / (rows.other[i] + 0.5);
    excess += ordinary[i] *
      ((rows.element[i] - means[i]) ** 2 / means[i] - 1 - means[i] * known);
    size += ordinary[i] * means[i];
  }
  const shock = Math.max(excess / size, 0);
  return means.map((mean, i) => {
    const dispersion = shock + 1 / (rows.other[i] + 0.5);
    return Math.exp(-Math.log1p(dispersion * mean) / dispersion);
  });
}
