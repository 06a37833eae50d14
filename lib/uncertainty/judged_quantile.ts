import type { InputDistribution } from "@ree/data";

/** A judged value with its range. */
export interface JudgedRange {
  readonly low: number;
  /** Peak of the density. */
  readonly value: number;
  readonly high: number;
}

/**
 * Quantile of a triangular distribution from `low` to `high` with its peak at `value`, or of one that is triangular in logs. A range
 * of one point is that point.
 *
 * @param probability 0 to 1
 * @throws RangeError when the three numbers are not in order, the probability is outside, or a log range does not lie above 0
 * @example
 * ```ts
 * judgedQuantile({ low: 0, value: 1, high: 2 }, "triangular", 0.5); // 1
 * ```
 */
export function judgedQuantile(
  { low, value, high }: JudgedRange,
  shape: InputDistribution["shape"],
  probability: number,
): number {
  if (!(low <= value && value <= high)) {
    throw new RangeError(`judged range: ${low}, ${value}, ${high} are not in order`);
  }
  if (!(probability >= 0 && probability <= 1)) {
    throw new RangeError(`judged range: probability ${probability}, expected 0 to 1`);
  }
  if (low === high) return value;
  if (shape === "triangular") return triangular(low, value, high, probability);
  if (!(low > 0)) throw new RangeError(`judged range: low ${low}, expected above 0 for logs`);
  const logs = triangular(Math.log(low), Math.log(value), Math.log(high), probability);
  return Math.exp(logs);
}

/** Inverse of the distribution function, which is quadratic on either side of the peak. */
function triangular(low: number, peak: number, high: number, probability: number): number {
  const width = high - low;
  return probability < (peak - low) / width
    ? low + Math.sqrt(probability * width * (peak - low))
    : high - Math.sqrt((1 - probability) * width * (high - peak));
}
