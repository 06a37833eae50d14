import { BEA_YEARS, loadBeaCodes } from "./bea_codes.ts";
import { type CsvTable, readCsvTable } from "./csv_table.ts";
import { DATA_DIR } from "./data_dir.ts";
import {
  checkApplicationIndustries,
  checkElementMix,
  checkEndUseShares,
  checkQuotas,
  checkSameApplications,
  type KnownCodes,
} from "./facts_checks.ts";
import {
  annualPrice,
  applicationIndustry,
  elementMix,
  endUseShare,
  exportDuty,
  exportQuota,
  marketFact,
  mineProductionSnapshot,
  priceQuote,
  substitutability,
  worldUse,
} from "./facts_rows.ts";
import type { Facts } from "./facts_types.ts";
import { inside } from "./read_source.ts";
import { WIOD_SECTORS } from "./wiod_labels.ts";
import { WIPO_FIELDS } from "./wipo_fields.ts";

/** Files of the facts tables and the columns that each must have, in their order. */
export const FACT_FILES = {
  annualPrices: {
    file: "ree_prices_annual.csv",
    columns: ["element", "year", "usd_per_kg_oxide", "reading", "source"],
    key: ["element", "year"],
  },
  prices: {
    file: "ree_prices.csv",
    columns: [
      "element",
      "form",
      "period",
      "kind",
      "low",
      "high",
      "unit",
      "basis",
      "reading",
      "note",
      "source",
    ],
    key: ["element", "form", "period", "kind", "unit", "basis", "source"],
  },
  quotas: {
    file: "china_ree_export_quotas.csv",
    columns: ["year", "period", "group", "tonnes", "reading", "note", "source"],
    key: ["year", "period", "group", "reading"],
  },
  duties: {
    file: "china_ree_export_duties.csv",
    columns: [
      "effective",
      "product",
      "rate_percent",
      "previous_percent",
      "reading",
      "note",
      "source",
    ],
    key: ["effective", "product"],
  },
  endUseShares: {
    file: "ree_end_use_shares.csv",
    columns: ["region", "year", "element", "use", "share_percent", "reading", "note", "source"],
    key: ["region", "year", "element", "use"],
  },
  worldUse: {
    file: "ree_use_by_application_world_2008.csv",
    columns: ["application", "tonnes_reo", "reading", "source"],
    key: ["application"],
  },
  elementMix: {
    file: "ree_element_mix_by_application.csv",
    columns: ["application", "element", "share_percent", "reading", "source"],
    key: ["application", "element"],
  },
  applicationIndustries: {
    file: "ree_application_industries.csv",
    columns: [
      "application",
      "bea_detail_industry",
      "host_commodities",
      "wiod2013_sector",
      "wipo_field",
      "why",
      "reading",
    ],
    key: ["application", "bea_detail_industry"],
  },
  mineProduction: {
    file: "ree_mine_production_usgs_snapshots.csv",
    columns: ["country", "year", "tonnes", "unit", "reading", "note", "source"],
    key: ["country", "year"],
  },
  substitutability: {
    file: "ree_no_adequate_substitute_graedel.csv",
    columns: ["element", "no_adequate_substitute_for_major_uses", "reading", "note", "source"],
    key: ["element"],
  },
  marketFacts: {
    file: "ree_trade_and_market_facts.csv",
    columns: ["item", "period", "value", "unit", "note", "source"],
    key: ["item", "period", "value"],
  },
} as const satisfies Record<
  keyof Facts,
  { file: string; columns: readonly string[]; key: readonly string[] }
>;

/** One of the facts tables, as its CSV stands. */
export function readFactTable(dir: string, name: keyof Facts): CsvTable {
  const { file, columns } = FACT_FILES[name];
  return readCsvTable(inside(dir, file), columns, {
    remedy: "restore the file; its columns are listed in data/README.md",
  });
}

/**
 * The transcribed facts about rare earths from the CSV files in `dir`.
 *
 * @param dir folder with the facts CSV files
 * @param codes known BEA codes; when absent, industry and commodity codes are not checked
 * @throws SourceError naming file, row, column and remedy: a non-numeric cell, a repeated key, an element mix or full set
 * of end-use shares that does not add up to 100 %, an unknown code, sector, field or application
 */
export function readFacts(dir: string, codes?: KnownCodes): Facts {
  const table = (name: keyof Facts) => readFactTable(dir, name);
  const tables = {
    quotas: table("quotas"),
    endUseShares: table("endUseShares"),
    worldUse: table("worldUse"),
    elementMix: table("elementMix"),
    applicationIndustries: table("applicationIndustries"),
  };
  const facts: Facts = {
    annualPrices: annualPrice(table("annualPrices"), FACT_FILES.annualPrices.key),
    prices: priceQuote(table("prices"), FACT_FILES.prices.key),
    quotas: exportQuota(tables.quotas, FACT_FILES.quotas.key),
    duties: exportDuty(table("duties"), FACT_FILES.duties.key),
    endUseShares: endUseShare(tables.endUseShares, FACT_FILES.endUseShares.key),
    worldUse: worldUse(tables.worldUse, FACT_FILES.worldUse.key),
    elementMix: elementMix(tables.elementMix, FACT_FILES.elementMix.key),
    applicationIndustries: applicationIndustry(
      tables.applicationIndustries,
      FACT_FILES.applicationIndustries.key,
    ),
    mineProduction: mineProductionSnapshot(table("mineProduction"), FACT_FILES.mineProduction.key),
    substitutability: substitutability(
      table("substitutability"),
      FACT_FILES.substitutability.key,
    ),
    marketFacts: marketFact(table("marketFacts"), FACT_FILES.marketFacts.key),
  };
  checkQuotas(tables.quotas);
  checkEndUseShares(tables.endUseShares);
  checkElementMix(tables.elementMix);
  checkSameApplications(tables.worldUse, tables.elementMix);
  checkSameApplications(tables.worldUse, tables.applicationIndustries);
  checkApplicationIndustries(tables.applicationIndustries, {
    industries: codes?.industries,
    commodities: codes?.commodities,
    sectors: WIOD_SECTORS,
    fields: WIPO_FIELDS,
  });
  return facts;
}

/**
 * The same facts from the project's `data/facts/`, checked against `data/bea_codes.csv`.
 *
 * @throws SourceError as {@linkcode readFacts}
 */
export function loadFacts(dataDir: string = DATA_DIR): Facts {
  return readFacts(
    inside(dataDir, "facts"),
    knownCodes((year) => {
      const codes = loadBeaCodes(year, dataDir);
      return { industries: codes.industry.codes, commodities: codes.commodity.codes };
    }),
  );
}

/** Codes that exist in every benchmark year: a fact that names one can be used with each table. */
export function knownCodes(ofYear: (year: number) => Required<KnownCodes>): Required<KnownCodes> {
  const years = BEA_YEARS.map(ofYear);
  const common = (list: (codes: Required<KnownCodes>) => readonly string[]) =>
    years.map(list).reduce((left, right) => {
      const other = new Set(right);
      return left.filter((code) => other.has(code));
    });
  return {
    industries: common((codes) => codes.industries),
    commodities: common((codes) => codes.commodities),
  };
}
