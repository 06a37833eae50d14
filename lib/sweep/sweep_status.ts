import { join } from "node:path";
import { allHolders, CLAIMS, type Holder } from "./claims.ts";
import { loadPlan, type Plan, shardName } from "./plan.ts";
import { type ShardRecord, SHARDS, shardState } from "./shard_files.ts";

/** How far a sweep is, on all machines. */
export interface SweepStatus {
  readonly plan: Plan;
  readonly done: readonly number[];
  /** Claimed by a process that has not let go: it lives, or it is on another machine and only time tells. */
  readonly running: readonly { readonly shard: number; readonly holder: Holder }[];
  /** Neither done nor claimed. */
  readonly missing: readonly number[];
  /** Missing, and begun: what is done of them was saved. */
  readonly begun: readonly number[];
  /** Files that do not count, with the reason. */
  readonly problems: readonly string[];
  /** Runs of the shards that are done, and those among them without a result. */
  readonly runs: number;
  readonly failedRuns: number;
  /** Time that the shards took, summed. */
  readonly seconds: number;
  readonly records: readonly ShardRecord[];
}

/**
 * How far a sweep is.
 *
 * @throws SweepError when the plan was edited
 */
export function sweepStatus(folder: string): SweepStatus {
  const plan = loadPlan(folder);
  const holders = isFolder(join(folder, CLAIMS)) ? allHolders(folder) : new Map<string, Holder>();
  const [done, missing, begun]: [number[], number[], number[]] = [[], [], []];
  const running: { shard: number; holder: Holder }[] = [];
  const problems: string[] = [];
  const records: ShardRecord[] = [];
  for (let shard = 0; shard < plan.shards; shard++) {
    const state = shardState(folder, plan, shard);
    if (state.kind === "done") {
      done.push(shard);
      records.push(state.record);
      continue;
    }
    const holder = holders.get(shardName(shard));
    if (holder !== undefined) running.push({ shard, holder });
    else missing.push(shard);
    if (state.kind === "foreign" || (state.kind === "damaged" && holder === undefined)) {
      problems.push(state.problem);
    }
    if (shardState(folder, plan, shard, { partial: true }).kind === "done") begun.push(shard);
  }
  return {
    plan,
    done,
    running,
    missing,
    begun,
    problems: [...problems, ...strayFiles(folder, plan)],
    runs: records.reduce((sum, { runs }) => sum + runs, 0),
    failedRuns: records.reduce((sum, { failed }) => sum + failed, 0),
    seconds: records.reduce((sum, { seconds }) => sum + seconds, 0),
    records,
  };
}

/** Files among the results that no shard of the plan has. */
function strayFiles(folder: string, plan: Plan): string[] {
  const path = join(folder, SHARDS);
  if (!isFolder(path)) return [];
  const own = new Set(
    Array.from({ length: plan.shards }, (_, shard) => `${shardName(shard)}.parquet`),
  );
  return [...Deno.readDirSync(path)].map(({ name }) => name)
    .filter((name) => !own.has(name) && !name.startsWith("."))
    .map((name) => `${join(path, name)} is no shard of this plan`);
}

function isFolder(path: string): boolean {
  try {
    return Deno.statSync(path).isDirectory;
  } catch (cause) {
    if (cause instanceof Deno.errors.NotFound) return false;
    throw cause;
  }
}
