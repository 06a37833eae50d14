import { join, resolve } from "node:path";
import { contentHash } from "./canonical_json.ts";
import { claim, CLAIMS, releaseFor } from "./claims.ts";
import { loadPlan, type Plan } from "./plan.ts";
import { everyNth } from "./run_command.ts";
import { maxArraySize, queuedTasks, slurmCommand } from "./slurm_queue.ts";
import { type SlurmRequest, slurmScript } from "./slurm_script.ts";
import { sweepError } from "./sweep_error.ts";
import { sweepStatus } from "./sweep_status.ts";
import { writeDurably } from "./write_durably.ts";

/** What the user says of the job. */
export type SlurmOptions =
  & Pick<
    SlurmRequest,
    | "atMost"
    | "partition"
    | "time"
    | "cpus"
    | "memory"
    | "warning"
    | "options"
    | "deno"
    | "main"
    | "environment"
  >
  & { readonly tasks: number | null; readonly dryRun: boolean };

/** What was submitted. */
export interface Submission {
  /** Number of the job; null when there was nothing to submit, or in a dry run. */
  readonly job: string | null;
  /** Tasks submitted and those that the queue holds already. */
  readonly indices: readonly number[];
  readonly shards: number;
  readonly alreadyQueued: number;
  /** Claims of tasks that have ended without finishing. */
  readonly released: number;
  readonly script: string;
}

/** Tasks where the user says nothing. */
const DEFAULT_TASKS = 1000;

/**
 * Submits what is missing of a sweep as an array job, and only that: shards that are done, or that a task of an
 * earlier submission still in the queue will compute, are left out. One submission of a sweep at a time.
 *
 * @throws SweepError when another submission is under way, or Slurm refuses
 */
export async function submitSlurm(folder: string, options: SlurmOptions): Promise<Submission> {
  const plan = loadPlan(folder);
  for (const inside of [CLAIMS, "logs", "submissions"]) {
    Deno.mkdirSync(join(folder, inside), { recursive: true });
  }
  const lock = claim(folder, "submit", "");
  if (lock.kind === "taken") {
    const { pid, host } = lock.holder;
    throw sweepError(
      `${folder}: process ${pid} on ${host} is submitting this sweep; nothing was submitted. If that ` +
        `process is gone, remove ${join(folder, CLAIMS)}/submit.*.json`,
    );
  }
  try {
    return await submitMissing(resolve(folder), plan, options);
  } finally {
    lock.claim.release(true);
  }
}

async function submitMissing(
  folder: string,
  plan: Plan,
  options: SlurmOptions,
): Promise<Submission> {
  const prefix = `sweep-${contentHash(`${plan.hash} ${folder}`).slice(0, 10)}-`;
  const queued = await queuedTasks(prefix);
  const queuedShards = new Set(
    queued.flatMap(({ jobName, index }) =>
      everyNth(plan.shards, index, Number(jobName.slice(prefix.length)))
    ),
  );
  const alive = new Set(queued.map(({ job, index }) => `slurm ${job}_${index}`));
  const released = releaseFor(
    folder,
    ({ task }) => task.startsWith("slurm ") && !alive.has(task),
  );
  const { done } = sweepStatus(folder);
  const finished = new Set(done);
  const missing = everyNth(plan.shards, 0, 1).filter((shard) => !finished.has(shard));
  const tasks = options.tasks ?? Math.min(plan.shards, DEFAULT_TASKS, await maxArraySize());
  const indices = [
    ...new Set(missing.filter((shard) => !queuedShards.has(shard)).map((shard) => shard % tasks)),
  ].sort((a, b) => a - b);
  const script = slurmScript({
    ...options,
    folder,
    jobName: `${prefix}${tasks}`,
    tasks,
    indices,
    atMost: options.atMost ?? plan.atMost,
  });
  const about = {
    indices,
    shards: missing.filter((shard) => !queuedShards.has(shard)).length,
    alreadyQueued: missing.filter((shard) => queuedShards.has(shard)).length,
    released,
    script,
  };
  if (indices.length === 0 || options.dryRun) return { job: null, ...about };
  const number = [...Deno.readDirSync(join(folder, "submissions"))]
    .filter(({ name }) => name.endsWith(".sh")).length + 1;
  const path = join(folder, "submissions", `${String(number).padStart(4, "0")}.sh`);
  writeDurably(path, script);
  const [job] = (await slurmCommand("sbatch", ["--parsable", path])).trim().split(";");
  return { job, ...about };
}
