import {
  calibrate,
  exportQuota,
  loadElasticities,
  shockOf,
  solveEquilibrium,
} from "@ree/equilibrium";
import { loadWorldReeTable } from "@ree/equilibrium/world";
import { makePlan, mergeSweep, runPlan } from "@ree/sweep";
import pl from "nodejs-polars";
import { strictEqual } from "node:assert/strict";
import { join } from "node:path";
import { withFolder } from "../sweep/designs.ts";

Deno.test(
  "A sweep over the world of 41 countries gives the solver's numbers, bit for bit, from the plan's own inputs",
  withFolder(async (folder) => {
    const sweep = join(folder, "sweep");
    await makePlan({
      name: "world",
      kind: "equilibria",
      shards: 2,
      shared: {
        economy: { source: "world", year: 2009 },
        scenarios: {
          quota: {
            measures: [{
              kind: "exportQuota",
              exporter: "CHN",
              sectors: ["elements"],
              limit: "$limit",
            }],
          },
        },
      },
      axes: { limit: [0.6], closure: ["fixed", "entry"], sigma: [0.3, 0.8] },
    }, sweep);
    await runPlan(sweep, { workers: 2 });
    await mergeSweep(sweep);
    const rows = pl.readParquet(join(sweep, "merged.parquet")).toRecords();
    const { economy } = calibrate(loadWorldReeTable(2009), loadElasticities());
    const shock = shockOf(economy, exportQuota("CHN", ["elements"], 0.6));
    strictEqual(rows.length, 4);
    for (const row of rows) {
      const changed = { ...economy, sigma: economy.sigma.map(() => Number(row.sigma)) };
      const closure = { kind: row.closure as "fixed" | "entry" };
      const { welfare } = solveEquilibrium(changed, shock, { closure });
      economy.countries.forEach((country, n) =>
        strictEqual(row[`welfare.${country}`], 100 * (welfare[n] - 1))
      );
    }
  }),
);
