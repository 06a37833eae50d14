import {
  BGS_FILE,
  DATA_DIR,
  makeUseFiles,
  WIOD_SECTOR_NAMES,
  WIOD_SECTORS,
  worldTableFile,
} from "@ree/data";
import { ELEMENTS } from "@ree/io-table";
import { defaultFiles, type DefaultMeasure, outcomeLabels } from "@ree/uncertainty";
import pl from "nodejs-polars";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ColumnNote, DerivedTable } from "../derived_table.ts";

/** Sectors whose exports are recorded: the most element-intensive ones. */
const SECTORS = ["c14", "c11", "c15"];

const SOURCES = [
  "wiod2013/layout.json",
  `wiod2013/${worldTableFile(2009)}`,
  `ree_production/${BGS_FILE}`,
  ...[makeUseFiles(2007).make, makeUseFiles(2007).use].map((file) => `bea_io/${file}`),
  "facts/ree_prices_annual.csv",
  "facts/ree_end_use_shares.csv",
  "facts/ree_element_mix_by_application.csv",
  "facts/ree_application_industries.csv",
  "facts/ree_use_by_application_world_2008.csv",
  "facts/china_ree_export_duties.csv",
  "facts/china_ree_export_quotas.csv",
  "productivity/pwt10.01_1990_2019.csv.gz",
  "productivity/us_industry_tfp_63ind_1987_2023.csv",
];

const READING =
  "every distribution is our judgement; sigma from SIMULATED patents. Drawing takes minutes, so that the build " +
  "keeps the file; `lib/uncertainty/main.ts` makes it anew, and notebook 7 refuses it when it is out of date";

const column = (name: string, unit: string, description: string): ColumnNote => ({
  name,
  unit,
  description,
});

const outcomes = outcomeLabels({
  restricting: "CHN",
  elements: ELEMENTS,
  sectors: SECTORS.map((sector) => ({
    sector,
    label: WIOD_SECTOR_NAMES[WIOD_SECTORS.findIndex((code) => code === sector)],
  })),
}).map(({ key, label, unit, closure }) =>
  column(key, unit, closure === "both" ? label : `${label}; technology: ${closure}`)
);

/** Draws of a counterfactual, made by `lib/uncertainty/main.ts` and kept by the build, and their summary. */
function tablesOf(measure: DefaultMeasure, what: string): DerivedTable[] {
  const { draws, results } = defaultFiles(measure);
  return [{
    file: draws,
    description:
      `Draws of all judged and estimated inputs through ${what}: outcomes of notebook 7 ` +
      "by row and part of a Saltelli design.",
    columns: [
      column("row", "", "row of the Sobol sequence"),
      column("part", "", "A, B, or A with one group of inputs from B"),
      column("failure", "", "why the draw has no outcomes; empty when it has"),
      column("sigmaSetToZero", "industries", "whose drawn sigma was below 0 or undefined"),
      ...outcomes,
    ],
    sources: SOURCES,
    badge: "simulated",
    reading: READING,
    build: () => pl.readParquet(join(DATA_DIR, draws)),
  }, {
    file: results,
    description: `Intervals and variance shares from the draws of ${what}, and what they rest on.`,
    columns: [
      column("count", "", "draws, failures by reason, sigma set to 0"),
      column(
        "intervals",
        "",
        "value at the inputs' own values, median and 95 % interval of every outcome",
      ),
      column("shares", "", "first-order and total share of every input, with intervals"),
      column("inputs", "", "measures and distributions"),
      column("provenance", "", "hash of all inputs, seed, rows, and the program"),
    ],
    sources: SOURCES,
    badge: "simulated",
    reading: READING,
    build: () => readFileSync(join(DATA_DIR, results), "utf8"),
  }];
}

/** Committed draws of notebook 7. */
export const uncertaintyTables: readonly DerivedTable[] = [
  ...tablesOf("quota", "the quota cut of 2010"),
  ...tablesOf("duty", "an export duty of about the same effect"),
];
