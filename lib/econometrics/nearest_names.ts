/**
 * The names most like the wanted one by edit distance (case ignored), best first: at most three,
 * and only those that differ in less than half their letters.
 */
export function nearestNames(wanted: string, names: readonly string[]): string[] {
  const target = wanted.toLowerCase();
  return names
    .map((name) => ({ name, distance: editDistance(target, name.toLowerCase()) }))
    .filter(({ name, distance }) =>
      distance <= Math.max(wanted.length, name.length) / 2 || name.toLowerCase().includes(target)
    )
    .sort((a, b) => a.distance - b.distance)
    .slice(0, 3)
    .map(({ name }) => name);
}

/** Levenshtein's distance: insertions, deletions and replacements of one letter. */
export function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replace = previous[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(replace, previous[j] + 1, row[j - 1] + 1));
    }
    previous = row;
  }
  return previous[b.length];
}

/** An error message's tail: the nearest names, or all of them when none is near. */
export function didYouMean(wanted: string, names: readonly string[]): string {
  const near = nearestNames(wanted, names);
  if (near.length > 0) return `did you mean ${near.map((name) => `"${name}"`).join(", ")}?`;
  const shown = names.slice(0, 20).join(", ");
  return `there is: ${shown}${names.length > 20 ? ", …" : ""}`;
}
