import { herfindahl } from "@ree/descriptive";

/** A quota as transcribed. */
export interface QuotaFact {
  readonly year: number;
  readonly period: string;
  readonly group: string;
  readonly tonnes: number | null;
  readonly reading: string;
}

/** A duty as transcribed. */
export interface DutyFact {
  readonly effective: string;
  readonly product: string;
  readonly ratePercent: number | null;
  readonly previousPercent: number | null;
}

/** One quota a year: official totals where there are any, else the trade press estimate; the year without quota last. */
export function quotaYears(quotas: readonly QuotaFact[]) {
  const yearly = quotas.filter(({ period, reading }) =>
    period === "year" && reading !== "conflict"
  );
  return [...Map.groupBy(yearly, ({ year }) => year)].map(([year, rows]) => {
    const row = rows.find(({ group }) => group === "total") ?? rows[0];
    return { year, tonnes: row.tonnes, reading: row.tonnes === null ? "abolished" : row.reading };
  }).sort((a, b) => a.year - b.year);
}

/** Product groups whose duties the facts tell apart, and how their rows are recognised. */
const DUTY_GROUPS: readonly {
  readonly product: string;
  readonly applies: (text: string) => boolean;
}[] = [
  {
    product: "Europium, terbium, dysprosium, yttrium",
    applies: (text) => /\bDy\b/.test(text) && !/alloy/.test(text),
  },
  { product: "Neodymium", applies: (text) => /\bNd\b/.test(text) && !/alloy/.test(text) },
  {
    product: "Lanthanum and other light elements",
    applies: (text) => /\bLa\b|other REE/.test(text),
  },
  { product: "Dysprosium and neodymium alloys with iron", applies: (text) => /alloy/.test(text) },
];

/** Year of the first known duties, before which "previous" rates stood. */
const FIRST_DUTY_YEAR = 2007;

/** Export duty of each product group from each date on. */
export function dutySchedule(duties: readonly DutyFact[]) {
  return DUTY_GROUPS.flatMap(({ product, applies }) => {
    const rows = duties.filter((row) =>
      row.ratePercent !== null && (applies(row.product) || row.product === "all 17 REE")
    );
    const before = rows[0]?.previousPercent;
    const steps = rows.map((row) => ({
      year: yearOf(row.effective),
      ratePercent: row.ratePercent!,
    }));
    const all = before === null || before === undefined
      ? steps
      : [{ year: FIRST_DUTY_YEAR, ratePercent: before }, ...steps];
    return all.map((step) => ({ product, ...step }));
  });
}

/** "2015-05" as 2015.33. */
function yearOf(date: string): number {
  const [year, month = 1] = date.split("-").map(Number);
  return year + (month - 1) / 12;
}

/** China's share and the Herfindahl index of mine output by year. */
export function concentrationByYear(
  mines: readonly { readonly year: number; readonly country: string; readonly tonnes: number }[],
) {
  return [...Map.groupBy(mines, ({ year }) => year)].map(([year, rows]) => {
    const world = rows.reduce((sum, { tonnes }) => sum + tonnes, 0);
    const china = rows.find(({ country }) => country === "China")?.tonnes ?? 0;
    return { year, chinaShare: china / world, hhi: herfindahl(rows) };
  }).sort((a, b) => a.year - b.year);
}

/** Least number of named uses that makes a published end-use table worth drawing. */
const FEWEST_USES = 3;

/** Published names of uses by the broad use they belong to: sources cut the same uses differently. */
const BROAD_USES: Readonly<Record<string, readonly string[]>> = {
  "catalysts": [
    "catalysts",
    "chemical catalysts",
    "petroleum refining catalysts",
    "automotive catalytic converters",
  ],
  "metallurgy and alloys": ["metallurgy", "metallurgical applications and alloys"],
  "glass, ceramics, polishing": [
    "glass polishing and ceramics",
    "ceramics and glass",
    "glass polishing",
    "polishing",
    "optics and glass",
    "ceramics",
    "abrasives",
  ],
  "magnets": ["magnets", "permanent magnets"],
  "phosphors": ["phosphors"],
  "electronics": ["electronics"],
  "other": ["other"],
};

function broadUse(use: string): string {
  const found = Object.entries(BROAD_USES).find(([, names]) => names.includes(use));
  if (found === undefined) throw new RangeError(`end use "${use}" belongs to no broad use`);
  return found[0];
}

/** End-use tables with at least three uses, in broad uses; year as printed where there is none. */
export function endUseTables(
  shares: readonly {
    readonly region: string;
    readonly year: number | null;
    readonly period: string;
    readonly element: string;
    readonly use: string;
    readonly sharePercent: number;
    readonly reading: string;
  }[],
) {
  const all = shares.filter(({ element }) => element === "all REE")
    .map(({ region, year, period, use, sharePercent, reading }) => ({
      region,
      year: year ?? period,
      use,
      sharePercent,
      reading,
    }));
  const tables = Map.groupBy(all, ({ region, year }) => `${region} ${year}`);
  return [...tables.values()].filter((rows) => rows.length >= FEWEST_USES).flatMap((rows) =>
    [...Map.groupBy(rows, ({ use }) => broadUse(use))].map(([use, same]) => ({
      ...same[0],
      use,
      sharePercent: same.reduce((sum, row) => sum + row.sharePercent, 0),
    }))
  );
}

/** Highest annual price of an element over its price in a base year. */
export function pricePeak(
  prices: readonly { readonly element: string; readonly year: number; readonly usdPerKg: number }[],
  element: string,
  baseYear: number,
): { readonly year: number; readonly ratio: number } {
  const own = prices.filter((price) => price.element === element);
  const base = own.find(({ year }) => year === baseYear);
  if (base === undefined) throw new RangeError(`no price of ${element} in ${baseYear}`);
  const peak = own.reduce((best, price) => price.usdPerKg > best.usdPerKg ? price : best);
  return { year: peak.year, ratio: peak.usdPerKg / base.usdPerKg };
}
