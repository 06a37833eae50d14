import { studentPvalue } from "@ree/numeric";
import { type Link, SIGMA_SPREAD, sigmaOf, sigmaVarianceOf, slopeOf } from "./link.ts";

/** Distribution of σ that sectors are draws of, estimated from their slopes. */
export interface SigmaPopulation {
  readonly mean: number;
  readonly sd: number;
  /** 95 % interval of the standard deviation. */
  readonly sdLower: number;
  readonly sdUpper: number;
  /** Sampling variance of the mean with the sectors held fixed. */
  readonly samplingVariance: number;
  /** What drawing the sectors adds to it. */
  readonly drawingVariance: number;
}

/** Nodes of the trapezoidal rule on a standard normal: exact to rounding for smooth functions. */
const NODES = Array.from({ length: 21 }, (_, k) => (k - 10) / 2);
const DENSITY = NODES.map((x) => Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI));
const SPACING = 0.5;
/** Standard deviations of σ that are considered. */
const SPREADS = Array.from({ length: 15 }, (_, k) => 1.5 * (k / 14) ** 2);
const SEARCH_STEPS = 60;
const REFINEMENTS = 14;
const NEWTON_STEPS = 12;
const STEP = 1e-3;
const GOLDEN = (Math.sqrt(5) - 1) / 2;

/**
 * Normal-normal model: b̂_s ~ N(b(σ_s), v_s), σ_s ~ N(mean, sd²) within the stable region. The prior is on σ, the likelihood
 * on the slope, where estimates are close to normal: no delta method, so a skewed σ̂ or one beyond the stable region is no
 * trouble, and the mean of σ is not that of slopes carried over. The standard deviation is the mode under its
 * likelihood, integrated over the mean, and a half-normal prior with scale 0.5; errors correlated between sectors enter the
 * variances (a sandwich) but not the weights.
 *
 * @param slopes [S]
 * @param covariance of the slopes, row-major [S][S]
 * @param working variances v_s of the likelihood [S]: error variances from a sector's own residuals are noisy and go with
 * its slope, which would bias a weighted mean; the covariance makes up for what they miss
 * @returns null when the likelihood has no maximum in the stable region
 */
export function sigmaPopulation(
  link: Link,
  slopes: Float64Array,
  covariance: Float64Array,
  working: Float64Array,
): SigmaPopulation | null {
  const variances = working.map((variance) => Math.max(variance, 1e-300));
  const model: Model = { link, slopes, variances, top: largestSigma(link) };
  const start = search(model, 0);
  if (start === null) return null;
  const points: Point[] = [];
  let centre = start;
  for (const sd of SPREADS) {
    const point = atSpread(model, sd, centre);
    if (point === null) break;
    points.push(point);
    centre = point.mean;
  }
  if (points.length === 0) return null;
  const best = refine(model, points);
  const { lower, upper, meanVariance, meanSquare } = spreadInterval(points);
  const { sampling: atBest, drawing } = variancesOfMean(model, best, covariance);
  const sampling = atBest + meanVariance;
  // What the curvature of σ in the slope does to the mean, E σ(b̂) − σ(b) = −ψ·Var(σ̂)/(1 + ψ(1 − σ)); kept within its own error.
  const bend = link.kind === "state" ? 0 : link.psi * atBest / (1 + link.psi * (1 - best.mean));
  const limit = Math.min(Math.sqrt(atBest), (model.top - best.mean) / 2);
  return {
    mean: best.mean + Math.min(bend, limit),
    sd: best.sd,
    sdLower: lower,
    sdUpper: upper,
    samplingVariance: sampling,
    // S/(S − 1): the spread is about the sectors' own mean.
    drawingVariance: drawing * meanSquare * slopes.length / Math.max(slopes.length - 1, 1),
  };
}

interface Model {
  readonly link: Link;
  readonly slopes: Float64Array;
  readonly variances: Float64Array;
  /** Upper end of the stable region. */
  readonly top: number;
}

interface Point {
  readonly sd: number;
  readonly mean: number;
  /** Minus the second derivative of the log likelihood at the mean. */
  readonly information: number;
  /** Log posterior of sd. */
  readonly value: number;
}

function largestSigma({ psi }: Link): number {
  return psi > 0 ? 1 + 1 / psi : Infinity;
}

/** ln ∫ N(b̂; b(σ), v)·N(σ; mean, sd²) dσ over the stable region. */
function logDensity(model: Model, slope: number, variance: number, mean: number, sd: number) {
  const { link, top } = model;
  const width = Math.sqrt(variance);
  const fit = (sigma: number) => (slope - slopeOf(link, sigma)) / width;
  if (sd === 0) return -0.5 * fit(mean) ** 2 - Math.log(width);
  const mass = normalBelow((top - mean) / sd);
  let sum = 0;
  const own = width * Math.sqrt(sigmaVarianceOf(link, slopeOf(link, mean), 1));
  if (sd <= own) {
    NODES.forEach((x, k) => {
      const sigma = mean + sd * x;
      if (sigma < top) sum += DENSITY[k] * Math.exp(-0.5 * fit(sigma) ** 2);
    });
    return Math.log(sum * SPACING / (width * mass) + 1e-300);
  }
  NODES.forEach((x, k) => {
    const { sigma, stable } = sigmaOf(link, slope + width * x);
    if (!stable || !Number.isFinite(sigma)) return;
    const stretch = Math.sqrt(sigmaVarianceOf(link, slope + width * x, 1));
    sum += DENSITY[k] * stretch * Math.exp(-0.5 * ((sigma - mean) / sd) ** 2);
  });
  return Math.log(sum * SPACING / (sd * mass) + 1e-300);
}

function logLikelihood(model: Model, mean: number, sd: number): number {
  let sum = 0;
  for (let s = 0; s < model.slopes.length; s++) {
    sum += logDensity(model, model.slopes[s], model.variances[s], mean, sd);
  }
  return sum;
}

/** Mean with the highest likelihood by golden section over the plausible range. */
function search(model: Model, sd: number): number | null {
  let high = Math.min(model.top - 1e-3, 5);
  let low = -8;
  const floor = low;
  const value = (mean: number) => logLikelihood(model, mean, sd);
  let [left, right] = [high - GOLDEN * (high - low), low + GOLDEN * (high - low)];
  let [atLeft, atRight] = [value(left), value(right)];
  for (let step = 0; step < SEARCH_STEPS; step++) {
    if (atLeft > atRight) {
      [high, right, atRight] = [right, left, atLeft];
      left = high - GOLDEN * (high - low);
      atLeft = value(left);
    } else {
      [low, left, atLeft] = [left, right, atRight];
      right = low + GOLDEN * (high - low);
      atRight = value(right);
    }
  }
  const found = (low + high) / 2;
  return found - floor < 1e-3 ? null : found;
}

function atSpread(model: Model, sd: number, centre: number): Point | null {
  let mean = centre;
  for (let step = 0; step <= NEWTON_STEPS; step++) {
    if (mean + 2 * STEP >= model.top) return null;
    const [below, here, above] = [mean - STEP, mean, mean + STEP]
      .map((value) => logLikelihood(model, value, sd));
    const slope = (above - below) / (2 * STEP);
    const information = -(above - 2 * here + below) / STEP ** 2;
    if (!(information > 0)) {
      const found = search(model, sd);
      if (found === null || step === NEWTON_STEPS) return null;
      mean = found;
      continue;
    }
    const move = Math.max(-0.3, Math.min(0.3, slope / information));
    if (Math.abs(move) < 1e-7 || step === NEWTON_STEPS) {
      const value = here - 0.5 * Math.log(information) - 0.5 * (sd / SIGMA_SPREAD) ** 2;
      return { sd, mean, information, value };
    }
    mean = Math.min(mean + move, model.top - 3 * STEP);
  }
  return null;
}

/** The most likely spread between the neighbours of the best grid point. */
function refine(model: Model, points: readonly Point[]): Point {
  let best = points[0];
  for (const point of points) if (point.value > best.value) best = point;
  const k = points.indexOf(best);
  let low = points[Math.max(k - 1, 0)].sd;
  let high = points[Math.min(k + 1, points.length - 1)].sd;
  for (let step = 0; step < REFINEMENTS; step++) {
    const [left, right] = [high - GOLDEN * (high - low), low + GOLDEN * (high - low)]
      .map((sd) => atSpread(model, sd, best.mean));
    if (left === null || right === null) return best;
    for (const point of [left, right]) if (point.value > best.value) best = point;
    if (left.value > right.value) high = right.sd;
    else low = left.sd;
  }
  return best;
}

/** Interval of the spread, and the variance that not knowing it adds to the mean. */
function spreadInterval(points: readonly Point[]) {
  const best = Math.max(...points.map(({ value }) => value));
  const weights = points.map(({ sd, value }, k) => {
    const before = points[k - 1]?.sd ?? sd;
    const after = points[k + 1]?.sd ?? sd;
    return Math.exp(value - best) * (after - before) / 2;
  });
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const quantile = (probability: number) => {
    let sum = 0;
    for (let k = 0; k < points.length; k++) {
      const next = sum + (total > 0 ? weights[k] / total : 1);
      if (next >= probability) {
        const share = weights[k] > 0 && total > 0 ? (probability - sum) / (weights[k] / total) : 0;
        const before = k === 0 ? 0 : (points[k - 1].sd + points[k].sd) / 2;
        const after = k === points.length - 1
          ? points[k].sd
          : (points[k].sd + points[k + 1].sd) / 2;
        return before + share * (after - before);
      }
      sum = next;
    }
    return points[points.length - 1].sd;
  };
  let [first, second, meanSquare] = [0, 0, 0];
  points.forEach(({ mean, sd }, k) => {
    const weight = total > 0 ? weights[k] / total : 1 / points.length;
    first += weight * mean;
    second += weight * mean * mean;
    meanSquare += weight * sd * sd;
  });
  return {
    lower: quantile(0.025),
    upper: quantile(0.975),
    meanVariance: Math.max(second - first * first, 0),
    meanSquare,
  };
}

/** Variance of the mean by the delta method on its estimating equation Σ_s ∂ ln L_s/∂mean = 0. */
function variancesOfMean(model: Model, { sd, mean, information }: Point, covariance: Float64Array) {
  const { slopes, variances, link } = model;
  const S = slopes.length;
  const influence = Float64Array.from(slopes, (slope, s) => {
    const step = 1e-3 * Math.sqrt(variances[s]);
    const score = (value: number) =>
      (logDensity(model, value, variances[s], mean + STEP, sd) -
        logDensity(model, value, variances[s], mean - STEP, sd)) / (2 * STEP);
    return (score(slope + step) - score(slope - step)) / (2 * step) / information;
  });
  let [sampling, drawing] = [0, 0];
  const gradient = 1 / sigmaVarianceOf(link, slopeOf(link, mean), 1);
  for (let a = 0; a < S; a++) {
    drawing += influence[a] ** 2 * gradient;
    for (let b = 0; b < S; b++) sampling += influence[a] * influence[b] * covariance[a * S + b];
  }
  return { sampling: Math.max(sampling, 0), drawing };
}

function normalBelow(z: number): number {
  if (z === Infinity) return 1;
  const tail = studentPvalue(z, Infinity) / 2;
  return Math.max(z > 0 ? 1 - tail : tail, 1e-300);
}
