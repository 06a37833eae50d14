import { studentQuantile } from "@ree/numeric";
import type { SectorElasticity } from "./elasticity_fit.ts";
import { type Link, sigmaInterval, sigmaOf, sigmaVarianceOf } from "./link.ts";
import type { PartialPooling } from "./partial_pooling.ts";

/** A sector that has no slope, and why. */
export function sectorWithout(sector: string, years: number, note: string): SectorElasticity {
  return {
    sector,
    years,
    slope: null,
    slope_se: null,
    sigma: null,
    sigma_se: null,
    lower: null,
    upper: null,
    stable: null,
    slope_pooled: null,
    slope_pooled_se: null,
    sigma_pooled: null,
    pooled_lower: null,
    pooled_upper: null,
    shrinkage: null,
    note,
  };
}

/** What a sector's row is made of. */
export interface SectorInput {
  readonly sector: string;
  readonly years: number;
  readonly slope: number;
  readonly variance: number;
  readonly degrees: number;
  readonly link: Link;
  readonly level: number;
  readonly pool: { readonly pool: PartialPooling; readonly s: number } | undefined;
}

/** A sector's σ by its own slope and, with a pool, shrunk towards the others. */
export function sectorElasticity(input: SectorInput): SectorElasticity {
  const { sector, years, slope, variance, degrees, link, level, pool } = input;
  const se = Math.sqrt(variance);
  const reach = studentQuantile((1 + level) / 2, degrees) * se;
  const { sigma, stable } = sigmaOf(link, slope);
  const { lower, upper } = sigmaInterval(link, slope - reach, slope + reach);
  const notes: string[] = [];
  if (!stable) notes.push("slope outside the stable region");
  if (lower === -Infinity) notes.push("interval without lower bound");
  const shrunk = pool && shrunkElasticity(pool.pool, pool.s, link, degrees, level);
  return {
    sector,
    years,
    slope,
    slope_se: se,
    sigma,
    sigma_se: Math.sqrt(sigmaVarianceOf(link, slope, variance)),
    lower,
    upper,
    stable,
    slope_pooled: shrunk?.slope ?? null,
    slope_pooled_se: shrunk?.se ?? null,
    sigma_pooled: shrunk?.sigma ?? null,
    pooled_lower: shrunk?.lower ?? null,
    pooled_upper: shrunk?.upper ?? null,
    shrinkage: shrunk?.shrinkage ?? null,
    note: notes.join("; "),
  };
}

function shrunkElasticity(
  pool: PartialPooling,
  s: number,
  link: Link,
  degrees: number,
  level: number,
) {
  const [slope, se] = [pool.mean[s], pool.se[s]];
  // A part of the variance is the sector's own, the rest that of the pooled mean.
  const shared = pool.shrinkage[s];
  const both = 1 / ((1 - shared) / degrees + shared / (pool.mean.length - 1));
  const reach = studentQuantile((1 + level) / 2, both) * se;
  return {
    slope,
    se,
    sigma: sigmaOf(link, slope).sigma,
    ...sigmaInterval(link, slope - reach, slope + reach),
    shrinkage: pool.shrinkage[s],
  };
}
