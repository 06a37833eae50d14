import {
  chisquarePvalue,
  cholesky,
  choleskyInverse,
  choleskySolve,
  fPvalue,
  noncentralChisquareQuantile,
  symmetricEigen,
  symmetricFunction,
} from "@ree/numeric";
import { type AndersonRubin, andersonRubin } from "./anderson_rubin.ts";
import type { Fit } from "./fit.ts";
import { kleibergenPaap } from "./kleibergen_paap.ts";
import { crossProducts, crossVector, dot, leastSquares } from "./least_squares.ts";
import { clusterGroups, scoreMeat } from "./vcov.ts";

/** A test with its reference distribution; `denominator` undefined means χ². */
export interface TestResult {
  readonly statistic: number;
  readonly degrees: number;
  readonly denominator: number | undefined;
  readonly pvalue: number;
}

/** First stage of one endogenous variable. */
export interface FirstStage {
  readonly endogenous: string;
  /** Coefficients of the excluded instruments, by name. */
  readonly coefficients: Readonly<Record<string, number>>;
  /** Classical F of the excluded instruments, as fixest's `ivf1`. */
  readonly f: TestResult;
  /** Wald test of the excluded instruments under the fit's covariance, as fixest's `ivwald1`. */
  readonly wald: TestResult;
}

/** What to know about instruments before believing a 2SLS estimate. */
export interface IvDiagnostics {
  readonly firstStages: readonly FirstStage[];
  /** Cragg and Donald's minimum eigenvalue as an F statistic (iid errors). */
  readonly craggDonaldF: number;
  /** Kleibergen and Paap's rk Wald statistic over the number of instruments, under the fit's covariance. */
  readonly kleibergenPaapF: number;
  /** The rk Wald statistic as a χ² test of under-identification. */
  readonly kleibergenPaap: TestResult;
  /** Montiel Olea and Pflueger's effective F; one endogenous variable only. */
  readonly effectiveF: EffectiveF | undefined;
  /** Test that 2SLS and OLS agree (classical). */
  readonly wuHausman: TestResult;
  /** Over-identification test for iid errors; undefined when just identified. */
  readonly sargan: TestResult | undefined;
  /** Hansen's J of two-step GMM under the fit's robust covariance; undefined for iid or just identified. */
  readonly hansenJ: TestResult | undefined;
  /** Test and confidence set that hold however weak the instruments; one endogenous variable only. */
  readonly andersonRubin: AndersonRubin | undefined;
}

/** Effective first-stage F. */
export interface EffectiveF {
  readonly statistic: number;
  /** Value the statistic must exceed (5 % test) to reject a worst-case relative bias above `bias`. */
  readonly criticalValue: number;
  readonly bias: number;
  /** Effective degrees of freedom of the instruments. */
  readonly effectiveDegrees: number;
}

/** Worst-case bias, relative to the benchmark, whose rejection `effectiveF` is about. */
const BIAS = 0.1;

/**
 * Diagnoses the instruments of a 2SLS fit under its own covariance (`fit.withVcov` changes it).
 *
 * Sources: Kleibergen and Paap (2006), Journal of Econometrics 133; Montiel Olea and Pflueger (2013),
 * JBES 31, simplified procedure (theorem 1, x = 1/τ); Anderson and Rubin (1949); Sargan (1958);
 * Hansen (1982). HC2 and HC3 are taken as HC1 here.
 */
export function ivDiagnostics(fit: Fit): IvDiagnostics {
  const { estimate, vcovDetails: { parameters } } = fit;
  const iv = estimate.instrumental;
  if (!iv) throw new RangeError("the fit has no instruments");
  const { weights, nobs } = estimate;
  const count = iv.instruments.length;
  const endogenousCount = iv.endogenous.length;
  const partial = (column: Float64Array) => leastSquares(column, iv.exogenous, weights).residuals;
  const z = iv.instruments.map(partial);
  const x = iv.endogenous.map(partial);
  const y = partial(estimate.outcome);
  const first = x.map((column) => leastSquares(column, z, weights));
  const weighted = robustMeat(fit);
  const zz = crossProducts(z, weights);

  // As fixest: K of the first stage by the same nesting rule as that of the second.
  const denominator = nobs - (parameters - endogenousCount + count);
  const firstStages = first.map(({ coefficients, residuals }, j): FirstStage => {
    const left = dot(residuals, residuals, weights);
    const statistic = (dot(x[j], x[j], weights) - left) / count / (left / denominator);
    const projected = crossVector(z, x[j], weights);
    const meat = weighted(z, residuals);
    const wald = quadraticForm(projected, meat) / count;
    return {
      endogenous: iv.endogenousNames[j],
      coefficients: Object.fromEntries(
        iv.instrumentNames.map((name, k) => [name, coefficients[k]]),
      ),
      f: fTest(statistic, count, denominator),
      wald: fTest(wald, count, denominator),
    };
  });

  const residuals = first.map((stage) => stage.residuals);
  const rank = kleibergenPaap(z, x, weights, jointMeat(fit, z, residuals));
  const { craggDonald } = kleibergenPaap(z, x, weights, undefined);
  const degrees = count - endogenousCount + 1;
  return {
    firstStages,
    craggDonaldF: craggDonald * denominator / count,
    kleibergenPaapF: rank.statistic / count,
    kleibergenPaap: chiTest(rank.statistic, degrees),
    effectiveF: endogenousCount === 1
      ? effectiveF(zz, crossVector(z, x[0], weights), weighted(z, residuals[0]))
      : undefined,
    wuHausman: wuHausman(fit, y, x, residuals),
    sargan: count > endogenousCount ? sargan(fit, z) : undefined,
    hansenJ: count > endogenousCount && fit.vcovDetails.choice.type !== "iid"
      ? hansenJ(fit, y, x, z)
      : undefined,
    andersonRubin: endogenousCount === 1 ? andersonRubin(fit, y, x[0], z) : undefined,
  };
}

/** Variance of Z'v under the fit's covariance and small-sample factors: (z, v) → [L][L]. */
export function robustMeat(
  fit: Fit,
): (z: readonly Float64Array[], residuals: Float64Array) => Float64Array {
  return (z, residuals) => jointMeat(fit, z, [residuals]);
}

/**
 * Variance of (Z'v_1, …, Z'v_p) under the fit's covariance with its small-sample factors.
 *
 * @returns row-major [pL][pL], equation-major
 */
export function jointMeat(
  fit: Fit,
  z: readonly Float64Array[],
  residuals: readonly Float64Array[],
): Float64Array {
  const { estimate, vcovDetails: { choice, ssc, parameters } } = fit;
  const { weights, nobs, instrumental } = estimate;
  const endogenousCount = instrumental?.endogenous.length ?? 0;
  const lost = parameters - endogenousCount + z.length;
  const length = z.length;
  const order = residuals.length * length;
  if (choice.type === "iid") {
    const zz = crossProducts(z, weights);
    const meat = new Float64Array(order * order);
    residuals.forEach((v, a) =>
      residuals.forEach((w, b) => {
        const covariance = dot(v, w, weights) / (ssc.adj ? nobs - lost : nobs - 1);
        for (let i = 0; i < length; i++) {
          for (let j = 0; j < length; j++) {
            meat[(a * length + i) * order + b * length + j] = covariance * zz[i * length + j];
          }
        }
      })
    );
    return meat;
  }
  const scores = residuals.flatMap((v) =>
    z.map((column) => column.map((value, i) => value * v[i] * (weights ? weights[i] : 1)))
  );
  const factor = ssc.adj ? (nobs - 1) / (nobs - lost) : 1;
  return scoreMeat(estimate, choice, ssc, clusterGroups(estimate, choice), scores)
    .map((entry) => entry * factor);
}

/** d'M⁻¹d. */
export function quadraticForm(d: Float64Array, matrix: Float64Array): number {
  const factor = cholesky(matrix, d.length);
  const solved = choleskySolve(factor, d);
  return solved.reduce((sum, value, i) => sum + value * d[i], 0);
}

function effectiveF(zz: Float64Array, zx: Float64Array, meat: Float64Array): EffectiveF {
  const length = zx.length;
  const root = symmetricFunction(symmetricEigen(zz, length), (value) => 1 / Math.sqrt(value));
  const w = sandwich(root, meat, length);
  let numerator = 0;
  const factor = choleskySolve(cholesky(zz, length), zx);
  for (let i = 0; i < length; i++) numerator += factor[i] * zx[i];
  const { values } = symmetricEigen(w, length);
  const trace = values.reduce((sum, value) => sum + value, 0);
  const square = values.reduce((sum, value) => sum + value * value, 0);
  const x = 1 / BIAS;
  const effectiveDegrees = trace * trace * (1 + 2 * x) /
    (square + 2 * x * trace * values[length - 1]);
  return {
    statistic: numerator / trace,
    criticalValue: noncentralChisquareQuantile(0.95, effectiveDegrees, effectiveDegrees * x) /
      effectiveDegrees,
    bias: BIAS,
    effectiveDegrees,
  };
}

function sandwich(root: Float64Array, meat: Float64Array, n: number): Float64Array {
  const half = new Float64Array(n * n);
  const full = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      for (let k = 0; k < n; k++) half[i * n + j] += root[i * n + k] * meat[k * n + j];
    }
  }
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      for (let k = 0; k < n; k++) full[i * n + j] += half[i * n + k] * root[k * n + j];
    }
  }
  return full;
}

/** F of the first-stage residuals added to OLS. */
function wuHausman(
  { estimate: { weights, nobs, names, effectsCount } }: Fit,
  y: Float64Array,
  x: readonly Float64Array[],
  firstResiduals: readonly Float64Array[],
): TestResult {
  const short = leastSquares(y, x, weights).residuals;
  const long = leastSquares(y, [...x, ...firstResiduals], weights).residuals;
  const count = x.length;
  const denominator = nobs - names.length - effectsCount.counted - count;
  const left = dot(long, long, weights);
  const statistic = (dot(short, short, weights) - left) / count / (left / denominator);
  return fTest(statistic, count, denominator);
}

/** n·R² of the 2SLS residuals on the instruments. */
function sargan(
  { estimate: { residuals, weights, nobs, instrumental } }: Fit,
  z: readonly Float64Array[],
): TestResult {
  const { residuals: left } = leastSquares(residuals, z, weights);
  const share = 1 - dot(left, left, weights) / dot(residuals, residuals, weights);
  return chiTest(nobs * share, z.length - instrumental!.endogenous.length);
}

/** Minimum of the two-step GMM criterion, weighted by the robust variance of the 2SLS moments. */
function hansenJ(
  fit: Fit,
  y: Float64Array,
  x: readonly Float64Array[],
  z: readonly Float64Array[],
): TestResult {
  const { estimate, vcovDetails: { choice } } = fit;
  const { weights, residuals } = estimate;
  if (choice.type === "iid") throw new RangeError("hansenJ needs a robust covariance");
  const scores = z.map((column) =>
    column.map((value, i) => value * residuals[i] * (weights ? weights[i] : 1))
  );
  // Without small-sample factors, as Stata's ivreg2.
  const plain = { ...fit.vcovDetails.ssc, clusterAdj: false };
  const meat = scoreMeat(estimate, choice, plain, clusterGroups(estimate, choice), scores);
  const length = z.length;
  const inverse = choleskyInverse(cholesky(meat, length));
  const zy = crossVector(z, y, weights);
  const zx = x.map((column) => crossVector(z, column, weights));
  const apply = (v: Float64Array) =>
    Float64Array.from(v, (_, i) => {
      let sum = 0;
      for (let j = 0; j < length; j++) sum += inverse[i * length + j] * v[j];
      return sum;
    });
  const inner = (a: Float64Array, b: Float64Array) => a.reduce((sum, v, i) => sum + v * b[i], 0);
  const count = x.length;
  const gram = new Float64Array(count * count);
  const right = new Float64Array(count);
  zx.forEach((a, i) => {
    const image = apply(a);
    right[i] = inner(image, zy);
    zx.forEach((b, j) => gram[i * count + j] = inner(image, b));
  });
  const beta = choleskySolve(cholesky(gram, count), right);
  const moment = zy.map((value, l) => zx.reduce((left, a, i) => left - beta[i] * a[l], value));
  return chiTest(inner(apply(moment), moment), length - count);
}

function fTest(statistic: number, degrees: number, denominator: number): TestResult {
  return { statistic, degrees, denominator, pvalue: fPvalue(statistic, degrees, denominator) };
}

function chiTest(statistic: number, degrees: number): TestResult {
  return {
    statistic,
    degrees,
    denominator: undefined,
    pvalue: chisquarePvalue(statistic, degrees),
  };
}
