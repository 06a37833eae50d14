import { type BalancedTable, balanceMakeUse, type MakeAndUse } from "./balance_make_use.ts";
import { type CarvedTable, carveOutElements, type ElementSplits } from "./carve_out.ts";
import {
  type ApplicationIndustry,
  elementPurchases,
  industryDistribution,
  type PurchaseFactors,
} from "./element_purchases.ts";
import type { IoTable } from "./io_table.ts";
import { type CompanionRule, completePrices, type ElementPrice } from "./price_panel.ts";
import { applicationUse, type UseWeight } from "./us_use.ts";

/** The ten elements that have named tonnes and prices, light ones first. */
export const ELEMENTS = ["La", "Ce", "Pr", "Nd", "Sm", "Eu", "Gd", "Tb", "Dy", "Y"] as const;

/** Years of the price panel. */
export const PRICE_YEARS = Array.from({ length: 12 }, (_, k) => 2007 + k);

/** Transcribed facts that the purchases are built from (`data/facts`). */
export interface PurchaseFacts {
  readonly annualPrices: readonly ElementPrice[];
  readonly elementMix: readonly {
    readonly application: string;
    readonly element: string;
    readonly sharePercent: number;
  }[];
  readonly applicationIndustries: readonly ApplicationIndustry[];
  readonly worldUse: readonly { readonly application: string; readonly tonnes: number }[];
  readonly endUseShares: readonly {
    readonly region: string;
    readonly year: number | null;
    readonly element: string;
    readonly use: string;
    readonly sharePercent: number;
  }[];
}

/** The project's judgements that the purchases are built from (`data/judged`). */
export interface PurchaseJudgements {
  readonly usConsumption: readonly { readonly tableYear: number; readonly tonnes: number }[];
  readonly usEndUseYears: readonly { readonly tableYear: number; readonly endUseYear: number }[];
  readonly usEndUseWeights: readonly UseWeight[];
  readonly priceCompanions: readonly CompanionRule[];
  readonly elementHosts: readonly {
    readonly commodity: string;
    readonly role: "raw" | "intermediate";
  }[];
}

/** Choices in building the US table. */
export interface UsReeOptions {
  /** Default "embodying user". */
  readonly reading?: ElementSplits["reading"];
  /**
   * End uses: those of the United States ("us", default), or the world's tonnes by application scaled to US
   * consumption ("world"), which gives magnets the weight they have where they are made.
   */
  readonly endUses?: "us" | "world";
  /** Price year; default the year of the table. */
  readonly priceYear?: number;
}

/** A US table with element rows and all that it was made from. */
export interface UsReeTable {
  readonly balanced: BalancedTable;
  readonly factors: PurchaseFactors;
  readonly splits: ElementSplits;
  readonly table: CarvedTable;
}

/** Prices of the ten elements 2007-2018, gaps filled by companion rules and marked so in `reading`. */
export function pricePanel(facts: PurchaseFacts, judged: PurchaseJudgements): ElementPrice[] {
  return completePrices(facts.annualPrices, judged.priceCompanions, ELEMENTS, PRICE_YEARS);
}

/**
 * The US input-output table of one year with a row for each of the ten elements.
 *
 * @param published Make and Use of the year
 * @throws when a judgement for the year is missing, or as {@link balanceMakeUse} and {@link carveOutElements}
 */
export function usReeTable(
  published: MakeAndUse,
  facts: PurchaseFacts,
  judged: PurchaseJudgements,
  options: UsReeOptions = {},
): UsReeTable {
  const balanced = balanceMakeUse(published);
  const factors = usPurchaseFactors(balanced.table, facts, judged, options);
  const hosts = (role: "raw" | "intermediate") =>
    judged.elementHosts.filter((host) => host.role === role).map(({ commodity }) => commodity);
  const splits: ElementSplits = {
    elements: factors.elements,
    purchases: elementPurchases(factors),
    rawHosts: hosts("raw"),
    intermediateHosts: hosts("intermediate"),
    importColumn: "F05000",
    reading: options.reading ?? "embodying user",
  };
  return { balanced, factors, splits, table: carveOutElements(balanced.table, splits) };
}

/** The four factors of the purchases of a US table year. */
export function usPurchaseFactors(
  table: IoTable,
  facts: PurchaseFacts,
  judged: PurchaseJudgements,
  { endUses = "us", priceYear = table.year }: UsReeOptions = {},
): PurchaseFactors {
  const consumption = forYear(judged.usConsumption, table.year, "US consumption").tonnes;
  return {
    use: endUses === "us"
      ? usApplicationUse(table.year, consumption, facts, judged)
      : scaledTo(consumption, facts.worldUse),
    mix: elementShares(facts),
    distribution: industryDistribution(table, facts.applicationIndustries),
    prices: pricesOf(pricePanel(facts, judged), priceYear),
    elements: ELEMENTS,
  };
}

/** μ as shares from percents. */
export function elementShares(facts: Pick<PurchaseFacts, "elementMix">) {
  return facts.elementMix.map(({ application, element, sharePercent }) => ({
    application,
    element,
    share: sharePercent / 100,
  }));
}

/** USD per kg by element in one year of a price panel. @throws when the panel lacks the year */
export function pricesOf(panel: readonly ElementPrice[], year: number): Map<string, number> {
  const prices = panel.filter((price) => price.year === year);
  if (prices.length === 0) throw new RangeError(`the price panel has no year ${year}`);
  return new Map(prices.map(({ element, usdPerKg }) => [element, usdPerKg]));
}

function usApplicationUse(
  tableYear: number,
  consumption: number,
  facts: PurchaseFacts,
  judged: PurchaseJudgements,
) {
  const { endUseYear } = forYear(judged.usEndUseYears, tableYear, "US end-use year");
  const shares = facts.endUseShares.flatMap(({ region, year, element, use, sharePercent }) =>
    region === "USA" && year === endUseYear && element === "all REE"
      ? [{ year: endUseYear, use, sharePercent }]
      : []
  );
  return applicationUse(consumption, shares, judged.usEndUseWeights);
}

function scaledTo(consumption: number, use: PurchaseFacts["worldUse"]) {
  const world = use.reduce((sum, { tonnes }) => sum + tonnes, 0);
  return use.map(({ application, tonnes }) => ({
    application,
    tonnes: tonnes * consumption / world,
  }));
}

function forYear<Row extends { readonly tableYear: number }>(
  rows: readonly Row[],
  year: number,
  what: string,
): Row {
  const row = rows.find(({ tableYear }) => tableYear === year);
  if (row !== undefined) return row;
  throw new RangeError(
    `no ${what} for the table of ${year}; data/judged has ${
      rows.map(({ tableYear }) => tableYear)
    }`,
  );
}
