/** A yearly value of one unit (sector, technology field). */
export interface UnitYear {
  readonly unit: string;
  readonly year: number;
  readonly value: number;
}

/** Mean path of one group of units, index with the base year at 100. */
export interface GroupPath {
  readonly group: "high" | "low";
  readonly year: number;
  /** Geometric mean over the group's units of value over base-year value, times 100. */
  readonly value: number;
  /** 95 % interval from the standard deviation over units; equal to `value` in the base year. */
  readonly lower: number;
  readonly upper: number;
  /** Units in the group. */
  readonly units: number;
}

/** Normal quantile of a two-sided 95 % interval. */
const Z_95 = 1.959963984540054;

/**
 * Raw mean paths of the units with high against those with low exposure.
 *
 * Units are ranked by exposure; the top `highShare` of them are "high", the others "low". A unit with a zero or
 * missing value in any year is left out and named. No controls, no weights: this is description.
 *
 * @throws when a unit has no exposure, or no unit is complete in one of the groups
 */
export function highLowMeans(
  rows: readonly UnitYear[],
  exposure: ReadonlyMap<string, number>,
  { baseYear, highShare = 1 / 3 }: { readonly baseYear: number; readonly highShare?: number },
): {
  readonly paths: GroupPath[];
  readonly high: string[];
  readonly low: string[];
  readonly leftOut: string[];
} {
  const years = [...new Set(rows.map(({ year }) => year))].sort((a, b) => a - b);
  const byUnit = Map.groupBy(rows, ({ unit }) => unit);
  const complete = [...byUnit].filter(([, own]) =>
    years.every((year) => (own.find((row) => row.year === year)?.value ?? 0) > 0)
  );
  const leftOut = [...byUnit.keys()].filter((unit) => !complete.some(([other]) => other === unit));
  const ranked = complete
    .map(([unit]) => ({ unit, exposure: exposureOf(unit, exposure) }))
    .sort((a, b) => b.exposure - a.exposure || a.unit.localeCompare(b.unit))
    .map(({ unit }) => unit);
  const cut = Math.round(highShare * ranked.length);
  const groups = { high: ranked.slice(0, cut), low: ranked.slice(cut) };
  const valueAt = (unit: string, year: number) =>
    byUnit.get(unit)!.find((row) => row.year === year)!.value;
  const paths = (["high", "low"] as const).flatMap((group) => {
    if (groups[group].length === 0) throw new RangeError(`no complete unit with ${group} exposure`);
    return years.map((year) => {
      const logs = groups[group].map((unit) =>
        Math.log(valueAt(unit, year) / valueAt(unit, baseYear))
      );
      return { group, year, ...geometricIndex(logs), units: logs.length };
    });
  });
  return { paths, ...groups, leftOut };
}

function exposureOf(unit: string, exposure: ReadonlyMap<string, number>): number {
  const value = exposure.get(unit);
  if (value === undefined) throw new RangeError(`unit ${unit} has no exposure`);
  return value;
}

function geometricIndex(logs: readonly number[]) {
  const mean = logs.reduce((sum, log) => sum + log, 0) / logs.length;
  const squares = logs.reduce((sum, log) => sum + (log - mean) ** 2, 0);
  const error = logs.length < 2 ? 0 : Math.sqrt(squares / (logs.length - 1) / logs.length);
  return {
    value: 100 * Math.exp(mean),
    lower: 100 * Math.exp(mean - Z_95 * error),
    upper: 100 * Math.exp(mean + Z_95 * error),
  };
}
