import { cholesky, choleskyInverse, choleskySolve } from "@ree/numeric";

/** Coefficients of a (weighted) regression on columns the effects are already out of. */
export interface LeastSquares {
  /** Coefficients of the kept columns [k]. */
  readonly coefficients: Float64Array;
  /** y − X·b [rows]. */
  readonly residuals: Float64Array;
  /** (X'WX)⁻¹, row-major [k][k]. */
  readonly bread: Float64Array;
  /** Positions of the kept columns among those given. */
  readonly kept: readonly number[];
  /** Positions of columns that depend on earlier ones or vanish. */
  readonly collinear: readonly number[];
}

/** A column whose square after absorption is below this share of its square before is in the effects. */
const ABSORBED_SHARE = 1e-12;
/** Remaining share of a column's square, after the earlier columns, that counts as none (fixest's collin.tol is 1e-10 too). */
const COLLINEAR_PIVOT = 1e-10;

/**
 * Least squares of y on columns X with weights, dropping collinear columns in the order given.
 * Normal equations on columns of unit length, one step of iterative refinement.
 *
 * @param before weighted squares (about the mean) of the columns before the effects were absorbed;
 * a column of which nothing is left is collinear with the effects. NaN or undefined: not judged
 */
export function leastSquares(
  y: Float64Array,
  columns: readonly Float64Array[],
  weights: Float64Array | undefined,
  before?: ArrayLike<number>,
): LeastSquares {
  const gram = crossProducts(columns, weights);
  const k = columns.length;
  const length = Float64Array.from({ length: k }, (_, j) => Math.sqrt(gram[j * k + j]));
  const vanishes = (j: number) =>
    length[j] === 0 ||
    (before !== undefined && length[j] * length[j] <= ABSORBED_SHARE * before[j]);
  const candidates = columns.map((_, j) => j).filter((j) => !vanishes(j));
  const scaled = new Float64Array(candidates.length ** 2);
  candidates.forEach((i, a) =>
    candidates.forEach((j, b) => {
      scaled[a * candidates.length + b] = gram[i * k + j] / (length[i] * length[j]);
    })
  );
  const first = cholesky(scaled, candidates.length, COLLINEAR_PIVOT);
  const kept = candidates.filter((_, a) => !first.dependent[a]);
  const collinear = columns.map((_, j) => j).filter((j) => !kept.includes(j));
  const order = kept.length;
  const keptGram = new Float64Array(order * order);
  kept.forEach((i, a) =>
    kept.forEach((j, b) => keptGram[a * order + b] = gram[i * k + j] / (length[i] * length[j]))
  );
  const factor = cholesky(keptGram, order, 0);
  const used = kept.map((j) => columns[j]);
  const coefficients = new Float64Array(order);
  const residuals = y.slice();
  for (let pass = 0; pass < 2; pass++) {
    const right = crossVector(used, residuals, weights);
    kept.forEach((j, a) => right[a] /= length[j]);
    const step = choleskySolve(factor, right);
    used.forEach((column, a) => {
      const change = step[a] / length[kept[a]];
      coefficients[a] += change;
      for (let i = 0; i < residuals.length; i++) residuals[i] -= change * column[i];
    });
  }
  const bread = choleskyInverse(factor);
  kept.forEach((i, a) => kept.forEach((j, b) => bread[a * order + b] /= length[i] * length[j]));
  return { coefficients, residuals, bread, kept, collinear };
}

/** X'WX, row-major [k][k]. */
export function crossProducts(
  columns: readonly Float64Array[],
  weights: Float64Array | undefined,
): Float64Array {
  const k = columns.length;
  const gram = new Float64Array(k * k);
  for (let i = 0; i < k; i++) {
    for (let j = 0; j <= i; j++) {
      const sum = dot(columns[i], columns[j], weights);
      gram[i * k + j] = sum;
      gram[j * k + i] = sum;
    }
  }
  return gram;
}

/** X'Wv [k]. */
export function crossVector(
  columns: readonly Float64Array[],
  vector: Float64Array,
  weights: Float64Array | undefined,
): Float64Array {
  return Float64Array.from(columns, (column) => dot(column, vector, weights));
}

/** a − b; a loop, because `map` on typed arrays of millions is many times slower. */
export function difference(a: Float64Array, b: Float64Array): Float64Array {
  const result = new Float64Array(a.length);
  for (let i = 0; i < a.length; i++) result[i] = a[i] - b[i];
  return result;
}

/** Σ w·a·b. */
export function dot(
  a: Float64Array,
  b: Float64Array,
  weights: Float64Array | undefined,
): number {
  // Four partial sums: less round-off over millions of rows, and no chain of dependent additions.
  let [s0, s1, s2, s3] = [0, 0, 0, 0];
  const n = a.length;
  const whole = n - (n % 4);
  if (weights) {
    for (let i = 0; i < whole; i += 4) {
      s0 += weights[i] * a[i] * b[i];
      s1 += weights[i + 1] * a[i + 1] * b[i + 1];
      s2 += weights[i + 2] * a[i + 2] * b[i + 2];
      s3 += weights[i + 3] * a[i + 3] * b[i + 3];
    }
    for (let i = whole; i < n; i++) s0 += weights[i] * a[i] * b[i];
  } else {
    for (let i = 0; i < whole; i += 4) {
      s0 += a[i] * b[i];
      s1 += a[i + 1] * b[i + 1];
      s2 += a[i + 2] * b[i + 2];
      s3 += a[i + 3] * b[i + 3];
    }
    for (let i = whole; i < n; i++) s0 += a[i] * b[i];
  }
  return (s0 + s1) + (s2 + s3);
}

/** Weighted sum of squares about the weighted mean. */
export function centredSquare(values: Float64Array, weights: Float64Array | undefined): number {
  let [sum, mass] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    const weight = weights ? weights[i] : 1;
    sum += weight * values[i];
    mass += weight;
  }
  const mean = sum / mass;
  let square = 0;
  for (let i = 0; i < values.length; i++) {
    const gap = values[i] - mean;
    square += (weights ? weights[i] : 1) * gap * gap;
  }
  return square;
}
