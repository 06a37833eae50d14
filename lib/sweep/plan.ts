import { join } from "node:path";
import { canonicalJson, contentHash, type JsonRecord } from "./canonical_json.ts";
import type { Axis, Draws, Parameters, Scalar } from "./design.ts";
import { readDraws } from "./draws_file.ts";
import { drawnParameters, type Grid, gridOf, type Run, runSeed } from "./expand.ts";
import { sweepError } from "./sweep_error.ts";
import type { Columns } from "./work_kind.ts";

/** Layout of plans and results; others are refused. */
export const PLAN_FORMAT = 1;

/** Draws as a plan keeps them: made by rule, or in a file of their own beside the plan. */
export type PlannedDraws =
  | Extract<Draws, { readonly type: "replications" | "sobol" }>
  | {
    readonly type: "file";
    readonly count: number;
    /** Byte in `draws.jsonl` where the first draw of each shard begins. */
    readonly offsets: readonly number[];
  };

/**
 * A plan: everything that decides the results, in a file. The list of runs is the rule of `draws` and
 * `axes` and is pinned down by a hash for each shard.
 */
export interface Plan {
  readonly format: typeof PLAN_FORMAT;
  readonly name: string;
  readonly kind: string;
  readonly seed: number;
  /** What all runs share, as the design says it; what became of it is in `inputs.bin`. */
  readonly shared: JsonRecord;
  readonly draws: PlannedDraws;
  readonly axes: Readonly<Record<string, Axis>>;
  readonly runs: number;
  readonly shards: number;
  /** Type of every parameter that is in the results. */
  readonly parameters: Columns;
  /** Type of every result. */
  readonly columns: Columns;
  /** Largest number of shards at a time; null when there is no limit. */
  readonly atMost: number | null;
  /** SHA-256 of `inputs.bin`: what all runs read. */
  readonly inputs: string;
  /** SHA-256 of the list of runs of each shard. */
  readonly shardHashes: readonly string[];
  /** SHA-256 of the canonical JSON of all other fields. */
  readonly hash: string;
}

/** Files and folders of a sweep. */
export const PLAN_FILE = "plan.json";
export const INPUTS_FILE = "inputs.bin";
export const DRAWS_FILE = "draws.jsonl";

/** A plan without its hash gets it. */
export function sealPlan(content: Omit<Plan, "hash">): Plan {
  return { ...content, hash: contentHash(canonicalJson(content)) };
}

/**
 * The plan of a sweep's folder (or of the path of its `plan.json`), with its content checked against its hash.
 *
 * @throws SweepError when there is none, or it was edited, or is of another layout
 */
export function loadPlan(folder: string): Plan {
  const path = join(folder, PLAN_FILE);
  let plan: Plan;
  try {
    plan = JSON.parse(Deno.readTextFileSync(path));
  } catch (cause) {
    if (cause instanceof SyntaxError) throw sweepError(`${path}: not JSON (${cause.message})`);
    if (cause instanceof Deno.errors.NotFound) {
      throw sweepError(`${folder}: no plan.json; make a plan with sweep plan DESIGN`);
    }
    throw cause;
  }
  if (plan.format !== PLAN_FORMAT) {
    throw sweepError(`${path}: layout ${plan.format}; this program reads ${PLAN_FORMAT}`);
  }
  const { hash, ...content } = plan;
  const found = contentHash(canonicalJson(content));
  if (hash !== found) {
    throw sweepError(
      `${path} was edited after it was made (its hash says ${
        String(hash).slice(0, 12)
      }, its content ` +
        `${found.slice(0, 12)}). Change the design and make a new plan in another folder`,
    );
  }
  return plan;
}

/** First run of a shard, and the run after its last. */
export function shardBounds({ runs, shards }: Pick<Plan, "runs" | "shards">, shard: number) {
  return {
    from: Math.floor(shard * runs / shards),
    to: Math.floor((shard + 1) * runs / shards),
  };
}

/** Number of runs of a shard. */
export function sizeOfShard(plan: Pick<Plan, "runs" | "shards">, shard: number): number {
  const { from, to } = shardBounds(plan, shard);
  return to - from;
}

/** Name of a shard's files. */
export function shardName(shard: number): string {
  return `shard-${String(shard).padStart(5, "0")}`;
}

/**
 * The runs of a shard.
 *
 * @throws SweepError when they are not those that the plan was made with
 */
export function shardRuns(folder: string, plan: Plan, shard: number): Run[] {
  const { from, to } = shardBounds(plan, shard);
  const grid = gridOf(plan.axes);
  const runs: Run[] = [];
  const hash = runHasher();
  for (const run of runsBetween(plan, grid, drawsOf(folder, plan, shard), from, to)) {
    runs.push(run);
    hash.add(run);
  }
  if (hash.digest() !== plan.shardHashes[shard]) {
    throw sweepError(
      `${folder}: the runs of ${shardName(shard)} are not those of the plan ` +
        `(${
          plan.draws.type === "file"
            ? `${DRAWS_FILE} was edited`
            : "this program expands it otherwise"
        }); ` +
        "make a new plan in another folder",
    );
  }
  return runs;
}

/** Drawn parameters by number of the draw; numbers must not fall. */
export type DrawReader = (draw: number) => Parameters;

function drawsOf(folder: string, plan: Plan, shard: number): DrawReader {
  if (plan.draws.type !== "file") return drawnParameters(plan.draws, plan.seed);
  const cells = plan.runs / plan.draws.count;
  const first = Math.floor(shardBounds(plan, shard).from / cells);
  return filedDraws(readDraws(join(folder, DRAWS_FILE), plan.draws.offsets[shard]), first);
}

/** Reads draws of a file one after the other. */
export function filedDraws(
  draws: Iterator<{ readonly parameters: Parameters }>,
  first: number,
): DrawReader {
  let [at, current]: [number, Parameters | undefined] = [first - 1, undefined];
  return (draw) => {
    while (at < draw) {
      const { done, value } = draws.next();
      if (done) throw sweepError(`${DRAWS_FILE} ends before draw ${draw}`);
      current = value.parameters;
      at++;
    }
    return current!;
  };
}

/** Runs from one number up to another, in order. */
export function* runsBetween(
  plan: { readonly seed: number },
  grid: Grid,
  drawn: DrawReader,
  from: number,
  to: number,
): Generator<Run> {
  let [last, parameters]: [number, Parameters] = [-1, {}];
  for (let run = from; run < to; run++) {
    const draw = Math.floor(run / grid.cells);
    if (draw !== last) [last, parameters] = [draw, drawn(draw)];
    yield {
      run,
      draw,
      seed: runSeed(plan.seed, draw),
      parameters: { ...parameters, ...grid.cell(run % grid.cells) },
    };
  }
}

/** Hash of a list of runs, one after the other. */
export function runHasher() {
  const lines: string[] = [];
  return {
    add({ run, draw, seed, parameters }: Run) {
      lines.push(canonicalJson([run, draw, seed, parameters as Record<string, Scalar>]));
    },
    digest: () => contentHash(lines.join("\n")),
  };
}
