import { cholesky, choleskySolve, symmetricEigen, symmetricFunction } from "@ree/numeric";
import { crossProducts, crossVector } from "./least_squares.ts";

/** Rank statistics of the first stage. */
export interface RankStatistics {
  /** rk Wald statistic, χ² with L − p + 1 degrees of freedom when the rank is p − 1. */
  readonly statistic: number;
  /** Smallest eigenvalue of (X'P_Z X) relative to X'M_Z X. */
  readonly craggDonald: number;
}

/**
 * Kleibergen and Paap's rk statistic that the coefficients of p endogenous variables on L
 * instruments have rank p − 1, for any variance of the moments.
 *
 * Θ = (Z'Z)^½·Π·(X'X)^(−½) has the singular values of the canonical correlations; the statistic is
 * the Wald test that the smallest vanishes. Source: Kleibergen and Paap (2006), Journal of
 * Econometrics 133, equations 16-23.
 *
 * @param z instruments, everything else partialled out [L][rows]
 * @param x endogenous variables, likewise [p][rows]
 * @param meat variance of (Z'v_1, …, Z'v_p), row-major [pL][pL]; undefined skips the statistic
 */
export function kleibergenPaap(
  z: readonly Float64Array[],
  x: readonly Float64Array[],
  weights: Float64Array | undefined,
  meat: Float64Array | undefined,
): RankStatistics {
  const [l, p] = [z.length, x.length];
  const zz = crossProducts(z, weights);
  const xx = crossProducts(x, weights);
  const zzRoot = symmetricFunction(symmetricEigen(zz, l), (value) => 1 / Math.sqrt(value));
  const xxRoot = symmetricFunction(symmetricEigen(xx, p), (value) => 1 / Math.sqrt(value));
  // Θ = (Z'Z)^(−½)·Z'X·(X'X)^(−½), [l][p]
  const zx = x.map((column) => crossVector(z, column, weights));
  const theta = new Float64Array(l * p);
  for (let i = 0; i < l; i++) {
    for (let j = 0; j < p; j++) {
      for (let a = 0; a < l; a++) {
        for (let b = 0; b < p; b++) {
          theta[i * p + j] += zzRoot[i * l + a] * zx[b][a] * xxRoot[b * p + j];
        }
      }
    }
  }
  const square = new Float64Array(p * p);
  for (let a = 0; a < p; a++) {
    for (let b = 0; b < p; b++) {
      for (let i = 0; i < l; i++) square[a * p + b] += theta[i * p + a] * theta[i * p + b];
    }
  }
  const right = symmetricEigen(square, p);
  const smallest = Math.max(right.values[0], 0);
  const craggDonald = smallest / (1 - smallest);
  if (!meat) return { statistic: NaN, craggDonald };

  // Orthonormal basis of the left null space of the p − 1 largest singular directions.
  const v2 = Float64Array.from({ length: p }, (_, b) => right.vectors[b * p]);
  const kept: Float64Array[] = [];
  for (let k = 1; k < p; k++) {
    const u = new Float64Array(l);
    for (let i = 0; i < l; i++) {
      for (let b = 0; b < p; b++) u[i] += theta[i * p + b] * right.vectors[b * p + k];
    }
    const norm = Math.hypot(...u);
    kept.push(u.map((value) => value / norm));
  }
  const left = complement(kept, l);
  // λ = left'·Θ·v2; any orthonormal basis gives the same quadratic form.
  const lambda = Float64Array.from(left, (a) => {
    let sum = 0;
    for (let i = 0; i < l; i++) for (let b = 0; b < p; b++) sum += a[i] * theta[i * p + b] * v2[b];
    return sum;
  });
  // Variance of λ: rows g(b, a) = (X'X)^(−½)v2 ⊗ (Z'Z)^(−½)left applied to the moments' variance.
  const xWeight = Float64Array.from({ length: p }, (_, b) => {
    let sum = 0;
    for (let j = 0; j < p; j++) sum += xxRoot[b * p + j] * v2[j];
    return sum;
  });
  const directions = left.map((a) => {
    const direction = new Float64Array(p * l);
    for (let b = 0; b < p; b++) {
      for (let m = 0; m < l; m++) {
        for (let i = 0; i < l; i++) direction[b * l + m] += xWeight[b] * zzRoot[m * l + i] * a[i];
      }
    }
    return direction;
  });
  const order = left.length;
  const variance = new Float64Array(order * order);
  const size = p * l;
  directions.forEach((a, s) =>
    directions.forEach((b, t) => {
      let sum = 0;
      for (let i = 0; i < size; i++) {
        for (let j = 0; j < size; j++) sum += a[i] * meat[i * size + j] * b[j];
      }
      variance[s * order + t] = sum;
    })
  );
  const solved = choleskySolve(cholesky(variance, order), lambda);
  return {
    statistic: lambda.reduce((sum, value, i) => sum + value * solved[i], 0),
    craggDonald,
  };
}

/** Orthonormal vectors that complete the given ones to a basis of ℝⁿ (Gram-Schmidt on unit vectors). */
function complement(given: readonly Float64Array[], n: number): Float64Array[] {
  const basis = [...given];
  for (let k = 0; k < n && basis.length < n; k++) {
    const candidate = new Float64Array(n);
    candidate[k] = 1;
    for (let pass = 0; pass < 2; pass++) {
      for (const other of basis) {
        const share = other.reduce((sum, value, i) => sum + value * candidate[i], 0);
        for (let i = 0; i < n; i++) candidate[i] -= share * other[i];
      }
    }
    const norm = Math.hypot(...candidate);
    if (norm > 1e-6) basis.push(candidate.map((value) => value / norm));
  }
  return basis.slice(given.length);
}
