import { resourceUsage } from "node:process";
import { loadFacts, loadJudged, loadMakeUse, loadOxideProduction, loadWorldTable } from "@ree/data";
import {
  embodied,
  industryCoefficients,
  intensityDraws,
  intensityMatrices,
  symmetricTable,
  usReeTable,
  worldIntensity,
  worldReeTable,
  worldSplits,
} from "@ree/io-table";
import { describeMachine, summarise } from "./machine.ts";

const RUNS = 5;

/** Seconds of one call and what it returned. */
function timed<T>(run: () => T): [number, T] {
  const start = performance.now();
  const value = run();
  return [(performance.now() - start) / 1e3, value];
}

/**
 * The full-detail chain (read, symmetric, carve-out, balance, total requirements for 405 industries and ten elements),
 * and the same inverse by numpy in the same run.
 *
 * @param python an interpreter with numpy
 */
export function benchmarkIoTable(python: string) {
  const facts = loadFacts();
  const judged = loadJudged();
  const chain: Record<string, number[]> = {};
  const note = <T>(step: string, run: () => T): T => {
    const [seconds, value] = timed(run);
    (chain[step] ??= []).push(seconds);
    return value;
  };
  let table!: ReturnType<typeof usReeTable>;
  for (let run = 0; run < RUNS; run++) {
    const [seconds] = timed(() => {
      const published = note("read", () => loadMakeUse(2007));
      note("symmetric table", () =>
        symmetricTable(published.make, published.use, {
          technology: "industry",
          industries: published.industries.length,
        }));
      table = note("balance and carve-out", () => usReeTable(published, facts, judged));
      note("total requirements", () => intensityMatrices(table.table));
    });
    (chain["whole chain"] ??= []).push(seconds);
    note("1,000 draws", () => intensityDraws(table.table, table.factors));
  }
  const world = loadWorldTable(2009);
  const splits = worldSplits({
    facts,
    judged,
    distribution: table.factors.distribution,
    mines: loadOxideProduction().filter(({ year }) => year === world.year),
    countries: world.countries,
    year: world.year,
  });
  for (let run = 0; run < RUNS; run++) {
    const carved = note("world carve-out", () => worldReeTable(world, splits));
    note("world intensities", () => worldIntensity(carved));
  }
  return {
    benchmark:
      "input-output table, 405 industries x 10 elements (US 2007) and 41 x 35 (world 2009)",
    machine: describeMachine(),
    peakMemoryMb: Math.round(resourceUsage().maxRSS / 2 ** 10),
    seconds: Object.fromEntries(
      Object.entries(chain).map(([step, runs]) => [step, summarise(runs)]),
    ),
    inverse: compareWithNumpy(table, python),
  };
}

function compareWithNumpy({ table }: ReturnType<typeof usReeTable>, python: string) {
  const { direct, total } = intensityMatrices(table);
  const coefficients = industryCoefficients(table);
  const n = table.industries.length;
  const own = Array.from({ length: RUNS }, () => timed(() => embodied(direct, coefficients))[0]);
  const file = Deno.makeTempFileSync();
  try {
    const numbers = new Float64Array(coefficients.length + direct.length);
    numbers.set(coefficients);
    numbers.set(direct, coefficients.length);
    Deno.writeFileSync(file, new Uint8Array(numbers.buffer));
    const script = new URL("./invert.py", import.meta.url).pathname;
    const { stdout, stderr, success } = new Deno.Command(python, {
      args: [script, file, String(n), String(table.elements.length), String(RUNS)],
    }).outputSync();
    if (!success) throw new Error(`numpy run failed: ${new TextDecoder().decode(stderr)}`);
    const numpy = JSON.parse(new TextDecoder().decode(stdout));
    const largest = total.reduce((most, value) => Math.max(most, value), 0);
    const mine = summarise(own);
    const inverse = summarise(numpy.inverse_seconds);
    const solve = summarise(numpy.solve_seconds);
    return {
      order: n,
      ownSolveSeconds: mine,
      numpyVersion: numpy.numpy,
      numpyInverseSeconds: inverse,
      numpySolveSeconds: solve,
      ratioToNumpyInverse: Number((mine.median / inverse.median).toPrecision(3)),
      ratioToNumpySolve: Number((mine.median / solve.median).toPrecision(3)),
      largestDifferenceRelativeToLargestEntry: total.reduce(
        (worst, value, k) => Math.max(worst, Math.abs(value - numpy.total[k]) / largest),
        0,
      ),
    };
  } finally {
    Deno.removeSync(file);
  }
}
