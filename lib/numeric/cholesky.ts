/** Cholesky factor of a positive semi-definite matrix whose dependent columns are set aside. */
export interface Cholesky {
  /** Order of the matrix. */
  readonly order: number;
  /** Lower factor, row-major [order][order]; rows and columns of dependent variables are zero. */
  readonly factor: Float64Array;
  /** 1 where the column depends on earlier ones (its pivot vanished), else 0. */
  readonly dependent: Uint8Array;
  /** Number of independent columns. */
  readonly rank: number;
}

/** A pivot below this fraction of the column's own diagonal entry counts as zero. */
export const DEPENDENT_PIVOT = 1e-10;

/**
 * Factorises A = L·Lᵀ in the given order of columns; a column whose remaining pivot is below
 * `tolerance` times its diagonal is a combination of earlier columns, is marked and left out.
 * O(n³/3), the inner loop runs along rows.
 *
 * @param matrix row-major [n][n], symmetric positive semi-definite; the lower triangle is read
 * @param scale what a pivot is judged against [n]; the diagonal itself by default
 * @throws when an entry is not finite
 */
export function cholesky(
  matrix: Float64Array,
  order: number,
  tolerance = DEPENDENT_PIVOT,
  scale?: ArrayLike<number>,
): Cholesky {
  const factor = new Float64Array(order * order);
  const dependent = new Uint8Array(order);
  let rank = 0;
  for (let i = 0; i < order; i++) {
    const rowI = i * order;
    for (let j = 0; j < i; j++) {
      if (dependent[j]) continue;
      const rowJ = j * order;
      let sum = matrix[rowI + j];
      for (let k = 0; k < j; k++) sum -= factor[rowI + k] * factor[rowJ + k];
      factor[rowI + j] = sum / factor[rowJ + j];
    }
    const diagonal = matrix[rowI + i];
    if (!Number.isFinite(diagonal)) {
      throw new RangeError(`cholesky: entry ${i},${i} is ${diagonal}, expected a finite number`);
    }
    let pivot = diagonal;
    for (let k = 0; k < i; k++) pivot -= factor[rowI + k] * factor[rowI + k];
    const yardstick = scale ? scale[i] : diagonal;
    if (pivot <= tolerance * yardstick || diagonal <= 0) {
      dependent[i] = 1;
      factor.fill(0, rowI, rowI + order);
    } else {
      factor[rowI + i] = Math.sqrt(pivot);
      rank++;
    }
  }
  return { order, factor, dependent, rank };
}

/**
 * Solves A·x = b with the dependent variables held at zero (a basic solution).
 *
 * @param rightHandSide [n]; left untouched
 * @returns [n]
 */
export function choleskySolve(
  { order, factor, dependent }: Cholesky,
  rightHandSide: ArrayLike<number>,
): Float64Array {
  const x = Float64Array.from(rightHandSide);
  for (let i = 0; i < order; i++) {
    if (dependent[i]) {
      x[i] = 0;
      continue;
    }
    let sum = x[i];
    for (let k = 0; k < i; k++) sum -= factor[i * order + k] * x[k];
    x[i] = sum / factor[i * order + i];
  }
  for (let i = order - 1; i >= 0; i--) {
    if (dependent[i]) continue;
    x[i] /= factor[i * order + i];
    const solved = x[i];
    for (let k = 0; k < i; k++) x[k] -= factor[i * order + k] * solved;
  }
  for (let i = 0; i < order; i++) if (dependent[i]) x[i] = 0;
  return x;
}

/** Inverse of A on its independent columns, zero in the dependent ones; row-major [n][n]. */
export function choleskyInverse(factorised: Cholesky): Float64Array {
  const { order } = factorised;
  const inverse = new Float64Array(order * order);
  const unit = new Float64Array(order);
  for (let j = 0; j < order; j++) {
    if (factorised.dependent[j]) continue;
    unit.fill(0);
    unit[j] = 1;
    const column = choleskySolve(factorised, unit);
    for (let i = 0; i < order; i++) inverse[i * order + j] = column[i];
  }
  // Round-off makes the two triangles differ in the last digit; a covariance must be symmetric.
  for (let i = 0; i < order; i++) {
    for (let j = 0; j < i; j++) {
      const mean = (inverse[i * order + j] + inverse[j * order + i]) / 2;
      inverse[i * order + j] = mean;
      inverse[j * order + i] = mean;
    }
  }
  return inverse;
}
