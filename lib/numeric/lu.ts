/** An LU factorisation with partial pivoting of a square matrix: P·A = L·U. */
export interface Lu {
  /** Order of the matrix. */
  readonly order: number;
  /** L (unit lower, below the diagonal) and U (on and above it), row-major [order][order]. */
  readonly factors: Float64Array;
  /** Row i of P·A is row `permutation[i]` of A. */
  readonly permutation: Int32Array;
}

/** A pivot below this fraction of the largest entry means that the matrix is singular to working precision. */
const SINGULAR_PIVOT = 1e-14;

/**
 * Factorises a square matrix; O(n³) time, one copy of the matrix in memory, or none when an earlier
 * factorisation of the same order is given up for it.
 *
 * Row-oriented elimination: the inner loop runs along contiguous rows, which is what V8 does fastest.
 *
 * @param matrix row-major [n][n]; left untouched
 * @param reuse a factorisation that is no longer needed: its arrays are overwritten and returned
 * @throws when the matrix is not square, has a non-finite entry, or is singular (names the column)
 */
export function lu(matrix: Float64Array, reuse?: Lu): Lu {
  const order = squareOrder(matrix);
  if (reuse !== undefined && reuse.order !== order) {
    throw new RangeError(
      `lu: reuse has order ${reuse.order}; expected that of the matrix, ${order}`,
    );
  }
  const a = reuse?.factors ?? new Float64Array(order * order);
  const permutation = reuse?.permutation ?? new Int32Array(order);
  a.set(matrix);
  for (let i = 0; i < order; i++) permutation[i] = i;
  let scale = 0;
  for (const value of a) {
    if (!Number.isFinite(value)) throw new RangeError(`lu: entry ${value} is not a finite number`);
    scale = Math.max(scale, Math.abs(value));
  }
  for (let k = 0; k < order; k++) {
    let pivotRow = k;
    for (let i = k + 1; i < order; i++) {
      if (Math.abs(a[i * order + k]) > Math.abs(a[pivotRow * order + k])) pivotRow = i;
    }
    if (Math.abs(a[pivotRow * order + k]) <= SINGULAR_PIVOT * scale) {
      throw new RangeError(`lu: the ${order} x ${order} matrix is singular at column ${k}`);
    }
    if (pivotRow !== k) swapRows(a, permutation, order, k, pivotRow);
    const rowK = k * order;
    const pivot = a[rowK + k];
    for (let i = k + 1; i < order; i++) {
      const rowI = i * order;
      if (a[rowI + k] === 0) continue;
      const factor = a[rowI + k] / pivot;
      a[rowI + k] = factor;
      for (let j = k + 1; j < order; j++) a[rowI + j] -= factor * a[rowK + j];
    }
  }
  return { order, factors: a, permutation };
}

/**
 * Solves A·x = b for a factorised A; O(n²).
 *
 * @param rightHandSide [n]
 * @param x [n] where the solution goes; default a new array
 */
export function luSolve(
  { order, factors, permutation }: Lu,
  rightHandSide: Float64Array,
  x: Float64Array = new Float64Array(order),
): Float64Array {
  for (let i = 0; i < order; i++) {
    let sum = rightHandSide[permutation[i]];
    for (let j = 0; j < i; j++) sum -= factors[i * order + j] * x[j];
    x[i] = sum;
  }
  for (let i = order - 1; i >= 0; i--) {
    let sum = x[i];
    for (let j = i + 1; j < order; j++) sum -= factors[i * order + j] * x[j];
    x[i] = sum / factors[i * order + i];
  }
  return x;
}

/**
 * Solves Aᵀ·x = b, that is xᵀ·A = bᵀ: one row of A⁻¹ for b a unit vector; O(n²).
 *
 * @param rightHandSide [n]
 */
export function luSolveTransposed(
  { order, factors, permutation }: Lu,
  rightHandSide: Float64Array,
) {
  const y = Float64Array.from(rightHandSide);
  for (let i = 0; i < order; i++) { // Uᵀ y = b, column-oriented so that rows of U are read in order
    y[i] /= factors[i * order + i];
    for (let j = i + 1; j < order; j++) y[j] -= factors[i * order + j] * y[i];
  }
  for (let i = order - 1; i >= 0; i--) { // Lᵀ z = y
    for (let j = 0; j < i; j++) y[j] -= factors[i * order + j] * y[i];
  }
  const x = new Float64Array(order);
  for (let i = 0; i < order; i++) x[permutation[i]] = y[i];
  return x;
}

/** The order n of a flat row-major n x n matrix; throws when the length is not a square. */
export function squareOrder(matrix: Float64Array): number {
  const order = Math.round(Math.sqrt(matrix.length));
  if (order === 0 || order * order !== matrix.length) {
    throw new RangeError(
      `expected a square matrix as a flat array of n² numbers, got ${matrix.length}`,
    );
  }
  return order;
}

function swapRows(a: Float64Array, permutation: Int32Array, order: number, i: number, j: number) {
  for (let k = 0; k < order; k++) {
    const held = a[i * order + k];
    a[i * order + k] = a[j * order + k];
    a[j * order + k] = held;
  }
  const held = permutation[i];
  permutation[i] = permutation[j];
  permutation[j] = held;
}
