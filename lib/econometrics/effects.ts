import { type Groups, selectGroups } from "./groups.ts";
import type { NamedColumn } from "./factor_terms.ts";

/** A set of fixed effects: a level and/or slopes for every group. */
export interface Effect {
  readonly groups: Groups;
  /** Whether every group has its own level. */
  readonly level: boolean;
  /** Variables whose slope every group has its own. */
  readonly slopes: readonly NamedColumn[];
}

/** The effects on some of the rows. */
export function selectEffects(effects: readonly Effect[], keep: Int32Array): Effect[] {
  return effects.map(({ groups, level, slopes }) => ({
    groups: selectGroups(groups, keep),
    level,
    slopes: slopes.map(({ name, values }) => ({ name, values: selectValues(values, keep) })),
  }));
}

/** Values at the given rows. */
export function selectValues(values: Float64Array, keep: Int32Array): Float64Array {
  const selected = new Float64Array(keep.length);
  for (let i = 0; i < keep.length; i++) selected[i] = values[keep[i]];
  return selected;
}
