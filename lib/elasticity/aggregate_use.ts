import {
  type CountryYear,
  DATA_DIR,
  type Facts,
  type IndustryProductivity,
  loadCountryYears,
  loadFacts,
  loadIndustryProductivity,
  loadJudged,
  loadOxideProduction,
} from "@ree/data";
import { PRICE_YEARS, pricePanel } from "@ree/io-table";
import { productivityExposure } from "@ree/panels";
import { priceIndex } from "./price_index.ts";

/** Elements used in an economy in a year beside the price. */
export interface AggregateUse {
  readonly series: string;
  readonly year: number;
  /** Tonnes of rare earth oxide. */
  readonly tonnes: number;
  /** ln q − ln z; q: price index of elements, z: price of value added; 0 in 2007. */
  readonly logRelativePrice: number;
  /** ln of tonnes over real value added, 0 in the first year of the series. */
  readonly logRelativeQuantity: number;
  /** ln of spending on elements over value added: the sum of the two, 0 in the first year of the series. */
  readonly logRelativeSpending: number;
}

/** Item names of US consumption in the market facts, and how the series is called. */
const US_CONSUMPTION = [
  { item: "US estimated consumption", series: "USA, as published in 2016" },
  { item: "US apparent consumption", series: "USA, as revised in 2019" },
] as const;

/** Name of the world series. */
export const WORLD_SERIES = "world mine production";

/**
 * Real aggregate series, 2007 to 2018, where the data have both tonnes and prices: US consumption in two vintages that disagree
 * (few years), and world mine production, which is use when stocks do not move and nothing is smuggled.
 *
 * q: geometric index of the element prices with the US supply chains' element mix of 2007, for the world too. z: price of US
 * value added (all industries, Törnqvist). Real value added: of the US, or real GDP of the countries in the Penn World Table.
 * No consumption of Japan is in the data.
 */
export function aggregateUse(
  dataDir: string = DATA_DIR,
  { facts = loadFacts(dataDir), countryYears = loadCountryYears(dataDir) }: {
    readonly facts?: Facts;
    readonly countryYears?: readonly CountryYear[];
  } = {},
): AggregateUse[] {
  const q = elementPriceIndex(facts, dataDir);
  const { price: z, quantity: usQuantity } = usValueAdded(loadIndustryProductivity(dataDir));
  const price = new Map(PRICE_YEARS.map((year) => [year, q.get(year)! - z.get(year)!]));
  const world = new Map<number, number>();
  for (const { year, gdpNational } of countryYears) {
    world.set(year, (world.get(year) ?? 0) + gdpNational);
  }
  const logWorld = new Map([...world].map(([year, value]) => [year, Math.log(value)]));
  return [
    ...US_CONSUMPTION.flatMap(({ item, series }) => {
      const tonnes = new Map(
        facts.marketFacts.filter((fact) => fact.item === item && fact.unit === "t REO")
          .map(({ period, value }) => [Number(period), value]),
      );
      return useSeries(series, tonnes, price, usQuantity);
    }),
    ...useSeries(WORLD_SERIES, minedTonnes(dataDir), price, logWorld),
  ];
}

function useSeries(
  series: string,
  tonnes: ReadonlyMap<number, number>,
  price: ReadonlyMap<number, number>,
  quantity: ReadonlyMap<number, number>,
): AggregateUse[] {
  const rows = [...tonnes].filter(([year]) => price.has(year) && quantity.has(year))
    .sort(([a], [b]) => a - b)
    .map(([year, value]) => ({
      year,
      tonnes: value,
      price: price.get(year)!,
      quantity: Math.log(value) - quantity.get(year)!,
    }));
  return rows.map((row) => ({
    series,
    year: row.year,
    tonnes: row.tonnes,
    logRelativePrice: row.price,
    logRelativeQuantity: row.quantity - rows[0].quantity,
    logRelativeSpending: row.quantity - rows[0].quantity + row.price - rows[0].price,
  }));
}

function elementPriceIndex(facts: Facts, dataDir: string): Map<number, number> {
  const { elements, units, total, output } = productivityExposure(dataDir);
  const weights = Float64Array.from(elements, (_, e) => {
    let sum = 0;
    units.forEach((_, u) => sum += total[u * elements.length + e] * output[u]);
    return sum;
  });
  const panel = new Map(
    pricePanel(facts, loadJudged(dataDir)).map((row) => [
      `${row.element} ${row.year}`,
      row.usdPerKg,
    ]),
  );
  const prices = PRICE_YEARS.map((year) =>
    elements.map((element) => panel.get(`${element} ${year}`) ?? NaN)
  );
  const index = priceIndex(prices, weights, { kind: "tornqvist" });
  return new Map(PRICE_YEARS.map((year, t) => [year, Math.log(index[t])]));
}

/** ln of the price and quantity of US value added: Törnqvist over industries, 0 in 2007. */
function usValueAdded(rows: readonly IndustryProductivity[]) {
  const byIndustry = [...Map.groupBy(rows, ({ industry }) => industry).values()];
  const at = (own: readonly IndustryProductivity[], year: number) => {
    const row = own.find((other) => other.year === year);
    if (row && row.valueAdded > 0 && row.valueAddedQuantity > 0) return row;
    throw new RangeError(`${own[0].industry}, ${year}: no positive value added`);
  };
  const cells = PRICE_YEARS.map((year) => byIndustry.map((own) => at(own, year)));
  const index = priceIndex(
    cells.map((row) => row.map((cell) => cell.valueAdded / cell.valueAddedQuantity)),
    cells.map((row) => row.map((cell) => cell.valueAdded)),
    { kind: "tornqvist" },
  );
  const totals = cells.map((row) => row.reduce((sum, cell) => sum + cell.valueAdded, 0));
  return {
    price: new Map(PRICE_YEARS.map((year, t) => [year, Math.log(index[t])])),
    quantity: new Map(PRICE_YEARS.map((year, t) => [year, Math.log(totals[t] / index[t])])),
  };
}

/** World mine production by year; countries with unknown amounts count 0. */
function minedTonnes(dataDir: string): Map<number, number> {
  const sums = new Map<number, number>();
  for (const { year, tonnes } of loadOxideProduction(dataDir)) {
    sums.set(year, (sums.get(year) ?? 0) + (tonnes ?? 0));
  }
  return sums;
}
