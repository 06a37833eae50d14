import type { ColumnNote, JudgedTable } from "../derived_table.ts";

const note = (name: string, unit: string, description: string): ColumnNote => ({
  name,
  unit,
  description,
});
const READING = note("reading", "", "how the row was arrived at");
const JUDGEMENT = "our judgement";

/** The tables written by hand under data/judged/. */
export const judgedTables: readonly JudgedTable[] = [
  {
    file: "judged/us_consumption.csv",
    description: "US consumption of rare earths assigned to each benchmark year.",
    columns: [
      note("table_year", "", "benchmark year"),
      note("tonnes_reo", "tonnes of oxide", "consumption"),
      note("fact_year", "", "year of the published figure"),
      READING,
      note("note", "", "why this figure"),
      note("source", "", "page of the figure"),
    ],
    reading: JUDGEMENT,
  },
  {
    file: "judged/us_end_use_years.csv",
    description: "Which published US end-use table stands for each benchmark year.",
    columns: [
      note("table_year", "", "benchmark year"),
      note("end_use_year", "", "year of the end-use table"),
      READING,
      note("note", "", "why this table"),
    ],
    reading: JUDGEMENT,
  },
  {
    file: "judged/us_end_use_to_application.csv",
    description: "Weights with which published US end uses belong to the ten applications.",
    columns: [
      note("end_use_year", "", "year of the end-use table"),
      note("use", "", "published end use"),
      note("application", "", "one of ten"),
      note("weight", "relative", "divided by the sum over the use's applications"),
      note("basis", "", "where the weight comes from"),
      READING,
    ],
    reading: JUDGEMENT,
  },
  {
    file: "judged/price_companions.csv",
    description: "Which element's price stands in, times a ratio, where an element has none.",
    columns: [
      note("element", "", "element with gaps"),
      note("companion", "", "element whose price stands in"),
      note(
        "ratio",
        "price over price",
        "empty: geometric mean over the years in which both are given",
      ),
      note("basis", "", "how the ratio was found"),
      READING,
      note("source", "", "rows it rests on"),
    ],
    reading: "imputed (our rule)",
  },
  {
    file: "judged/critical_inputs.csv",
    description: "Critical inputs other than rare earths that can be carved out of the world " +
      "table: size, suppliers and users, several rows per input. An input keeps its share in world " +
      "GDP (amount times price over world GDP, one year) when it moves to the table's year.",
    columns: [
      note("input", "", "name, the label of its sector"),
      note("item", "", "host, amount, price, world_gdp, supplier, user or user_country"),
      note(
        "label",
        "",
        "WIOD sector of a host or user, country of a supplier, `c14 JPN` of a user_country, year of the others",
      ),
      note("value", "", "number in the unit of the row; shares of suppliers and of users sum to 1"),
      note("unit", "", "t, USD/kg, trillion USD or share"),
      note("source", "", "publication, or the argument"),
      READING,
    ],
    reading: "recalled, or our judgement",
  },
  {
    file: "judged/element_hosts.csv",
    description: "Commodities as which elements leave their makers (raw), or pass on their way " +
      "into fabricated products (intermediate), in the order in which they are searched.",
    columns: [
      note("commodity", "", "BEA detail code"),
      note("role", "", "raw or intermediate"),
      note("order", "", "search order"),
      note("why", "", "reason"),
      READING,
    ],
    reading: JUDGEMENT,
  },
  {
    file: "judged/world_hosts.csv",
    description: "World sector that sells the elements of each application.",
    columns: [
      note("application", "", "one of ten"),
      note("wiod2013_host", "", "c9 chemicals or c12 metals"),
      note("why", "", "reason"),
      READING,
    ],
    reading: JUDGEMENT,
  },
  {
    file: "judged/hs_sectors.csv",
    description:
      "Goods of the Harmonized System by sectors of WIOD 2013: a chapter goes to the sector of most of its products, headings " +
      "and products that belong elsewhere follow; the longest code that a product begins with decides. From the concordance of " +
      "HS 2007 and ISIC 3 (S. Liao, I. S. Kim, S. Miyano, H. Zhang, `hs3_isic3`), whose divisions make up the sectors.",
    columns: [
      note("hs", "", "chapter, heading or product: 2, 4 or 6 digits"),
      note("wiod2013_sector", "", "c1 to c34"),
      note("why", "", "why the row is there"),
      READING,
    ],
    reading:
      "derived from a published concordance; other revisions of the HS go by chapter and heading",
  },
  {
    file: "judged/us_industry_world_sectors.csv",
    description:
      "US industries of the productivity accounts whose activity each world sector has; " +
      "an industry may stand in several sectors.",
    columns: [
      note("wiod2013_sector", "", "c1 to c35"),
      note("industry_id", "", "1 to 63, as in us_industry_productivity.parquet"),
      note("industry", "", "name in the productivity accounts"),
      note("why", "", "reason"),
      READING,
    ],
    reading: JUDGEMENT,
  },
  {
    file: "judged/events.csv",
    description: "Dated policy events drawn on every time chart.",
    columns: [
      note("date", "", "ISO date"),
      note("label", "", "what happened"),
      note("kind", "", "quota, duty, wto or incident"),
      READING,
      note("source", "", "page of the date"),
    ],
    reading: "direct, one date recalled",
  },
  {
    file: "judged/elasticities.csv",
    description: "Elasticities of the equilibrium model: trade (theta), elements against other " +
      "inputs (sigma), between elements (eta), technology (psi), supply of elements (supply).",
    columns: [
      note("parameter", "", "theta, sigma, eta, psi or supply"),
      note("sector", "", "c1 to c35, an element, `elements` for all elements, * for all sectors"),
      note("value", "elasticity", "default of the calibration"),
      note("low", "elasticity", "lower end of the range for sensitivity"),
      note("high", "elasticity", "upper end of the range"),
      note("source", "", "publication and row, or the argument"),
      READING,
    ],
    reading: "recalled, or our judgement",
  },
  {
    file: "judged/input_distributions.csv",
    description: "How draws of an elasticity spread over its range in elasticities.csv, for " +
      "intervals of the model's results. Draws of element weights have their own spread, " +
      "`CONCENTRATIONS` in `lib/io_table`.",
    columns: [
      note("input", "", "theta, sigma, eta, psi or supply"),
      note("shape", "", "triangular between low and high with the value as peak, or so in logs"),
      note(
        "common",
        "part of 1",
        "of the variance of the normal scores, shared by all rows of the parameter",
      ),
      note("why", "", "argument"),
      READING,
    ],
    reading: JUDGEMENT,
  },
  {
    file: "judged/published_effects.csv",
    description:
      "Effects of export restrictions and import stops that publications report, to be " +
      "read beside the model's.",
    columns: [
      note("study", "", "authors and year"),
      note("event", "", "what happened or was simulated"),
      note("effect", "", "what was measured"),
      note("low", "see unit", "lower end; empty where only a direction is known"),
      note("high", "see unit", "upper end"),
      note("unit", "", "unit of the effect"),
      note("note", "", "remark"),
      note("source", "", "page of the number, or the publication"),
      READING,
    ],
    reading: "direct from abstracts, one row recalled",
  },
  {
    file: "judged/patent_texts.jsonl",
    description: "Patent-like texts written for this project (none is a real patent, no wording " +
      "is taken from one), with labels by `lib/patents/label_guide.md`. They train and test the " +
      "classifiers; no count, date or number in them is evidence about the world.",
    columns: [
      note("id", "", "key; the order of the file is random"),
      note("title", "", "invented title"),
      note("abstract", "", "invented abstract, 50 to 110 words"),
      note("year", "", "invented year of publication, 2003 to 2018"),
      note(
        "primary",
        "",
        "efficiency, substitution, recycling, extraction-processing, new-use or mention-only",
      ),
      note("labels", "", "all labels that apply, the primary one first"),
      note(
        "elements",
        "",
        "symbols of the rare earths concerned, as far as the text names them; for the three " +
          "element-saving labels the elements saved or recovered",
      ),
      note("evidence", "", "exact passage of title or abstract that shows the primary label"),
      note("group", "", "near-duplicates share the id of one of them; keep a group in one fold"),
      note("style", "", "native or machine-translated (imitated)"),
      note("hard", "", "true: written as a trap or borderline case"),
      note("second", "", "primary label of a second reader; null: not read a second time"),
    ],
    reading: "written and labelled by a language model, not by a patent examiner; `second` is a " +
      "reading of text and guide alone, null where not done",
  },
  {
    file: "judged/world_sectors.csv",
    description:
      "Sectors of OECD ICIO, WIOD 2016 and EXIOBASE 3 by those of WIOD 2013; several lines divide a " +
      "sector in proportion to the world outputs of its parts in the shipped table of 2011.",
    columns: [
      note("list", "", "oecd-icio, wiod2016 or exiobase"),
      note("sector", "", "code of that table, or its name in EXIOBASE"),
      note("wiod2013_sector", "", "c1 to c35"),
      note("why", "", "reason"),
      READING,
    ],
    reading: JUDGEMENT,
  },
];
