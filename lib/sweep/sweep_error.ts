/** What a sweep can refuse to do; the error's `name` is `"SweepError"` and its message says what to do. */
export function sweepError(message: string, cause?: unknown): Error {
  const error = new Error(message, cause === undefined ? undefined : { cause });
  error.name = "SweepError";
  return error;
}
