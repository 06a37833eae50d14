/** A pivot of this size or less counts as zero. */
const ZERO_PIVOT = 1e-14;

/**
 * Solves a small A·x = b without allocating: Gaussian elimination with partial pivoting.
 *
 * @param a row-major [order][order] at the start of the array; destroyed
 * @param b [order] at the start of the array; becomes x
 * @returns false when A is singular to working precision (b is then of no use)
 */
export function solveInPlace(a: Float64Array, b: Float64Array, order: number): boolean {
  for (let k = 0; k < order; k++) {
    let pivot = k;
    for (let i = k + 1; i < order; i++) {
      if (Math.abs(a[i * order + k]) > Math.abs(a[pivot * order + k])) pivot = i;
    }
    if (!(Math.abs(a[pivot * order + k]) > ZERO_PIVOT)) return false;
    if (pivot !== k) {
      for (let j = k; j < order; j++) {
        const held = a[k * order + j];
        a[k * order + j] = a[pivot * order + j];
        a[pivot * order + j] = held;
      }
      const held = b[k];
      b[k] = b[pivot];
      b[pivot] = held;
    }
    for (let i = k + 1; i < order; i++) {
      const factor = a[i * order + k] / a[k * order + k];
      if (factor === 0) continue;
      for (let j = k + 1; j < order; j++) a[i * order + j] -= factor * a[k * order + j];
      b[i] -= factor * b[k];
    }
  }
  for (let k = order - 1; k >= 0; k--) {
    for (let j = k + 1; j < order; j++) b[k] -= a[k * order + j] * b[j];
    b[k] /= a[k * order + k];
  }
  return true;
}
