/** Estimates by event time with their covariance, the reference period included with zeros. */
export interface EventPath {
  /** Ascending event times. */
  readonly times: readonly number[];
  readonly reference: number;
  readonly estimates: Float64Array;
  /** Row-major [times][times]. */
  readonly covariance: Float64Array;
}

/** Robust confidence interval for one bound on violations. */
export interface RobustInterval {
  /** M̄: post-period steps of the violation are at most this multiple of the largest pre-period step. */
  readonly mbar: number;
  readonly low: number;
  readonly high: number;
}

/** Largest M̄ that a breakdown value is searched up to. */
const LARGEST_MBAR = 1e4;

/**
 * Confidence interval for a weighted post-period effect that stays valid when parallel trends fail
 * by relative magnitudes: consecutive post-period changes of the violation δ are at most M̄ times
 * its largest consecutive pre-period change, |δ_{t+1} − δ_t| ≤ M̄·max_{s<0} |δ_{s+1} − δ_s|.
 *
 * Method: the restriction set is a union over which pre-period change is largest and its sign. For
 * each of these the identified interval of the effect has bounds that are linear in the event-study
 * coefficients, l'β ∓ M̄·c·(±a_s'β), c = Σ_k |Σ_{m≥k} l_m|; each bound gets a one-sided margin of
 * the 1 − α/2 quantile times its standard error, and the union over cases is reported. Whichever
 * case is true, its interval covers with probability ≥ 1 − α (Bonferroni over two bounds), so the
 * union does. This is valid and conservative; it is NOT the conditional or hybrid (C-LF) test of the
 * HonestDiD package, whose intervals can be shorter.
 *
 * Source of the restriction: Rambachan and Roth (2023), Review of Economic Studies 90(5), section 2.4.
 *
 * @param weights weight of each post-period time, aligned with the times after the reference
 * @param quantile 1 − α/2 quantile of t
 * @throws when there is no pre-period coefficient besides the reference
 */
export function relativeMagnitudes(
  path: EventPath,
  weights: readonly number[],
  mbar: number,
  quantile: number,
): RobustInterval {
  const { times, reference, estimates, covariance } = path;
  const size = times.length;
  const base = times.indexOf(reference);
  const post = times.map((_, k) => k).filter((k) => k > base);
  if (base < 1) {
    throw new RangeError("relative magnitudes need a coefficient before the reference period");
  }
  const target = new Float64Array(size);
  post.forEach((k, m) => target[k] = weights[m]);
  const reach = post.reduce(
    (sum, _, k) => sum + Math.abs(weights.slice(k).reduce((tail, weight) => tail + weight, 0)),
    0,
  );
  const along = (direction: Float64Array) => {
    let [value, variance] = [0, 0];
    for (let i = 0; i < size; i++) {
      value += direction[i] * estimates[i];
      for (let j = 0; j < size; j++) {
        variance += direction[i] * covariance[i * size + j] * direction[j];
      }
    }
    return { value, margin: quantile * Math.sqrt(Math.max(variance, 0)) };
  };
  let [low, high] = [Infinity, -Infinity];
  for (let s = 1; s <= base; s++) {
    for (const sign of [1, -1]) {
      const bound = (side: 1 | -1) => {
        const direction = target.slice();
        direction[s] += side * mbar * reach * sign;
        direction[s - 1] -= side * mbar * reach * sign;
        return along(direction);
      };
      const [lower, upper] = [bound(-1), bound(1)];
      const [from, to] = [lower.value - lower.margin, upper.value + upper.margin];
      if (from > to) continue; // the data reject this case
      low = Math.min(low, from);
      high = Math.max(high, to);
    }
  }
  return { mbar, low, high };
}

/** Largest M̄ whose interval excludes zero; 0 when even M̄ = 0 includes it. */
export function breakdownMbar(
  path: EventPath,
  weights: readonly number[],
  quantile: number,
): number {
  const excludes = (mbar: number) => {
    const { low, high } = relativeMagnitudes(path, weights, mbar, quantile);
    return low > 0 || high < 0;
  };
  if (!excludes(0)) return 0;
  let [inside, outside] = [0, 1];
  while (excludes(outside)) {
    inside = outside;
    outside *= 2;
    if (outside > LARGEST_MBAR) return Infinity;
  }
  for (let step = 0; step < 100; step++) {
    const middle = (inside + outside) / 2;
    if (excludes(middle)) inside = middle;
    else outside = middle;
  }
  return inside;
}
