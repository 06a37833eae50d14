import type { SlopePrior } from "./link.ts";
import { symmetricEigen } from "@ree/numeric";

/** Normal-normal model of slopes: estimates ~ N(slopes, V), slopes ~ N(mean, sd²). */
export interface PartialPooling {
  /** Points of the between-sector standard deviation with their posterior weights. */
  readonly grid: readonly HyperPoint[];
  /** 95 % interval of the between-sector standard deviation of slopes. */
  readonly sd: { readonly lower: number; readonly upper: number };
  /** Posterior mean and standard deviation of each slope, hyper-parameter uncertainty included [S]. */
  readonly mean: Float64Array;
  readonly se: Float64Array;
  /** Share of the pooled mean in each posterior mean: 0 own estimate, 1 pooled [S]. */
  readonly shrinkage: Float64Array;
}

/** The model at one between-sector standard deviation. */
export interface HyperPoint {
  readonly sd: number;
  readonly weight: number;
  /** Precision-weighted mean of the slopes and its variance. */
  readonly mean: number;
  readonly variance: number;
}

const POINTS = 80;
const REACH = 2;

/**
 * Empirical Bayes of slopes that are estimated with error, correlated or not. The between-sector standard deviation is
 * integrated over its restricted likelihood and a prior that is flat or weak, so that its uncertainty reaches means and intervals.
 *
 * Pooling is of slopes and not of σ because a slope's estimate is close to normal and its variance does not depend on the
 * slope, whereas σ̂ is skewed, its variance rises where σ̂ is low, and weighting by it would bias the mean.
 *
 * Source: Morris (1983), JASA 78; restricted likelihood of Harville (1977), JASA 72.
 *
 * @param estimates [S], at least 2
 * @param covariance row-major [S][S]
 * @param prior spreads that would put slopes two standard deviations from the mean outside `low` to `high` are not
 * considered; flat when left out
 */
export function partialPooling(
  estimates: Float64Array,
  covariance: Float64Array,
  prior: SlopePrior = { low: -Infinity, high: Infinity, scale: Infinity },
): PartialPooling {
  const S = estimates.length;
  if (S < 2) throw new RangeError(`pooling needs at least 2 sectors with a slope, got ${S}`);
  const { values, vectors } = orderedEigen(covariance, S);
  const rotated = rotate(vectors, estimates, S);
  const ones = rotate(vectors, new Float64Array(S).fill(1), S);
  const spread = Math.sqrt(
    estimates.reduce((sum, b) => sum + (b - mean(estimates)) ** 2, 0) / (S - 1),
  );
  const typical = Math.sqrt(Math.max(...values, 0));
  const room = Math.min(mean(estimates) - prior.low, prior.high - mean(estimates)) / REACH;
  const least = Math.max(1e-8 * (1 + typical), 1e-12);
  const top = Math.max(Math.min(2.5 * spread, room), least);
  const points = Array.from({ length: POINTS }, (_, k) => {
    const sd = top * k / (POINTS - 1);
    return {
      sd,
      ...weightedMean(estimates, covariance, sd),
      logLikelihood: restrictedLikelihood(values, rotated, ones, sd) -
        0.5 * (sd / prior.scale) ** 2,
    };
  });
  const best = Math.max(...points.map(({ logLikelihood }) => logLikelihood));
  const raw = points.map(({ logLikelihood }, k) =>
    Math.exp(logLikelihood - best) * (k === 0 || k === POINTS - 1 ? 0.5 : 1)
  );
  const sum = raw.reduce((a, b) => a + b, 0);
  const grid = points.map(({ sd, mean, variance }, k): HyperPoint => ({
    sd,
    weight: raw[k] / sum,
    mean,
    variance,
  }));
  const first = new Float64Array(S);
  const second = new Float64Array(S);
  const shrinkage = new Float64Array(S);
  for (const point of grid) {
    if (point.weight < 1e-10) continue;
    const { means, variances, shrinkages } = posterior(values, vectors, rotated, ones, point, S);
    for (let s = 0; s < S; s++) {
      first[s] += point.weight * means[s];
      second[s] += point.weight * (variances[s] + means[s] ** 2);
      shrinkage[s] += point.weight * shrinkages[s];
    }
  }
  return {
    grid,
    sd: {
      lower: gridQuantile(grid, 0.025),
      upper: gridQuantile(grid, 0.975),
    },
    mean: first,
    se: second.map((square, s) => Math.sqrt(Math.max(square - first[s] ** 2, 0))),
    shrinkage,
  };
}

function restrictedLikelihood(
  values: Float64Array,
  rotated: Float64Array,
  ones: Float64Array,
  sd: number,
): number {
  let [precision, sum, logs] = [0, 0, 0];
  const floor = 1e-12 * Math.max(...values, sd * sd);
  const at = (k: number) => Math.max(values[k], 0) + sd * sd + floor;
  for (let k = 0; k < values.length; k++) {
    precision += ones[k] ** 2 / at(k);
    sum += ones[k] * rotated[k] / at(k);
    logs += Math.log(at(k));
  }
  const mean = sum / precision;
  let squares = 0;
  for (let k = 0; k < values.length; k++) {
    squares += (rotated[k] - mean * ones[k]) ** 2 / at(k);
  }
  return -0.5 * (logs + Math.log(precision) + squares);
}

/**
 * Mean of the slopes weighted by the inverse of each one's own variance, and its variance under the full covariance. Weights
 * from the full covariance would be optimal, but when errors are nearly common to all sectors (one control, a price that
 * moves together) they live on small contrasts and go astray with the covariance.
 */
function weightedMean(estimates: Float64Array, covariance: Float64Array, sd: number) {
  const S = estimates.length;
  const own = Float64Array.from(estimates, (_, s) => covariance[s * S + s] + sd * sd);
  const weights = own.map((variance) => variance > 0 ? 1 / variance : 1);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let [mean, variance] = [0, 0];
  for (let a = 0; a < S; a++) {
    weights[a] /= total;
    mean += weights[a] * estimates[a];
  }
  for (let a = 0; a < S; a++) {
    variance += (weights[a] * sd) ** 2;
    for (let b = 0; b < S; b++) variance += weights[a] * weights[b] * covariance[a * S + b];
  }
  return { mean, variance };
}

/** Means and variances of the slopes at one point; the pooled mean's uncertainty is included. */
function posterior(
  values: Float64Array,
  vectors: Float64Array,
  rotated: Float64Array,
  ones: Float64Array,
  { sd, mean, variance }: HyperPoint,
  S: number,
) {
  const means = new Float64Array(S);
  const variances = new Float64Array(S);
  const shrinkages = new Float64Array(S);
  for (let s = 0; s < S; s++) {
    let [pull, own, spread, diagonal] = [0, 0, 0, 0];
    for (let k = 0; k < S; k++) {
      const value = Math.max(values[k], 0);
      const gain = sd === 0 ? 0 : sd * sd / (value + sd * sd);
      const entry = vectors[s * S + k];
      pull += entry * gain * (rotated[k] - mean * ones[k]);
      own += entry * gain * ones[k];
      spread += entry * entry * gain * value;
      diagonal += entry * entry * gain;
    }
    means[s] = mean + pull;
    variances[s] = spread + (1 - own) ** 2 * variance;
    shrinkages[s] = 1 - diagonal;
  }
  return { means, variances, shrinkages };
}

function orderedEigen(matrix: Float64Array, S: number) {
  const { values, vectors } = symmetricEigen(matrix, S);
  return { values: Float64Array.from(values), vectors };
}

/** Q'v with eigenvectors in columns. */
function rotate(vectors: Float64Array, v: Float64Array, S: number): Float64Array {
  return Float64Array.from({ length: S }, (_, k) => {
    let sum = 0;
    for (let s = 0; s < S; s++) sum += vectors[s * S + k] * v[s];
    return sum;
  });
}

function gridQuantile(grid: readonly HyperPoint[], probability: number): number {
  let sum = 0;
  for (const { sd, weight } of grid) {
    sum += weight;
    if (sum >= probability) return sd;
  }
  return grid[grid.length - 1].sd;
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
