/**
 * `deno task bench:sweep [part …]`: measures sweeps and writes the parts measured (default all) into sweep.json
 * beside this file.
 */
import { makePlan, mergeSweep, runPlan, type SweepDesign, sweepStatus } from "@ree/sweep";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import process from "node:process";
import { describeMachine, summarise } from "./machine.ts";
import { simulateQueue } from "./sweep_queue.ts";

const MAIN = fileURLToPath(new URL("../../lib/sweep/main.ts", import.meta.url));
const REPEATS = 3;
/** Clock ticks per second in /proc on Linux. */
const TICKS = 100;
const MANY = 100_000;

/** Quotas on the small economy under free entry. */
const EQUILIBRIA = 1_000;

function design(runs: number, shards: number, economy: "small" | "world" = "small"): SweepDesign {
  return {
    name: "bench",
    kind: "equilibria",
    shards,
    shared: {
      economy: { source: economy },
      scenarios: {
        quota: {
          measures: [{
            kind: "exportQuota",
            exporter: "CHN",
            sectors: ["elements"],
            limit: "$limit",
          }],
        },
      },
    },
    draws: {
      type: "sobol",
      count: runs,
      distributions: { limit: { low: 0.3, high: 0.9 }, sigma: { low: 0.2, high: 1.5 } },
    },
    axes: { closure: ["entry"] },
  };
}

/** A tariff at fixed technology: the cheapest equilibria there are. */
function cheapDesign(runs: number, shards: number): SweepDesign {
  return {
    name: "many",
    kind: "equilibria",
    shards,
    shared: {
      economy: { source: "small" },
      scenarios: {
        tariff: {
          measures: [{
            kind: "tariff",
            importers: ["USA"],
            exporters: ["CHN"],
            sectors: "*",
            rate: "$rate",
          }],
        },
      },
    },
    draws: { type: "sobol", count: runs, distributions: { rate: { low: 0, high: 0.5 } } },
  };
}

const folder = Deno.makeTempDirSync({ prefix: "sweep-bench-" });
const PARTS: Readonly<Record<string, () => object | Promise<object>>> = {
  efficiency: parallelEfficiency,
  efficiencyWorld: () => parallelEfficiency("world"),
  overhead: shardOverhead,
  memory: memoryPerWorker,
  many: manyEquilibria,
  queue,
};
try {
  const path = new URL("sweep.json", import.meta.url);
  const before: { parts?: Record<string, unknown> } = JSON.parse(Deno.readTextFileSync(path));
  const parts: Record<string, unknown> = { ...before.parts };
  for (const name of Deno.args.length > 0 ? Deno.args : Object.keys(PARTS)) {
    if (PARTS[name] === undefined) {
      console.error(`no part "${name}"; there are ${Object.keys(PARTS).join(", ")}`);
      Deno.exit(2);
    }
    console.log(`${name} …`);
    const loadBefore = Deno.loadavg()[0];
    const part = await PARTS[name]();
    parts[name] = {
      loadAverage: { before: round(loadBefore), after: round(Deno.loadavg()[0]) },
      ...part,
    };
    const result = {
      benchmark:
        "sweeps: parallel efficiency, overhead of a shard, memory, many runs, simulated clusters",
      machine: describeMachine(),
      note:
        "where the load average is above 2 the two processors were shared with other work: wall times " +
        "then say little, processor times are less affected",
      parts,
    };
    Deno.writeTextFileSync(path, JSON.stringify(result, null, 2) + "\n");
    console.log(JSON.stringify(parts[name], null, 2));
  }
} finally {
  Deno.removeSync(folder, { recursive: true });
}

/** One process with one worker and one with two, in turns; best of several. */
async function parallelEfficiency(economy: "small" | "world" = "small") {
  const [one, two]: [Cost[], Cost[]] = [[], []];
  const busy: { readonly workers: number; readonly share: number }[] = [];
  const repeats = economy === "small" ? REPEATS : 1;
  for (let repeat = 0; repeat < repeats; repeat++) {
    for (const [workers, costs] of [[1, one], [2, two]] as const) {
      const sweep = join(folder, `efficiency-${economy}-${workers}-${repeat}`);
      await makePlan(design(EQUILIBRIA, 10, economy), sweep);
      const cost = await command(["run", sweep, "--workers", String(workers)]);
      costs.push(cost);
      busy.push({ workers, share: sweepStatus(sweep).seconds / (workers * cost.wall) });
    }
  }
  const largestShare = (workers: number) =>
    Math.max(...busy.filter((one) => one.workers === workers).map(({ share }) => share));
  const best = (costs: readonly Cost[], what: keyof Cost) =>
    Math.min(...costs.map((cost) => cost[what]));
  return {
    what:
      `${EQUILIBRIA} equilibria of the ${economy} economy with quotas under free entry, 10 shards; whole process, start included`,
    wallSeconds: { oneWorker: round(best(one, "wall")), twoWorkers: round(best(two, "wall")) },
    processorSeconds: {
      oneWorker: round(best(one, "processor")),
      twoWorkers: round(best(two, "processor")),
    },
    /** T1 / (2 T2). */
    wallEfficiency: round(best(one, "wall") / (2 * best(two, "wall"))),
    /** Processor time with one worker over that with two: what parallel work adds. */
    workEfficiency: round(best(one, "processor") / best(two, "processor")),
    /** Part of the process's time that its workers were computing or waiting for a processor, largest of the repeats. */
    busyShare: {
      oneWorker: round(largestShare(1)),
      twoWorkers: round(largestShare(2)),
    },
    processorSecondsPerRun: round(best(one, "processor") / EQUILIBRIA),
  };
}

/** A shard of a single run: nearly all of it is start, load and write. */
async function shardOverhead() {
  const rows: Record<string, object> = {};
  for (const economy of ["small", "world"] as const) {
    const sweep = join(folder, `overhead-${economy}`);
    await makePlan(design(8, 8, economy), sweep);
    const costs: Cost[] = [];
    for (let shard = 0; shard < 8; shard++) {
      costs.push(await command(["run", sweep, "--shard", `${shard}/8`, "--workers", "1"]));
    }
    const solving = sweepStatus(sweep).seconds / 8;
    rows[economy] = {
      wallSeconds: summarise(costs.map(({ wall }) => wall)),
      processorSeconds: summarise(costs.map(({ processor }) => processor)),
      solvingSeconds: round(solving),
      overheadSeconds: round(Math.min(...costs.map(({ wall }) => wall)) - solving),
      inputsMb: round(Deno.statSync(join(sweep, "inputs.bin")).size / 2 ** 20),
    };
  }
  return { what: "one process for a shard of one run: start, load, solve, write", ...rows };
}

async function memoryPerWorker() {
  const rows = [];
  for (const economy of ["small", "world"] as const) {
    const peaks: number[] = [];
    for (const workers of [1, 2, 3]) {
      const sweep = join(folder, `memory-${economy}-${workers}`);
      await makePlan(design(economy === "small" ? 300 : 24, 3, economy), sweep);
      peaks.push((await command(["run", sweep, "--workers", String(workers)])).peakMb);
    }
    rows.push({
      economy,
      peakMb: peaks.map(round),
      perWorkerMb: round((peaks[2] - peaks[0]) / 2),
    });
  }
  return { what: "largest resident memory of a process with 1, 2 and 3 workers", rows };
}

/** Memory of this process while many equilibria are solved. */
async function manyEquilibria() {
  const sweep = join(folder, "many");
  const shards = MANY / 500;
  const planned = performance.now();
  await makePlan(cheapDesign(MANY, shards), sweep);
  const planSeconds = (performance.now() - planned) / 1000;
  const samples: { readonly runs: number; readonly rssMb: number }[] = [];
  const before = process.cpuUsage();
  const started = performance.now();
  const { runs, failed } = await runPlan(sweep, {
    onProgress: (progress) => {
      if (progress.runs >= (samples.length + 1) * MANY / 20) {
        samples.push({ runs: progress.runs, rssMb: Math.round(Deno.memoryUsage().rss / 2 ** 20) });
      }
    },
  });
  const wall = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(before);
  const merging = performance.now();
  await mergeSweep(sweep);
  const quarter = Math.floor(samples.length / 4);
  const largest = (from: number, to: number) =>
    Math.max(...samples.slice(from, to).map(({ rssMb }) => rssMb));
  return {
    what: "equilibria of the small economy after a tariff at fixed technology, shards of 500",
    runs,
    failed,
    shards,
    planSeconds: round(planSeconds),
    wallSeconds: round(wall),
    processorSeconds: round((user + system) / 1e6),
    mergeSeconds: round((performance.now() - merging) / 1000),
    largestRssMb: {
      secondQuarter: largest(quarter, 2 * quarter),
      lastQuarter: largest(-quarter, samples.length),
    },
    mergedMb: round(Deno.statSync(join(sweep, "merged.parquet")).size / 2 ** 20),
  };
}

function queue() {
  const measured: { parts: { efficiencyWorld?: { processorSecondsPerRun: number } } } = JSON.parse(
    Deno.readTextFileSync(new URL("sweep.json", import.meta.url)),
  );
  const perRun = measured.parts.efficiencyWorld?.processorSecondsPerRun;
  if (perRun === undefined) throw new Error("queue needs the part efficiencyWorld first");
  const assumptions = {
    startsPerSecond: 20,
    slotsPerNode: 32,
    overheadSeconds: 1.5,
    lostShare: 0.005,
  };
  // Runs differ: the dearest cost about three times the cheapest.
  const seconds = [0.5, 0.75, 1, 1.25, 1.5].map((factor) => factor * perRun);
  return {
    what:
      "SIMULATED: runs at the measured processor time of a world equilibrium on clusters, a task for each shard",
    assumptions,
    secondsPerRun: perRun,
    rows: [1e6, 1e8].flatMap((runs) =>
      [10, 100, 1000].flatMap((nodes) =>
        [1_000, 10_000].map((tasks) => simulateQueue(nodes, runs, tasks, seconds, assumptions))
      )
    ),
  };
}

interface Cost {
  readonly wall: number;
  readonly processor: number;
  readonly peakMb: number;
}

/** Runs `deno task sweep` in a process of its own and reads what it used from the system. */
async function command(args: readonly string[]): Promise<Cost> {
  const started = performance.now();
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", MAIN, ...args],
    env: { NO_COLOR: "1" },
    stdout: "null",
    stderr: "null",
  }).spawn();
  let [peakMb, processor] = [0, 0];
  const timer = setInterval(() => {
    try {
      const status = Deno.readTextFileSync(`/proc/${child.pid}/status`);
      peakMb = Math.max(peakMb, Number(/^VmHWM:\s+(\d+)/m.exec(status)?.[1] ?? 0) / 1024);
      const stat = Deno.readTextFileSync(`/proc/${child.pid}/stat`);
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      processor = Math.max(processor, (Number(fields[11]) + Number(fields[12])) / TICKS);
    } catch {
      // has just ended
    }
  }, 10);
  const { success } = await child.status;
  clearInterval(timer);
  if (!success) throw new Error(`sweep ${args.join(" ")} failed`);
  return { wall: (performance.now() - started) / 1000, processor, peakMb };
}

function round(value: number): number {
  return Number(value.toPrecision(3));
}
