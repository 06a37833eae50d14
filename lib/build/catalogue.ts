import type { DerivedTable } from "./derived_table.ts";
import { beaTables } from "./tables/bea.ts";
import { crosswalkTables } from "./tables/crosswalks.ts";
import { elementTables } from "./tables/elements.ts";
import { factTables } from "./tables/facts.ts";
import { ncsesTables } from "./tables/ncses.ts";
import { productionTables } from "./tables/production.ts";
import { productivityTables } from "./tables/productivity.ts";
import { intensityTables } from "./tables/ree_intensities.ts";
import { simulatedPatentTables } from "./tables/simulated_patents.ts";
import { uncertaintyTables } from "./tables/uncertainty_draws.ts";
import { wiodTables } from "./tables/wiod.ts";
import { wiodPanelTables } from "./tables/wiod_panel.ts";

/** All derived tables in the order in which they are built and listed in data/README.md. */
export const CATALOGUE: readonly DerivedTable[] = [
  ...beaTables,
  ...wiodTables,
  ...wiodPanelTables,
  ...factTables,
  ...productionTables,
  ...elementTables,
  ...ncsesTables,
  ...productivityTables,
  ...crosswalkTables,
  ...intensityTables,
  ...simulatedPatentTables,
  ...uncertaintyTables,
];
