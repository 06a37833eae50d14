import { resourceUsage } from "node:process";
import {
  calibrate,
  type Economy,
  exportQuota,
  loadElasticities,
  type Shock,
  shockOf,
  solveEquilibrium,
} from "@ree/equilibrium";
import { loadWorldReeTable } from "@ree/equilibrium/world";
import { benchmarkMemory } from "./equilibrium_memory.ts";
import { describeMachine, summarise } from "./machine.ts";
import { syntheticEconomy, uniformTariff } from "./synthetic_economy.ts";

const RUNS = 15;
const WARM_UP = 10;
const SECTORS = 45;
const COUNTRIES = [10, 20, 40, 80, 160];

/** Seconds of repeated warm solves. */
function timings(solve: () => void, runs = RUNS): number[] {
  for (let run = 0; run < WARM_UP; run++) solve();
  return Array.from({ length: runs }, () => {
    const start = performance.now();
    solve();
    return (performance.now() - start) / 1e3;
  });
}

/**
 * Solves of three sizes, the growth of cost with the number of countries, and the same algorithm in
 * numpy in the same run.
 *
 * @param python an interpreter with numpy
 */
export function benchmarkEquilibrium(python: string) {
  const small = syntheticEconomy(31, 40);
  const shock = uniformTariff(small);
  const tariff = timings(() => solveEquilibrium(small, shock));
  const numpy = runNumpy(small, shock, python);
  const { welfare, iterations } = solveEquilibrium(small, shock);

  const { economy } = calibrate(loadWorldReeTable(), loadElasticities());
  const quota = shockOf(economy, exportQuota("CHN", ["elements"], 0.6));
  const closure = { kind: "entry" } as const;
  const world = timings(() => solveEquilibrium(economy, quota, { closure }));
  const memoryBefore = Math.round(resourceUsage().maxRSS / 2 ** 10);
  const [own, other] = [summarise(tariff), summarise(numpy.seconds)];
  return {
    benchmark: "equilibrium: warm solves from the baseline to residuals of 1e-11, one thread",
    machine: describeMachine(),
    tariff31x40: {
      seconds: own,
      iterations,
      numpyVersion: numpy.numpy,
      numpySeconds: other,
      numpyIterations: numpy.iterations,
      ratioToNumpy: Number((own.median / other.median).toPrecision(3)),
      largestWelfareDifference: welfare.reduce(
        (worst, value, n) => Math.max(worst, Math.abs(value - numpy.welfare[n])),
        0,
      ),
    },
    worldQuotaEntry: {
      size: `${economy.countries.length} countries, ${economy.sectors.length} sectors of which ` +
        `${economy.elements.length} elements`,
      seconds: summarise(world),
      iterations: solveEquilibrium(economy, quota, { closure }).iterations,
      peakMemoryMb: memoryBefore,
    },
    growth: COUNTRIES.map(growth),
    memory: benchmarkMemory(),
  };
}

/** A tariff solve with N countries; the last column is constant when cost is O(N²J + NJ²) per iteration. */
function growth(N: number) {
  const economy = syntheticEconomy(N, SECTORS);
  const shock = uniformTariff(economy);
  const { iterations } = solveEquilibrium(economy, shock);
  const seconds = summarise(timings(() => solveEquilibrium(economy, shock), 5));
  const work = N * N * SECTORS + N * SECTORS * SECTORS;
  return {
    countries: N,
    sectors: SECTORS,
    seconds,
    iterations,
    nanosecondsPerIterationAndCell: Number(
      (1e9 * seconds.median / iterations / work).toPrecision(3),
    ),
    peakMemoryMb: Math.round(resourceUsage().maxRSS / 2 ** 10),
    oneArrayMb: Number((N * N * SECTORS * 8 / 2 ** 20).toPrecision(3)),
  };
}

function runNumpy(economy: Economy, shock: Shock, python: string) {
  const parts = [
    economy.tradeShare,
    shock.tariff ?? economy.tariff,
    economy.factorShare,
    economy.materialShare,
    economy.finalShare,
    economy.expenditure,
    economy.theta,
  ];
  const numbers = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    numbers.set(part, offset);
    offset += part.length;
  }
  const file = Deno.makeTempFileSync();
  try {
    Deno.writeFileSync(file, new Uint8Array(numbers.buffer));
    const script = new URL("./equilibrium.py", import.meta.url).pathname;
    const { countries, sectors } = economy;
    const { stdout, stderr, success } = new Deno.Command(python, {
      args: [script, file, `${countries.length}`, `${sectors.length}`, `${RUNS}`],
      env: { OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1" },
    }).outputSync();
    if (!success) throw new Error(`numpy run failed: ${new TextDecoder().decode(stderr)}`);
    return JSON.parse(new TextDecoder().decode(stdout));
  } finally {
    Deno.removeSync(file);
  }
}
