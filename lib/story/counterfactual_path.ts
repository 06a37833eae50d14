import {
  type Economy,
  exportDuty,
  type ExportDutyRate,
  exportQuota,
  type Shock,
  shockOf,
} from "@ree/equilibrium";
import { rangeText, wedgeRange } from "./counterfactual_columns.ts";
import { elementPrices } from "./counterfactual_prices.ts";
import { type NamedClosure, persistence, type Run, run } from "./counterfactual_run.ts";
import { sectorAbroad } from "./counterfactual_sectors.ts";
import { welfareOf } from "./counterfactual_welfare.ts";
import { type QuotaFact, quotaYears } from "./event_rows.ts";

/** A fact of the market, as transcribed. */
export interface ShippedFact {
  readonly item: string;
  readonly period: string;
  readonly value: number;
  readonly unit: string;
}

/** Quota of one year against that of the base year, and what was shipped. */
export interface QuotaYear {
  readonly year: number;
  /** Tonnes; null in a year without quota. */
  readonly tonnes: number | null;
  /** Tonnes relative to the base year; null without quota. */
  readonly limit: number | null;
  /** Tonnes exported as reported, with the months where they are not the whole year. */
  readonly shipped: string;
  /** Shipped as part of the quota, percent; lowest and highest report, null without one. */
  readonly filledPercent: readonly [low: number, high: number] | null;
}

/** Item of the market facts that counts China's exports to all countries. */
const EXPORTS = "China exports of REE";

/**
 * Quotas from the base year on, relative to it.
 *
 * @throws RangeError when the base year has no quota
 */
export function quotaPath(
  quotas: readonly QuotaFact[],
  facts: readonly ShippedFact[],
  baseYear = 2009,
): QuotaYear[] {
  const years = quotaYears(quotas).filter(({ year }) => year >= baseYear);
  const base = years.find(({ year }) => year === baseYear)?.tonnes;
  if (base === undefined || base === null) throw new RangeError(`no quota of ${baseYear}`);
  return years.map(({ year, tonnes }) => {
    const reports = facts.filter(({ item, period, unit }) =>
      item === EXPORTS && unit === "t" && period.split(" ")[0] === String(year)
    );
    const full = reports.filter(({ period }) => period === String(year));
    const kept = full.length > 0 ? full : reports.slice(-1);
    const values = kept.map(({ value }) => value);
    const range = [...new Set([Math.min(...values), Math.max(...values)])]
      .map((value) => value.toLocaleString("en-US")).join("–");
    const months = full.length > 0 || kept.length === 0
      ? ""
      : ` (${kept[0].period.slice(String(year).length + 1)})`;
    return {
      year,
      tonnes,
      limit: tonnes === null ? null : tonnes / base,
      shipped: kept.length === 0 ? "–" : `${range}${months}`,
      filledPercent: kept.length === 0 || tonnes === null
        ? null
        : [100 * Math.min(...values) / tonnes, 100 * Math.max(...values) / tonnes],
    };
  });
}

/** One year and closure of the path. */
export interface PathRun {
  readonly year: number;
  readonly closure: string;
  readonly run: Run;
}

/** How {@link pathRuns} reads the years. */
export interface PathOptions {
  readonly country: string;
  /** Quotas after the base year; the years without come last. */
  readonly years: readonly QuotaYear[];
  readonly closures: readonly NamedClosure[];
  /** Export duties of a year on single elements; default: those of the baseline. */
  readonly duties?: (year: number) => readonly ExportDutyRate[];
}

/**
 * The quotas of each year as an equilibrium against the baseline. The rule for technology: while there
 * is a quota, it is what the closure gives for that year's quota and duties; in years without quota it
 * stays as the last quota left it.
 *
 * @throws RangeError when a year with quota comes after one without
 */
export function pathRuns(economy: Economy, options: PathOptions): PathRun[] {
  const { country, years, closures, duties } = options;
  const shockIn = ({ year, limit }: QuotaYear): Shock =>
    shockOf(
      economy,
      ...(duties?.(year) ?? []).map((duty) => exportDuty(duty.country, [duty.sector], duty.rate)),
      ...(limit === null ? [] : [exportQuota(country, ["elements"], limit)]),
    );
  return closures.flatMap(({ name, closure }) => {
    let last: Run | undefined;
    let free = false;
    return years.map((year): PathRun => {
      const shock = shockIn(year);
      if (year.limit === null) {
        free = true;
        const kept = last === undefined ? run(name, economy, shock) : persistence([last], shock)[0];
        return { year: year.year, closure: name, run: kept };
      }
      if (free) throw new RangeError(`the quota of ${year.year} comes after a year without quota`);
      last = run(name, economy, shock, closure);
      return { year: year.year, closure: name, run: last };
    });
  });
}

/** One outcome of the path over the years, baseline 0. */
export interface PathPoint {
  readonly panel: string;
  readonly group: string;
  readonly year: number;
  readonly value: number;
}

/**
 * Outcomes of the path for a chart over years: price of elements abroad (percent), exports abroad of
 * some sectors and welfare abroad (per mille), each with the base year at 0.
 */
export function pathPoints(
  path: readonly PathRun[],
  baseYear: number,
  restricting: string,
  sectors: readonly { readonly sector: string; readonly label: string }[],
): PathPoint[] {
  const outcomes: { readonly panel: string; readonly of: (one: Run) => number }[] = [
    {
      panel: "Price of elements abroad, %",
      of: (one) => 100 * (elementPrices(one, restricting).outside - 1),
    },
    ...sectors.map(({ sector, label }) => ({
      panel: `Real exports abroad: ${label}, ‰`,
      of: (one: Run) => sectorAbroad(one, sector, restricting).exports,
    })),
    {
      panel: "Real income abroad, ‰",
      of: (one) => welfareOf(one, (country) => country !== restricting).perMille,
    },
  ];
  const closures = [...new Set(path.map(({ closure }) => closure))];
  return outcomes.flatMap(({ panel, of }) =>
    closures.flatMap((group) => [
      { panel, group, year: baseYear, value: 0 },
      ...path.filter(({ closure }) => closure === group)
        .map(({ year, run }) => ({ panel, group, year, value: of(run) })),
    ])
  );
}

/** Rows of a table of the path. @param duties export duties of a year, ad valorem */
export function pathTable(
  years: readonly QuotaYear[],
  path: readonly PathRun[],
  restricting: string,
  duties: (year: number) => readonly ExportDutyRate[],
) {
  return years.map(({ year, tonnes, limit, shipped, filledPercent }) => {
    const fixed = path.find((row) => row.year === year && row.closure === "fixed");
    return {
      year,
      tonnes,
      limit,
      shipped,
      filled: rangeText(filledPercent ?? []),
      duty: rangeText(duties(year).map(({ rate }) => 100 * rate)),
      wedge: fixed === undefined ? "–" : wedgeRange(elementPrices(fixed.run, restricting)),
    };
  });
}
