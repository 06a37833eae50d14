import { type Economy, economySize, producerRows } from "@ree/equilibrium";
import type { Run } from "./counterfactual_run.ts";

/** A sector and what elements cost it directly outside the restricting country. */
export interface IntensiveSector {
  readonly sector: string;
  readonly label: string;
  /** USD of elements per million USD of output, outside the restricting country. */
  readonly intensity: number;
}

/** Sectors that buy elements, the most intensive first. @param nameOf name of a sector code */
export function intensiveSectors(
  economy: Economy,
  restricting: string,
  nameOf: (sector: string) => string = (sector) => sector,
): IntensiveSector[] {
  const { N, J } = economySize(economy);
  return economy.sectors.flatMap((sector, j) => {
    let [elements, output] = [0, 0];
    for (let i = 0; i < N; i++) {
      if (economy.countries[i] === restricting) continue;
      const at = i * J + j;
      elements += economy.elementShare[at] * (1 - economy.specificShare[at]) * economy.revenue[at];
      output += economy.revenue[at];
    }
    if (elements === 0) return [];
    return [{ sector, label: nameOf(sector), intensity: 1e6 * elements / output }];
  }).toSorted((a, b) => b.intensity - a.intensity);
}

/** Real changes of a sector outside the restricting country, and the baseline values they refer to. */
export interface SectorChange {
  readonly sector: string;
  /** Per mille; NaN without exports. */
  readonly exports: number;
  /** Per mille. */
  readonly output: number;
  /** Baseline exports and output, million USD. */
  readonly exported: number;
  readonly produced: number;
}

/** Real change of every sector's exports and output outside the restricting country; elements left out. */
export function sectorsAbroad(
  { economy, found, shock }: Pick<Run, "economy" | "found" | "shock">,
  restricting: string,
): SectorChange[] {
  const { N, J } = economySize(economy);
  const sums = new Map<string, [exports: number, exported: number, output: number, made: number]>();
  for (const row of producerRows(economy, found, shock)) {
    if (row.isElement || row.country === restricting) continue;
    const sum = sums.get(row.sector) ?? [0, 0, 0, 0];
    sums.set(row.sector, sum);
    const [i, j] = [economy.countries.indexOf(row.country), economy.sectors.indexOf(row.sector)];
    let sold = 0;
    for (let n = 0; n < N; n++) {
      if (n !== i) sold += economy.tradeShare[(n * N + i) * J + j] * economy.expenditure[n * J + j];
    }
    if (sold > 0) sum[0] += sold * row.exportsPercent;
    sum[1] += sold;
    sum[2] += economy.revenue[i * J + j] * row.outputPercent;
    sum[3] += economy.revenue[i * J + j];
  }
  return [...sums].map(([sector, [exports, exported, output, produced]]) => ({
    sector,
    exports: 10 * exports / exported,
    output: 10 * output / produced,
    exported,
    produced,
  }));
}

/** One sector of {@link sectorsAbroad}. @throws RangeError when nobody abroad makes it */
export function sectorAbroad(
  one: Pick<Run, "economy" | "found" | "shock">,
  sector: string,
  restricting: string,
): SectorChange {
  const found = sectorsAbroad(one, restricting).find((row) => row.sector === sector);
  if (found === undefined) throw new RangeError(`no producer of ${sector} outside ${restricting}`);
  return found;
}

/**
 * How the change of exports outside the restricting country goes with element intensity: slope of a
 * least-squares line over the sectors that buy elements, weighted by baseline exports, per mille for
 * 100 USD of elements per million USD of output. Below 0: the more intensive, the larger the fall.
 */
export function intensitySlope(
  changes: readonly SectorChange[],
  sectors: readonly IntensiveSector[],
): number {
  const points = sectors.flatMap(({ sector, intensity }) => {
    const change = changes.find((row) => row.sector === sector);
    return change !== undefined && change.exported > 0
      ? [{ x: intensity / 100, y: change.exports, weight: change.exported }]
      : [];
  });
  const weight = points.reduce((sum, point) => sum + point.weight, 0);
  const meanX = points.reduce((sum, { x, weight }) => sum + weight * x, 0) / weight;
  const meanY = points.reduce((sum, { y, weight }) => sum + weight * y, 0) / weight;
  let [covariance, variance] = [0, 0];
  for (const { x, y, weight } of points) {
    covariance += weight * (x - meanX) * (y - meanY);
    variance += weight * (x - meanX) ** 2;
  }
  return covariance / variance;
}

/**
 * What elements cost a sector directly and through its suppliers: the elasticity of its baseline unit
 * cost to the price of all elements, at given factor prices. The first-order exposure of linkages.
 *
 * @returns [country][sector], 0 to 1; elements themselves count their own purchases only
 */
export function elementContent(economy: Economy): Float64Array {
  const { N, J } = economySize(economy);
  const isElement = economy.sectors.map((sector) => economy.elements.includes(sector));
  let content = new Float64Array(N * J);
  for (let pass = 0; pass < MAX_PASSES; pass++) {
    const bought = new Float64Array(N * J); // content of a unit bought on market [n][k]
    for (let n = 0; n < N; n++) {
      for (let i = 0; i < N; i++) {
        for (let k = 0; k < J; k++) {
          bought[n * J + k] += economy.tradeShare[(n * N + i) * J + k] * content[i * J + k];
        }
      }
    }
    let change = 0;
    const next = content.map((old, at) => {
      const [n, j] = [Math.floor(at / J), at % J];
      const share = economy.elementShare[at];
      let others = 0;
      for (let k = 0; k < J; k++) {
        if (!isElement[k]) others += economy.materialShare[at * J + k] * bought[n * J + k];
      }
      const value = (1 - economy.specificShare[at]) * (share + (1 - share) * others);
      if (!isElement[j]) change = Math.max(change, Math.abs(value - old));
      return value;
    });
    content = next;
    if (change < CONTENT_TOLERANCE) return content;
  }
  throw new RangeError(`element content still moves after ${MAX_PASSES} rounds of suppliers`);
}

const MAX_PASSES = 500;
const CONTENT_TOLERANCE = 1e-12;

/** Sectors that export a smaller part of their output are not drawn. */
const TRADED_SHARE = 0.01;

/**
 * Points of a scatter of export changes against element content (USD per million USD of output), one
 * for each sector of which at least 1 % is traded, the highest content first.
 *
 * @param panel name of the panel that the points carry
 */
export function scatterRows(
  panel: string,
  one: Pick<Run, "economy" | "found" | "shock">,
  restricting: string,
  nameOf: (sector: string) => string = (sector) => sector,
) {
  const { N, J } = economySize(one.economy);
  const content = elementContent(one.economy);
  return sectorsAbroad(one, restricting).flatMap((row) => {
    if (!(row.exported > TRADED_SHARE * row.produced)) return [];
    const j = one.economy.sectors.indexOf(row.sector);
    let [cost, output] = [0, 0];
    for (let n = 0; n < N; n++) {
      if (one.economy.countries[n] === restricting) continue;
      cost += content[n * J + j] * one.economy.revenue[n * J + j];
      output += one.economy.revenue[n * J + j];
    }
    return [{ label: nameOf(row.sector), panel, x: 1e6 * cost / output, y: row.exports }];
  }).toSorted((a, b) => b.x - a.x);
}
