import { monteCarlo } from "@ree/elasticity";
import { makePlan, mergeSweep, runPlan } from "@ree/sweep";
import pl from "nodejs-polars";
import { deepStrictEqual, rejects, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import { withFolder } from "./designs.ts";

const simulation = { sectors: 8, years: 8, sigma: 0.5 };
const estimation = { design: "flow", psi: 1, pooling: "none" } as const;

Deno.test(
  "A sweep of replications is the estimator's own Monte Carlo study, in every cell of the grid",
  withFolder(async (folder) => {
    const sweep = join(folder, "study");
    await makePlan({
      name: "study",
      kind: "monte-carlo",
      seed: 3,
      shards: 3,
      shared: { simulation, estimation },
      draws: { type: "replications", count: 6 },
      axes: { "simulation.noise": [0.1, 0.5] },
    }, sweep);
    await runPlan(sweep, { workers: 2 });
    await mergeSweep(sweep);
    const rows = pl.readParquet(join(sweep, "merged.parquet")).toRecords();
    for (const noise of [0.1, 0.5]) {
      const { rows: own } = await monteCarlo({
        simulation: { ...simulation, noise },
        estimation,
        seed: 3,
        replications: 6,
        workers: 0,
      });
      const cell = rows.filter((row) => row["simulation.noise"] === noise);
      deepStrictEqual(cell.map(({ draw }) => draw), [0, 1, 2, 3, 4, 5]);
      own.forEach((row, k) => {
        for (const name of ["mean", "se", "lower", "trueMean", "zeroShare", "covered"] as const) {
          strictEqual(cell[k][name], row[name]);
        }
        strictEqual(cell[k].data, "SIMULATED");
      });
    }
  }),
);

Deno.test(
  "Options that do not exist are refused when the plan is made",
  withFolder(async (folder) => {
    const plan = (shared: object, axes = {}) =>
      makePlan({
        name: "study",
        kind: "monte-carlo",
        shared: shared as never,
        axes,
      }, join(folder, "study"));
    await rejects(
      plan({ simulation: { nois: 1 }, estimation }),
      /simulation\.nois: no such option/,
    );
    await rejects(plan({ simulation, estimation }, { noise: [1] }), /parameter "noise"/);
    await rejects(plan({ simulation, estimation: { psi: 1 } }), /estimation\.design is missing/);
  }),
);
