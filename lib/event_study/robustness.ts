import type { EventPanel, EventYears } from "./event_panel.ts";
import { abroad, differenceColumns, estimate } from "./run.ts";
import { resultOf, type SpecificationResult } from "./specifications.ts";

/** Result with the year or unit that makes it special. */
export type Variant = Omit<SpecificationResult, "key" | "what"> & { readonly label: string };

/**
 * The baseline with an event that never happened: every placebo year is tried on the years up to the
 * reference year alone, the placebo year itself left out as the real one is.
 */
export function placeboEvents(
  panel: EventPanel,
  years: EventYears,
  placebos: readonly number[],
): Variant[] {
  return placebos.map((event) => {
    const before = (row: number) => abroad(panel)(row) && panel.year[row] <= years.reference;
    const { columns } = differenceColumns(panel, { reference: event - 1, event }, before);
    return {
      label: String(event),
      ...resultOf(estimate(panel, "post_total", columns), "post_total"),
    };
  });
}

/** Those of some placebo years that a panel can show: with a year of data before and one after, up to the reference year. */
export function placeboYears(
  panel: EventPanel,
  { reference }: EventYears,
  wanted: readonly number[],
): number[] {
  const years = new Set(panel.year.filter((year) => year <= reference));
  const [first, last] = [Math.min(...years), Math.max(...years)];
  return wanted.filter((event) => first < event && event < last);
}

/** The baseline without one unit at a time, in the order of the panel's units. */
export function leaveOneOut(panel: EventPanel, years: EventYears): Variant[] {
  return [...new Set(panel.unit)].map((left) => {
    const keep = (row: number) => abroad(panel)(row) && panel.unit[row] !== left;
    const { columns } = differenceColumns(panel, years, keep);
    return { label: left, ...resultOf(estimate(panel, "post_total", columns), "post_total") };
  });
}

/**
 * The baseline coefficient under other draws of the exposure.
 *
 * @param draws exposure by unit, one map a draw
 * @returns estimates, one a draw, each per standard deviation of its own exposure
 */
export function exposureDraws(
  panel: EventPanel,
  years: EventYears,
  draws: readonly ReadonlyMap<string, number>[],
): number[] {
  return draws.map((draw) => {
    const total = panel.unit.map((unit) => {
      const value = draw.get(unit);
      if (value === undefined) throw new RangeError(`a draw has no exposure of ${unit}`);
      return value;
    });
    const drawn = { ...panel, exposures: { ...panel.exposures, total } };
    const { columns } = differenceColumns(drawn, years, abroad(drawn));
    return estimate(drawn, "post_total", columns).coef("post_total");
  });
}
