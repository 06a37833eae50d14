import { join } from "node:path";
import { type ActiveShard, keepRows, ordered, shardContext } from "./active_shard.ts";
import { contentHash } from "./canonical_json.ts";
import { type Claim, claim, CLAIMS, claimWatch, type Holder } from "./claims.ts";
import type { Run } from "./expand.ts";
import { thisOrigin } from "./origin.ts";
import { INPUTS_FILE, loadPlan, type Plan, shardName, shardRuns, sizeOfShard } from "./plan.ts";
import {
  dropPartial,
  PARTIAL,
  readPartial,
  RECORDS,
  SHARDS,
  shardState,
  temporaryFiles,
  writeShard,
} from "./shard_files.ts";
import { decodeInputs } from "./shared_inputs.ts";
import { sweepError } from "./sweep_error.ts";
import { firstFailure, sleep } from "./waiting.ts";
import { kindModule } from "./work_kinds.ts";
import { type WorkerPool, workerPool } from "./worker_pool.ts";
import { removeIfThere } from "./write_durably.ts";
import { hostname } from "node:os";

/** How far a run of a sweep is. */
export interface SweepProgress {
  /** Runs computed by this process, and those it had to compute. */
  readonly runs: number;
  readonly ofRuns: number;
  /** Runs among them without a result. */
  readonly failed: number;
  readonly shards: number;
  readonly ofShards: number;
  readonly seconds: number;
  /** Null until a first run is done. */
  readonly secondsLeft: number | null;
}

/** Options of {@linkcode runPlan}. */
export interface RunPlanOptions {
  /** Shards to compute; default all. */
  readonly shards?: readonly number[];
  /** Workers; default one for every processor. Results do not depend on it. */
  readonly workers?: number;
  /** Module that exports `workKind`, for kinds that lib/sweep does not list. */
  readonly kindModule?: string;
  /** Ends the work at the next run boundary; what is done of a shard is kept. */
  readonly signal?: AbortSignal;
  /** Name of the scheduler's task, which stays the same when the task is started again. */
  readonly task?: string;
  readonly onProgress?: (progress: SweepProgress) => void;
  /** Told of what was repaired, taken over or left to others. */
  readonly onMessage?: (text: string) => void;
  /** Seconds between two signs of life; default 15. */
  readonly beatSeconds?: number;
  /** Seconds without a sign of life after which a process elsewhere is held for dead; default 60. */
  readonly patienceSeconds?: number;
  /** Seconds after which the part of a shard that is done is saved; default 300. */
  readonly checkpointSeconds?: number;
}

/** How a run of a sweep ended. */
export interface RunPlanSummary extends SweepProgress {
  /** Shards that other processes are computing. */
  readonly held: readonly { readonly shard: number; readonly holder: Holder }[];
  /** `done`: all shards asked for are there; `held`: some are with others; `interrupted`: by the signal. */
  readonly stopped: "done" | "held" | "interrupted" | "unfinished";
}

/** Time that a portion of runs should take: short for the stop at a run boundary, long beside a message. */
const PORTION_SECONDS = 0.1;
const LARGEST_PORTION = 500;
/** Portions that a worker has at a time, so that it never waits for the next. */
const PORTIONS_AHEAD = 2;
const SLOT_POLL_SECONDS = 1;

/**
 * Computes shards of a plan on this machine. Each shard is claimed first, so that two processes, here or on
 * other machines with the same folder, share the work instead of doing it twice; what a dead process left
 * is taken over. A shard ends as one parquet file; computing it again gives the same bytes.
 *
 * @param folder of the sweep, made by `makePlan`
 * @throws SweepError when the plan was edited, results of another plan are there, or the disk is full
 */
export async function runPlan(
  folder: string,
  options: RunPlanOptions = {},
): Promise<RunPlanSummary> {
  const plan = loadPlan(folder);
  const { workers = navigator.hardwareConcurrency, onMessage = () => {} } = options;
  if (!(Number.isInteger(workers) && workers > 0)) {
    throw new RangeError(`${workers} workers; expected a whole number above 0`);
  }
  const asked = options.shards ?? Array.from({ length: plan.shards }, (_, shard) => shard);
  for (const shard of asked) {
    if (!(Number.isInteger(shard) && shard >= 0 && shard < plan.shards)) {
      throw new RangeError(`shard ${shard}; expected 0 to ${plan.shards - 1}`);
    }
  }
  const todo: number[] = [];
  for (const shard of asked) {
    const state = shardState(folder, plan, shard);
    if (state.kind === "foreign") throw sweepError(state.problem);
    if (state.kind === "damaged") onMessage(`${state.problem}; it is computed again`);
    if (state.kind !== "done") todo.push(shard);
  }
  const nothing: SweepProgress = {
    runs: 0,
    ofRuns: 0,
    failed: 0,
    shards: 0,
    ofShards: 0,
    seconds: 0,
    secondsLeft: 0,
  };
  if (todo.length === 0) return { ...nothing, held: [], stopped: "done" };
  for (const inside of [SHARDS, RECORDS, PARTIAL, CLAIMS]) {
    Deno.mkdirSync(join(folder, inside), { recursive: true });
  }
  const bytes = Deno.readFileSync(join(folder, INPUTS_FILE));
  if (contentHash(bytes) !== plan.inputs) {
    throw sweepError(`${join(folder, INPUTS_FILE)} is not what the plan was made with; plan anew`);
  }
  const pool = await workerPool(Math.min(workers, plan.atMost ?? workers), {
    kind: plan.kind,
    module: kindModule(plan.kind, options.kindModule),
    inputs: decodeInputs(bytes),
  });
  try {
    return await computeShards(folder, plan, todo, pool, options);
  } finally {
    pool.close();
  }
}

async function computeShards(
  folder: string,
  plan: Plan,
  todo: readonly number[],
  pool: WorkerPool,
  options: RunPlanOptions,
): Promise<RunPlanSummary> {
  const {
    signal,
    task = "",
    onMessage = () => {},
    beatSeconds = 15,
    patienceSeconds = 60,
    checkpointSeconds = 300,
  } = options;
  const origin = thisOrigin();
  const started = performance.now();
  const elapsed = () => (performance.now() - started) / 1000;
  const queue = [...todo];
  const active = new Set<ActiveShard>();
  const held = new Map<number, { readonly holder: Holder; readonly certain: boolean }>();
  const unchanged = claimWatch(patienceSeconds);
  const leftovers = temporaryFiles(folder);
  const counts = { runs: 0, failed: 0, shards: 0 };
  let ofRuns = todo.reduce((sum, shard) => sum + sizeOfShard(plan, shard), 0);
  let secondsPerRun: number | null = null;
  let unfinished = false;
  let interrupted = false;
  let lastWork = 0;

  const progress = (): SweepProgress => ({
    ...counts,
    ofRuns,
    ofShards: todo.length,
    seconds: elapsed(),
    secondsLeft: counts.runs === 0 ? null : elapsed() * (ofRuns - counts.runs) / counts.runs,
  });

  /** Claims a shard and its slot; null when another process has it or it is done. */
  const open = (shard: number): ActiveShard | "no slot" | null => {
    if (alreadyDone(shard)) return null;
    const slot = plan.atMost === null ? null : takeSlot(plan.atMost);
    if (slot === "no slot") return slot;
    const answer = claim(folder, shardName(shard), task, unchanged);
    if (answer.kind === "taken") {
      slot?.release(true);
      held.set(shard, answer);
      return null;
    }
    held.delete(shard);
    try {
      if (alreadyDone(shard)) {
        answer.claim.release(true);
        slot?.release(true);
        return null;
      }
      if (answer.takenFrom !== null) {
        const { host, pid } = answer.takenFrom;
        onMessage(
          `${shardName(shard)}: taken over from process ${pid} on ${host}, which has ended`,
        );
      }
      for (const path of leftovers.get(shardName(shard)) ?? []) {
        removeIfThere(path);
        onMessage(`${shardName(shard)}: a half-written file was removed`);
      }
      const runs = shardRuns(folder, plan, shard);
      const results = readPartial(folder, plan, shard, runs, origin);
      ofRuns -= results.size;
      if (results.size > 0) onMessage(`${shardName(shard)}: goes on after ${results.size} runs`);
      return {
        shard,
        claim: answer.claim,
        slot,
        runs,
        waiting: runs.filter(({ run }) => !results.has(run)).reverse(),
        results,
        seconds: 0,
        savedAt: elapsed(),
        savedRuns: results.size,
      };
    } catch (cause) {
      answer.claim.release(false);
      slot?.release(true);
      throw cause;
    }
  };
  const alreadyDone = (shard: number) => {
    const state = shardState(folder, plan, shard);
    if (state.kind === "foreign") throw sweepError(state.problem);
    if (state.kind !== "done") return false;
    ofRuns -= sizeOfShard(plan, shard);
    held.delete(shard);
    return true;
  };
  const takeSlot = (slots: number): Claim | "no slot" => {
    for (let slot = 0; slot < slots; slot++) {
      const answer = claim(folder, `slot-${slot}`, task, unchanged);
      if (answer.kind === "held") return answer.claim;
    }
    return "no slot";
  };

  const write = (one: ActiveShard, partial: boolean) => {
    const by = { ...origin, host: hostname(), seconds: one.seconds };
    writeShard(folder, plan, one.shard, ordered(one), by, partial);
  };
  const finish = (one: ActiveShard) => {
    if (one.claim.lost()) {
      onMessage(`${shardName(one.shard)}: another process has taken over; its results stand`);
      one.claim.release(false);
    } else {
      write(one, false);
      dropPartial(folder, one.shard);
      one.claim.release(true);
      counts.shards++;
    }
    active.delete(one);
    one.slot?.release(true);
  };
  const save = (one: ActiveShard) => {
    if (pool.whole || one.results.size === one.savedRuns || one.claim.lost()) return;
    write(one, true);
    one.savedAt = elapsed();
    one.savedRuns = one.results.size;
  };

  let failed = false;
  const isStopped = () => failed || signal?.aborted === true;
  /** The next runs for a worker; null when there are none left. */
  const nextPortion = async (): Promise<{ one: ActiveShard; runs: Run[] } | null> => {
    for (;;) {
      if (isStopped()) return null;
      const started = [...active].find(({ waiting }) => waiting.length > 0);
      if (started !== undefined) {
        const size = pool.whole ? started.waiting.length : portionSize(started);
        const runs = started.waiting.splice(-size).reverse();
        return { one: started, runs };
      }
      const shard = queue.shift();
      if (shard === undefined) return null;
      const opened = open(shard);
      if (opened === "no slot") {
        queue.unshift(shard);
        await sleep(SLOT_POLL_SECONDS, signal);
      } else if (opened !== null) {
        active.add(opened);
        if (opened.waiting.length === 0) finish(opened);
      }
    }
  };
  const portionSize = (one: ActiveShard) => {
    if (secondsPerRun === null) return 1;
    const left = (ofRuns - counts.runs) / (2 * PORTIONS_AHEAD * pool.workers);
    const wanted = Math.min(PORTION_SECONDS / Math.max(secondsPerRun, 1e-6), left, LARGEST_PORTION);
    return Math.min(one.waiting.length, Math.max(1, Math.round(wanted)));
  };

  const work = async (worker: number) => {
    for (;;) {
      const portion = await nextPortion();
      if (portion === null) return;
      const { one, runs } = portion;
      const { rows, seconds } = await pool.ask(
        worker,
        pool.whole
          ? { type: "shard", runs, context: shardContext(folder, plan, one) }
          : { type: "runs", runs },
      );
      const computed = keepRows(one, runs, rows);
      one.seconds += seconds;
      counts.runs += computed.runs;
      counts.failed += computed.failed;
      if (computed.runs > 0) {
        const perRun = seconds / computed.runs;
        secondsPerRun = secondsPerRun === null ? perRun : 0.7 * secondsPerRun + 0.3 * perRun;
      }
      if (one.results.size === one.runs.length) finish(one);
      else if (pool.whole) {
        // The kind stopped by itself (a budget, the signal); it keeps what is done in its own store.
        unfinished = true;
        active.delete(one);
        one.claim.release(false);
        one.slot?.release(true);
      } else if (elapsed() - one.savedAt > checkpointSeconds) save(one);
      options.onProgress?.(progress());
    }
  };

  const onStop = () => pool.stop();
  signal?.addEventListener("abort", onStop, { once: true });
  if (isStopped()) onStop();
  const beat = setInterval(() => {
    for (const one of active) {
      try {
        one.claim.beat();
        one.slot?.beat();
      } catch {
        // The next beat tries again; without any, others take over, and this process finds its claim lost.
      }
    }
  }, beatSeconds * 1000);
  try {
    const streams = pool.whole ? 1 : PORTIONS_AHEAD;
    const everyone = () =>
      firstFailure(
        Array.from({ length: pool.workers * streams }, (_, k) => work(k % pool.workers)),
        () => {
          failed = true;
          pool.stop();
        },
      );
    await everyone();
    lastWork = elapsed();
    // Shards of others: those that show no sign of life are taken over.
    while (held.size > 0 && !isStopped()) {
      const doubtful = [...held].filter(([, { certain }]) => !certain);
      if (doubtful.length === 0 || elapsed() > 2 * patienceSeconds + lastWork) break;
      await sleep(Math.min(1, patienceSeconds / 5), signal);
      queue.push(...doubtful.map(([shard]) => shard));
      const before = counts.runs;
      await everyone();
      if (counts.runs > before) lastWork = elapsed();
    }
    for (const one of active) save(one);
    if (isStopped() && queue.length + active.size > 0) interrupted = true;
  } finally {
    clearInterval(beat);
    signal?.removeEventListener("abort", onStop);
    for (const { claim: own, slot } of active) {
      try {
        own.release(false);
        slot?.release(true);
      } catch {
        // The disk may be full: the claim is let go when this process ends.
      }
    }
  }
  const left = [...held].map(([shard, { holder }]) => ({ shard, holder }));
  for (const { shard, holder } of left) {
    onMessage(
      `${shardName(shard)}: process ${holder.pid} on ${holder.host} computes it; left to that one`,
    );
  }
  const stopped = interrupted
    ? "interrupted"
    : unfinished
    ? "unfinished"
    : left.length > 0
    ? "held"
    : "done";
  return { ...progress(), held: left, stopped };
}
