/**
 * Makes the committed draws of notebook 7 anew, or goes on making them:
 * `deno run --allow-read --allow-write --allow-env --allow-ffi --allow-sys lib/uncertainty/main.ts FOLDER [ROWS]`.
 * A run that was stopped or killed goes on where it was when the same command is given again.
 */
import { DATA_DIR } from "@ree/data";
import type { SweepProgress } from "@ree/sweep";
import pl from "nodejs-polars";
import { join } from "node:path";
import { DEFAULT_DRAWS_FILE, DEFAULT_RESULTS_FILE } from "./default_draws.ts";
import { runUncertainty } from "./run_uncertainty.ts";
import { drawRecords, uncertaintyResults } from "./saved_results.ts";
import { outcomeIntervals } from "./summary.ts";
import { decompositions, headlineOutcomes } from "./uncertainty_rows.ts";

const ROWS = 128;

async function main([folder, rows = String(ROWS)]: readonly string[]): Promise<number> {
  const count = Number(rows);
  if (folder === undefined || !(Number.isInteger(count) && count > 0)) {
    console.error(
      "usage: main.ts FOLDER [ROWS]; FOLDER keeps plan and shards, ROWS defaults to 128",
    );
    return 2;
  }
  const stop = new AbortController();
  Deno.addSignalListener("SIGINT", () => stop.abort());
  const run = await runUncertainty({ rows: count }, {
    folder,
    signal: stop.signal,
    onProgress: (progress) => console.log(progressText(progress)),
  });
  const [intervals, found] = [outcomeIntervals(run), decompositions(run, headlineOutcomes(run))];
  const bytes = pl.readRecords(drawRecords(run), { inferSchemaLength: run.draws.length })
    .writeParquet({ compression: "zstd" });
  Deno.writeFileSync(join(DATA_DIR, DEFAULT_DRAWS_FILE), bytes);
  Deno.writeTextFileSync(
    join(DATA_DIR, DEFAULT_RESULTS_FILE),
    JSON.stringify(uncertaintyResults(run, intervals, found), null, 1) + "\n",
  );
  console.log(`data/${DEFAULT_DRAWS_FILE}: ${run.draws.length} draws`);
  return 0;
}

/** "24 of 128 rows, 1.9 s each, 3 min left". */
function progressText({ runs, ofRuns, seconds, secondsLeft }: SweepProgress): string {
  const left = secondsLeft === null
    ? ""
    : secondsLeft < 90
    ? `, ${Math.ceil(secondsLeft)} s left`
    : `, ${Math.ceil(secondsLeft / 60)} min left`;
  return `${runs} of ${ofRuns} rows, ${(seconds / Math.max(runs, 1)).toFixed(1)} s each${left}`;
}

if (import.meta.main) Deno.exit(await main(Deno.args));
