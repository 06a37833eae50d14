import type { ApplicationUse } from "./element_purchases.ts";

/** A published end-use share. */
export interface EndUse {
  readonly year: number;
  readonly use: string;
  /** Percent of all rare earths used. */
  readonly sharePercent: number;
}

/** Weight with which a published end use belongs to one of the applications. */
export interface UseWeight {
  readonly endUseYear: number;
  readonly use: string;
  readonly application: string;
  readonly weight: number;
}

/** Published shares are whole percents: a table of ten rows can be off by this much, percent. */
const PERCENT_TOLERANCE = 1.5;

/**
 * Tonnes by application from a country's consumption and its published end-use shares.
 *
 * @param consumption tonnes of rare earth oxide
 * @param endUses the shares of one year; they must sum to 100 and every use must have a weight row
 * @returns tonnes by application, in order of first appearance of the weights
 * @throws when shares do not sum to 100 or a use has no weights (names it)
 */
export function applicationUse(
  consumption: number,
  endUses: readonly EndUse[],
  weights: readonly UseWeight[],
): ApplicationUse[] {
  const sum = endUses.reduce((partial, { sharePercent }) => partial + sharePercent, 0);
  if (Math.abs(sum - 100) > PERCENT_TOLERANCE) {
    throw new RangeError(
      `end-use shares of ${endUses[0]?.year ?? "no year"} sum to ${sum} %, expected 100`,
    );
  }
  const tonnes = new Map<string, number>();
  for (const { year, use, sharePercent } of endUses) {
    const own = weights.filter((row) => row.endUseYear === year && row.use === use);
    const together = own.reduce((partial, { weight }) => partial + weight, 0);
    if (!(together > 0)) {
      throw new RangeError(
        `end use "${use}" of ${year} belongs to no application; add its weights`,
      );
    }
    for (const { application, weight } of own) {
      const part = consumption * (sharePercent / sum) * (weight / together);
      tonnes.set(application, (tonnes.get(application) ?? 0) + part);
    }
  }
  return [...tonnes].map(([application, part]) => ({ application, tonnes: part }));
}
