import { linearRegression, linearRegressionLine, rSquared } from "simple-statistics";
import type { MemoryOfSolve } from "./memory_of_solve.ts";

const SECTORS = 45;
const COUNTRIES = [10, 20, 40, 80, 160];

/** The default of a solve, and one that stops early. */
const TIGHT = 1e-11;
const LOOSE = 1e-2;

/** Size at which few and many iterations are compared. */
const COMPARED = 40;

/** Solves before the measurement: code that is not yet compiled puts numbers on the heap. */
const LONG_WARM_UP = 60;
const SHORT_WARM_UP = 2;

/**
 * Memory of solves, each in a fresh process: that nothing is allocated per iteration, and how memory
 * grows with N²J, the size of one array of pairs.
 */
export function benchmarkMemory() {
  const [few, many] = measure(COMPARED, LONG_WARM_UP, LOOSE, TIGHT);
  const rows = COUNTRIES.map((countries) => {
    const { arrayBytes, externalGrowth } = measure(countries, SHORT_WARM_UP, TIGHT)[0];
    return { countries, cells: countries ** 2 * SECTORS, arrayBytes, externalGrowth };
  });
  return {
    what:
      "warm solves in a process of their own: typed arrays counted, memory outside the heap before any collection, allocations on the heap as sampled by the engine",
    loadAverage: Number(Deno.loadavg()[0].toFixed(2)),
    loop: {
      countries: COMPARED,
      sectors: SECTORS,
      few,
      many,
      moreArrays: many.arrays - few.arrays,
      moreArrayBytes: many.arrayBytes - few.arrayBytes,
      // Single numbers that the engine puts on the heap; one array of pairs for comparison.
      loopHeapBytesPerIteration: Math.round(many.loopHeapBytes / many.iterations),
      pairArrayBytes: COMPARED ** 2 * SECTORS * 8,
    },
    growth: {
      rows,
      arrays: fit(rows.map(({ cells, arrayBytes }) => [cells, arrayBytes])),
      external: fit(rows.map(({ cells, externalGrowth }) => [cells, externalGrowth])),
    },
  };
}

/** Least squares line of bytes on N²J. */
function fit(points: number[][]) {
  const line = linearRegression(points);
  return {
    bytesPerCell: Number(line.m.toPrecision(4)),
    interceptMb: Number((line.b / 2 ** 20).toPrecision(3)),
    rSquared: Number(rSquared(points, linearRegressionLine(line)).toPrecision(6)),
  };
}

function measure(
  countries: number,
  warmUp: number,
  ...tolerances: readonly number[]
): MemoryOfSolve[] {
  const { stdout, stderr, success } = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "-A",
      "--v8-flags=--expose-gc,--min-semi-space-size=64",
      new URL("./memory_of_solve.ts", import.meta.url).pathname,
      `${countries}`,
      `${SECTORS}`,
      `${warmUp}`,
      ...tolerances.map(String),
    ],
  }).outputSync();
  if (!success) throw new Error(`memory run failed: ${new TextDecoder().decode(stderr)}`);
  return JSON.parse(new TextDecoder().decode(stdout));
}
