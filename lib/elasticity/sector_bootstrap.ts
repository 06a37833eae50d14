import type { Column } from "@ree/econometrics";
import { randomStream } from "@ree/numeric";
import { quantileSorted, sampleStandardDeviation } from "simple-statistics";
import type { SectorBootstrap } from "./elasticity_fit.ts";
import type { PatentCells } from "./panel_columns.ts";

/**
 * Draws sectors with replacement, with all their years, and estimates again from the first stage on: robust to any
 * dependence within sectors.
 *
 * @param pooledMean of a resampled panel; undefined when it has none
 * @throws RangeError when fewer than half of the draws have an estimate
 */
export function sectorBootstrap(
  cells: PatentCells,
  instruments: readonly string[],
  { draws, seed }: { readonly draws: number; readonly seed: number },
  level: number,
  pooledMean: (panel: Readonly<Record<string, Column>>) => number | undefined,
): SectorBootstrap {
  if (!(Number.isInteger(draws) && draws >= 20)) {
    throw new RangeError(`bootstrap: ${draws} draws, expected a whole number of at least 20`);
  }
  const random = randomStream(seed);
  const blocks = [...Map.groupBy(cells.sector.keys(), (i) => cells.sector[i]).values()];
  const means: number[] = [];
  for (let draw = 0; draw < draws; draw++) {
    const drawn = blocks.map(() => blocks[random.integer(blocks.length)]);
    const at = drawn.flat();
    const pick = (values: ArrayLike<number>) => Float64Array.from(at, (i) => values[i]);
    const pair = (name: string, stocks: PatentCells["stock"]) =>
      stocks
        ? { [`${name}_element`]: pick(stocks.element), [`${name}_other`]: pick(stocks.other) }
        : {};
    const panel = {
      sector: drawn.flatMap((block, k) => block.map(() => `draw ${k}`)),
      year: pick(cells.year),
      patents_element: pick(cells.patentsElement),
      patents_other: pick(cells.patentsOther),
      log_relative_price: pick(cells.logRelativePrice),
      ...pair("stock", cells.stock),
      ...pair("knowledge", cells.knowledge),
      ...Object.fromEntries(
        instruments.map((name, k) => [name, pick(cells.instruments[k])]),
      ),
    };
    const mean = attempt(() => pooledMean(panel));
    if (mean !== undefined) means.push(mean);
  }
  if (means.length < draws / 2) {
    throw new RangeError(`bootstrap: only ${means.length} of ${draws} draws have an estimate`);
  }
  means.sort((a, b) => a - b);
  return {
    se: sampleStandardDeviation(means),
    lower: quantileSorted(means, (1 - level) / 2),
    upper: quantileSorted(means, (1 + level) / 2),
    draws,
    failed: draws - means.length,
  };
}

/** A resampled panel can be one in which nothing is identified; other errors are passed on. */
function attempt(compute: () => number | undefined): number | undefined {
  try {
    return compute();
  } catch (cause) {
    if (cause instanceof RangeError) return undefined;
    throw cause;
  }
}
