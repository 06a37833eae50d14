import type { Effect } from "./effects.ts";

/**
 * Marks rows that are alone in a group of some effect, again and again until none is left:
 * such a row is fitted exactly and only blurs the count of observations and clusters.
 *
 * Source: Correia (2015), Singletons, cluster-robust standard errors and fixed effects.
 *
 * @param counts how many observations a row stands for (frequency weights); 1 each when undefined
 * @returns 1 for rows to drop
 */
export function singletonRows(
  effects: readonly Effect[],
  rows: number,
  counts: Float64Array | undefined,
): Uint8Array {
  const drop = new Uint8Array(rows);
  const levels = effects.filter(({ level }) => level).map(({ groups }) => groups);
  const sizes = levels.map(({ codes, count }) => {
    const size = new Float64Array(count);
    for (let i = 0; i < rows; i++) size[codes[i]] += counts ? counts[i] : 1;
    return size;
  });
  for (let changed = levels.length > 0; changed;) {
    changed = false;
    for (let e = 0; e < levels.length; e++) {
      const { codes } = levels[e];
      const size = sizes[e];
      for (let i = 0; i < rows; i++) {
        if (drop[i] || size[codes[i]] !== 1) continue;
        drop[i] = 1;
        changed = true;
        for (let f = 0; f < levels.length; f++) sizes[f][levels[f].codes[i]]--;
      }
    }
  }
  return drop;
}
