import { DATA_DIR } from "@ree/data";
import { randomStream, symmetricEigen, symmetricFunction } from "@ree/numeric";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Design } from "./design_rows.ts";
import type { ElasticityFit } from "./estimate_elasticities.ts";
import { type Link, sigmaOf, sigmaVarianceOf } from "./link.ts";
import { posteriorSlopes } from "./posterior_slopes.ts";

/** Committed estimates under `data/`; SIMULATED. */
export const DEFAULT_ELASTICITIES_FILE = "default_elasticities.json";

/** σ of one sector as estimated. */
export interface EstimatedSigma {
  readonly sector: string;
  /** σ at the posterior mean of the slope (`sigma_pooled` of the fit), and the posterior interval; null: no end. */
  readonly sigma: number;
  readonly lower: number | null;
  readonly upper: number | null;
  /** From the sector's own slope alone. */
  readonly sigmaOwn: number;
  /** Posterior mean of the slope. */
  readonly slope: number;
}

/** Estimated σ by sector, as saved for later steps. */
export interface EstimatedElasticities {
  /** Whether patents are SIMULATED, so that σ says nothing about the world. */
  readonly simulated: boolean;
  /** What σ was estimated from. */
  readonly source: string;
  /** What the codes in `sector` are. */
  readonly scheme: string;
  readonly design: Design;
  readonly yearEffects: boolean;
  readonly instrument: string | null;
  readonly psi: number;
  /** Normalisation of design "state". */
  readonly mu: number;
  readonly pooled: {
    readonly mean: number;
    readonly se: number;
    readonly sd: number;
    /** Null: no end. */
    readonly lower: number | null;
    readonly upper: number | null;
  };
  readonly sectors: readonly EstimatedSigma[];
  /** Posterior covariance of the slopes [sector][sector], in the order of `sectors`. */
  readonly slopeCovariance: readonly (readonly number[])[];
  /** The same of σ by the delta method; skewness is lost, so that draws should start from the slopes. */
  readonly sigmaCovariance: readonly (readonly number[])[];
  /** Sectors without an estimate and why. */
  readonly notEstimated: readonly { readonly sector: string; readonly reason: string }[];
}

/** How a fit was made, for {@linkcode estimatedElasticities}. */
export interface EstimateOrigin {
  readonly simulated: boolean;
  readonly source: string;
  readonly scheme: string;
  readonly design: Design;
  readonly yearEffects?: boolean;
  readonly instrument?: string;
  readonly mu?: number;
}

/**
 * What a fit with pooling hands on to later steps.
 *
 * @throws RangeError when the fit has no pooled mean or its sectors are not pooled
 */
export function estimatedElasticities(
  fit: Pick<ElasticityFit, "sectors" | "pooled" | "psi" | "covariance">,
  origin: EstimateOrigin,
): EstimatedElasticities {
  const { simulated, source, scheme, design, yearEffects = true, instrument, mu = 1 } = origin;
  const { pooled } = fit;
  if (pooled === null) throw new RangeError("estimatedElasticities: the fit has no pooled mean");
  const link = linkOf(design, fit.psi.value, mu);
  const rows = fit.covariance.sectors.map((name) =>
    fit.sectors.find(({ sector }) => sector === name)!
  );
  const unpooled = rows.find((row) => row.sigma_pooled === null || row.slope === null);
  if (unpooled) {
    throw new RangeError(
      `estimatedElasticities: sector ${unpooled.sector} has no pooled σ; fit with pooling "empirical-bayes"`,
    );
  }
  const slopes = Float64Array.from(rows, (row) => row.slope!);
  const posterior = posteriorSlopes(fit, slopes, link);
  const S = rows.length;
  const gradient = Array.from(posterior.mean, (slope) => sigmaSlope(link, slope));
  const square = (value: (a: number, b: number) => number) =>
    rows.map((_, a) => rows.map((_, b) => value(a, b)));
  return {
    simulated,
    source,
    scheme,
    design,
    yearEffects,
    instrument: instrument ?? null,
    psi: fit.psi.value,
    mu,
    pooled: {
      mean: pooled.mean,
      se: pooled.se,
      sd: pooled.sd,
      lower: finite(pooled.lower),
      upper: finite(pooled.upper),
    },
    sectors: rows.map((row, s) => ({
      sector: row.sector,
      sigma: row.sigma_pooled!,
      lower: finite(row.pooled_lower),
      upper: finite(row.pooled_upper),
      sigmaOwn: row.sigma!,
      slope: posterior.mean[s],
    })),
    slopeCovariance: square((a, b) => posterior.covariance[a * S + b]),
    sigmaCovariance: square((a, b) => posterior.covariance[a * S + b] * gradient[a] * gradient[b]),
    notEstimated: fit.sectors.filter(({ slope }) => slope === null)
      .map(({ sector, note }) => ({ sector, reason: note })),
  };
}

/**
 * Estimates saved by `estimatedElasticities`: the committed SIMULATED default, or those at a path.
 *
 * @throws RangeError naming the file and what is wrong in it
 */
export function loadEstimatedElasticities(
  path: string = join(DATA_DIR, DEFAULT_ELASTICITIES_FILE),
): EstimatedElasticities {
  try {
    return checkedEstimates(JSON.parse(readFileSync(path, "utf8")));
  } catch (cause) {
    if (cause instanceof RangeError || cause instanceof SyntaxError) {
      throw new RangeError(`${path}: ${cause.message}`, { cause });
    }
    throw cause;
  }
}

/** Values read from JSON as estimates. @throws RangeError saying what is missing or impossible */
export function checkedEstimates(value: unknown): EstimatedElasticities {
  const found = value as EstimatedElasticities;
  const fail = (what: string): never => {
    throw new RangeError(`estimated elasticities: ${what}`);
  };
  if (typeof found !== "object" || found === null) fail(`came ${value}, expected an object`);
  if (typeof found.simulated !== "boolean") fail(`"simulated" is ${found.simulated}`);
  if (!Array.isArray(found.sectors) || found.sectors.length < 2) fail("fewer than two sectors");
  if (!(found.psi > 0)) fail(`"psi" is ${found.psi}, expected more than 0`);
  if (!["flow", "stock", "state", "counts"].includes(found.design)) {
    fail(`"design" is ${found.design}`);
  }
  const S = found.sectors.length;
  const matrix = found.slopeCovariance;
  if (!Array.isArray(matrix) || matrix.length !== S) fail(`"slopeCovariance" is not ${S} × ${S}`);
  const names = new Set<string>();
  found.sectors.forEach(({ sector, sigma, slope }, s) => {
    if (names.has(sector)) fail(`sector ${sector} occurs twice`);
    names.add(sector);
    if (![sigma, slope].every(Number.isFinite)) {
      fail(`sector ${sector}: σ ${sigma}, slope ${slope}`);
    }
    if (matrix[s].length !== S || !matrix[s].every(Number.isFinite)) {
      fail(`"slopeCovariance" of sector ${sector} is not ${S} numbers`);
    }
  });
  return found;
}

/** Draws of σ for all sectors. */
export interface SigmaDraws {
  readonly sectors: readonly string[];
  /** [draw][sector], σ ≥ 0. */
  readonly values: readonly Float64Array[];
  /** Cells in which σ was below 0 or the slope beyond the stable region: set to 0. */
  readonly setToZero: number;
}

/**
 * Draws of σ by sector: slopes are normal with their posterior covariance, σ follows from each slope.
 *
 * σ falls with the slope, passes 0, and is not defined beyond the stable region; a slope with σ below 0 or beyond is counted and
 * gets σ = 0, the nearest σ there is.
 *
 * @param draws whole number above 0
 */
export function sigmaDraws(
  estimates: EstimatedElasticities,
  { draws, seed }: { readonly draws: number; readonly seed: number },
): SigmaDraws {
  if (!(Number.isInteger(draws) && draws > 0)) {
    throw new RangeError(`sigmaDraws: ${draws} draws, expected a whole number above 0`);
  }
  const S = estimates.sectors.length;
  const root = symmetricFunction(
    symmetricEigen(Float64Array.from(estimates.slopeCovariance.flat()), S),
    (value) => Math.sqrt(Math.max(value, 0)),
  );
  const link = linkOf(estimates.design, estimates.psi, estimates.mu ?? 1);
  const random = randomStream(seed);
  let setToZero = 0;
  const values = Array.from({ length: draws }, () => {
    const shocks = Float64Array.from({ length: S }, () => random.normal());
    return Float64Array.from(estimates.sectors, ({ slope }, a) => {
      let value = slope;
      for (let b = 0; b < S; b++) value += root[a * S + b] * shocks[b];
      const { sigma, stable } = sigmaOf(link, value);
      if (stable && sigma >= 0) return sigma;
      setToZero++;
      return 0;
    });
  });
  return { sectors: estimates.sectors.map(({ sector }) => sector), values, setToZero };
}

function linkOf(design: Design, psi: number, mu: number): Link {
  return { kind: design === "counts" ? "flow" : design, psi, mu };
}

/** dσ/db, negative. */
function sigmaSlope(link: Link, slope: number): number {
  return -Math.sqrt(sigmaVarianceOf(link, slope, 1));
}

function finite(value: number | null): number | null {
  return value !== null && Number.isFinite(value) ? value : null;
}
