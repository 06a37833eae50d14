import { leftMultiply, lu, luSolveTransposed, sparseFromDense, squareOrder } from "@ree/numeric";

/** Above this order the rows come from a power series on the non-zero cells: LU is O(n³). */
const LARGEST_DENSE_ORDER = 900;

/** A term of the power series below this part of the sum so far is the end of it. */
const SERIES_TOLERANCE = 1e-14;

/** Terms after which a productive economy has converged: shares of intermediate inputs near 0.98 still do. */
const MAX_TERMS = 2_000;

/** Entries this much below zero cannot be rounding: the economy is not productive. */
const NEGATIVE_ENTRY = -1e-8;

/**
 * Total requirements L = (I − A)⁻¹, or some rows of it (the Leontief inverse).
 *
 * @param coefficients technical coefficients A, row-major [n][n]
 * @param options.rows positions of the rows wanted; default all
 * @returns row-major [rows][n]: output of `row` needed, directly and indirectly, per unit of final demand for each column
 * @throws when A is not square or not finite, or when the economy is not productive: (I − A) singular, or a
 * non-negative A with negative requirements (Hawkins-Simon condition)
 * Source: Miller and Blair (2009), ch. 2. O(n³) once plus O(n²) a row.
 */
export function totalRequirements(
  coefficients: Float64Array,
  { rows }: { readonly rows?: readonly number[] } = {},
): Float64Array {
  const n = squareOrder(coefficients);
  const wanted = rows ?? Array.from({ length: n }, (_, i) => i);
  const units = new Float64Array(wanted.length * n);
  wanted.forEach((row, k) => {
    if (!Number.isInteger(row) || row < 0 || row >= n) {
      throw new RangeError(`totalRequirements: row ${row} is not between 0 and ${n - 1}`);
    }
    units[k * n + row] = 1;
  });
  return embodied(units, coefficients);
}

/**
 * What final demand embodies of some inputs: T = d·(I − A)⁻¹ for direct coefficients d.
 * Only the rows needed are solved for, never the inverse.
 *
 * @param direct d, row-major [inputs][n]: input per unit of output
 * @param coefficients A, row-major [n][n]
 * @returns T [inputs][n]
 * @throws as {@link totalRequirements}
 */
export function embodied(direct: Float64Array, coefficients: Float64Array): Float64Array {
  const n = squareOrder(coefficients);
  if (direct.length % n !== 0) {
    throw new RangeError(`embodied: ${direct.length} direct coefficients are not rows of ${n}`);
  }
  const inputs = direct.length / n;
  const dense = n <= LARGEST_DENSE_ORDER || inputs > n / 4;
  const total = dense
    ? embodiedByLu(direct, coefficients, n)
    : embodiedBySeries(direct, coefficients, n);
  checkProductive(direct, coefficients, total, n);
  return total;
}

function embodiedByLu(direct: Float64Array, coefficients: Float64Array, n: number): Float64Array {
  const leontief = coefficients.map((a) => -a);
  for (let i = 0; i < n; i++) leontief[i * n + i] += 1;
  const factors = lu(leontief);
  const total = new Float64Array(direct.length);
  for (let from = 0; from < direct.length; from += n) {
    total.set(luSolveTransposed(factors, direct.subarray(from, from + n)), from);
  }
  return total;
}

function embodiedBySeries(direct: Float64Array, coefficients: Float64Array, n: number) {
  const matrix = sparseFromDense(coefficients, n, n);
  const total = Float64Array.from(direct);
  for (let from = 0; from < direct.length; from += n) {
    const sum = total.subarray(from, from + n);
    let round: Float64Array = direct.subarray(from, from + n);
    for (let term = 1;; term++) {
      round = leftMultiply(round, matrix);
      let [largestTerm, largestSum] = [0, 0];
      for (let j = 0; j < n; j++) {
        sum[j] += round[j];
        largestTerm = Math.max(largestTerm, Math.abs(round[j]));
        largestSum = Math.max(largestSum, Math.abs(sum[j]));
      }
      if (largestTerm <= SERIES_TOLERANCE * largestSum) break;
      if (term === MAX_TERMS || !Number.isFinite(largestTerm)) {
        throw new RangeError(
          `total requirements do not converge: after ${term} rounds the last one still adds ` +
            `${largestTerm} to ${largestSum}; the economy is not productive`,
        );
      }
    }
  }
  return total;
}

function checkProductive(
  direct: Float64Array,
  coefficients: Float64Array,
  total: Float64Array,
  n: number,
) {
  const bad = total.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) {
    throw new RangeError(`total requirements: industry ${bad % n} gives ${total[bad]}`);
  }
  if (coefficients.some((a) => a < 0) || direct.some((d) => d < 0)) return;
  const negative = total.findIndex((value) => value < NEGATIVE_ENTRY);
  if (negative >= 0) {
    throw new RangeError(
      `the economy is not productive: the requirement of industry ${negative % n} is ` +
        `${total[negative]} < 0 although no coefficient is negative (Hawkins-Simon condition)`,
    );
  }
}
