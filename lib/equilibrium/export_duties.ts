import { labelIndex } from "./economy.ts";

/** An export duty in force in the baseline. */
export interface ExportDutyRate {
  /** Who levies it. */
  readonly country: string;
  /** Sector or element of the table. */
  readonly sector: string;
  /** Ad valorem on the producer's price, 0.15 is 15 %; on sales to all other countries. */
  readonly rate: number;
}

/** A transcribed change of duties on products. */
export interface DutyChange {
  /** Year, month or day of effect. */
  readonly effective: string;
  /** Elements by symbol in a list, "other REE", "all 17 REE", or an alloy. */
  readonly product: string;
  /** Per cent; null where the row is about something else. */
  readonly ratePercent: number | null;
  readonly previousPercent: number | null;
}

/**
 * Duties on the oxides of a year, as {@link ExportDutyRate}: the rate in force on 1 July (a date
 * without month is 1 January). The latest row that covers an element counts; of rows of the same day
 * one that names it counts before "other REE". "all 17 REE" names all; alloys are left out. An element
 * that no row in force covers has the lowest rate in force. Before the first row, its "previous" rates
 * hold, for at most a year.
 *
 * @throws RangeError for earlier years, which the rows do not know
 */
export function exportDutiesOf(
  rows: readonly DutyChange[],
  country: string,
  elements: readonly string[],
  year: number,
): ExportDutyRate[] {
  const dated = rows.flatMap(({ effective, product, ratePercent, previousPercent }) =>
    ratePercent === null || /alloy/.test(product) ? [] : [{
      from: dateOf(effective),
      symbols: product.split(/[^A-Za-z]+/),
      all: product.includes("all 17 REE"),
      rest: product.includes("other REE"),
      percent: ratePercent,
      previousPercent,
    }]
  ).sort((a, b) => a.from - b.from);
  const first = dated[0]?.from ?? Infinity;
  if (!(year >= Math.floor(first) - 1)) {
    throw new RangeError(
      `no export duty is known for ${year}; the first row is of ${Math.floor(first)}`,
    );
  }
  const later = dated.filter((row) => row.from <= year + MIDDLE_OF_YEAR);
  const inForce = later.length > 0
    ? later
    : dated.flatMap((row) =>
      row.from > first || row.previousPercent === null
        ? []
        : [{ ...row, percent: row.previousPercent }]
    );
  const percentOf = (element: string) => {
    let percent: number | undefined;
    let since = -Infinity;
    for (const row of inForce) {
      const named = row.all || row.symbols.includes(element);
      if (!named && !row.rest) continue;
      if (row.from > since || named) [percent, since] = [row.percent, row.from];
    }
    return percent;
  };
  const lowest = Math.min(...inForce.map(({ percent }) => percent));
  return elements.map((sector) => ({
    country,
    sector,
    rate: (percentOf(sector) ?? lowest) / 100,
  }));
}

/** 1 July. */
const MIDDLE_OF_YEAR = 0.5;

/** "2015-05" as 2015.33. */
function dateOf(date: string): number {
  const [year, month = 1, day = 1] = date.split("-").map(Number);
  return year + (month - 1) / 12 + (day - 1) / 366;
}

/** Labels and flows that {@link exportTaxOf} reads. */
interface TaxedTable {
  readonly countries: readonly string[];
  readonly sectors: readonly string[];
  readonly finalCategories: number;
  readonly intermediate: Float64Array;
  readonly final: Float64Array;
}

/**
 * Ad valorem export taxes [importer][exporter][sector] of an aggregated table. A region's rate is the
 * duty paid on its members' sales over their value without it; sales within a region pay what sales
 * between its members do.
 *
 * @param groups group of every country and of every sector of the table
 * @throws RangeError naming an unknown label, a rate below 0, a duty given twice
 */
export function exportTaxOf(
  table: TaxedTable,
  duties: readonly ExportDutyRate[],
  groups: {
    readonly country: Int32Array;
    readonly sector: Int32Array;
    readonly N: number;
    readonly J: number;
  },
): Float64Array {
  const { N, J } = groups;
  const [C, S] = [table.countries.length, table.sectors.length];
  const tax = new Float64Array(N * N * J);
  if (duties.length === 0) return tax;
  const rate = new Float64Array(C * S);
  const given = new Set<number>();
  for (const duty of duties) {
    const i = labelIndex(table.countries, duty.country, "country in exportDuties");
    const j = labelIndex(table.sectors, duty.sector, "sector in exportDuties");
    const what = `export duty of ${duty.country} on ${duty.sector}`;
    if (!(duty.rate >= 0 && duty.rate < Infinity)) {
      throw new RangeError(`${what} is ${duty.rate}; expected a number of at least 0`);
    }
    if (given.has(i * S + j)) throw new RangeError(`${what} is given twice`);
    given.add(i * S + j);
    rate[i * S + j] = duty.rate;
  }
  const gross = new Float64Array(tax.length);
  const net = new Float64Array(tax.length);
  const lowest = new Float64Array(tax.length).fill(Infinity);
  const highest = new Float64Array(tax.length);
  for (let n = 0; n < C; n++) {
    for (let i = 0; i < C; i++) {
      for (let j = 0; j < S; j++) {
        const own = n === i ? 0 : rate[i * S + j];
        const at = (groups.country[n] * N + groups.country[i]) * J + groups.sector[j];
        const value = sold(table, i * S + j, n);
        gross[at] += value;
        net[at] += value / (1 + own);
        lowest[at] = Math.min(lowest[at], own);
        highest[at] = Math.max(highest[at], own);
      }
    }
  }
  return tax.map((_, at) =>
    lowest[at] === highest[at] ? lowest[at] : net[at] > 0 ? gross[at] / net[at] - 1 : 0
  );
}

/** What a producer sells to a country; negative cells of final demand count as 0, as in calibration. */
function sold(
  { countries, sectors, finalCategories, intermediate, final }: TaxedTable,
  producer: number,
  buyer: number,
): number {
  const [C, S] = [countries.length, sectors.length];
  let sum = 0;
  const from = producer * C * S + buyer * S;
  for (let k = from; k < from + S; k++) sum += intermediate[k];
  const start = (producer * C + buyer) * finalCategories;
  for (let c = start; c < start + finalCategories; c++) sum += Math.max(0, final[c]);
  return sum;
}
