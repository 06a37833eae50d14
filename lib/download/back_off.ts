/** How failed requests are repeated. Times in milliseconds. */
export interface Patience {
  /** Attempts per file without a new byte before giving up. */
  readonly attempts: number;
  /** Longest wait before the second attempt; doubles with every further one. */
  readonly firstWait: number;
  /** Longest wait of all, also for a server's Retry-After. */
  readonly longestWait: number;
  /** A connection that sends nothing for so long is dropped. */
  readonly stall: number;
  /** Pause between two requests to one host. */
  readonly pause: number;
}

/** Six attempts, waits up to 1, 2, 4 … seconds, at most five minutes; one minute of silence is a stall. */
export const PATIENCE: Patience = {
  attempts: 6,
  firstWait: 1_000,
  longestWait: 300_000,
  stall: 60_000,
  pause: 500,
};

/**
 * Wait before the next attempt: between half and all of `firstWait`·2^(attempt − 1), so that many clients do not
 * return at once.
 *
 * @param attempt failed attempts so far, from 1
 * @param random in [0, 1)
 * @returns milliseconds, at most `longestWait`
 */
export function backOff(patience: Patience, attempt: number, random: number): number {
  const longest = Math.min(patience.firstWait * 2 ** (attempt - 1), patience.longestWait);
  return longest * (0.5 + random / 2);
}

/**
 * Milliseconds that a Retry-After header asks for (seconds, or a date), or null without a readable one.
 *
 * @param now current time, milliseconds since 1970
 */
export function retryAfter(header: string | null, now: number): number | null {
  if (header === null) return null;
  if (/^\d+$/.test(header.trim())) return Number(header) * 1000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}
