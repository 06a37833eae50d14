import {
  PATENTS_FILE,
  readIndustryValueAdded,
  readPatentCounts,
  readTradeFlows,
  readWorldPatentCounts,
  TRADE_FILE,
  VALUE_ADDED_FILE,
} from "@ree/data";
import type { ColumnNote, DerivedTable } from "../derived_table.ts";
import { frame, integers, numbers, texts } from "../frames.ts";

const ECONOMY: readonly ColumnNote[] = [
  { name: "economy", unit: "", description: "single country or territory, no aggregates" },
  { name: "iso3", unit: "", description: "ISO 3166 alpha-3" },
];
const COUNTS: readonly ColumnNote[] = [
  {
    name: "uspto_patents",
    unit: "patents",
    description: "granted by the USPTO, fractional counts rounded by the publisher",
  },
  {
    name: "patent_families",
    unit: "families",
    description: "fractional counts rounded by the publisher",
  },
];

/** The NSF indicators: patents, trade and value added. */
export const ncsesTables: readonly DerivedTable[] = [
  {
    file: "ncses_patents.parquet",
    description: "Patents by WIPO field, country and year, 1998 to 2018: 35 fields x 33 " +
      "countries. Not specific to rare earths. Aggregates are left out: economies of the " +
      "whitelist in lib/data/economies.ts only.",
    columns: [
      { name: "wipo_field", unit: "", description: "one of the 35 WIPO fields" },
      ...ECONOMY,
      { name: "year", unit: "", description: "1998 to 2018" },
      ...COUNTS,
    ],
    sources: [`ncses/${PATENTS_FILE}`],
    badge: "real",
    build: (context) => {
      const rows = readPatentCounts(context.source("ncses"));
      return frame({
        wipo_field: texts(rows.map(({ field }) => field)),
        economy: texts(rows.map(({ economy }) => economy)),
        iso3: texts(rows.map(({ iso3 }) => iso3)),
        year: integers(rows.map(({ year }) => year)),
        uspto_patents: integers(rows.map(({ usptoPatents }) => usptoPatents)),
        patent_families: integers(rows.map(({ patentFamilies }) => patentFamilies)),
      });
    },
  },
  {
    file: "ncses_patents_world.parquet",
    description: "World patents by WIPO field and year, with ALL FIELDS and unclassified, for " +
      "shares and checks.",
    columns: [
      { name: "wipo_field", unit: "", description: "WIPO field, ALL FIELDS or unclassified" },
      { name: "year", unit: "", description: "1998 to 2018" },
      ...COUNTS,
    ],
    sources: [`ncses/${PATENTS_FILE}`],
    badge: "real",
    build: (context) => {
      const rows = readWorldPatentCounts(context.source("ncses"));
      return frame({
        wipo_field: texts(rows.map(({ field }) => field)),
        year: integers(rows.map(({ year }) => year)),
        uspto_patents: integers(rows.map(({ usptoPatents }) => usptoPatents)),
        patent_families: integers(rows.map(({ patentFamilies }) => patentFamilies)),
      });
    },
  },
  {
    file: "ncses_trade.parquet",
    description: "Exports and imports by R&D intensity, country and year, 2003 to 2018: 3 groups " +
      "x 20 countries; KTI contains the two other groups.",
    columns: [
      { name: "product_group", unit: "", description: "KTI, high or medium-high R&D intensive" },
      { name: "flow", unit: "", description: "Exports or Imports" },
      ...ECONOMY,
      { name: "year", unit: "", description: "2003 to 2018" },
      { name: "value_musd", unit: "million USD", description: "current dollars" },
    ],
    sources: [`ncses/${TRADE_FILE}`],
    badge: "real",
    build: (context) => {
      const rows = readTradeFlows(context.source("ncses"));
      return frame({
        product_group: texts(rows.map(({ productGroup }) => productGroup)),
        flow: texts(rows.map(({ flow }) => flow)),
        economy: texts(rows.map(({ economy }) => economy)),
        iso3: texts(rows.map(({ iso3 }) => iso3)),
        year: integers(rows.map(({ year }) => year)),
        value_musd: numbers(rows.map(({ valueMusd }) => valueMusd)),
      });
    },
  },
  {
    file: "ncses_value_added.parquet",
    description: "Value added by industry group, country and year, 2002 to 2018: 15 groups x 74 " +
      "countries; KTI and the two R&D groups contain the other twelve.",
    columns: [
      { name: "industry", unit: "", description: "industry group" },
      ...ECONOMY,
      { name: "year", unit: "", description: "2002 to 2018" },
      { name: "value_added_musd", unit: "million USD", description: "current dollars" },
    ],
    sources: [`ncses/${VALUE_ADDED_FILE}`],
    badge: "real",
    build: (context) => {
      const rows = readIndustryValueAdded(context.source("ncses"));
      return frame({
        industry: texts(rows.map(({ industry }) => industry)),
        economy: texts(rows.map(({ economy }) => economy)),
        iso3: texts(rows.map(({ iso3 }) => iso3)),
        year: integers(rows.map(({ year }) => year)),
        value_added_musd: numbers(rows.map(({ valueAddedMusd }) => valueAddedMusd)),
      });
    },
  },
];
