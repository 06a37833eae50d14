import type { DataFrame } from "@ree/data";
import { recordFrame } from "./record_frame.ts";
import type { ElementExposure } from "./unit_exposure.ts";

/** A Chinese export quota as transcribed (`facts.quotas`). */
export interface QuotaRow {
  readonly year: number;
  readonly period: string;
  readonly group: string;
  /** Tonnes of oxide; null when there was no quota. */
  readonly tonnes: number | null;
  readonly reading: string;
}

/** The year to which quotas are compared, and the years in which they were cut. */
export const QUOTA_BASE = 2009;
export const CUT_YEARS: readonly number[] = [2010, 2011, 2012, 2013, 2014];

/**
 * Tightness of the quota in a year: q_t = −ln(quota_t / quota_2009) in 2010 to 2014, from the official totals of the year
 * for all elements together.
 *
 * It is 0 up to 2009 by construction: quotas existed, but those before 2009 are known from another coverage and cannot be
 * compared. It is 0 from 2015 on because the quota was abolished.
 *
 * @throws RangeError when the official total of the year or of 2009 is missing
 */
export function quotaTightness(quotas: readonly QuotaRow[], year: number): number {
  if (!CUT_YEARS.includes(year)) return 0;
  return -Math.log(officialTotal(quotas, year) / officialTotal(quotas, QUOTA_BASE));
}

function officialTotal(quotas: readonly QuotaRow[], year: number): number {
  const rows = quotas.filter((row) =>
    row.year === year && row.period === "year" && row.group === "total" &&
    row.reading !== "conflict"
  );
  const tonnes = rows.length === 1 ? rows[0].tonnes : null;
  if (tonnes !== null && tonnes > 0) return tonnes;
  throw new RangeError(
    `quota of ${year}: ${rows.length} official totals (period year, group total, no conflict), ` +
      "expected one with tonnes",
  );
}

/**
 * Quota shifts of units, an instrument for price shifts: Z_jt = Σ_e E_je · h_e · q_t with the unit's exposure E, how hard
 * the element is to replace h, and the tightness of the quota q ({@linkcode quotaTightness}). One row per unit and year.
 *
 * Columns: `unit`, `year`, `quota_shift` (USD per million USD of gross output × log points), `tightness` (q_t, log points).
 * As q_t is the same for all elements, Z varies over units only by the constant Σ_e E_je h_e.
 *
 * @param scores one per element, e.g. of `hardToReplace`
 * @throws RangeError naming a unit and element with exposure and no score
 */
export function quotaShifts(
  exposure: ElementExposure,
  quotas: readonly QuotaRow[],
  scores: readonly { readonly element: string; readonly score: number }[],
  { years }: { readonly years: readonly number[] },
): DataFrame {
  const scoreOf = new Map(scores.map(({ element, score }) => [element, score]));
  const tightness = years.map((year) => quotaTightness(quotas, year));
  const width = exposure.elements.length;
  const rows = exposure.units.flatMap((unit, j) => {
    let hard = 0;
    for (let e = 0; e < width; e++) {
      const value = exposure.values[j * width + e];
      if (value === 0) continue;
      const score = scoreOf.get(exposure.elements[e]);
      if (score === undefined) {
        throw new RangeError(`${unit}: no score of ${exposure.elements[e]}`);
      }
      hard += value * score;
    }
    return years.map((year, t) => ({
      unit,
      year,
      quota_shift: hard * tightness[t],
      tightness: tightness[t],
    }));
  });
  return recordFrame(rows, {
    unit: "text",
    year: "whole",
    quota_shift: "number",
    tightness: "number",
  });
}
