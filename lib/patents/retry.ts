/** How often and how long a request is tried again. */
export interface RetryPolicy {
  /** Tries of a request that fails on the way (5xx, time-out, dropped connection); of one that is throttled, thrice. */
  readonly tries: number;
  /** Answers that may be malformed before the text is recorded as unlabelled. */
  readonly answers: number;
  /** First wait, seconds; it doubles with every failure. */
  readonly firstWait: number;
  /** Longest wait of our own, seconds; what the server asks for is waited in full. */
  readonly longestWait: number;
}

/** Waits of 0.5, 1, 2, … seconds, at most a minute, jittered. */
export const RETRY: RetryPolicy = { tries: 8, answers: 3, firstWait: 0.5, longestWait: 60 };

/**
 * Seconds to wait before the next try: the server's wish, when above 0, and up to a tenth more, or else exponential backoff drawn
 * between half and all of its value, so that workers which failed together do not come back together.
 *
 * @param failures failures so far, 1 or more
 * @param uniform random number on [0, 1)
 */
export function retryWait(
  policy: RetryPolicy,
  failures: number,
  retryAfter: number | null,
  uniform: number = Math.random(),
): number {
  if (retryAfter !== null && retryAfter > 0) return retryAfter * (1 + uniform / 10);
  const backoff = Math.min(policy.longestWait, policy.firstWait * 2 ** (failures - 1));
  return backoff * (0.5 + uniform / 2);
}

/** Seconds of a `Retry-After` header (a number or a date) or of `retry-after-ms`; null when there is none. */
export function retryAfterSeconds(
  headers: Headers | undefined,
  now: number = Date.now(),
): number | null {
  const milliseconds = Number(headers?.get("retry-after-ms") ?? NaN);
  if (milliseconds >= 0) return milliseconds / 1000;
  const text = headers?.get("retry-after")?.trim();
  if (!text) return null;
  const seconds = Number(text);
  if (seconds >= 0) return seconds;
  const date = Date.parse(text);
  return Number.isNaN(date) ? null : Math.max(0, (date - now) / 1000);
}

/** Waits; ends early, without an error, when the signal says so. */
export function sleep(seconds: number, signal?: AbortSignal): Promise<void> {
  if (!(seconds > 0) || signal?.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, seconds * 1000);
    signal?.addEventListener("abort", done, { once: true });
  });
}
