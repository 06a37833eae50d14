/** An interval of a confidence set; a side without bound is ±Infinity. */
export interface SetInterval {
  readonly low: number;
  readonly high: number;
}

/**
 * Values that a test does not reject: disjoint intervals in ascending order; none when the test
 * rejects every value.
 */
export type ConfidenceSet = readonly SetInterval[];

/** Steps of the scan on each side of the centre. */
const SCAN_STEPS = 400;
/** Halvings of a bracket around an end of the set. */
const BISECTIONS = 60;

/**
 * Inverts a test: {β₀ : p(β₀) > α}, by a scan of β₀ = centre + scale·tan θ over the whole line and
 * bisection of every change. A piece narrower than a step of the scan (0.4 % of the scale at the
 * centre) can be missed.
 *
 * @param pvalue p-value of β = centre + offset, as a function of the offset; ±Infinity asks for the limit
 * @param centre value that is (nearly) never rejected, the estimate
 * @param scale size of a typical deviation, positive
 * @param alpha 1 − level
 */
export function invertTest(
  pvalue: (offset: number) => number,
  centre: number,
  scale: number,
  alpha: number,
): ConfidenceSet {
  const kept = (offset: number) => pvalue(offset) > alpha;
  const offsets: number[] = [-Infinity];
  for (let step = 1 - SCAN_STEPS; step < SCAN_STEPS; step++) {
    offsets.push(scale * Math.tan(step / SCAN_STEPS * Math.PI / 2));
  }
  offsets.push(Infinity);
  const inside = offsets.map(kept);
  const intervals: SetInterval[] = [];
  let low = inside[0] ? -Infinity : NaN;
  for (let at = 1; at < offsets.length; at++) {
    if (inside[at] === inside[at - 1]) continue;
    const edge = centre + crossing(kept, offsets[at - 1], offsets[at], inside[at], scale);
    if (inside[at]) low = edge;
    else intervals.push({ low, high: edge });
  }
  if (inside[inside.length - 1]) intervals.push({ low, high: Infinity });
  return intervals;
}

/** Where membership changes between two offsets, of which one may be infinite. */
function crossing(
  kept: (offset: number) => boolean,
  from: number,
  to: number,
  insideAtEnd: boolean,
  scale: number,
): number {
  // Bisection on the reciprocal when one end is infinite: 1/±∞ is 0.
  const far = !Number.isFinite(from) || !Number.isFinite(to);
  let [a, b] = far ? [scale / from, scale / to] : [from, to];
  for (let step = 0; step < BISECTIONS; step++) {
    const middle = (a + b) / 2;
    if (kept(far ? scale / middle : middle) === insideAtEnd) b = middle;
    else a = middle;
  }
  const middle = (a + b) / 2;
  return far ? scale / middle : middle;
}

/** A set in words: "[0.1, 2.3]", "(−∞, −1] ∪ [4, ∞)", "the whole line" or "empty". */
export function setText(set: ConfidenceSet, digits = 4): string {
  if (set.length === 0) return "empty";
  if (set.length === 1 && set[0].low === -Infinity && set[0].high === Infinity) {
    return "the whole line";
  }
  const number = (value: number) => String(Number(value.toPrecision(digits))).replace("-", "−");
  return set.map(({ low, high }) =>
    `${low === -Infinity ? "(−∞" : `[${number(low)}`}, ${
      high === Infinity ? "∞)" : `${number(high)}]`
    }`
  ).join(" ∪ ");
}
