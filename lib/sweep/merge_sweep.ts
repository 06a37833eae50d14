import { join } from "node:path";
import pl from "nodejs-polars";
import { contentHash } from "./canonical_json.ts";
import { INPUTS_FILE, type Plan, shardBounds, shardName } from "./plan.ts";
import { decodeInputs } from "./shared_inputs.ts";
import { loadWorkKind } from "./work_kinds.ts";
import { type Origin, shardPaths, type ShardRecord, shardState } from "./shard_files.ts";
import { sweepError } from "./sweep_error.ts";
import { sweepStatus } from "./sweep_status.ts";
import { diskFull, removeIfThere, TEMPORARY, writeDurably } from "./write_durably.ts";

/** Where merged results come from; written beside them as JSON. */
export interface SweepProvenance {
  readonly sweep: string;
  readonly kind: string;
  /** Hash of the plan, and the plan's own fields. */
  readonly plan: string;
  readonly seed: number;
  readonly shared: Plan["shared"];
  readonly axes: Plan["axes"];
  readonly draws: Plan["draws"]["type"];
  readonly runs: number;
  /** Runs without a result; their rows say why in `failure`. */
  readonly failedRuns: number;
  readonly shards: number;
  /** Programs that computed the shards: one, unless a mixture was allowed. */
  readonly origins: readonly Origin[];
  readonly hosts: readonly string[];
  /** Time that the shards took, summed. */
  readonly seconds: number;
  /** SHA-256 of the hashes of all shards, in order: equal for equal results. */
  readonly content: string;
  readonly file: string;
  readonly sha256: string;
}

/** Names of the merged files in the sweep's folder. */
export const MERGED_FILE = "merged.parquet";
export const PROVENANCE_FILE = "merged.json";

/** Options of {@linkcode mergeSweep}. */
export interface MergeOptions {
  /** Accept shards computed by different versions of the program, of Deno, or on different platforms. */
  readonly allowMixed?: boolean;
  /** Module that exports `workKind`, for kinds that lib/sweep does not list. */
  readonly kindModule?: string;
  readonly onMessage?: (text: string) => void;
  readonly onProgress?: (shards: number, total: number) => void;
}

/**
 * Puts all shards into one parquet file, in the order of the runs, once every run of the plan is there exactly
 * once. Shards whose bytes are not those that were written do not count.
 *
 * @throws SweepError naming what is missing, damaged, of another plan, or of different programs
 */
export async function mergeSweep(
  folder: string,
  options: MergeOptions = {},
): Promise<SweepProvenance> {
  const { plan, problems } = sweepStatus(folder);
  const [records, wrong]: [ShardRecord[], string[]] = [[], [...problems]];
  const missing: number[] = [];
  for (let shard = 0; shard < plan.shards; shard++) {
    const state = shardState(folder, plan, shard, { thorough: true });
    if (state.kind === "done") {
      records.push(state.record);
      const problem = checkRuns(folder, plan, shard);
      if (problem !== null) wrong.push(problem);
    } else if (state.kind === "missing") missing.push(shard);
    else if (!wrong.includes(state.problem)) wrong.push(state.problem);
    options.onProgress?.(shard + 1, plan.shards);
  }
  if (missing.length + wrong.length > 0) throw incomplete(folder, plan, missing, wrong);
  const origins = distinctOrigins(records);
  if (origins.length > 1 && options.allowMixed !== true) {
    throw sweepError(
      `${folder}: the shards were computed by ${origins.length} different programs (${
        origins.map(({ code, deno, platform }) => `${code.slice(0, 12)}, Deno ${deno}, ${platform}`)
          .join("; ")
      }). Make the plan again in another folder and compute all of it with one, or allow the mixture`,
    );
  }
  const path = join(folder, MERGED_FILE);
  writeMerged(folder, plan, path);
  const provenance: SweepProvenance = {
    sweep: plan.name,
    kind: plan.kind,
    plan: plan.hash,
    seed: plan.seed,
    shared: plan.shared,
    axes: plan.axes,
    draws: plan.draws.type,
    runs: plan.runs,
    failedRuns: records.reduce((sum, { failed }) => sum + failed, 0),
    shards: plan.shards,
    origins,
    hosts: [...new Set(records.map(({ host }) => host))].sort(),
    seconds: records.reduce((sum, { seconds }) => sum + seconds, 0),
    content: contentHash(records.map(({ sha256 }) => sha256).join("\n")),
    file: MERGED_FILE,
    sha256: contentHash(Deno.readFileSync(path)),
  };
  const inputs = decodeInputs(Deno.readFileSync(join(folder, INPUTS_FILE)));
  const notes = (await loadWorkKind(plan.kind, options.kindModule)).merge?.(folder, inputs) ?? [];
  for (const note of notes) options.onMessage?.(note);
  writeDurably(join(folder, PROVENANCE_FILE), JSON.stringify(provenance, null, 1) + "\n");
  return provenance;
}

/** Whether the file of a shard holds its runs, each once and in order; null when it does. */
function checkRuns(folder: string, plan: Plan, shard: number): string | null {
  const { data } = shardPaths(folder, shard);
  const { from, to } = shardBounds(plan, shard);
  const runs = pl.readParquet(data, { columns: ["run"] }).getColumn("run").toArray() as number[];
  const at = runs.findIndex((run, k) => run !== from + k);
  if (runs.length === to - from && at < 0) return null;
  return at < 0
    ? `${shardName(shard)}: has ${runs.length} runs, expected ${to - from}`
    : `${shardName(shard)}: has run ${runs[at]} where run ${from + at} is expected`;
}

function incomplete(
  folder: string,
  { shards }: Plan,
  missing: readonly number[],
  wrong: readonly string[],
): Error {
  const parts: string[] = [];
  if (missing.length > 0) {
    const some = missing.slice(0, 10).join(", ") + (missing.length > 10 ? ", …" : "");
    parts.push(`${missing.length} of ${shards} shards are missing (${some})`);
  }
  parts.push(...wrong.slice(0, 10));
  if (wrong.length > 10) parts.push(`and ${wrong.length - 10} more`);
  return sweepError(
    `${folder}: not merged. ${
      parts.join("; ")
    }. sweep run or sweep submit computes what is missing`,
  );
}

function distinctOrigins(records: readonly ShardRecord[]): Origin[] {
  const byText = new Map<string, Origin>();
  for (const { code, deno, platform } of records) {
    byText.set(`${code} ${deno} ${platform}`, { code, deno, platform });
  }
  return [...byText.values()];
}

/** Streams the shards into one file, so that memory does not grow with their number. */
function writeMerged(folder: string, plan: Plan, path: string): void {
  // polars takes a path for one only when it ends in .parquet.
  const temporary = join(folder, `.${Deno.pid}-${crypto.randomUUID()}${TEMPORARY}.parquet`);
  try {
    const parts = Array.from(
      { length: plan.shards },
      (_, shard) => pl.scanParquet(shardPaths(folder, shard).data, { glob: false }),
    );
    pl.concat(parts).sinkParquet(temporary, { compression: "zstd", maintainOrder: true })
      .collectSync();
    const runs = pl.readParquet(temporary, { columns: ["run"] }).getColumn("run").toArray();
    if (runs.length !== plan.runs || runs.some((run, k) => run !== k)) {
      throw sweepError(
        `${path}: the merged file does not hold every run once; nothing was written`,
      );
    }
    Deno.renameSync(temporary, path);
  } catch (cause) {
    removeIfThere(temporary);
    throw diskFull(path, cause) ?? cause;
  }
}
