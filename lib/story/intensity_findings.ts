import {
  type ExposureRow,
  type WeightVariant,
  type WorldIntensity,
  type WorldReeTable,
} from "@ree/io-table";
import { median } from "simple-statistics";
import { shortName } from "./words.ts";
import type { CheckRow } from "./table_steps.ts";

/** Total intensity of one industry in one table year. */
export interface YearValue {
  readonly industry: string;
  readonly label: string;
  readonly year: number;
  readonly value: number;
}

/** Median over some industries of total intensity in each year, relative to the first year. */
export function medianByYear(
  rows: readonly YearValue[],
  industries: readonly string[],
): { readonly year: number; readonly ratio: number }[] {
  const years = [...new Set(rows.map(({ year }) => year))].sort((a, b) => a - b);
  const valueOf = (industry: string, year: number) =>
    rows.find((row) => row.industry === industry && row.year === year)?.value;
  return years.map((year) => ({
    year,
    ratio: median(industries.flatMap((industry) => {
      const [now, first] = [valueOf(industry, year), valueOf(industry, years[0])];
      return now === undefined || first === undefined ? [] : [now / first];
    })),
  }));
}

/** The finding of the comparison of years. */
export function yearFinding(ratios: readonly { readonly year: number; readonly ratio: number }[]) {
  const [first, ...later] = ratios;
  const parts = later.map(({ year, ratio }) => `${ratio.toPrecision(2)} times in ${year}`);
  return `Intensities were ${
    parts.join(" and ")
  } what they had been in ${first.year} (median industry)`;
}

/** Rows of the sensitivity figure: the `shown` weights whose change moves their industry most. */
export function sensitivityRows(
  variants: readonly WeightVariant[],
  nameOf: (industry: string) => string,
  shown: number,
) {
  const groups = Map.groupBy(variants, ({ application, industry }) => `${industry} ${application}`);
  const swing = (rows: readonly WeightVariant[]) =>
    Math.max(...rows.map((row) => Math.abs(Math.log(row.intensity / row.baseline))));
  return [...groups.values()]
    .sort((a, b) => swing(b) - swing(a))
    .slice(0, shown)
    .flatMap((rows) =>
      rows.map(({ industry, application, variant, intensity, baseline }) => ({
        label: `${shortName(nameOf(industry))} (${application})`,
        variant,
        value: 1e6 * intensity,
        baseline: 1e6 * baseline,
      }))
    );
}

/** The finding of the sensitivity analysis. */
export function sensitivityFinding(variants: readonly WeightVariant[]): string {
  const lowest = Math.min(...variants.map(({ rankCorrelation }) => rankCorrelation));
  const factors = variants.map(({ intensity, baseline }) =>
    Math.max(intensity / baseline, baseline / intensity)
  );
  return `One changed weight moves an industry by up to a factor of ${
    Math.max(...factors).toPrecision(2)
  }, but the ranking of all industries stays (rank correlation at least ${lowest.toFixed(3)})`;
}

/** Price index of each industry's rare earth mix by year, `base` = 100, one row per industry. */
export function exposureTable(
  rows: readonly ExposureRow[],
  industries: readonly { readonly industry: string; readonly label: string }[],
  base = 2009,
): Record<string, string | number>[] {
  return industries.map(({ industry, label }) => {
    const own = rows.filter((row) => row.industry === industry);
    const start = own.find(({ year }) => year === base);
    if (start === undefined) throw new RangeError(`no exposure of ${industry} in ${base}`);
    const index = own.map(({ year, exposure }) =>
      [String(year), 100 * Math.exp(exposure - start.exposure)] as const
    );
    return { label, ...Object.fromEntries(index) };
  });
}

/** What the world carve-out did, as checks; those on China only where the table shows it. */
export function describeWorld(table: WorldReeTable, chinaUseTonnesShare: number): CheckRow[] {
  const { report, elements, sectors, countries, output, intermediate } = table;
  const [width, size] = [sectors.length, output.length];
  const china = countries.indexOf("CHN");
  let [worst, supply, chinaUse, chinaSupply] = [0, 0, 0, 0];
  for (let n = 0; n < countries.length; n++) {
    for (let e = 0; e < elements.length; e++) {
      const row = n * width + width - elements.length + e;
      let used = 0;
      for (let j = 0; j < size; j++) {
        used += intermediate[row * size + j];
        if (Math.floor(j / width) === china) chinaUse += intermediate[row * size + j];
      }
      worst = Math.max(worst, Math.abs(used - output[row]));
      supply += output[row];
      if (n === china) chinaSupply += output[row];
    }
  }
  const chinaRows = (): CheckRow[] => [
    { check: "China's share in supply", value: 100 * chinaSupply / supply, unit: "%" },
    {
      check: "China's share in use by our rule (value)",
      value: 100 * chinaUse / supply,
      unit: "%",
    },
    {
      check: "China's share in use reported for 2009 (tonnes)",
      value: 100 * chinaUseTonnesShare,
      unit: "%",
    },
  ];
  return [
    { check: "Countries", value: countries.length, unit: "" },
    { check: "Sectors, element sectors included", value: width, unit: "" },
    { check: "World purchases of the ten elements", value: report.purchases, unit: "million USD" },
    {
      check: "Supply less use of an element of a country, largest gap",
      value: worst,
      unit: "million USD",
    },
    {
      check: "Purchases larger than the cell they were taken from",
      value: 100 * report.unplaced / report.purchases,
      unit: "% of purchases",
    },
    {
      check: "Largest change of another flow by GRAS",
      value: report.largestRebalancingPercent,
      unit: "%",
    },
    {
      check: "Sectors with negative value added (rounding in the source)",
      value: report.negativeValueAdded.map(({ producer }) => producer).join(", ") || "none",
      unit: "",
    },
    ...(china < 0 ? [] : chinaRows()),
  ];
}

/** Median and range over countries of each sector's total intensity, most intensive sector first. */
export function worldSectorSpread(
  table: WorldReeTable,
  rows: readonly WorldIntensity[],
  sectorNames: readonly string[],
) {
  const totals = new Map<string, number>();
  for (const { country, sector, total } of rows) {
    const key = `${sector} ${country}`;
    totals.set(key, (totals.get(key) ?? 0) + 1e6 * total);
  }
  return sectorNames.map((label, s) => {
    const values = table.countries
      .map((country) => totals.get(`${table.sectors[s]} ${country}`) ?? 0)
      .filter((value) => value > 0);
    return {
      label,
      central: values.length > 0 ? median(values) : 0,
      lower: Math.min(...values),
      upper: Math.max(...values),
    };
  }).filter(({ central }) => central > 0).sort((a, b) => b.central - a.central);
}

/** In how many countries which sector has the highest total intensity, as a sentence. */
export function worldFinding(
  rows: readonly WorldIntensity[],
  nameOf: (sector: string) => string,
): string {
  const byCountry = Map.groupBy(rows, ({ country }) => country);
  const leaders = [...byCountry.values()].map((own) => {
    const totals = [...Map.groupBy(own, ({ sector }) => sector)].map(([sector, cells]) => ({
      sector,
      total: cells.reduce((sum, cell) => sum + cell.total, 0),
    }));
    return totals.reduce((best, other) => other.total > best.total ? other : best).sector;
  });
  const [sector, countries] = [...Map.groupBy(leaders, (leader) => leader)]
    .map(([leader, all]) => [leader, all.length] as const)
    .reduce((best, other) => other[1] > best[1] ? other : best);
  return `${
    nameOf(sector)
  } is the most rare earth intensive sector in ${countries} of ${leaders.length} countries`;
}
