import { join } from "node:path";
import pl, { type DataFrame } from "nodejs-polars";
import { contentHash } from "./canonical_json.ts";
import type { Scalar } from "./design.ts";
import type { Run } from "./expand.ts";
import { type Plan, shardBounds, shardName } from "./plan.ts";
import type { Columns, Row } from "./work_kind.ts";
import { readIfThere, removeIfThere, TEMPORARY, writeDurably } from "./write_durably.ts";

/** A run with what came of it. */
export interface Result {
  readonly run: Run;
  /** Null where the run has no result. */
  readonly row: Row | null;
  /** Why it has none; "" where it has. */
  readonly failure: string;
}

/** What computed a shard: results of different programs are not mixed without a word. */
export interface Origin {
  /** SHA-256 of the source files of lib/. */
  readonly code: string;
  readonly deno: string;
  readonly platform: string;
}

/** What is known of a shard that was computed; written after its parquet file. */
export interface ShardRecord extends Origin {
  /** Hash of the plan. */
  readonly plan: string;
  readonly shard: number;
  readonly runs: number;
  /** Runs without a result. */
  readonly failed: number;
  readonly bytes: number;
  readonly sha256: string;
  /** Time spent, by a clock that does not jump. */
  readonly seconds: number;
  /** When it ended by the computer's clock, for readers only. */
  readonly finishedAt: string;
  readonly host: string;
}

/** Folders of a sweep. `shards` holds nothing but finished parquet files. */
export const SHARDS = "shards";
export const RECORDS = "records";
export const PARTIAL = "partial";

/** Where a shard's results and its record are. */
export function shardPaths(folder: string, shard: number, partial = false) {
  const name = shardName(shard);
  return partial
    ? {
      data: join(folder, PARTIAL, `${name}.parquet`),
      record: join(folder, PARTIAL, `${name}.json`),
    }
    : {
      data: join(folder, SHARDS, `${name}.parquet`),
      record: join(folder, RECORDS, `${name}.json`),
    };
}

/**
 * Writes results and record, each under a temporary name and renamed, the record last: results without
 * their record do not count.
 *
 * @param partial for a shard that goes on later
 * @throws SweepError when the disk is full
 */
export function writeShard(
  folder: string,
  plan: Plan,
  shard: number,
  results: readonly Result[],
  about: Origin & Pick<ShardRecord, "seconds" | "host">,
  partial = false,
): ShardRecord {
  const bytes = resultFrame(plan, results).writeParquet({ compression: "zstd" });
  const paths = shardPaths(folder, shard, partial);
  writeDurably(paths.data, bytes);
  const record: ShardRecord = {
    plan: plan.hash,
    shard,
    runs: results.length,
    failed: results.filter(({ failure }) => failure !== "").length,
    bytes: bytes.length,
    sha256: contentHash(bytes),
    ...about,
    finishedAt: new Date().toISOString(),
  };
  writeDurably(paths.record, JSON.stringify(record, null, 1) + "\n");
  return record;
}

/** Types of all columns of the results, in their order. */
export function resultColumns(plan: Plan): Record<string, "whole" | "number" | "text"> {
  return {
    run: "whole",
    draw: "whole",
    seed: "number",
    ...plan.parameters,
    ...plan.columns,
    failure: "text",
  };
}

function resultFrame(plan: Plan, results: readonly Result[]): DataFrame {
  for (const { row } of results) checkColumns(row, plan.columns);
  const column = (name: string): (Scalar | null)[] =>
    results.map(({ run, row, failure }) => {
      if (name === "failure") return failure;
      if (name === "run" || name === "draw" || name === "seed") return run[name];
      const value = name in plan.parameters ? run.parameters[name] : row?.[name];
      return value === undefined ? null : typeof value === "boolean" ? String(value) : value;
    });
  const types = { whole: pl.Int32, number: pl.Float64, text: pl.Utf8 };
  return pl.DataFrame(Object.fromEntries(
    Object.entries(resultColumns(plan)).map(([name, type]) => [
      name,
      pl.Series(name, column(name), types[type]),
    ]),
  ));
}

function checkColumns(row: Row | null, columns: Columns): void {
  for (const [name, value] of Object.entries(row ?? {})) {
    const type = columns[name];
    if (type === undefined) {
      throw new TypeError(`a run gave "${name}", which is not among the columns of its kind`);
    }
    if (value !== null && typeof value !== (type === "text" ? "string" : "number")) {
      throw new TypeError(`a run gave ${name} = ${value}, expected a ${type}`);
    }
  }
}

/** How a shard's files were found. */
export type ShardState =
  | { readonly kind: "missing" }
  | { readonly kind: "done"; readonly record: ShardRecord }
  /** There is something, but it does not count; `problem` says why. */
  | { readonly kind: "damaged"; readonly problem: string }
  /** Results of another plan. */
  | { readonly kind: "foreign"; readonly problem: string };

/**
 * How a shard's files are found.
 *
 * @param thorough reads the results and compares their hash; otherwise only their size is looked at
 */
export function shardState(
  folder: string,
  plan: Plan,
  shard: number,
  { thorough = false, partial = false } = {},
): ShardState {
  const paths = shardPaths(folder, shard, partial);
  const text = readIfThere(paths.record);
  const size = sizeOf(paths.data);
  if (text === null) {
    return size === null
      ? { kind: "missing" }
      : { kind: "damaged", problem: `${shardName(shard)}: results without their record` };
  }
  let record: ShardRecord;
  try {
    record = JSON.parse(text);
  } catch {
    return { kind: "damaged", problem: `${shardName(shard)}: its record is no JSON` };
  }
  if (record.plan !== plan.hash || record.shard !== shard) {
    return {
      kind: "foreign",
      problem: `${paths.record} belongs to shard ${record.shard} of the plan ` +
        `${String(record.plan).slice(0, 12)}, not to this one (${plan.hash.slice(0, 12)})`,
    };
  }
  const { from, to } = shardBounds(plan, shard);
  const problem = size === null
    ? "its results are gone"
    : size !== record.bytes
    ? `its results have ${size} bytes, not ${record.bytes}`
    : !partial && record.runs !== to - from
    ? `it has ${record.runs} runs, not ${to - from}`
    : thorough && contentHash(Deno.readFileSync(paths.data)) !== record.sha256
    ? "its results are not those that were written"
    : null;
  return problem === null
    ? { kind: "done", record }
    : { kind: "damaged", problem: `${shardName(shard)}: ${problem}` };
}

function sizeOf(path: string): number | null {
  try {
    return Deno.statSync(path).size;
  } catch (cause) {
    if (cause instanceof Deno.errors.NotFound) return null;
    throw cause;
  }
}

/** Results of a shard that was stopped, by number of the run; empty when there are none that count. */
export function readPartial(
  folder: string,
  plan: Plan,
  shard: number,
  runs: readonly Run[],
  origin: Origin,
): Map<number, Result> {
  const state = shardState(folder, plan, shard, { partial: true, thorough: true });
  // Rows of another program would be mixed into the shard: it begins anew.
  if (state.kind !== "done") return new Map();
  const { code, deno, platform } = state.record;
  if (code !== origin.code || deno !== origin.deno || platform !== origin.platform) {
    return new Map();
  }
  const frame = pl.readParquet(shardPaths(folder, shard, true).data);
  const byNumber = new Map(runs.map((run) => [run.run, run]));
  const names = Object.keys(plan.columns);
  const columns = names.map((name) =>
    frame.getColumn(name).toArray() as (number | string | null)[]
  );
  const failures = frame.getColumn("failure").toArray() as string[];
  const numbers = frame.getColumn("run").toArray() as number[];
  const results = new Map<number, Result>();
  numbers.forEach((number, at) => {
    const run = byNumber.get(number);
    if (run === undefined) return;
    const row = failures[at] === ""
      ? Object.fromEntries(names.map((name, k) => [name, columns[k][at]]))
      : null;
    results.set(number, { run, row, failure: failures[at] });
  });
  return results;
}

/** Removes what a stopped shard left, once it is done. */
export function dropPartial(folder: string, shard: number): void {
  const paths = shardPaths(folder, shard, true);
  removeIfThere(paths.record);
  removeIfThere(paths.data);
}

/** Files that were being written when their process ended, by name of the shard. */
export function temporaryFiles(folder: string): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const inside of [SHARDS, RECORDS, PARTIAL]) {
    for (const { name } of Deno.readDirSync(join(folder, inside))) {
      const shard = /^\.(shard-\d+)\./.exec(name)?.[1];
      if (shard === undefined || !name.endsWith(TEMPORARY)) continue;
      found.set(shard, [...found.get(shard) ?? [], join(folder, inside, name)]);
    }
  }
  return found;
}
