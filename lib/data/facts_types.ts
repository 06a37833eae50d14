/**
 * How a number was obtained. `direct`: read on the page named in `source`; `label inferred`: read, its label worked out;
 * `uncertain`; `conflict`: an alternative total, to be filtered out; `recalled`: quoted from memory of the literature;
 * `our judgement`; `yearend midpoint (…)`; `derived (…)`.
 */
export type Reading = string;

/** Mean price of an element's oxide in a year. */
export interface AnnualPrice {
  readonly element: string;
  readonly year: number;
  /** Current USD per kg of oxide. */
  readonly usdPerKg: number;
  readonly reading: Reading;
  readonly source: string;
}

/** A price as quoted; bases, units and kinds differ and must be filtered before use. */
export interface PriceQuote {
  /** Element symbol, or `mischmetal`, `PrNd`, `MtWeld_basket`. */
  readonly element: string;
  readonly form: string;
  /** Year, quarter, day or a description, as the source gives it. */
  readonly period: string;
  /** `period average`, `annual average`, `yearend`, `spot` or `as stated`. */
  readonly kind: string;
  /** Lower and upper end, in `unit`; equal when one number is quoted; null where the end is open. */
  readonly low: number | null;
  readonly high: number | null;
  /** `USD/kg`, `USD/t`, `CNY/kg` or `CNY/t`. */
  readonly unit: string;
  readonly basis: string;
  readonly reading: Reading;
  readonly note: string;
  readonly source: string;
}

/** A Chinese export quota for rare earths. */
export interface ExportQuota {
  readonly year: number;
  /** `H1`, `H2`, `second round` or `year`. */
  readonly period: string;
  /** `total`, an owner group, a weight group, or the 2005-2008 press estimate (another coverage: do not splice). */
  readonly group: string;
  /** Tonnes of rare earth oxide; null in 2015, when the quota was abolished. */
  readonly tonnes: number | null;
  readonly reading: Reading;
  readonly note: string;
  readonly source: string;
}

/** A Chinese export duty. */
export interface ExportDuty {
  /** Year, month or day of effect. */
  readonly effective: string;
  readonly product: string;
  /** Per cent of value. */
  readonly ratePercent: number | null;
  readonly previousPercent: number | null;
  readonly reading: Reading;
  readonly note: string;
  readonly source: string;
}

/** Share of a use in a region's consumption. */
export interface EndUseShare {
  readonly region: string;
  /** Null when the page gives none; then `period` tells. */
  readonly year: number | null;
  /** The year as written in the table. */
  readonly period: string;
  /** `all REE`, an element, or the ratio's description. */
  readonly element: string;
  readonly use: string;
  /** 0 to 100. */
  readonly sharePercent: number;
  readonly reading: Reading;
  readonly note: string;
  readonly source: string;
}

/** World consumption of an application in 2008. */
export interface WorldUse {
  readonly application: string;
  /** Tonnes of rare earth oxide. */
  readonly tonnes: number;
  readonly reading: Reading;
  readonly source: string;
}

/** Share of an element in the rare earths that an application uses; adds up to 100 by application. */
export interface ElementMix {
  readonly application: string;
  /** Element symbol, or `other` for unnamed elements. */
  readonly element: string;
  /** 0 to 100, by weight of oxide. */
  readonly sharePercent: number;
  readonly reading: Reading;
  readonly source: string;
}

/** An industry that uses an application first. */
export interface ApplicationIndustry {
  readonly application: string;
  /** BEA detail industry code, valid in 2007, 2012 and 2017. */
  readonly industry: string;
  /** BEA detail commodity codes in which the industry buys the element, in order of preference. */
  readonly hostCommodities: string[];
  /** c1 … c35. */
  readonly wiodSector: string;
  /** One of the 35 WIPO fields. */
  readonly wipoField: string;
  readonly why: string;
  readonly reading: Reading;
}

/** Mine production of a country in a snapshot year; zeros may be missing values. */
export interface MineProductionSnapshot {
  readonly country: string;
  readonly year: number;
  /** Tonnes of rare earth oxide equivalent. */
  readonly tonnes: number;
  readonly reading: Reading;
  readonly note: string;
  readonly source: string;
}

/** Whether Graedel et al. list an element as without adequate substitute for its major uses. */
export interface Substitutability {
  readonly element: string;
  readonly noAdequateSubstitute: boolean;
  readonly reading: Reading;
  readonly note: string;
  readonly source: string;
}

/** A single figure about trade or the market, from a secondary report. */
export interface MarketFact {
  readonly item: string;
  readonly period: string;
  readonly value: number;
  readonly unit: string;
  readonly note: string;
  readonly source: string;
}

/** All transcribed facts; every row carries its source (application industries are our own judgement). */
export interface Facts {
  readonly annualPrices: readonly AnnualPrice[];
  readonly prices: readonly PriceQuote[];
  readonly quotas: readonly ExportQuota[];
  readonly duties: readonly ExportDuty[];
  readonly endUseShares: readonly EndUseShare[];
  readonly worldUse: readonly WorldUse[];
  readonly elementMix: readonly ElementMix[];
  readonly applicationIndustries: readonly ApplicationIndustry[];
  readonly mineProduction: readonly MineProductionSnapshot[];
  readonly substitutability: readonly Substitutability[];
  readonly marketFacts: readonly MarketFact[];
}
