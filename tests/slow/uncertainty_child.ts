/** Draws in a process of its own, so that a test can kill it: `uncertainty_child.ts FOLDER`. */
import { runUncertainty } from "@ree/uncertainty";

await runUncertainty({ rows: 10, seed: 3, parts: ["A"] }, {
  folder: Deno.args[0],
  workers: 2,
  onProgress: ({ runs }) => console.log(runs),
});
