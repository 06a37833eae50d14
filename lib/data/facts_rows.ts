import {
  cellError,
  checkUnique,
  type CsvRow,
  type CsvTable,
  integerCell,
  numberCell,
  oneOf,
  optionalNumber,
  requiredText,
  textCell,
} from "./csv_table.ts";
import type {
  AnnualPrice,
  ApplicationIndustry,
  ElementMix,
  EndUseShare,
  ExportDuty,
  ExportQuota,
  MarketFact,
  MineProductionSnapshot,
  PriceQuote,
  Substitutability,
  WorldUse,
} from "./facts_types.ts";
import { RARE_EARTHS } from "./rare_earths.ts";

/** Checks that keys are unique and parses every row of a table. */
type RowParser<T> = (table: CsvTable, key: readonly string[]) => readonly T[];

const parser = <T>(parse: (row: CsvRow) => T): RowParser<T> => (table, key) => {
  checkUnique(table.rows, key);
  return table.rows.map(parse);
};

const year = (row: CsvRow) => integerCell(row, "year", 1900, 2100);

function atLeastZero(row: CsvRow, column: string): number {
  const value = numberCell(row, column);
  if (value < 0) throw cellError(row, column, "a number of at least 0");
  return value;
}

function percent(row: CsvRow, column: string): number {
  const value = atLeastZero(row, column);
  if (value > 100) throw cellError(row, column, "a share from 0 to 100");
  return value;
}

/** The units' own bound: the dearest oxide at its peak (Eu, Tb in 2011) stayed under 10,000 USD per kg. */
const MAX_USD_PER_KG = 10_000;

export const annualPrice: RowParser<AnnualPrice> = parser((row) => {
  const usdPerKg = numberCell(row, "usd_per_kg_oxide");
  if (!(usdPerKg > 0) || usdPerKg > MAX_USD_PER_KG) {
    throw cellError(row, "usd_per_kg_oxide", `USD per kg above 0 and at most ${MAX_USD_PER_KG}`);
  }
  return {
    element: oneOf(row, "element", RARE_EARTHS),
    year: year(row),
    usdPerKg,
    reading: requiredText(row, "reading"),
    source: requiredText(row, "source"),
  };
});

export const priceQuote: RowParser<PriceQuote> = parser((row) => {
  const low = optionalNumber(row, "low");
  const high = optionalNumber(row, "high");
  if (low !== null && high !== null && low > high) {
    throw cellError(row, "high", `a number of at least low, ${low}`);
  }
  return {
    element: oneOf(row, "element", [...RARE_EARTHS, "mischmetal", "PrNd", "MtWeld_basket"]),
    form: requiredText(row, "form"),
    period: requiredText(row, "period"),
    kind: oneOf(row, "kind", ["period average", "annual average", "yearend", "spot", "as stated"]),
    low,
    high,
    unit: oneOf(row, "unit", ["USD/kg", "USD/t", "CNY/kg", "CNY/t"]),
    basis: requiredText(row, "basis"),
    reading: requiredText(row, "reading"),
    note: textCell(row, "note"),
    source: requiredText(row, "source"),
  };
});

export const exportQuota: RowParser<ExportQuota> = parser((row) => ({
  year: year(row),
  period: oneOf(row, "period", ["H1", "H2", "second round", "year"]),
  group: requiredText(row, "group"),
  tonnes: optionalNumber(row, "tonnes"),
  reading: requiredText(row, "reading"),
  note: textCell(row, "note"),
  source: requiredText(row, "source"),
}));

export const exportDuty: RowParser<ExportDuty> = parser((row) => ({
  effective: requiredText(row, "effective"),
  product: requiredText(row, "product"),
  ratePercent: optionalNumber(row, "rate_percent"),
  previousPercent: optionalNumber(row, "previous_percent"),
  reading: requiredText(row, "reading"),
  note: textCell(row, "note"),
  source: requiredText(row, "source"),
}));

export const endUseShare: RowParser<EndUseShare> = parser((row) => {
  const period = requiredText(row, "year");
  return {
    region: requiredText(row, "region"),
    year: /^\d{4}$/.test(period) ? Number(period) : null,
    period,
    element: requiredText(row, "element"),
    use: requiredText(row, "use"),
    sharePercent: percent(row, "share_percent"),
    reading: requiredText(row, "reading"),
    note: textCell(row, "note"),
    source: requiredText(row, "source"),
  };
});

export const worldUse: RowParser<WorldUse> = parser((row) => ({
  application: requiredText(row, "application"),
  tonnes: atLeastZero(row, "tonnes_reo"),
  reading: requiredText(row, "reading"),
  source: requiredText(row, "source"),
}));

export const elementMix: RowParser<ElementMix> = parser((row) => ({
  application: requiredText(row, "application"),
  element: oneOf(row, "element", [...RARE_EARTHS, "other"]),
  sharePercent: percent(row, "share_percent"),
  reading: requiredText(row, "reading"),
  source: requiredText(row, "source"),
}));

export const applicationIndustry: RowParser<ApplicationIndustry> = parser((row) => ({
  application: requiredText(row, "application"),
  industry: requiredText(row, "bea_detail_industry"),
  hostCommodities: requiredText(row, "host_commodities").split(";"),
  wiodSector: requiredText(row, "wiod2013_sector"),
  wipoField: requiredText(row, "wipo_field"),
  why: requiredText(row, "why"),
  reading: requiredText(row, "reading"),
}));

export const mineProductionSnapshot: RowParser<MineProductionSnapshot> = parser((row) => {
  oneOf(row, "unit", ["t REO"]);
  return {
    country: requiredText(row, "country"),
    year: year(row),
    tonnes: atLeastZero(row, "tonnes"),
    reading: requiredText(row, "reading"),
    note: textCell(row, "note"),
    source: requiredText(row, "source"),
  };
});

export const substitutability: RowParser<Substitutability> = parser((row) => ({
  element: oneOf(row, "element", RARE_EARTHS),
  noAdequateSubstitute: oneOf(row, "no_adequate_substitute_for_major_uses", ["0", "1"]) === "1",
  reading: requiredText(row, "reading"),
  note: textCell(row, "note"),
  source: requiredText(row, "source"),
}));

export const marketFact: RowParser<MarketFact> = parser((row) => ({
  item: requiredText(row, "item"),
  period: requiredText(row, "period"),
  value: numberCell(row, "value"),
  unit: requiredText(row, "unit"),
  note: textCell(row, "note"),
  source: requiredText(row, "source"),
}));
