/**
 * Makes the committed draws of notebook 7 anew, or goes on making them:
 * `deno run --allow-read --allow-write --allow-env --allow-ffi --allow-sys lib/uncertainty/main.ts FOLDER [quota | duty] [ROWS]`.
 * A run that was stopped or killed goes on where it was when the same command is given again.
 */
import { DATA_DIR } from "@ree/data";
import type { SweepProgress } from "@ree/sweep";
import pl from "nodejs-polars";
import { join } from "node:path";
import { DEFAULT_MEASURES, defaultFiles, type DefaultMeasure } from "./default_draws.ts";
import { runUncertainty } from "./run_uncertainty.ts";
import { drawRecords, uncertaintyResults } from "./saved_results.ts";
import { outcomeIntervals } from "./summary.ts";
import { decompositions, headlineOutcomes } from "./uncertainty_rows.ts";

const ROWS = 128;
const USAGE = `usage: main.ts FOLDER [MEASURE] [ROWS]
FOLDER keeps plan and shards; MEASURE is ${
  Object.keys(DEFAULT_MEASURES).join(" or ")
} (default quota); ROWS defaults to ${ROWS}`;

async function main(
  [folder, measure = "quota", rows = String(ROWS)]: readonly string[],
): Promise<number> {
  const count = Number(rows);
  if (
    folder === undefined || !isMeasure(measure) || !(Number.isInteger(count) && count > 0)
  ) {
    console.error(USAGE);
    return 2;
  }
  const files = defaultFiles(measure);
  const stop = new AbortController();
  Deno.addSignalListener("SIGINT", () => stop.abort());
  const run = await runUncertainty({ rows: count, scenario: DEFAULT_MEASURES[measure] }, {
    folder,
    signal: stop.signal,
    onProgress: (progress) => console.log(progressText(progress)),
  });
  const [intervals, found] = [outcomeIntervals(run), decompositions(run, headlineOutcomes(run))];
  const bytes = pl.readRecords(drawRecords(run), { inferSchemaLength: run.draws.length })
    .writeParquet({ compression: "zstd" });
  Deno.writeFileSync(join(DATA_DIR, files.draws), bytes);
  Deno.writeTextFileSync(
    join(DATA_DIR, files.results),
    JSON.stringify(uncertaintyResults(run, intervals, found), null, 1) + "\n",
  );
  console.log(`data/${files.draws}: ${run.draws.length} draws`);
  return 0;
}

function isMeasure(name: string): name is DefaultMeasure {
  return Object.hasOwn(DEFAULT_MEASURES, name);
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
