import type { PooledElasticity } from "./elasticity_fit.ts";
import type { Link } from "./link.ts";
import { meanQuantile, type PartialPooling } from "./partial_pooling.ts";
import { sigmaMoments } from "./sigma_moments.ts";

/** Step of the numerical derivative of mean σ to mean slope. */
const STEP = 1e-5;
/** Posterior weight of hyper-parameters that may lie outside the stable region before there is no pooled σ. */
const LOST_WEIGHT = 0.05;

/**
 * Mean of the distribution of σ that sectors are draws of, from pooled slopes; the between-sector spread is integrated out.
 *
 * @returns null when the slopes' mean is outside the stable region
 */
export function populationElasticity(
  link: Link,
  pool: PartialPooling,
  sectors: number,
  level: number,
): PooledElasticity | null {
  let [weight, first, second, spread] = [0, 0, 0, 0];
  for (const point of pool.grid) {
    if (point.weight < 1e-8) continue;
    const moments = sigmaMoments(link, point.mean, point.sd);
    const moved = sigmaMoments(link, point.mean + STEP, point.sd);
    if (!moments || !moved) continue;
    const variance = ((moved.mean - moments.mean) / STEP) ** 2 * point.variance;
    weight += point.weight;
    first += point.weight * moments.mean;
    second += point.weight * (variance + moments.mean ** 2);
    spread += point.weight * moments.sd;
  }
  if (weight < 1 - LOST_WEIGHT) return null;
  const mean = first / weight;
  const se = Math.sqrt(Math.max(second / weight - mean ** 2, 0));
  const reach = meanQuantile(sectors, level) * se;
  const sdOf = (sd: number) => sigmaMoments(link, gridMean(pool), sd)?.sd ?? null;
  return {
    mean,
    sd: spread / weight,
    se,
    lower: mean - reach,
    upper: mean + reach,
    sdLower: sdOf(pool.sd.lower),
    sdUpper: sdOf(pool.sd.upper),
    of: "population",
    sectors,
  };
}

/**
 * Plain average of σ over the sectors at hand: σ of their mean slope, corrected for the curvature by the spread of slopes that
 * sampling error does not explain.
 *
 * @returns null when the mean slope is outside the stable region
 */
export function averageElasticity(
  link: Link,
  slopes: Float64Array,
  covariance: Float64Array,
  level: number,
): PooledElasticity | null {
  const S = slopes.length;
  let [mean, total, trace] = [0, 0, 0];
  for (let a = 0; a < S; a++) {
    mean += slopes[a] / S;
    trace += covariance[a * S + a];
    for (let b = 0; b < S; b++) total += covariance[a * S + b];
  }
  let squares = 0;
  for (const slope of slopes) squares += (slope - mean) ** 2;
  const spread = Math.sqrt(Math.max((squares - (trace - total / S)) / (S - 1), 0));
  const moments = sigmaMoments(link, mean, spread);
  const moved = sigmaMoments(link, mean + STEP, spread);
  if (!moments || !moved) return null;
  const se = Math.abs((moved.mean - moments.mean) / STEP) * Math.sqrt(total) / S;
  const reach = meanQuantile(S, level) * se;
  return {
    mean: moments.mean,
    sd: moments.sd,
    se,
    lower: moments.mean - reach,
    upper: moments.mean + reach,
    sdLower: null,
    sdUpper: null,
    of: "these sectors",
    sectors: S,
  };
}

function gridMean({ grid }: PartialPooling): number {
  return grid.reduce((sum, { mean, weight }) => sum + mean * weight, 0);
}
