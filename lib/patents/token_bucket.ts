import { sleep } from "./retry.ts";

/** A bucket that fills at a steady rate. */
export interface TokenBucket {
  /** Waits until `amount` has been paid for; callers are served in the order of their calls. */
  take(amount?: number, signal?: AbortSignal): Promise<void>;
  /** Gives back what was taken and not used (negative to take more, at once). */
  giveBack(amount: number): void;
}

/** Seconds of the rate that may be spent at once, so that a late timer does not cost throughput. */
const BURST_SECONDS = 0.05;

/**
 * A token bucket: over any time T, at most rate · (T + 0.05 s) + one request's amount.
 *
 * @param perSecond rate at which the bucket fills; Infinity means no limit
 * @param clock time in seconds, never going back
 */
export function tokenBucket(
  perSecond: number,
  clock: () => number = () => performance.now() / 1000,
): TokenBucket {
  if (!(perSecond > 0)) {
    throw new RangeError(`rate limit: ${perSecond} per second, expected above 0`);
  }
  /** Time at which everything taken so far is paid for. */
  let paidUntil = -Infinity;
  return {
    async take(amount = 1, signal) {
      if (perSecond === Infinity) return;
      const start = Math.max(paidUntil, clock() - BURST_SECONDS);
      paidUntil = start + amount / perSecond;
      for (let wait = start - clock(); wait > 0 && !signal?.aborted; wait = start - clock()) {
        await sleep(wait, signal);
      }
    },
    giveBack(amount) {
      if (perSecond !== Infinity) paidUntil -= amount / perSecond;
    },
  };
}
