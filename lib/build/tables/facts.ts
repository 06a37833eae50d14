import { FACT_FILES, type Facts, readFactTable } from "@ree/data";
import { csvText } from "../csv_text.ts";
import type { Badge, ColumnNote, DerivedTable } from "../derived_table.ts";

const SOURCE: ColumnNote = {
  name: "source",
  unit: "",
  description: "address of the page, or the publication",
};
const NOTE: ColumnNote = { name: "note", unit: "", description: "remark of the transcriber" };
const READING: ColumnNote = {
  name: "reading",
  unit: "",
  description: "direct, label inferred, uncertain, conflict, recalled, our judgement, …",
};
const ELEMENT: ColumnNote = { name: "element", unit: "", description: "element symbol" };
const APPLICATION: ColumnNote = {
  name: "application",
  unit: "",
  description: "one of ten applications (after Goonan 2011)",
};
const YEAR: ColumnNote = { name: "year", unit: "", description: "calendar year" };

const MIXED = "per row, in the column `reading`";

/** Tables whose numbers were not read on a page. */
const BADGES: Readonly<Partial<Record<keyof Facts, Badge>>> = {
  worldUse: "recalled",
  elementMix: "recalled",
  applicationIndustries: "judged",
};

const NOTES: Readonly<
  Record<keyof Facts, {
    readonly description: string;
    readonly reading: string;
    readonly columns: readonly ColumnNote[];
  }>
> = {
  annualPrices: {
    description: "One price per element and year. Pr and Sm end in 2012, Y covers 2015 to 2019, " +
      "Gd is absent; 2010 to 2012 are recalled.",
    reading: `${MIXED}; 24 rows are recalled from the literature`,
    columns: [
      ELEMENT,
      YEAR,
      { name: "usd_per_kg_oxide", unit: "USD/kg oxide", description: "current dollars" },
      READING,
      SOURCE,
    ],
  },
  prices: {
    description: "Price quotations on mixed bases: filter by kind, unit, basis and form before " +
      "any comparison.",
    reading: MIXED,
    columns: [
      { ...ELEMENT, description: "element symbol, mischmetal, PrNd or MtWeld_basket" },
      { name: "form", unit: "", description: "oxide, metal or basket and its purity" },
      { name: "period", unit: "", description: "year, quarter, day or description" },
      {
        name: "kind",
        unit: "",
        description: "period average, annual average, yearend, spot, as stated",
      },
      { name: "low", unit: "see unit", description: "lower end" },
      { name: "high", unit: "see unit", description: "upper end; equals low for one number" },
      { name: "unit", unit: "", description: "USD/kg, USD/t, CNY/kg or CNY/t" },
      { name: "basis", unit: "", description: "FOB China, China domestic, USGS, international" },
      READING,
      NOTE,
      SOURCE,
    ],
  },
  quotas: {
    description: "Chinese export quotas 2005 to 2015. Totals 2009 to 2014 are rows with period " +
      "year, group total and a reading other than conflict; 2005 to 2008 have another coverage.",
    reading: MIXED,
    columns: [
      YEAR,
      { name: "period", unit: "", description: "H1, H2, second round or year" },
      { name: "group", unit: "", description: "total, owner or weight group, press estimate" },
      { name: "tonnes", unit: "t REO", description: "empty in 2015: quota abolished" },
      READING,
      NOTE,
      SOURCE,
    ],
  },
  duties: {
    description: "Chinese export duties on rare earths.",
    reading: MIXED,
    columns: [
      { name: "effective", unit: "", description: "year, month or day of effect" },
      { name: "product", unit: "", description: "product or measure" },
      { name: "rate_percent", unit: "%", description: "duty, ad valorem" },
      { name: "previous_percent", unit: "%", description: "duty before" },
      READING,
      NOTE,
      SOURCE,
    ],
  },
  endUseShares: {
    description: "Shares of end uses; the US lists of 2009, 2015 and 2018 are complete, others " +
      "are partial.",
    reading: MIXED,
    columns: [
      { name: "region", unit: "", description: "USA, China or World" },
      { name: "year", unit: "", description: "year, or undated" },
      { name: "element", unit: "", description: "all REE, an element, or a ratio's name" },
      { name: "use", unit: "", description: "end use as published" },
      { name: "share_percent", unit: "%", description: "share of consumption by weight" },
      READING,
      NOTE,
      SOURCE,
    ],
  },
  worldUse: {
    description: "World consumption of rare earths by application, 2008.",
    reading: "recalled (quoted from memory of the literature; verify against the report)",
    columns: [
      APPLICATION,
      { name: "tonnes_reo", unit: "t REO", description: "consumption in 2008" },
      READING,
      SOURCE,
    ],
  },
  elementMix: {
    description: "Shares of elements in the rare earths that an application uses; they add up to " +
      "100 by application.",
    reading: "recalled (quoted from memory of the literature; verify against the report)",
    columns: [
      APPLICATION,
      { ...ELEMENT, description: "element symbol, or other for unnamed elements" },
      { name: "share_percent", unit: "%", description: "share by weight of oxide" },
      READING,
      SOURCE,
    ],
  },
  applicationIndustries: {
    description: "Industries that use an application first, and the commodities in which they " +
      "buy the element.",
    reading: "our judgement",
    columns: [
      APPLICATION,
      {
        name: "bea_detail_industry",
        unit: "",
        description: "BEA code, valid in 2007, 2012 and 2017",
      },
      {
        name: "host_commodities",
        unit: "",
        description: "BEA commodity codes by preference, separated by semicolons",
      },
      { name: "wiod2013_sector", unit: "", description: "c1 to c35" },
      { name: "wipo_field", unit: "", description: "one of the 35 WIPO fields" },
      { name: "why", unit: "", description: "what the industry makes with it" },
      READING,
    ],
  },
  mineProduction: {
    description: "Mine production in 1994, 2004 and 2014 (a secondary rendering of USGS numbers; " +
      "zeros may be missing values).",
    reading: MIXED,
    columns: [
      { name: "country", unit: "", description: "country, or Total" },
      YEAR,
      { name: "tonnes", unit: "t REO", description: "mine production" },
      { name: "unit", unit: "", description: "t REO" },
      READING,
      NOTE,
      SOURCE,
    ],
  },
  substitutability: {
    description: "Elements that Graedel et al. (2013) list as without adequate substitute for " +
      "their major uses; the 0 to 100 scores could not be read.",
    reading: MIXED,
    columns: [
      ELEMENT,
      {
        name: "no_adequate_substitute_for_major_uses",
        unit: "",
        description: "1 on the list, 0 not on it",
      },
      READING,
      NOTE,
      SOURCE,
    ],
  },
  marketFacts: {
    description: "Single figures on trade and market from secondary reports; rows whose note " +
      "says CONFLICT contradict each other.",
    reading: "secondary reports",
    columns: [
      { name: "item", unit: "", description: "what is counted" },
      { name: "period", unit: "", description: "year, or months of a year" },
      { name: "value", unit: "see unit", description: "the figure" },
      { name: "unit", unit: "", description: "unit of the figure" },
      NOTE,
      SOURCE,
    ],
  },
};

/** The transcribed facts; the build checks them and writes them with plain line ends and quotes. */
export const factTables: readonly DerivedTable[] = (Object.keys(FACT_FILES) as (keyof Facts)[]).map(
  (name): DerivedTable => ({
    file: `facts/${FACT_FILES[name].file}`,
    description: NOTES[name].description,
    columns: NOTES[name].columns,
    sources: [`facts/${FACT_FILES[name].file}`],
    badge: BADGES[name] ?? "real",
    reading: NOTES[name].reading,
    build: (context) => {
      context.facts();
      const { columns } = FACT_FILES[name];
      const table = readFactTable(context.source("facts"), name);
      return csvText(columns, table.rows.map((row) => columns.map((column) => row.cells[column])));
    },
  }),
);
