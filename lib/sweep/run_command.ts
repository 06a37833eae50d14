import {
  type CommandOptions,
  formatDuration,
  numberOption,
  progressLine,
  readOptions,
  usageError,
} from "@ree/command";
import { positional } from "./positional.ts";
import { loadPlan, type Plan } from "./plan.ts";
import { runPlan, type RunPlanSummary, type SweepProgress } from "./run_plan.ts";
import { type IndexedTask, taskIndex } from "./task_index.ts";

/** Exit codes by how the run ended; signals have their own. */
const STOPPED: Readonly<Record<Exclude<RunPlanSummary["stopped"], "interrupted">, number>> = {
  done: 0,
  held: 4,
  unfinished: 4,
};
const SIGNALS = { SIGINT: 130, SIGTERM: 143 } as const;

/** `sweep run`: computes shards on this machine. */
export async function runCommand(args: readonly string[]): Promise<number> {
  const { value: folder, rest } = positional(args, "FOLDER");
  const options = readOptions(rest, ["shard", "indexed", "workers", "patience"]);
  const plan = loadPlan(folder);
  const { shards, task } = chosenShards(options, plan);
  const workers = numberOption(options, "workers", whole, "a whole number above 0") ??
    slurmProcessors();
  const patience = numberOption(options, "patience", (value) => value > 0, "seconds above 0");
  const progress = progressLine();
  const stop = new AbortController();
  let code: number = SIGNALS.SIGTERM;
  const listeners = (Object.keys(SIGNALS) as (keyof typeof SIGNALS)[]).map((signal) => {
    const listener = () => {
      code = SIGNALS[signal];
      progress.keep(`${signal}: stopping at the next run boundary …`);
      stop.abort();
    };
    Deno.addSignalListener(signal, listener);
    return () => Deno.removeSignalListener(signal, listener);
  });
  try {
    const summary = await runPlan(folder, {
      ...shards === undefined ? {} : { shards },
      ...workers === undefined ? {} : { workers },
      ...patience === undefined ? {} : { patienceSeconds: patience },
      task: task?.name ?? "",
      signal: stop.signal,
      onProgress: (now) => progress.show(progressText(now)),
      onMessage: (text) => progress.keep(text),
    });
    progress.keep(`${progressText(summary)}. ${ENDING[summary.stopped]}`);
    return summary.stopped === "interrupted" ? code : STOPPED[summary.stopped];
  } finally {
    for (const remove of listeners) remove();
  }
}

const ENDING: Readonly<Record<RunPlanSummary["stopped"], string>> = {
  done: "All shards asked for are done.",
  held: "Others are computing the rest.",
  unfinished: "The work stopped before its end; run again to go on.",
  interrupted: "Stopped; run again to go on.",
};

const whole = (value: number) => Number.isInteger(value) && value > 0;

/** Shards named by --shard i/n or --indexed n; undefined means all. */
function chosenShards(
  options: CommandOptions,
  plan: Plan,
): { readonly shards?: readonly number[]; readonly task?: IndexedTask } {
  const { shard, indexed } = options;
  if (shard !== undefined && indexed !== undefined) {
    throw usageError("--shard and --indexed do not go together");
  }
  if (typeof shard === "string") {
    const [, i, n] = /^(\d+)\/(\d+)$/.exec(shard) ?? [];
    if (i === undefined || Number(n) === 0 || Number(i) >= Number(n)) {
      throw usageError(`--shard ${shard}: expected i/n with i from 0 to n − 1`);
    }
    return { shards: everyNth(plan.shards, Number(i), Number(n)) };
  }
  if (indexed === undefined) return {};
  const tasks = indexed === "plan" ? plan.shards : Number(indexed);
  if (!whole(tasks)) throw usageError(`--indexed ${indexed}: expected a number of tasks, or plan`);
  const task = taskIndex();
  if (task.index >= tasks) {
    throw usageError(`task ${task.index} of ${tasks}: expected indices from 0 to ${tasks - 1}`);
  }
  return { shards: everyNth(plan.shards, task.index, tasks), task };
}

/** Shards of one of several tasks. */
export function everyNth(shards: number, first: number, step: number): number[] {
  const chosen: number[] = [];
  for (let shard = first; shard < shards; shard += step) chosen.push(shard);
  return chosen;
}

/** Slurm may give a task fewer processors than the node has. */
function slurmProcessors(): number | undefined {
  const given = Deno.env.get("SLURM_CPUS_PER_TASK");
  if (given !== undefined && whole(Number(given))) return Number(given);
  return Deno.env.get("SLURM_JOB_ID") === undefined ? undefined : 1;
}

function progressText(
  { runs, ofRuns, failed, shards, ofShards, seconds, secondsLeft }: SweepProgress,
) {
  const rate = runs / Math.max(seconds, 1e-3);
  const left = secondsLeft === null || secondsLeft === 0
    ? ""
    : `, ${formatDuration(secondsLeft)} left`;
  const without = failed === 0 ? "" : ` (${failed} without a result)`;
  return `${runs} of ${ofRuns} runs${without}, ${shards} of ${ofShards} shards, ` +
    `${rate.toPrecision(3)} runs/s${left}`;
}
