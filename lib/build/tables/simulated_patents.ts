import { DATA_DIR } from "@ree/data";
import { SIMULATED_PATENTS, simulatedPatents } from "@ree/elasticity";
import type { DerivedTable } from "../derived_table.ts";

const { sectors, sigma, psi, noise, yearEffect, zeroInflation, meanPatents, seed } =
  SIMULATED_PATENTS;

/** The default patent panel of the elasticity notebook: SIMULATED. */
export const simulatedPatentTables: readonly DerivedTable[] = [{
  file: "simulated_patents.parquet",
  description:
    `SIMULATED patents of ${sectors} US industries, 2007 to 2018, on real relative prices and real ` +
    "exposures: innovation follows the model with known elasticities. No number of patents in it is real.",
  columns: [
    { name: "sector", unit: "", description: "US industry (BEA-BLS), by rare earth intensity" },
    { name: "year", unit: "", description: "calendar year" },
    {
      name: "patents_element",
      unit: "patents",
      description: "SIMULATED patents on element-augmenting technology",
    },
    {
      name: "patents_other",
      unit: "patents",
      description: "SIMULATED patents on technology that augments other inputs",
    },
    {
      name: "log_relative_price",
      unit: "log points",
      description: "real: element prices in the industry's mix over its other inputs, 2007 = 0",
    },
    {
      name: "instrument",
      unit: "log points",
      description: "real: quota tightness × element mix × how hard the elements are to replace",
    },
    { name: "stock_element", unit: "index", description: "SIMULATED element technology" },
    { name: "stock_other", unit: "index", description: "SIMULATED other technology" },
    {
      name: "knowledge_element",
      unit: "patents",
      description: "SIMULATED stock of element patents at the start of the year",
    },
    {
      name: "knowledge_other",
      unit: "patents",
      description: "SIMULATED stock of other patents at the start of the year",
    },
    {
      name: "true_sigma",
      unit: "",
      description: "SIMULATED: the elasticity drawn for the industry",
    },
    { name: "origin", unit: "", description: "SIMULATED in every row" },
  ],
  sources: [
    "facts/ree_prices_annual.csv",
    "facts/china_ree_export_quotas.csv",
    "facts/ree_end_use_shares.csv",
    "facts/ree_element_mix_by_application.csv",
    "facts/ree_application_industries.csv",
    "productivity/us_industry_tfp_63ind_1987_2023.csv",
  ],
  badge: "simulated",
  reading: `SIMULATED with mean sigma ${sigma.mean}, standard deviation ${sigma.sd}, psi ${psi}, ` +
    `noise ${noise}, year effects ${yearEffect}, share of zeroed cells ${zeroInflation}, mean patents ${meanPatents.element} and ` +
    `${meanPatents.other} per cell, seed ${seed} (lib/elasticity/simulated_patents.ts)`,
  // From the project's own tables, which the steps before have written when they changed.
  build: () => simulatedPatents(DATA_DIR),
}];
