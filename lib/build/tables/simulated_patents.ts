import { DATA_DIR } from "@ree/data";
import {
  DEFAULT_ELASTICITIES_FILE,
  DEFAULT_ESTIMATION,
  defaultEstimates,
  SIMULATED_PATENTS,
  simulatedPatents,
} from "@ree/elasticity";
import type { DerivedTable } from "../derived_table.ts";

const { sectors, sigma, psi, noise, yearEffect, zeroInflation, meanPatents, seed } =
  SIMULATED_PATENTS;

const SOURCES = [
  "facts/ree_prices_annual.csv",
  "facts/china_ree_export_quotas.csv",
  "facts/ree_end_use_shares.csv",
  "facts/ree_element_mix_by_application.csv",
  "facts/ree_application_industries.csv",
  "productivity/us_industry_tfp_63ind_1987_2023.csv",
];

/** The default patent panel of the elasticity notebook, and what is estimated from it: SIMULATED. */
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
  sources: SOURCES,
  badge: "simulated",
  reading: `SIMULATED with mean sigma ${sigma.mean}, standard deviation ${sigma.sd}, psi ${psi}, ` +
    `noise ${noise}, year effects ${yearEffect}, share of zeroed cells ${zeroInflation}, mean patents ${meanPatents.element} and ` +
    `${meanPatents.other} per cell, seed ${seed} (lib/elasticity/simulated_patents.ts)`,
  // From the project's own tables, which the steps before have written when they changed.
  build: () => simulatedPatents(DATA_DIR),
}, {
  file: DEFAULT_ELASTICITIES_FILE,
  description:
    "Elasticities of substitution estimated from the SIMULATED patents above, for steps that run before notebook 4. " +
    "They recover what the patents were simulated with and say nothing about the world.",
  columns: [
    { name: "simulated", unit: "", description: "true" },
    { name: "source", unit: "", description: "what was estimated from" },
    { name: "scheme", unit: "", description: "what the sector codes are" },
    { name: "design", unit: "", description: "design of the estimator" },
    { name: "yearEffects", unit: "", description: "whether years have effects" },
    { name: "instrument", unit: "", description: "instrument of the price, or null" },
    { name: "psi", unit: "", description: "technology per unit of research, given" },
    { name: "mu", unit: "", description: "normalisation of design state" },
    { name: "pooled", unit: "", description: "mean and spread of sigma with interval" },
    { name: "sectors", unit: "", description: "sigma, interval and slope of every sector" },
    { name: "slopeCovariance", unit: "", description: "posterior covariance of the slopes" },
    { name: "sigmaCovariance", unit: "", description: "the same of sigma, delta method" },
    { name: "notEstimated", unit: "", description: "sectors without an estimate and why" },
  ],
  sources: SOURCES,
  badge: "simulated",
  reading: `SIMULATED; design ${DEFAULT_ESTIMATION.design}, psi ${psi}, without effects of years ` +
    "(lib/elasticity/default_estimates.ts)",
  build: () => `${JSON.stringify(defaultEstimates(DATA_DIR), null, 1)}\n`,
}];
