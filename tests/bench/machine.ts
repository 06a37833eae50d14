import { cpus } from "node:os";

/** The machine a benchmark ran on, as far as its numbers need it. */
export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memoryGb: number;
  readonly system: string;
  readonly deno: string;
}

/** Describes this machine without naming it. */
export function describeMachine(): Machine {
  return {
    processor: cpus()[0]?.model ?? "unknown",
    cores: navigator.hardwareConcurrency,
    memoryGb: Math.round(Deno.systemMemoryInfo().total / 2 ** 30),
    system: `${Deno.build.os} ${Deno.build.arch}`,
    deno: Deno.version.deno,
  };
}

/** Median, smallest and largest of repeated timings, seconds. */
export interface Timing {
  readonly median: number;
  readonly smallest: number;
  readonly largest: number;
  readonly runs: number;
}

/** Summary of timings in seconds, to three digits. */
export function summarise(seconds: readonly number[]): Timing {
  const sorted = [...seconds].sort((a, b) => a - b);
  const round = (value: number) => Number(value.toPrecision(3));
  return {
    median: round(sorted[Math.floor(sorted.length / 2)]),
    smallest: round(sorted[0]),
    largest: round(sorted[sorted.length - 1]),
    runs: seconds.length,
  };
}
