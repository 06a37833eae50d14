import type { SweepDesign } from "@ree/sweep";
import { join } from "node:path";

/** A folder that is removed at the end. */
export function withFolder(work: (folder: string) => Promise<void>): () => Promise<void> {
  return async () => {
    const folder = Deno.makeTempDirSync({ prefix: "sweep-" });
    try {
      await work(folder);
    } finally {
      Deno.removeSync(folder, { recursive: true });
    }
  };
}

/** Quotas and closures on the small economy; 3 × 2 × draws runs. */
export function quotaDesign(draws = 4, shards = 5): SweepDesign {
  return {
    name: "quota",
    kind: "equilibria",
    seed: 7,
    shards,
    shared: {
      economy: { source: "small" },
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
      outputs: ["welfare", { measure: "price", countries: ["JPN"], sectors: "elements" }],
    },
    draws: {
      type: "sobol",
      count: draws,
      distributions: { sigma: { low: 0.2, high: 1.5 }, eta: { mean: 0.8, sd: 0.1 } },
    },
    axes: { limit: [0.4, 0.6, 0.9], closure: ["fixed", "entry"] },
  };
}

/** Names of all files below a folder, temporary ones included. */
export function filesBelow(folder: string): string[] {
  return [...Deno.readDirSync(folder)].flatMap(({ name, isDirectory }) =>
    isDirectory ? filesBelow(join(folder, name)).map((file) => `${name}/${file}`) : [name]
  ).sort();
}
