import { type ConfidenceSet, confidenceSet } from "./anderson_rubin.ts";

/** Steps of the scan on each side of the centre. */
const SCAN_STEPS = 400;
/** A p-value this close to 1 − level equals it, and rejects. */
const SAME_PVALUE = 1e-12;
/** Halvings of a bracket around an end of the set. */
const BISECTIONS = 60;

/**
 * Inverts a test: {β₀ : p(β₀) > 1 − level}, by a scan of β₀ = centre + scale·tan θ over the whole line and
 * bisection of every change. A piece narrower than a step of the scan (0.4 % of the scale at the
 * centre) can be missed.
 *
 * @param pvalue p-value of β = centre + offset, as a function of the offset; ±Infinity asks for the limit
 * @param centre value that is (nearly) never rejected, the estimate
 * @param scale size of a typical deviation, positive
 */
export function invertTest(
  pvalue: (offset: number) => number,
  centre: number,
  scale: number,
  level: number,
): ConfidenceSet {
  const kept = (offset: number) => pvalue(offset) > 1 - level + SAME_PVALUE;
  const offsets: number[] = [-Infinity];
  for (let step = 1 - SCAN_STEPS; step < SCAN_STEPS; step++) {
    offsets.push(scale * Math.tan(step / SCAN_STEPS * Math.PI / 2));
  }
  offsets.push(Infinity);
  const inside = offsets.map(kept);
  const intervals: [low: number, high: number][] = [];
  let low = inside[0] ? -Infinity : NaN;
  for (let at = 1; at < offsets.length; at++) {
    if (inside[at] === inside[at - 1]) continue;
    const edge = centre + crossing(kept, offsets[at - 1], offsets[at], inside[at], scale);
    if (inside[at]) low = edge;
    else intervals.push([low, edge]);
  }
  if (inside[inside.length - 1]) intervals.push([low, Infinity]);
  return confidenceSet(intervals, level);
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
