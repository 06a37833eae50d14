import {
  flowSlope,
  sigmaFromFlowSlope,
  type SigmaFromSlope,
  sigmaFromStockSlope,
  sigmaVarianceFromFlowSlope,
  sigmaVarianceFromStockSlope,
} from "./sigma_from_slope.ts";

/** How a slope and σ belong together. In all kinds σ falls when the slope rises. */
export interface Link {
  readonly kind: "flow" | "stock" | "state";
  readonly psi: number;
  /** Normalisation of the price coefficient μ(1 − σ); used by "state" only. */
  readonly mu: number;
}

/** σ of a slope. */
export function sigmaOf({ kind, psi, mu }: Link, slope: number): SigmaFromSlope {
  if (kind === "flow") return sigmaFromFlowSlope(slope, psi);
  if (kind === "stock") return sigmaFromStockSlope(slope, psi);
  const sigma = 1 - slope / mu;
  return { sigma, stable: psi * (sigma - 1) < 1 };
}

/** Delta-method variance of σ. */
export function sigmaVarianceOf({ kind, psi, mu }: Link, slope: number, variance: number): number {
  if (kind === "flow") return sigmaVarianceFromFlowSlope(slope, psi, variance);
  if (kind === "stock") return sigmaVarianceFromStockSlope(slope, psi, variance);
  return variance / mu ** 2;
}

/** Slope of a stable σ. */
export function slopeOf({ kind, psi, mu }: Link, sigma: number): number {
  if (kind === "state") return mu * (1 - sigma);
  return (kind === "stock" ? psi : 1) * flowSlope(sigma, psi);
}

/**
 * Interval of σ from an interval of slopes, end by end: as σ falls with the slope, coverage is that of the slopes. Where
 * the slopes reach the boundary of the stable region σ has no lower bound: −Infinity.
 */
export function sigmaInterval(
  link: Link,
  low: number,
  high: number,
): { readonly lower: number; readonly upper: number } {
  const [ofHigh, ofLow] = [sigmaOf(link, high), sigmaOf(link, low)];
  if (link.kind === "state") return { lower: ofHigh.sigma, upper: ofLow.sigma };
  return {
    lower: ofHigh.stable ? ofHigh.sigma : -Infinity,
    upper: ofLow.stable ? ofLow.sigma : Infinity,
  };
}

/** What is taken as known of the spread of slopes between sectors. */
export interface SlopePrior {
  /** Slopes of stable σ lie between. */
  readonly low: number;
  readonly high: number;
  /** Scale of the half-normal prior of the standard deviation of slopes. */
  readonly scale: number;
}

/** Scale of the half-normal prior of the standard deviation of σ over sectors. */
export const SIGMA_SPREAD = 0.5;

/** The prior at the slopes' mean: a weak one, σ of sectors seldom differs by more than one or two. */
export function slopePrior(link: Link, slopes: Float64Array): SlopePrior {
  const { kind, psi, mu } = link;
  const mean = slopes.reduce((sum, slope) => sum + slope, 0) / slopes.length;
  const { sigma, stable } = sigmaOf(link, mean);
  const [low, high] = kind === "state"
    ? [psi > 0 ? -mu / psi : -Infinity, Infinity]
    : [-Infinity, kind === "stock" ? 1 : 1 / psi];
  const scale = stable && Number.isFinite(sigma)
    ? SIGMA_SPREAD / Math.sqrt(sigmaVarianceOf(link, mean, 1))
    : Infinity;
  return { low, high, scale };
}
