import { DATA_DIR } from "@ree/data";
import { join } from "node:path";
import { estimateElasticities } from "./estimate_elasticities.ts";
import { type EstimatedElasticities, estimatedElasticities } from "./estimated_elasticities.ts";
import { loadPatentPanel, SIMULATED_PATENTS_FILE } from "./load_patent_panel.ts";
import { SIMULATED_PATENTS } from "./simulated_patents.ts";

/**
 * How the committed estimates are made, and what notebook 4 starts from. Without effects of years, because real element prices
 * move so much together that with them the panel says little; `lib/elasticity/README.md` says what that rests on.
 */
export const DEFAULT_ESTIMATION = {
  design: "counts",
  psi: SIMULATED_PATENTS.psi,
  cluster: "sector",
  yearEffects: false,
  pooling: "empirical-bayes",
} as const;

/** Estimates from the default panel, whose patents are SIMULATED. */
export function defaultEstimates(dataDir: string = DATA_DIR): EstimatedElasticities {
  const panel = loadPatentPanel(join(dataDir, SIMULATED_PATENTS_FILE));
  return estimatedElasticities(estimateElasticities(panel, DEFAULT_ESTIMATION), {
    simulated: true,
    source: `SIMULATED patents, data/${SIMULATED_PATENTS_FILE}`,
    scheme: "US industries of the BEA-BLS productivity accounts",
    design: DEFAULT_ESTIMATION.design,
    yearEffects: DEFAULT_ESTIMATION.yearEffects,
  });
}
