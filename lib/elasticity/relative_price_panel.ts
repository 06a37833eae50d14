import {
  DATA_DIR,
  type DataFrame,
  type Facts,
  type IndustryProductivity,
  loadElements,
  loadFacts,
  loadIndustryProductivity,
  loadJudged,
} from "@ree/data";
import { PRICE_YEARS, pricePanel } from "@ree/io-table";
import { productivityElementExposure, recordFrame } from "@ree/panels";
import { priceIndex, type PriceIndexOptions } from "./price_index.ts";
import type { ReplacementMeasure } from "./substitutability.ts";
import { substitutabilityInstrument } from "./substitutability_instrument.ts";

/** Choices of {@linkcode relativePricePanel}. */
export interface RelativePriceOptions {
  /** Index over elements; default Törnqvist, which with the fixed mix of 2007 is geometric. */
  readonly index?: PriceIndexOptions;
  /** Other inputs' price: own index of capital, labour and intermediates (default), or none (nominal element prices). */
  readonly deflator?: "other-inputs" | "none";
  /** How hard to replace elements are, in the instrument; default "distance". "graedel" uses the list in the facts. */
  readonly measure?: ReplacementMeasure["measure"];
  /** Facts with annual prices and quotas; default: the shipped ones. */
  readonly facts?: Facts;
}

/**
 * Log relative price of rare earths by US industry, 2007 to 2018: real element prices in the industry's own element mix over
 * the real price of its other inputs. 63 industries of the BEA-BLS accounts × 12 years.
 *
 * Columns: `sector`, `year`; `log_element_price` = ln q (2007 = 0), with the total intensities of 2007 as weights; `log_other_price` =
 * ln z (2007 = 0), Törnqvist index of the implicit prices (value over quantity) of capital, labour and intermediates with
 * their cost shares of each year; `log_relative_price` = ln q − ln z; `instrument` (see `substitutabilityInstrument`);
 * `exposure`, USD of elements per million USD of output in 2007.
 *
 * Prices of elements: 2010 to 2012 are recalled and some element-years follow a companion element (`pricePanel`). Intermediates
 * contain the elements themselves, a negligible share. z is a national accounts price, not a price of research.
 *
 * @throws RangeError naming industry and year when a value or quantity is not positive
 */
export function relativePricePanel(
  dataDir: string = DATA_DIR,
  options: RelativePriceOptions = {},
): DataFrame {
  const { index = { kind: "tornqvist" }, deflator = "other-inputs", measure = "distance" } =
    options;
  const facts = options.facts ?? loadFacts(dataDir);
  const mix = productivityElementExposure(dataDir);
  const width = mix.elements.length;
  const prices = pricesByYear(dataDir, facts, mix.elements);
  const z = otherInputPrices(dataDir);
  const instrument = substitutabilityInstrument(
    loadElements(dataDir),
    facts.quotas,
    mix,
    measure === "graedel"
      ? { measure, listed: facts.substitutability, years: PRICE_YEARS }
      : { measure, years: PRICE_YEARS },
  );
  const shifts = new Map(
    instrument.toRecords().map((row) => [`${row.sector} ${row.year}`, Number(row.instrument)]),
  );
  const rows = mix.units.flatMap((sector, s) => {
    const weights = mix.values.subarray(s * width, (s + 1) * width);
    const exposure = weights.reduce((sum, value) => sum + value, 0);
    if (exposure === 0) return [];
    const q = priceIndex(prices, weights, index);
    return PRICE_YEARS.map((year, t) => {
      const logElement = Math.log(q[t]);
      const logOther = deflator === "none" ? 0 : lookUp(z, sector, year);
      return {
        sector,
        year,
        log_element_price: logElement,
        log_other_price: logOther,
        log_relative_price: logElement - logOther,
        instrument: lookUp(shifts, sector, year),
        exposure,
      };
    });
  });
  return recordFrame(rows, {
    sector: "text",
    year: "whole",
    log_element_price: "number",
    log_other_price: "number",
    log_relative_price: "number",
    instrument: "number",
    exposure: "number",
  });
}

function lookUp(values: ReadonlyMap<string, number>, sector: string, year: number): number {
  const value = values.get(`${sector} ${year}`);
  if (value === undefined) throw new RangeError(`${sector}, ${year}: no value`);
  return value;
}

function pricesByYear(
  dataDir: string,
  facts: ReturnType<typeof loadFacts>,
  elements: readonly string[],
): number[][] {
  const panel = new Map(
    pricePanel(facts, loadJudged(dataDir)).map((
      row,
    ) => [`${row.element} ${row.year}`, row.usdPerKg]),
  );
  return PRICE_YEARS.map((year) => elements.map((element) => lookUp(panel, element, year)));
}

/** ln z by industry and year, 0 in the first price year. */
function otherInputPrices(dataDir: string): Map<string, number> {
  const logs = new Map<string, number>();
  const byIndustry = Map.groupBy(
    loadIndustryProductivity(dataDir).filter(({ year }) => PRICE_YEARS.includes(year)),
    ({ industry }) => industry,
  );
  for (const [industry, rows] of byIndustry) {
    const sorted = rows.toSorted((a, b) => a.year - b.year);
    const index = priceIndex(
      sorted.map((row) => implicitPrices(row)),
      sorted.map((row) => [row.capital, row.labour, row.intermediates]),
      { kind: "tornqvist" },
    );
    sorted.forEach(({ year }, t) => logs.set(`${industry} ${year}`, Math.log(index[t])));
  }
  return logs;
}

function implicitPrices(row: IndustryProductivity): number[] {
  const price = (name: string, value: number, quantity: number) => {
    if (value > 0 && quantity > 0) return value / quantity;
    throw new RangeError(
      `${row.industry}, ${row.year}: ${name} has value ${value} and quantity ${quantity}, expected ` +
        "more than 0",
    );
  };
  return [
    price("capital", row.capital, row.capitalQuantity),
    price("labour", row.labour, row.labourQuantity),
    price("intermediates", row.intermediates, row.intermediatesQuantity),
  ];
}
