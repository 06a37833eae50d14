/** Waits for all; the first failure is thrown once all have ended. */
export async function firstFailure(
  work: readonly Promise<void>[],
  onFailure: () => void,
): Promise<void> {
  const failures: unknown[] = [];
  await Promise.all(work.map((one) =>
    one.catch((cause) => {
      failures.push(cause);
      onFailure();
    })
  ));
  if (failures.length > 0) throw failures[0];
}

/** A pause that a signal ends early. */
export function sleep(seconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, seconds * 1000);
    signal?.addEventListener("abort", end, { once: true });
  });
}
