import { resolve } from "node:path";
import type { Claim } from "./claims.ts";
import type { Run } from "./expand.ts";
import type { Plan } from "./plan.ts";
import type { Result } from "./shard_files.ts";
import type { Row } from "./work_kind.ts";

/** A shard that is being computed. */
export interface ActiveShard {
  readonly shard: number;
  readonly claim: Claim;
  readonly slot: Claim | null;
  readonly runs: readonly Run[];
  /** Runs that are neither computed nor under way, last first. */
  readonly waiting: Run[];
  readonly results: Map<number, Result>;
  seconds: number;
  savedAt: number;
  savedRuns: number;
}

/** Takes rows of computed runs; runs without a row wait again. Returns how many were computed, and how many of these failed. */
export function keepRows(
  one: ActiveShard,
  runs: readonly Run[],
  rows: readonly (Row | string | null)[],
): { readonly runs: number; readonly failed: number } {
  let [computed, failed] = [0, 0];
  const back: Run[] = [];
  runs.forEach((run, k) => {
    const row = rows[k] ?? null;
    if (row === null) back.push(run);
    else {
      computed++;
      if (typeof row === "string") failed++;
      one.results.set(
        run.run,
        typeof row === "string" ? { run, row: null, failure: row } : { run, row, failure: "" },
      );
    }
  });
  one.waiting.push(...back.reverse());
  return { runs: computed, failed };
}

/** Results in the order of the plan. */
export function ordered({ runs, results }: ActiveShard): Result[] {
  return runs.flatMap(({ run }) => results.get(run) ?? []);
}

/** What a kind that computes whole shards is told. */
export function shardContext(folder: string, plan: Plan, { shard, runs }: ActiveShard) {
  return {
    folder: resolve(folder),
    shard,
    shards: plan.shards,
    planRuns: plan.runs,
    shardRuns: runs.length,
  };
}
