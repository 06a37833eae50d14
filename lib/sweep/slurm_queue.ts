import { messageOf } from "@ree/command";
import { sweepError } from "./sweep_error.ts";

/** A task of an array job that Slurm still has. */
export interface QueuedTask {
  readonly job: string;
  readonly index: number;
  readonly jobName: string;
}

/** Runs a program of Slurm. @throws SweepError when it is not there or fails, with what it said */
export async function slurmCommand(program: string, args: readonly string[]): Promise<string> {
  let output: Deno.CommandOutput;
  try {
    output = await new Deno.Command(program, { args: [...args], stdin: "null" }).output();
  } catch (cause) {
    if (cause instanceof Deno.errors.NotFound) {
      throw sweepError(`${program} was not found: submit on a machine with Slurm's programs`);
    }
    throw sweepError(`${program}: ${messageOf(cause)}`, cause);
  }
  if (!output.success) {
    const said = new TextDecoder().decode(output.stderr).trim();
    throw sweepError(`${program} failed (${output.code}): ${said}`);
  }
  return new TextDecoder().decode(output.stdout);
}

/** States in which a task does nothing any more although squeue may still show it. */
const ENDED = [
  "COMPLETED",
  "FAILED",
  "CANCELLED",
  "TIMEOUT",
  "NODE_FAIL",
  "OUT_OF_MEMORY",
  "BOOT_FAIL",
  "DEADLINE",
  "PREEMPTED",
];

/**
 * Tasks of this user's jobs whose name begins as given, pending or running.
 *
 * @throws SweepError when Slurm does not answer
 */
export async function queuedTasks(namePrefix: string): Promise<QueuedTask[]> {
  const text = await slurmCommand("squeue", [
    "--noheader",
    "--array",
    "--me",
    "--format=%F|%K|%T|%j",
  ]);
  return text.split("\n").flatMap((line): QueuedTask[] => {
    const [job, index, state, jobName] = line.trim().split("|");
    if (jobName === undefined || !jobName.startsWith(namePrefix) || ENDED.includes(state)) {
      return [];
    }
    return [{ job, index: Number(index), jobName }];
  });
}

/** One more than the largest index an array may have here. */
export async function maxArraySize(): Promise<number> {
  const text = await slurmCommand("scontrol", ["show", "config"]);
  return Number(/^MaxArraySize\s*=\s*(\d+)/m.exec(text)?.[1] ?? 1001);
}
