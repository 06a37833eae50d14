import { jobArguments } from "./job_arguments.ts";
import { sweepError } from "./sweep_error.ts";

/** What an array job of Slurm is asked for. */
export interface SlurmRequest {
  /** Absolute folder of the sweep. */
  readonly folder: string;
  readonly jobName: string;
  /** Tasks that the shards are divided over, and those to submit. */
  readonly tasks: number;
  readonly indices: readonly number[];
  readonly atMost: number | null;
  readonly partition: string | null;
  /** As Slurm writes it. */
  readonly time: string;
  readonly cpus: number;
  readonly memory: string;
  /** Seconds before the limit at which the task is told to stop. */
  readonly warning: number;
  /** Further lines after #SBATCH. */
  readonly options: readonly string[];
  /** Absolute paths of deno and of lib/sweep/main.ts. */
  readonly deno: string;
  readonly main: string;
  /** Variables of the submitting shell that the tasks need; Deno's cache above all. */
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * The sbatch script of an array job. The shell becomes deno (`exec`), so that Slurm's warning before the
 * limit reaches it.
 *
 * @throws SweepError when a text would break out of its line
 */
export function slurmScript(request: SlurmRequest): string {
  const { folder, atMost, partition, options, environment } = request;
  const throttle = atMost === null ? "" : `%${atMost}`;
  const lines = [
    `--job-name=${request.jobName}`,
    `--array=${indexRanges(request.indices)}${throttle}`,
    ...partition === null ? [] : [`--partition=${partition}`],
    `--time=${request.time}`,
    "--nodes=1",
    "--ntasks=1",
    `--cpus-per-task=${request.cpus}`,
    `--mem=${request.memory}`,
    `--signal=B:TERM@${request.warning}`,
    "--requeue",
    "--open-mode=append",
    `--output=${folder}/logs/%A_%a.log`,
    ...options,
  ];
  const stray = [...lines, folder, request.deno, request.main].find((line) => /[\n\r]/.test(line));
  if (stray !== undefined) throw sweepError(`a line break in ${JSON.stringify(stray)}`);
  const command = [request.deno, ...jobArguments(request.main, folder, request.tasks)];
  return [
    "#!/bin/bash",
    ...lines.map((line) => `#SBATCH ${/\s/.test(line) ? quoteOption(line) : line}`),
    ...Object.entries(environment).map(([name, value]) => `export ${name}=${shellQuote(value)}`),
    `exec ${command.map(shellQuote).join(" ")}`,
    "",
  ].join("\n");
}

/** 0,1,2,5 as 0-2,5. */
export function indexRanges(indices: readonly number[]): string {
  const sorted = [...new Set(indices)].sort((a, b) => a - b);
  const ranges: string[] = [];
  for (let k = 0; k < sorted.length;) {
    let end = k;
    while (end + 1 < sorted.length && sorted[end + 1] === sorted[end] + 1) end++;
    ranges.push(end === k ? `${sorted[k]}` : `${sorted[k]}-${sorted[end]}`);
    k = end + 1;
  }
  return ranges.join(",");
}

/** A word of a shell script. */
export function shellQuote(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** Slurm reads quotes in #SBATCH lines: --name="a b". */
function quoteOption(line: string): string {
  const [, name, value] = /^(--[\w-]+)=(.*)$/.exec(line) ?? [];
  return name === undefined ? line : `${name}="${value.replaceAll('"', '\\"')}"`;
}
