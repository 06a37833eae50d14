import { type Link, sigmaOf, slopeOf } from "./link.ts";

/** Mean and standard deviation of σ over sectors. */
export interface SigmaMoments {
  readonly mean: number;
  readonly sd: number;
}

/** Three-point Gauss-Hermite rule for a standard normal: exact for polynomials up to degree 5. */
const NODES = [-Math.sqrt(3), 0, Math.sqrt(3)];
const WEIGHTS = [1 / 6, 2 / 3, 1 / 6];
const STEPS = 60;

/**
 * Moments of σ ~ N(mean, sd²) over sectors whose slopes have the given mean and standard deviation.
 *
 * A slope is a curved function of σ, so the σ of the mean slope is not the mean σ. When the spread is so large that the
 * rule's points leave the stable region the second-order expansion is used instead.
 *
 * @returns null when the mean slope itself belongs to no stable σ
 */
export function sigmaMoments(link: Link, slopeMean: number, slopeSd: number): SigmaMoments | null {
  const start = sigmaOf(link, slopeMean);
  if (!start.stable || !Number.isFinite(start.sigma)) return null;
  if (link.kind === "state") return { mean: start.sigma, sd: slopeSd / link.mu };
  const curvature = (sigma: number) => 1 + link.psi * (1 - sigma);
  const scale = link.kind === "stock" ? link.psi : 1;
  let mean = start.sigma;
  let sd = slopeSd / scale * curvature(mean) ** 2;
  for (let step = 0; step < STEPS; step++) {
    const found = slopeMoments(link, mean, sd);
    if (found === null) return expansion(link, slopeMean, slopeSd);
    const d = curvature(mean);
    const change = (found.mean - slopeMean) / scale * d ** 2;
    const ratio = found.sd > 0 ? slopeSd / found.sd : 1;
    mean += change;
    sd *= ratio;
    if (!(curvature(mean) > 0)) return expansion(link, slopeMean, slopeSd);
    if (Math.abs(change) < 1e-12 && Math.abs(ratio - 1) < 1e-12) return { mean, sd };
  }
  return expansion(link, slopeMean, slopeSd);
}

function slopeMoments(link: Link, mean: number, sd: number) {
  const slopes: number[] = [];
  for (const node of NODES) {
    const sigma = mean + sd * node;
    if (!(1 + link.psi * (1 - sigma) > 0)) return null;
    slopes.push(slopeOf(link, sigma));
  }
  const first = slopes.reduce((sum, b, k) => sum + WEIGHTS[k] * b, 0);
  const square = slopes.reduce((sum, b, k) => sum + WEIGHTS[k] * (b - first) ** 2, 0);
  return { mean: first, sd: Math.sqrt(square) };
}

/** E b = b(σ̄) + ½b″·sd², to second order in the spread. */
function expansion(link: Link, slopeMean: number, slopeSd: number): SigmaMoments | null {
  const scale = link.kind === "stock" ? link.psi : 1;
  const [m, s] = [slopeMean / scale, slopeSd / scale];
  let y = m / (1 - link.psi * m);
  for (let step = 0; step < STEPS; step++) {
    const d = 1 + link.psi * y;
    const target = m + link.psi * s * s * d;
    if (!(1 - link.psi * target > 0)) break;
    y = target / (1 - link.psi * target);
  }
  const d = 1 + link.psi * y;
  return { mean: 1 - y, sd: s * d * d };
}
