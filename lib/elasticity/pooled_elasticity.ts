import type { PooledElasticity } from "./elasticity_fit.ts";
import type { Link } from "./link.ts";
import { type HyperPoint, meanQuantile, type PartialPooling } from "./partial_pooling.ts";
import { sigmaMoments } from "./sigma_moments.ts";

/** Step of the numerical derivative of mean σ to mean slope. */
const STEP = 1e-5;
/**
 * Mean of the distribution of σ that sectors are draws of: σ of the pooled slopes at the most likely spread. The uncertainty of
 * the spread enters the standard error.
 *
 * @returns null when the slopes' mean is outside the stable region
 */
export function populationElasticity(
  link: Link,
  pool: PartialPooling,
  level: number,
): PooledElasticity | null {
  const variance = pool.grid.reduce((sum, point) => sum + point.weight * point.variance, 0);
  return meanElasticity(link, pool, "population", (point) => point.mean, variance, level);
}

/**
 * Plain average of σ over the sectors at hand: σ of their mean slope, corrected for its curvature by the most likely spread.
 *
 * @returns null when the mean slope is outside the stable region
 */
export function averageElasticity(
  link: Link,
  pool: PartialPooling,
  slopes: Float64Array,
  covariance: Float64Array,
  level: number,
): PooledElasticity | null {
  const S = slopes.length;
  const mean = slopes.reduce((sum, slope) => sum + slope, 0) / S;
  const variance = covariance.reduce((sum, value) => sum + value, 0) / S ** 2;
  return meanElasticity(link, pool, "these sectors", () => mean, variance, level);
}

function meanElasticity(
  link: Link,
  pool: PartialPooling,
  of: PooledElasticity["of"],
  meanAt: (point: HyperPoint) => number,
  variance: number,
  level: number,
): PooledElasticity | null {
  const slope = meanAt(pool.mode);
  const centre = sigmaMoments(link, slope, pool.mode.sd);
  const moved = sigmaMoments(link, slope + STEP, pool.mode.sd);
  if (!centre || !moved) return null;
  const gradient = (moved.mean - centre.mean) / STEP;
  let [weight, first, second] = [0, 0, 0];
  for (const point of pool.grid) {
    const moments = sigmaMoments(link, meanAt(point), point.sd);
    if (!moments) continue;
    weight += point.weight;
    first += point.weight * moments.mean;
    second += point.weight * moments.mean ** 2;
  }
  const ofSpread = Math.max(second / weight - (first / weight) ** 2, 0);
  const se = Math.sqrt(gradient ** 2 * variance + ofSpread);
  const reach = meanQuantile(pool.mean.length, level) * se;
  const sdOf = (sd: number) => sigmaMoments(link, slope, sd)?.sd ?? null;
  return {
    mean: centre.mean,
    sd: centre.sd,
    se,
    lower: centre.mean - reach,
    upper: centre.mean + reach,
    sdLower: sdOf(pool.sd.lower),
    sdUpper: sdOf(pool.sd.upper),
    of,
    sectors: pool.mean.length,
  };
}
