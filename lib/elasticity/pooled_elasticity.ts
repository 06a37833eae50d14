import { studentQuantile } from "@ree/numeric";
import type { PooledElasticity } from "./elasticity_fit.ts";
import { type Link, sigmaInterval, sigmaVarianceOf, slopeOf } from "./link.ts";
import { sigmaPopulation } from "./sigma_population.ts";

/**
 * Mean of σ over sectors from `sigmaPopulation`: of the distribution that the sectors are draws of, or of these sectors, which
 * leaves out what drawing them adds to its error.
 *
 * The interval is the normal one (t with sectors − 1 degrees of freedom) on the scale of slopes, carried over end by end.
 *
 * @returns null when there is no mean in the stable region
 */
export function pooledElasticity(
  link: Link,
  slopes: Float64Array,
  covariance: Float64Array,
  working: Float64Array,
  of: PooledElasticity["of"],
  level: number,
): PooledElasticity | null {
  const found = sigmaPopulation(link, slopes, covariance, working);
  if (found === null) return null;
  const { mean, sd, sdLower, sdUpper, samplingVariance, drawingVariance } = found;
  const se = Math.sqrt(samplingVariance + (of === "population" ? drawingVariance : 0));
  const slope = slopeOf(link, mean);
  const reach = studentQuantile((1 + level) / 2, slopes.length - 1) * se /
    Math.sqrt(sigmaVarianceOf(link, slope, 1));
  return {
    mean,
    sd,
    se,
    ...sigmaInterval(link, slope - reach, slope + reach),
    sdLower,
    sdUpper,
    of,
    sectors: slopes.length,
  };
}
