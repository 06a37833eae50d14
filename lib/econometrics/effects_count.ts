import type { Effect } from "./effects.ts";

/** Number of coefficients that effects take up. */
export interface EffectsCount {
  /** Groups of each effect with a level, 0 for one without. */
  readonly sizes: readonly number[];
  /** Coefficients of varying slopes. */
  readonly slopes: number;
  /** As fixest counts by default: Σ groups − (effects − 1) + slopes. */
  readonly counted: number;
  /** Identified coefficients: exact for up to two levels without slopes, else as counted. */
  readonly exact: number;
  /** Whether `exact` is known to be exact. */
  readonly isExact: boolean;
  /** Connected components of the two largest levels' graph (each takes one coefficient away). */
  readonly components: number;
}

/** Counts the coefficients of effects; for two levels exactly, through connected components. */
export function countEffects(effects: readonly Effect[]): EffectsCount {
  const levels = effects.filter(({ level }) => level);
  const sizes = effects.map(({ level, groups }) => level ? groups.count : 0);
  const slopes = effects.reduce((sum, { groups, slopes }) => sum + slopes.length * groups.count, 0);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const counted = total - Math.max(levels.length - 1, 0) + slopes;
  let components = 1;
  if (levels.length >= 2) {
    const [a, b] = [...levels].sort((x, y) => y.groups.count - x.groups.count);
    components = connectedComponents(
      a.groups.codes,
      b.groups.codes,
      a.groups.count,
      b.groups.count,
    );
  }
  return {
    sizes,
    slopes,
    counted,
    exact: counted - (components - 1),
    isExact: levels.length <= 2 && slopes === 0,
    components,
  };
}

/**
 * Connected components of the graph that joins two groups when a row belongs to both.
 *
 * Source: Abowd, Creecy and Kramarz (2002): with two effects, one coefficient per component is
 * not identified.
 */
export function connectedComponents(
  first: Int32Array,
  second: Int32Array,
  firstCount: number,
  secondCount: number,
): number {
  const parent = new Int32Array(firstCount + secondCount);
  for (let k = 0; k < parent.length; k++) parent[k] = k;
  const root = (k: number) => {
    while (parent[k] !== k) {
      parent[k] = parent[parent[k]];
      k = parent[k];
    }
    return k;
  };
  let components = parent.length;
  for (let i = 0; i < first.length; i++) {
    const a = root(first[i]);
    const b = root(firstCount + second[i]);
    if (a === b) continue;
    parent[a] = b;
    components--;
  }
  return components;
}
