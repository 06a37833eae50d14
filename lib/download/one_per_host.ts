/** Runs work for a host when the host's earlier work is done. */
export type OnePerHost = <T>(host: string, work: () => Promise<T>) => Promise<T>;

/**
 * A queue per host: at most one connection each.
 *
 * @param pause milliseconds between two pieces of work of one host
 */
export function onePerHost(pause: number): OnePerHost {
  const last = new Map<string, Promise<unknown>>();
  return <T>(host: string, work: () => Promise<T>): Promise<T> => {
    const before = last.get(host);
    const mine = before === undefined ? work() : before.then(() => wait(pause)).then(work);
    last.set(host, mine.catch(() => undefined));
    return mine;
  };
}

/** Resolves after `milliseconds`. */
export function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
