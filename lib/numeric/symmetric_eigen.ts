/** Eigenvalues (ascending) and orthonormal eigenvectors of a symmetric matrix. */
export interface SymmetricEigen {
  /** [n], ascending. */
  readonly values: Float64Array;
  /** Row-major [n][n]; column k belongs to `values[k]`. */
  readonly vectors: Float64Array;
}

/** Off-diagonal mass, relative to the whole matrix, below which Jacobi rotations stop. */
const OFF_DIAGONAL = 1e-30;
const MAX_SWEEPS = 60;

/**
 * Eigen-decomposition of a symmetric matrix by cyclic Jacobi rotations: slow for large matrices
 * (O(n³) per sweep, 6-10 sweeps), accurate for small ones, which is what covariance matrices are.
 *
 * Source: Golub and Van Loan, Matrix Computations, algorithm 8.5.3.
 *
 * @param matrix row-major [n][n], symmetric; left untouched
 * @throws when an entry is not finite or the rotations do not converge
 */
export function symmetricEigen(matrix: Float64Array, order: number): SymmetricEigen {
  const a = Float64Array.from(matrix);
  const v = new Float64Array(order * order);
  for (let i = 0; i < order; i++) v[i * order + i] = 1;
  let scale = 0;
  for (const entry of a) {
    if (!Number.isFinite(entry)) {
      throw new RangeError(`symmetricEigen: entry ${entry} is not a finite number`);
    }
    scale += entry * entry;
  }
  for (let sweep = 0;; sweep++) {
    let off = 0;
    for (let i = 0; i < order; i++) {
      for (let j = 0; j < i; j++) off += a[i * order + j] * a[i * order + j];
    }
    if (off <= OFF_DIAGONAL * scale) break;
    if (sweep === MAX_SWEEPS) throw new RangeError("symmetricEigen: rotations do not converge");
    for (let p = 0; p < order; p++) {
      for (let q = p + 1; q < order; q++) rotate(a, v, order, p, q);
    }
  }
  const ranking = Array.from({ length: order }, (_, i) => i).sort((i, j) =>
    a[i * order + i] - a[j * order + j]
  );
  const values = new Float64Array(order);
  const vectors = new Float64Array(order * order);
  ranking.forEach((from, to) => {
    values[to] = a[from * order + from];
    for (let i = 0; i < order; i++) vectors[i * order + to] = v[i * order + from];
  });
  return { values, vectors };
}

/**
 * Q·diag(f(λ))·Qᵀ: a function of a symmetric matrix, such as its square root or inverse square root.
 *
 * @returns row-major [n][n]
 */
export function symmetricFunction(
  { values, vectors }: SymmetricEigen,
  f: (eigenvalue: number) => number,
): Float64Array {
  const order = values.length;
  const result = new Float64Array(order * order);
  for (let k = 0; k < order; k++) {
    const value = f(values[k]);
    for (let i = 0; i < order; i++) {
      const left = vectors[i * order + k] * value;
      for (let j = 0; j < order; j++) result[i * order + j] += left * vectors[j * order + k];
    }
  }
  return result;
}

function rotate(a: Float64Array, v: Float64Array, order: number, p: number, q: number) {
  const apq = a[p * order + q];
  if (apq === 0) return;
  const theta = (a[q * order + q] - a[p * order + p]) / (2 * apq);
  const sign = theta >= 0 ? 1 : -1;
  const t = sign / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const c = 1 / Math.sqrt(t * t + 1);
  const s = t * c;
  for (let k = 0; k < order; k++) {
    const akp = a[k * order + p];
    const akq = a[k * order + q];
    a[k * order + p] = c * akp - s * akq;
    a[k * order + q] = s * akp + c * akq;
  }
  for (let k = 0; k < order; k++) {
    const apk = a[p * order + k];
    const aqk = a[q * order + k];
    a[p * order + k] = c * apk - s * aqk;
    a[q * order + k] = s * apk + c * aqk;
    const vkp = v[k * order + p];
    const vkq = v[k * order + q];
    v[k * order + p] = c * vkp - s * vkq;
    v[k * order + q] = s * vkp + c * vkq;
  }
  // Exactly zero in exact arithmetic; what rounding left would keep the sweeps going.
  a[p * order + q] = 0;
  a[q * order + p] = 0;
}
