/**
 * Memory of a solve to each tolerance, in a process of its own, as JSON:
 * `deno run -A --v8-flags=--expose-gc,--min-semi-space-size=64 memory_of_solve.ts COUNTRIES SECTORS WARM_UP TOLERANCE …`.
 * The large semi-space keeps the collector away, so that growth is what was allocated.
 */
import type { HeapProfiler } from "node:inspector";
import { Session } from "node:inspector/promises";
import { solveEquilibrium } from "@ree/equilibrium";
import { countArrays } from "../equilibrium/count_arrays.ts";
import { syntheticEconomy, uniformTariff } from "./synthetic_economy.ts";

/** What {@link memoryOfSolve} prints; bytes. */
export interface MemoryOfSolve {
  readonly iterations: number;
  /** Typed arrays made, and their bytes (8 per number, although some take less). */
  readonly arrays: number;
  readonly arrayBytes: number;
  /** Growth of memory outside the heap, where typed arrays live, before any collection. */
  readonly externalGrowth: number;
  /**
   * Put on the heap, collected or not, by the whole solve (checks, set-up and result included) and by
   * the code that runs in every iteration: the engine's own sampling, which leaves the compiler out.
   */
  readonly heapBytes: number;
  readonly loopHeapBytes: number;
}

async function memoryOfSolve(
  countries: number,
  sectors: number,
  warmUp: number,
  tolerances: readonly number[],
): Promise<MemoryOfSolve[]> {
  const economy = syntheticEconomy(countries, sectors);
  const shock = uniformTariff(economy);
  const solve = (tolerance: number) => solveEquilibrium(economy, shock, { tolerance });
  for (let run = 0; run < warmUp; run++) tolerances.forEach(solve);
  const measured: Omit<MemoryOfSolve, "arrays" | "arrayBytes">[] = [];
  for (const tolerance of tolerances) {
    await collectGarbage();
    const before = Deno.memoryUsage().external;
    const { iterations } = solve(tolerance);
    const externalGrowth = Deno.memoryUsage().external - before;
    const heap = await sampledBytes(() => solve(tolerance));
    measured.push({ iterations, externalGrowth, ...heap });
  }
  // Counting replaces constructors, after which the engine compiles otherwise: it comes last.
  return measured.map((row, k) => {
    const { arrays, entries } = countArrays(() => solve(tolerances[k]));
    return { ...row, arrays, arrayBytes: 8 * entries };
  });
}

/** Bytes between two samples; small, so that few allocations are missed. */
const SAMPLING_INTERVAL = 256;

/** Solves that are sampled together. */
const SAMPLED = 4;

/** Files of which every function, or all but those named, runs in every iteration. */
const LOOP: Readonly<Record<string, readonly string[]>> = {
  "prices.ts": [],
  "spending.ts": [],
  "technology.ts": [],
  "markets.ts": ["listMarkets", "tradeElasticities", "add", ""],
  "element_blocks.ts": ["elementBlocks", "rank", ""],
  "clear_markets.ts": [],
  "anderson.ts": ["anderson", ""],
};

/** Mean bytes that a run puts on the heap, in all and in the loop. */
async function sampledBytes(run: () => void) {
  const session = new Session();
  session.connect();
  await session.post("HeapProfiler.enable");
  await session.post("HeapProfiler.startSampling", {
    samplingInterval: SAMPLING_INTERVAL,
    includeObjectsCollectedByMajorGC: true,
    includeObjectsCollectedByMinorGC: true,
  });
  for (let time = 0; time < SAMPLED; time++) run();
  const { profile } = await session.post("HeapProfiler.stopSampling");
  session.disconnect();
  let [heapBytes, loopHeapBytes] = [0, 0];
  const add = ({ callFrame, selfSize, children }: HeapProfiler.SamplingHeapProfileNode) => {
    heapBytes += selfSize / SAMPLED;
    const once = LOOP[callFrame.url.split("/").at(-1) ?? ""];
    if (once !== undefined && !once.includes(callFrame.functionName)) {
      loopHeapBytes += selfSize / SAMPLED;
    }
    children.forEach(add);
  };
  add(profile.head);
  return { heapBytes: Math.round(heapBytes), loopHeapBytes: Math.round(loopHeapBytes) };
}

/** Array buffers are freed in the background after a collection. */
async function collectGarbage() {
  const collect: unknown = Reflect.get(globalThis, "gc");
  if (typeof collect !== "function") throw new Error("run with --v8-flags=--expose-gc");
  for (let time = 0; time < 4; time++) {
    collect();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

if (import.meta.main) {
  const [countries, sectors, warmUp, ...tolerances] = Deno.args.map(Number);
  console.log(JSON.stringify(await memoryOfSolve(countries, sectors, warmUp, tolerances)));
}
