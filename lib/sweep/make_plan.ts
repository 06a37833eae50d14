import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { contentHash } from "./canonical_json.ts";
import {
  checkDesign,
  type Draws,
  type Parameters,
  RESERVED,
  type Scalar,
  type SweepDesign,
} from "./design.ts";
import { type FiledDraw, readDraws } from "./draws_file.ts";
import { drawnParameters, gridOf } from "./expand.ts";
import {
  DRAWS_FILE,
  filedDraws,
  INPUTS_FILE,
  loadPlan,
  type Plan,
  PLAN_FILE,
  PLAN_FORMAT,
  type PlannedDraws,
  runHasher,
  runsBetween,
  sealPlan,
  shardBounds,
} from "./plan.ts";
import { encodeInputs } from "./shared_inputs.ts";
import { sweepError } from "./sweep_error.ts";
import type { Columns } from "./work_kind.ts";
import { loadWorkKind } from "./work_kinds.ts";
import { writeDurably } from "./write_durably.ts";

/** Options of {@linkcode makePlan}. */
export interface MakePlanOptions {
  /** Folder against which files of the design are read; default the current one. */
  readonly base?: string;
  /** Module that exports `workKind`, for kinds that lib/sweep does not list. */
  readonly kindModule?: string;
  /** Called now and then with the number of runs listed. */
  readonly onProgress?: (runs: number, total: number) => void;
}

/** Runs of a shard where the design does not say how many shards there are. */
const RUNS_PER_SHARD = 250;
/** Default array sizes of schedulers often end at 1,000 tasks. */
const MOST_SHARDS = 1000;
/** Results hold the number of a run in 32 bits. */
const MOST_RUNS = 2 ** 31;
const PROGRESS_RUNS = 10_000;
const DRAWS_PIECE = 1 << 20;

/**
 * Makes the folder of a sweep: `plan.json`, `inputs.bin` (what all runs read, prepared once) and, for
 * drawn parameters from a list, `draws.jsonl`. Equal designs and data give equal plans, hash included.
 * A folder that holds the same plan already is left as it is.
 *
 * @param folder is made; must not hold another plan
 * @throws RangeError when the design or one of its runs does not fit its kind
 * @throws SweepError when the folder holds another plan
 * @example
 * ```ts
 * const plan = await makePlan({
 *   name: "quota",
 *   kind: "equilibria",
 *   shared: {
 *     economy: { source: "small" },
 *     scenarios: { quota: { measures: [
 *       { kind: "exportQuota", exporter: "CHN", sectors: ["elements"], limit: "$limit" }] } },
 *   },
 *   axes: { limit: [0.4, 0.6, 0.8], closure: ["fixed", "entry"] },
 * }, "results/sweeps/quota");
 * ```
 */
export async function makePlan(
  given: SweepDesign,
  folder: string,
  options: MakePlanOptions = {},
): Promise<Plan> {
  const design = checkDesign(given);
  const { base = ".", kindModule, onProgress } = options;
  const kind = await loadWorkKind(design.kind, kindModule);
  const inputs = await kind.load({ ...design.shared });
  const work = await kind.prepare(inputs);
  const staging = `${resolve(folder)}.new-${Deno.pid}-${crypto.randomUUID().slice(0, 8)}`;
  Deno.mkdirSync(staging, { recursive: true });
  try {
    const bytes = encodeInputs(inputs);
    writeDurably(join(staging, INPUTS_FILE), bytes);
    if (kind.draws !== undefined && design.draws !== undefined) {
      throw new RangeError(`draws: ${kind.name} reads them from its input; expected none`);
    }
    const draws = kind.draws === undefined
      ? stageDraws(design.draws ?? { type: "replications", count: 1 }, staging, base)
      : await stageOwnDraws(kind.draws(inputs, base), staging);
    const grid = gridOf(design.axes ?? {});
    const runs = draws.count * grid.cells;
    if (runs >= MOST_RUNS) throw new RangeError(`${runs} runs; expected fewer than ${MOST_RUNS}`);
    const shards = design.shards ?? Math.min(MOST_SHARDS, Math.ceil(runs / RUNS_PER_SHARD));
    if (shards > runs) {
      throw new RangeError(`${shards} shards for ${runs} runs; expected at most one each`);
    }
    const seed = design.seed ?? 1;
    const types = new Map<string, "number" | "text">();
    const shardHashes: string[] = [];
    const offsets: number[] = [];
    const reader = drawsForPlanning(draws, staging, seed);
    for (let shard = 0; shard < shards; shard++) {
      const { from, to } = shardBounds({ runs, shards }, shard);
      const hash = runHasher();
      for (const run of runsBetween({ seed }, grid, reader.drawn, from, to)) {
        if (run.run === from) offsets.push(reader.offset());
        checkRun(() => work.check(run.parameters), run.run);
        noteTypes(types, run.parameters, work.omit ?? []);
        hash.add(run);
        if (run.run % PROGRESS_RUNS === 0) onProgress?.(run.run, runs);
      }
      shardHashes.push(hash.digest());
    }
    const parameters: Columns = Object.fromEntries([...types].sort(([a], [b]) => a < b ? -1 : 1));
    const clash = Object.keys(work.columns).find((name) =>
      types.has(name) || (RESERVED as readonly string[]).includes(name)
    );
    if (clash !== undefined) throw new RangeError(`${clash} is a parameter and a result`);
    const plan = sealPlan({
      format: PLAN_FORMAT,
      name: design.name,
      kind: design.kind,
      seed,
      shared: design.shared ?? {},
      draws: draws.type === "file" ? { ...draws, offsets } : draws,
      axes: design.axes ?? {},
      runs,
      shards,
      parameters,
      columns: work.columns,
      atMost: work.atMost ?? null,
      inputs: contentHash(bytes),
      shardHashes,
    });
    writeDurably(join(staging, PLAN_FILE), JSON.stringify(plan, null, 1) + "\n");
    return putInPlace(staging, folder, plan);
  } finally {
    if (existsSync(staging)) Deno.removeSync(staging, { recursive: true });
  }
}

/** Draws that the plan keeps; those of a list or file are copied beside it. */
function stageDraws(
  draws: Draws,
  staging: string,
  base: string,
): Exclude<PlannedDraws, { type: "file" }> | {
  readonly type: "file";
  readonly count: number;
} {
  if (draws.type === "replications" || draws.type === "sobol") return draws;
  const path = join(staging, DRAWS_FILE);
  if (draws.type === "list") {
    Deno.writeTextFileSync(path, draws.rows.map((row) => JSON.stringify(row) + "\n").join(""));
  } else Deno.copyFileSync(resolve(base, draws.file), path);
  let count = 0;
  for (const _ of readDraws(path)) count++;
  if (count === 0) {
    throw new RangeError(`${draws.type === "file" ? draws.file : "draws"}: no draws`);
  }
  return { type: "file", count };
}

/** Draws that the kind reads itself, written line by line. */
async function stageOwnDraws(
  draws: AsyncIterable<Parameters>,
  staging: string,
): Promise<{ readonly type: "file"; readonly count: number }> {
  const file = Deno.openSync(join(staging, DRAWS_FILE), { write: true, createNew: true });
  const encoder = new TextEncoder();
  let [count, lines, size]: [number, string[], number] = [0, [], 0];
  const flush = () => {
    const bytes = encoder.encode(lines.join(""));
    for (let at = 0; at < bytes.length;) at += file.writeSync(bytes.subarray(at));
    [lines, size] = [[], 0];
  };
  try {
    for await (const draw of draws) {
      const line = JSON.stringify(draw) + "\n";
      lines.push(line);
      count++;
      if ((size += line.length) > DRAWS_PIECE) flush();
    }
    flush();
  } finally {
    file.close();
  }
  if (count === 0) throw new RangeError("the input holds nothing to do");
  return { type: "file", count };
}

function drawsForPlanning(
  draws: ReturnType<typeof stageDraws>,
  staging: string,
  seed: number,
): { readonly drawn: (draw: number) => Parameters; readonly offset: () => number } {
  if (draws.type !== "file") return { drawn: drawnParameters(draws, seed), offset: () => 0 };
  let offset = 0;
  const watched = function* (): Generator<FiledDraw> {
    for (const draw of readDraws(join(staging, DRAWS_FILE))) {
      offset = draw.offset;
      yield draw;
    }
  };
  return { drawn: filedDraws(watched(), 0), offset: () => offset };
}

function checkRun(check: () => void, run: number): void {
  try {
    check();
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new RangeError(`run ${run}: ${cause.message}`, { cause });
  }
}

function noteTypes(
  types: Map<string, "number" | "text">,
  parameters: Parameters,
  omit: readonly string[],
): void {
  for (const [name, value] of Object.entries(parameters)) {
    if (omit.includes(name)) continue;
    const type = typeOf(value);
    const before = types.get(name);
    if (before === undefined) types.set(name, type);
    else if (before !== type) {
      throw new RangeError(`parameter ${name} is a number in some runs and none in others`);
    }
  }
}

function typeOf(value: Scalar): "number" | "text" {
  return typeof value === "number" ? "number" : "text";
}

/** A folder cannot be renamed onto one with files in it: whoever comes first has it. */
function putInPlace(staging: string, folder: string, plan: Plan): Plan {
  Deno.mkdirSync(dirname(resolve(folder)), { recursive: true });
  try {
    Deno.renameSync(staging, folder);
    return plan;
  } catch (cause) {
    const there = existingPlan(folder);
    if (there === null) throw cause;
    if (there.hash === plan.hash) return there;
    throw sweepError(
      `${folder} holds another plan ("${there.name}", ${there.hash.slice(0, 12)}; this one is ` +
        `"${plan.name}", ${plan.hash.slice(0, 12)}); give another folder, or remove that one`,
      cause,
    );
  }
}

function existingPlan(folder: string): Plan | null {
  try {
    Deno.statSync(join(folder, PLAN_FILE));
  } catch (cause) {
    if (cause instanceof Deno.errors.NotFound) return null;
    throw cause;
  }
  return loadPlan(folder);
}
