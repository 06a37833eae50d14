/** Computes runs that a sweep sends, in a worker of its own. No data frames: polars stays out. */
import type { Run } from "./expand.ts";
import type { PreparedWork, Row, ShardContext, SharedInputs } from "./work_kind.ts";
import { loadWorkKind } from "./work_kinds.ts";

/** A request with its number, which the answer carries. */
export interface Numbered<T> {
  readonly number: number;
  readonly content: T;
}

/** What the worker is sent. */
export type WorkerRequest =
  | {
    readonly type: "prepare";
    readonly kind: string;
    readonly module?: string;
    readonly inputs: SharedInputs;
    /** One number in shared memory: not 0 when the work is to stop. */
    readonly stop: Int32Array;
  }
  | { readonly type: "runs"; readonly runs: readonly Run[] }
  | {
    readonly type: "shard";
    readonly runs: readonly Run[];
    readonly context: Omit<ShardContext, "signal">;
  };

/** What it answers; rows of runs that were not reached are missing at the end. */
export type WorkerAnswer =
  | {
    readonly type: "ready";
    /** Whether shards are computed as a whole. */
    readonly whole: boolean;
  }
  | {
    readonly type: "rows";
    /** A row, or the reason why there is none; null for a run that was not computed. */
    readonly rows: readonly (Row | string | null)[];
    readonly seconds: number;
  }
  | {
    readonly type: "error";
    readonly message: string;
    readonly stack: string;
    readonly name: string;
  };

const port = self as unknown as {
  onmessage: (event: MessageEvent<Numbered<WorkerRequest>>) => void;
  postMessage(answer: Numbered<WorkerAnswer>): void;
};

let work: PreparedWork | undefined;
let stop: Int32Array | undefined;
/** Watches the stop number for kinds that wait on others. */
const STOP_POLL_MS = 100;

port.onmessage = async ({ data: { number, content } }) => {
  port.postMessage({ number, content: await answerOrError(content) });
};

async function answerOrError(request: WorkerRequest): Promise<WorkerAnswer> {
  try {
    return await answer(request);
  } catch (cause) {
    const { message, stack = "", name } = cause instanceof Error ? cause : new Error(String(cause));
    return { type: "error", message, stack, name };
  }
}

async function answer(request: WorkerRequest): Promise<WorkerAnswer> {
  if (request.type === "prepare") {
    const kind = await loadWorkKind(request.kind, request.module);
    work = await kind.prepare(request.inputs);
    stop = request.stop;
    return { type: "ready", whole: work.runShard !== undefined };
  }
  const start = performance.now();
  const rows = request.type === "runs"
    ? await computeRuns(work!, request.runs)
    : await computeShard(work!, request.runs, request.context);
  return { type: "rows", rows, seconds: (performance.now() - start) / 1000 };
}

/** Errors that say that a run has no result; others are faults and stop the sweep. */
const TOLD = ["RangeError", "EquilibriumError"];

async function computeRuns(prepared: PreparedWork, runs: readonly Run[]) {
  const rows: (Row | string)[] = [];
  for (const run of runs) {
    if (Atomics.load(stop!, 0) !== 0) break;
    try {
      const row = prepared.run(run);
      rows.push(row instanceof Promise ? await row : row);
    } catch (cause) {
      if (!(cause instanceof Error && TOLD.includes(cause.name))) {
        throw new Error(`run ${run.run}: ${cause instanceof Error ? cause.message : cause}`, {
          cause,
        });
      }
      rows.push(cause.message === "" ? cause.name : cause.message);
    }
  }
  return rows;
}

async function computeShard(
  prepared: PreparedWork,
  runs: readonly Run[],
  context: Omit<ShardContext, "signal">,
) {
  const controller = new AbortController();
  const watch = setInterval(() => {
    if (Atomics.load(stop!, 0) !== 0) controller.abort();
  }, STOP_POLL_MS);
  try {
    return await prepared.runShard!(runs, { ...context, signal: controller.signal });
  } finally {
    clearInterval(watch);
  }
}
