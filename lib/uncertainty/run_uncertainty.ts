import { readParquetTable } from "@ree/data";
import {
  type JsonRecord,
  loadPlan,
  makePlan,
  MERGED_FILE,
  mergeSweep,
  PROVENANCE_FILE,
  runPlan,
  type SweepDesign,
  type SweepProgress,
  type SweepProvenance,
} from "@ree/sweep";
import { join } from "node:path";
import type { InputGroup } from "./drawn_inputs.ts";
import type { OutcomeLabel } from "./drawn_outcomes.ts";
import { BASE_PARTS } from "./saltelli_design.ts";
import {
  loadUncertainWorld,
  uncertainWorld,
  type UncertainWorldData,
  type UncertainWorldOptions,
} from "./uncertain_world.ts";
import { FAILURE, partColumn, SIGMA_SET_TO_ZERO } from "./uncertainty_kind.ts";

/** What is drawn, how often, and where it is kept. */
export interface UncertaintyDesign extends UncertainWorldOptions {
  /** Rows of the Saltelli design; a power of two is best. */
  readonly rows: number;
  /** Of the Sobol' sequence; any whole number but 0, default 1. The same seed gives the same draws for every measure. */
  readonly seed?: number;
  /** Parts of each row: ["A"] for intervals alone (one draw a row), default all (draws a row: groups + 2). */
  readonly parts?: readonly string[];
}

/** Options of {@linkcode runUncertainty}. */
export interface RunUncertaintyOptions {
  /** Folder that keeps plan and results: the same call goes on where an earlier one was stopped. Default: a temporary one. */
  readonly folder?: string;
  /** Default one for every processor. Results do not depend on it. */
  readonly workers?: number;
  /** Ends the work after the rows under way. */
  readonly signal?: AbortSignal;
  /** Rows done and to do, seconds passed and left. */
  readonly onProgress?: (progress: SweepProgress) => void;
}

/** One draw. */
export interface Draw {
  readonly row: number;
  readonly part: string;
  /** In the order of the outcomes; NaN where there is none. */
  readonly values: Float64Array;
  /** Why the chain refused the draw; "" when it did not. */
  readonly failure: string;
  readonly sigmaSetToZero: number;
}

/** All draws of a design, with what they are draws of. */
export interface UncertaintyRun {
  readonly outcomes: readonly OutcomeLabel[];
  readonly groups: readonly InputGroup[];
  /** Outcomes with all inputs at their own values. */
  readonly central: Float64Array;
  readonly rows: number;
  readonly parts: readonly string[];
  /** Row by row, in each the parts in order. */
  readonly draws: readonly Draw[];
  /** What was drawn from: ranges, shapes, estimates, weights. */
  readonly inputs: UncertainWorldData["json"];
  /** SHA-256 of everything the draws read: data, distributions, measures, seed. Equal hashes mean the same draws, row by row. */
  readonly inputsHash: string;
  readonly provenance: SweepProvenance;
}

/** Rows of a shard: what a killed process may lose, some ten seconds of work. */
const ROWS_PER_SHARD = 4;
/** Array sizes of schedulers often end here. */
const MOST_SHARDS = 1000;

/** The design as a sweep of kind "uncertainty", for the sweep command or another machine. */
export function uncertaintySweep(design: UncertaintyDesign): SweepDesign {
  const { rows, seed = 1, ...options } = design;
  const shared: JsonRecord = JSON.parse(JSON.stringify({ ...options, seed }));
  return {
    name: "uncertainty",
    kind: "uncertainty",
    seed,
    shards: Math.min(MOST_SHARDS, Math.max(1, Math.ceil(rows / ROWS_PER_SHARD))),
    shared,
    draws: { type: "replications", count: rows },
  };
}

/**
 * Draws all inputs, solves every draw on all processors and collects the outcomes.
 *
 * @throws RangeError when the design does not fit
 * @throws SweepError when the folder holds another design, or the work was stopped before its end
 * @example
 * ```ts
 * const run = await runUncertainty({ rows: 128 }, { folder: "results/uncertainty" });
 * ```
 */
export async function runUncertainty(
  design: UncertaintyDesign,
  options: RunUncertaintyOptions = {},
): Promise<UncertaintyRun> {
  const { folder, ...how } = options;
  const place = folder ?? join(Deno.makeTempDirSync({ prefix: "uncertainty-" }), "sweep");
  try {
    await makePlan(uncertaintySweep(design), place);
    const { stopped, held, runs, ofRuns } = await runPlan(place, how);
    if (stopped !== "done") {
      const others = held.length > 0 ? `; ${held.length} shards are with other processes` : "";
      throw new RangeError(
        `stopped (${stopped}) after ${runs} of ${ofRuns} rows${others}; ` +
          (folder === undefined
            ? "give a folder to be able to go on"
            : "the same call with the same folder goes on"),
      );
    }
    await mergeSweep(place);
    return readUncertainty(place);
  } finally {
    if (folder === undefined) Deno.removeSync(join(place, ".."), { recursive: true });
  }
}

/**
 * The draws that a merged sweep of kind "uncertainty" holds.
 *
 * @param folder of the sweep
 * @throws RangeError when it is of another kind
 */
export function readUncertainty(folder: string): UncertaintyRun {
  const plan = loadPlan(folder);
  if (plan.kind !== "uncertainty") {
    throw new RangeError(`${folder}: a sweep of kind "${plan.kind}", expected "uncertainty"`);
  }
  const { seed: _, parts: asked, ...options } = plan.shared;
  const data = loadUncertainWorld(options as UncertainWorldOptions);
  const model = uncertainWorld(data);
  const central = model.central();
  if (central.failure !== null) throw new RangeError(`central values: ${central.failure}`);
  const parts = (asked ?? [...BASE_PARTS, ...model.groups.map(({ name }) => name)]) as string[];
  const frame = readParquetTable(join(folder, MERGED_FILE), ["draw"]);
  const column = (part: string, name: string) =>
    frame.getColumn(partColumn(part, name)).toArray() as (number | string | null)[];
  const columns = parts.map((part) => ({
    part,
    values: model.outcomes.map(({ key }) => column(part, key)),
    failure: column(part, FAILURE),
    set: column(part, SIGMA_SET_TO_ZERO),
  }));
  const provenance: SweepProvenance = JSON.parse(
    Deno.readTextFileSync(join(folder, PROVENANCE_FILE)),
  );
  return {
    outcomes: model.outcomes,
    groups: model.groups,
    central: central.values,
    rows: plan.runs,
    parts,
    draws: Array.from(
      { length: plan.runs },
      (_, row) =>
        columns.map(({ part, values, failure, set }): Draw => ({
          row,
          part,
          values: Float64Array.from(values, (own) => own[row] === null ? NaN : Number(own[row])),
          failure: String(failure[row]),
          sigmaSetToZero: Number(set[row]),
        })),
    ).flat(),
    inputs: data.json,
    inputsHash: plan.inputs,
    provenance,
  };
}
