import chisquareCdf from "@stdlib/stats-base-dists-chisquare-cdf";
import fCdf from "@stdlib/stats-base-dists-f-cdf";
import normalCdf from "@stdlib/stats-base-dists-normal-cdf";
import gaussQuantile from "@stdlib/stats-base-dists-normal-quantile";
import tCdf from "@stdlib/stats-base-dists-t-cdf";
import tQuantile from "@stdlib/stats-base-dists-t-quantile";

/** Two-sided p-value of a t statistic; `degrees` = Infinity means the normal distribution. */
export function studentPvalue(statistic: number, degrees: number): number {
  const lower = -Math.abs(statistic);
  return 2 * (Number.isFinite(degrees) ? tCdf(lower, degrees) : normalCdf(lower, 0, 1));
}

/** Quantile of Student's t; `degrees` = Infinity means the normal distribution. */
export function studentQuantile(probability: number, degrees: number): number {
  return Number.isFinite(degrees)
    ? tQuantile(probability, degrees)
    : gaussQuantile(probability, 0, 1);
}

/** P(Z ≤ x) for a standard normal Z. */
export function normalProbability(x: number): number {
  return normalCdf(x, 0, 1);
}

/** Quantile of the standard normal; probabilities strictly between 0 and 1 give finite values. */
export function normalQuantile(probability: number): number {
  return gaussQuantile(probability, 0, 1);
}

/** P(F > statistic) for an F distribution with the given degrees of freedom (denominator may be Infinity). */
export function fPvalue(statistic: number, numerator: number, denominator: number): number {
  if (!(statistic > 0)) return 1;
  if (!Number.isFinite(denominator)) return chisquarePvalue(statistic * numerator, numerator);
  // The reciprocal has the same law with swapped degrees: its lower tail keeps small p-values exact.
  return fCdf(1 / statistic, denominator, numerator);
}

/** P(χ² > statistic); accurate in the tail down to some 1e-300 through the F distribution's limit. */
export function chisquarePvalue(statistic: number, degrees: number): number {
  if (!(statistic > 0)) return 1;
  return upperGamma(degrees / 2, statistic / 2);
}

/** Quantile of the χ² distribution by bisection on its distribution function. */
export function chisquareQuantile(probability: number, degrees: number): number {
  return bisectQuantile((x) => chisquareCdf(x, degrees), probability);
}

/**
 * Distribution function of the non-central χ² as a Poisson mixture of central ones:
 * F(x; k, λ) = Σ_j e^(−λ/2) (λ/2)^j / j! · F(x; k + 2j).
 */
export function noncentralChisquareCdf(x: number, degrees: number, noncentrality: number): number {
  if (!(x > 0)) return 0;
  const half = noncentrality / 2;
  const centre = Math.floor(half);
  let logWeight = -half;
  for (let j = 1; j <= centre; j++) logWeight += Math.log(half / j);
  let sum = 0;
  let weight = Math.exp(logWeight);
  for (let j = centre, w = weight; j >= 0 && w > 1e-18; w *= j / half, j--) {
    sum += w * chisquareCdf(x, degrees + 2 * j);
  }
  weight *= half / (centre + 1);
  for (let j = centre + 1, w = weight; w > 1e-18; j++, w *= half / j) {
    sum += w * chisquareCdf(x, degrees + 2 * j);
  }
  return Math.min(1, sum);
}

/** Quantile of the non-central χ² distribution by bisection. */
export function noncentralChisquareQuantile(
  probability: number,
  degrees: number,
  noncentrality: number,
): number {
  return bisectQuantile((x) => noncentralChisquareCdf(x, degrees, noncentrality), probability);
}

function bisectQuantile(cdf: (x: number) => number, probability: number): number {
  if (!(probability > 0 && probability < 1)) {
    throw new RangeError(`quantile: probability ${probability} is not between 0 and 1`);
  }
  let [low, high] = [0, 1];
  while (cdf(high) < probability) high *= 2;
  for (let step = 0; step < 200 && high - low > 1e-15 * high; step++) {
    const middle = (low + high) / 2;
    if (cdf(middle) < probability) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Regularised upper incomplete gamma Q(a, x): series below a + 1, Lentz's continued fraction above. */
function upperGamma(a: number, x: number): number {
  const logFront = a * Math.log(x) - x - logGamma(a);
  if (x < a + 1) {
    let term = 1 / a;
    let sum = term;
    for (let n = 1; n < 10_000 && term > sum * 1e-17; n++) sum += term *= x / (a + n);
    return 1 - sum * Math.exp(logFront);
  }
  const tiny = 1e-300;
  let b = x + 1 - a;
  let c = 1 / tiny;
  let d = 1 / b;
  let h = d;
  for (let i = 1; i < 10_000; i++) {
    const an = -i * (i - a);
    b += 2;
    d = 1 / (Math.abs(an * d + b) < tiny ? tiny : an * d + b);
    c = Math.abs(b + an / c) < tiny ? tiny : b + an / c;
    const delta = d * c;
    h *= delta;
    if (Math.abs(delta - 1) < 1e-16) break;
  }
  return Math.exp(logFront) * h;
}

/** ln Γ(x) for x > 0 (Lanczos, g = 7, nine terms; relative error near 1e-15). */
export function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  const shifted = x - 1;
  let sum = LANCZOS[0];
  for (let i = 1; i < LANCZOS.length; i++) sum += LANCZOS[i] / (shifted + i);
  const t = shifted + 7.5;
  return 0.5 * Math.log(2 * Math.PI) + (shifted + 0.5) * Math.log(t) - t + Math.log(sum);
}

const LANCZOS = [
  0.99999999999980993,
  676.5203681218851,
  -1259.1392167224028,
  771.32342877765313,
  -176.61502916214059,
  12.507343278686905,
  -0.13857109526572012,
  9.9843695780195716e-6,
  1.5056327351493116e-7,
];
