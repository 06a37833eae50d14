import { randomStream } from "@ree/numeric";
import { quantileSorted } from "simple-statistics";

/**
 * Outcomes of a Saltelli design. Row k of A and of B are independent draws of all inputs; row k of `swapped[g]` is row k of A with the
 * inputs of group g taken from row k of B.
 */
export interface SobolSample {
  /** [row]. */
  readonly a: ArrayLike<number>;
  /** [row]. */
  readonly b: ArrayLike<number>;
  /** By group of inputs, [row]. */
  readonly swapped: ReadonlyMap<string, ArrayLike<number>>;
}

/** Shares of an outcome's variance that belong to one group of inputs, with bootstrap intervals. */
export interface SobolIndex {
  readonly group: string;
  /** Variance of the mean given the group, over all variance: what knowing the group alone would take away. */
  readonly first: number;
  readonly firstLower: number;
  readonly firstUpper: number;
  /** Mean variance given all other groups, over all variance: what is left when all others are known. */
  readonly total: number;
  readonly totalLower: number;
  readonly totalUpper: number;
}

/** A variance decomposition. */
export interface SobolIndices {
  /** Rows used, each with a value in A, in B and in every swapped matrix. */
  readonly rows: number;
  /** Rows left out because a value was not finite (a failed draw). */
  readonly dropped: number;
  /** Of A and B together. */
  readonly mean: number;
  readonly variance: number;
  /** In the order of `swapped`. */
  readonly indices: readonly SobolIndex[];
}

/** Options of {@linkcode sobolIndices}. */
export interface SobolOptions {
  /** Bootstrap resamples of rows; default 1,000. */
  readonly resamples?: number;
  /** Probability inside an interval; default 0.95. */
  readonly level?: number;
  /** Of the bootstrap; default 1. */
  readonly seed?: number;
}

/** Fewer rows say nothing of a variance. */
const FEWEST_ROWS = 4;

/**
 * First-order and total Sobol' indices of groups of independent inputs.
 *
 * First order: two estimators of the variance of the mean given the group, Saltelli et al. (2010), f_B (f_ABg − f_A), which is sharp for small
 * indices, and Jansen (1999), the variance less half of (f_B − f_ABg)², which is sharp for large ones; outcomes are centred, and the two are combined
 * with the weight that makes the sampling variance least. Total: Jansen, half of (f_A − f_ABg)². All are over the variance of A and B
 * together and may fall outside 0 to 1 by sampling error, which the intervals show; nothing is clipped. Intervals: percentiles over
 * bootstrap samples of rows, the weight chosen anew in each. Rows of a low-discrepancy sequence are more even than independent ones, so
 * that these intervals are wide rather than narrow.
 *
 * Source: Saltelli et al. (2010), Computer Physics Communications 181(2), table 2 (b), (c) and (f); Jansen (1999), Computer Physics
 * Communications 117; Sobol' (2001), Mathematics and Computers in Simulation 55, for groups. The combination is ours.
 *
 * @throws RangeError when lengths differ, no group is given, fewer than 4 rows have all values, or the outcome does not vary
 */
export function sobolIndices(sample: SobolSample, options: SobolOptions = {}): SobolIndices {
  const { resamples = 1000, level = 0.95, seed = 1 } = options;
  if (!(Number.isInteger(resamples) && resamples > 0)) {
    throw new RangeError(`sobolIndices: ${resamples} resamples, expected a whole number above 0`);
  }
  if (!(level > 0 && level < 1)) {
    throw new RangeError(`sobolIndices: level ${level}, expected between 0 and 1`);
  }
  const complete = completeRows(sample);
  const all = estimate(complete, Int32Array.from({ length: complete.rows }, (_, k) => k));
  if (!(all.variance > VARIES * all.mean ** 2)) {
    throw new RangeError(
      `sobolIndices: the outcome is ${all.mean} in all ${complete.rows} rows; nothing to decompose`,
    );
  }
  const random = randomStream(seed);
  const drawn = Array.from(
    { length: resamples },
    () => estimate(complete, complete.a.map(() => random.integer(complete.rows))),
  ).filter(({ variance }) => variance > 0);
  const interval = (values: number[]) => {
    values.sort((one, other) => one - other);
    return [(1 - level) / 2, (1 + level) / 2].map((q) => quantileSorted(values, q));
  };
  return {
    rows: complete.rows,
    dropped: sample.a.length - complete.rows,
    mean: all.mean,
    variance: all.variance,
    indices: [...sample.swapped.keys()].map((group, g) => {
      const [firstLower, firstUpper] = interval(drawn.map(({ first }) => first[g]));
      const [totalLower, totalUpper] = interval(drawn.map(({ total }) => total[g]));
      const [first, total] = [all.first[g], all.total[g]];
      return { group, first, firstLower, firstUpper, total, totalLower, totalUpper };
    }),
  };
}

/** Variance relative to the squared mean that is more than rounding. */
const VARIES = 1e-24;

interface CompleteRows {
  readonly rows: number;
  readonly a: Float64Array;
  readonly b: Float64Array;
  readonly swapped: readonly Float64Array[];
}

function completeRows({ a, b, swapped }: SobolSample): CompleteRows {
  const columns = [a, b, ...swapped.values()];
  if (swapped.size === 0) throw new RangeError("sobolIndices: no group of inputs");
  const names = ["A", "B", ...swapped.keys()];
  columns.forEach((column, c) => {
    if (column.length !== a.length) {
      throw new RangeError(
        `sobolIndices: ${names[c]} has ${column.length} rows, expected ${a.length} as in A`,
      );
    }
  });
  const kept = Array.from({ length: a.length }, (_, k) => k)
    .filter((k) => columns.every((column) => Number.isFinite(column[k])));
  if (kept.length < FEWEST_ROWS) {
    throw new RangeError(
      `sobolIndices: ${kept.length} of ${a.length} rows have all values, expected ${FEWEST_ROWS} or more`,
    );
  }
  const pick = (column: ArrayLike<number>) => Float64Array.from(kept, (k) => column[k]);
  return {
    rows: kept.length,
    a: pick(a),
    b: pick(b),
    swapped: [...swapped.values()].map(pick),
  };
}

/** Estimates from some rows, which may repeat. */
function estimate({ a, b, swapped }: CompleteRows, rows: ArrayLike<number>) {
  const N = rows.length;
  let mean = 0;
  for (let k = 0; k < N; k++) mean += (a[rows[k]] + b[rows[k]]) / (2 * N);
  let variance = 0;
  for (let k = 0; k < N; k++) {
    variance += ((a[rows[k]] - mean) ** 2 + (b[rows[k]] - mean) ** 2) / (2 * N - 1);
  }
  const first: number[] = [];
  const total: number[] = [];
  const [saltelli, jansen, spread] = [0, 0, 0].map(() => new Float64Array(N));
  for (let k = 0; k < N; k++) {
    spread[k] = ((a[rows[k]] - mean) ** 2 + (b[rows[k]] - mean) ** 2) / 2;
  }
  for (const ab of swapped) {
    let rest = 0;
    for (let k = 0; k < N; k++) {
      const [fa, fb, fab] = [a[rows[k]] - mean, b[rows[k]] - mean, ab[rows[k]] - mean];
      saltelli[k] = fb * (fab - fa);
      jansen[k] = spread[k] - (fb - fab) ** 2 / 2;
      rest += (fa - fab) ** 2 / 2;
    }
    first.push(steadierRatio(saltelli, jansen, spread, variance));
    total.push(rest / N / variance);
  }
  return { mean, variance, first, total };
}

/**
 * Mixture of two ratios (mean of `one`, and of `other`, over the variance) with the weight between 0 and 1 that makes its sampling
 * variance least, to first order: the denominator's error is that of `spread`.
 */
function steadierRatio(
  one: Float64Array,
  other: Float64Array,
  spread: Float64Array,
  variance: number,
): number {
  const N = one.length;
  const ratio = (values: Float64Array) => values.reduce((sum, x) => sum + x, 0) / N / variance;
  const [first, second] = [ratio(one), ratio(other)];
  let [ofSecond, together, ofGap] = [0, 0, 0];
  for (let k = 0; k < N; k++) {
    const x = one[k] - first * spread[k];
    const y = other[k] - second * spread[k];
    ofSecond += y * y;
    together += x * y;
    ofGap += (x - y) ** 2;
  }
  const weight = ofGap > 0 ? (ofSecond - together) / ofGap : 0.5;
  return second + Math.min(1, Math.max(0, weight)) * (first - second);
}
