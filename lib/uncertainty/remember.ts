/**
 * A function that keeps its last results, the oldest going first: draws of a design come in an order in which few are needed again
 * soon, and each is large.
 *
 * @param key two arguments with the same key have the same result
 * @param size results kept, at least 1
 */
export function remember<Argument, Result>(
  compute: (argument: Argument) => Result,
  key: (argument: Argument) => string,
  size: number,
): (argument: Argument) => Result {
  const kept = new Map<string, Result>();
  return (argument) => {
    const name = key(argument);
    const known = kept.get(name);
    if (known !== undefined) {
      kept.delete(name);
      kept.set(name, known);
      return known;
    }
    const result = compute(argument);
    kept.set(name, result);
    if (kept.size > size) kept.delete(kept.keys().next().value!);
    return result;
  };
}
