import { columnSums, rowSums } from "@ree/numeric";
import { gras } from "./gras.ts";
import { position } from "./io_table.ts";
import {
  type LaidOutFlows,
  widen,
  type WorldFlows,
  type WorldLayout,
  worldLayout,
} from "./world_layout.ts";
import {
  checkWorldSplits,
  supplyByHost,
  type WorldPurchase,
  worldPurchases,
  type WorldSplits,
} from "./world_purchases.ts";

/** A world table whose last sectors in every country are rare earth elements. */
export interface WorldReeTable extends WorldFlows {
  /** Elements, the last of `sectors`. */
  readonly elements: readonly string[];
  /** Gross output [country·S + sector]. */
  readonly output: Float64Array;
  /** Output less intermediate inputs [country·S + sector]; includes taxes and trade margins. */
  readonly valueAdded: Float64Array;
  readonly report: WorldCarveOutReport;
}

/** What building the world table did. */
export interface WorldCarveOutReport {
  /** All element purchases, million USD. */
  readonly purchases: number;
  /** Purchases for which the buyer's purchase from the producing country's host sector was too small, million USD. */
  readonly unplaced: number;
  /** GRAS sweeps that made room for them. */
  readonly iterations: number;
  /** Largest change that GRAS made to an ordinary flow, percent of that flow (flows over 1 million USD). */
  readonly largestRebalancingPercent: number;
  /** Producers (country, sector) whose value added is negative, with the value. */
  readonly negativeValueAdded: readonly { readonly producer: string; readonly value: number }[];
}

/** At most this part of a purchase from the host sector is read as rare earths. */
const LARGEST_PART_OF_A_CELL = 0.9;

/** Differences of sums below this are rounding, million USD. */
const ROUNDING = 1e-6;

/**
 * Carves rare earth sectors out of a world input-output table.
 *
 * Use: each application's tonnes go to the sectors that use it first and, within a sector, to countries in
 * proportion to their gross output there. Supply: by the countries' shares in mine output. Trade: every buyer
 * buys from every producer in proportion to that producer's mine share. A purchase leaves the cell in which the
 * buyer buys the host sector's product of the producing country; where that cell is too small, GRAS makes room
 * (the host's other sales and the buyer's other inputs give way). The element sector takes over the
 * matching part of its host's inputs and value added, so world output, every country's value added and
 * every other sector's output are unchanged.
 *
 * @throws when shares do not sum to 1, a code is unknown, an element has no price, or an element sector would be
 * larger than its host
 * Source: our specification (README); the design follows the documented idea of the paper's abstract.
 */
export function worldReeTable(world: WorldFlows, splits: WorldSplits): WorldReeTable {
  checkWorldSplits(splits);
  const layout = worldLayout(world, splits.elements);
  const base = widen(world, layout);
  const baseOutput = rowSums2(base.intermediate, base.final, layout.size, layout.finalColumns);
  const purchases = worldPurchases(splits, layout, baseOutput);
  splitHosts(base, layout, purchases, splits.mineShares, baseOutput);
  const output = elementOutput(layout, baseOutput, purchases, splits.mineShares);
  const inputs = columnSums(base.intermediate, layout.size);
  const unplaced = moveSales(base.intermediate, layout, purchases, splits.mineShares);
  const rebalanced = unplaced === 0
    ? { iterations: 0, largestRebalancingPercent: 0 }
    : rebalance(base, layout, output, inputs);
  const valueAdded = output.map((x, j) => x - inputs[j]);
  const producer = (j: number) =>
    `${layout.countries[Math.floor(j / layout.width)]} ${layout.sectors[j % layout.width]}`;
  return {
    year: world.year,
    unit: world.unit,
    countries: layout.countries,
    sectors: layout.sectors,
    elements: splits.elements,
    finalCategories: world.finalCategories,
    intermediate: base.intermediate,
    final: base.final,
    output,
    valueAdded,
    report: {
      purchases: purchases.reduce((sum, { value }) => sum + value, 0),
      unplaced,
      ...rebalanced,
      negativeValueAdded: Array.from(valueAdded, (value, j) => ({ producer: producer(j), value }))
        .filter(({ value }) => value < -ROUNDING),
    },
  };
}

function rowSums2(a: Float64Array, b: Float64Array, aColumns: number, bColumns: number) {
  const right = rowSums(b, bColumns);
  return rowSums(a, aColumns).map((sum, i) => sum + right[i]);
}

/** Gives each element sector the part of its host's inputs that its share in the host's output says. */
function splitHosts(
  flows: LaidOutFlows,
  layout: WorldLayout,
  purchases: readonly WorldPurchase[],
  mineShares: ReadonlyMap<string, number>,
  output: Float64Array,
) {
  const { width, ordinary, size } = layout;
  for (const { host, element, value } of supplyByHost(purchases)) {
    for (const [country, share] of mineShares) {
      const n = position(layout.countries, country, "country");
      const from = n * width + host;
      const part = share * value / output[from];
      if (!(part >= 0 && part < 1)) {
        throw new RangeError(
          `${layout.elements[element]} of ${country} is ${part} of the output of its host sector ` +
            `${layout.sectors[host]}; expected a part below 1`,
        );
      }
      const to = n * width + ordinary + element;
      for (let i = 0; i < size; i++) {
        flows.intermediate[i * size + to] += part * flows.intermediate[i * size + from];
      }
    }
  }
  // The hosts give up what the element sectors took over; parts add up, so this comes after all of them.
  const parts = new Map<number, number>();
  for (const { host, value } of supplyByHost(purchases)) {
    for (const [country, share] of mineShares) {
      const from = position(layout.countries, country, "country") * width + host;
      parts.set(from, (parts.get(from) ?? 0) + share * value / output[from]);
    }
  }
  for (const [from, part] of parts) {
    for (let i = 0; i < size; i++) flows.intermediate[i * size + from] *= 1 - part;
  }
}

function elementOutput(
  layout: WorldLayout,
  baseOutput: Float64Array,
  purchases: readonly WorldPurchase[],
  mineShares: ReadonlyMap<string, number>,
): Float64Array {
  const output = Float64Array.from(baseOutput);
  for (const { host, element, value } of supplyByHost(purchases)) {
    for (const [country, share] of mineShares) {
      const n = position(layout.countries, country, "country") * layout.width;
      output[n + layout.ordinary + element] += share * value;
      output[n + host] -= share * value;
    }
  }
  return output;
}

/** Moves each purchase from the producing country's host row to its element row; returns what did not fit. */
function moveSales(
  intermediate: Float64Array,
  layout: WorldLayout,
  purchases: readonly WorldPurchase[],
  mineShares: ReadonlyMap<string, number>,
): number {
  const { width, ordinary, size } = layout;
  let unplaced = 0;
  const room = new Map<number, number>();
  for (const { element, host, buyer, value } of purchases) {
    for (const [country, share] of mineShares) {
      const n = position(layout.countries, country, "country") * width;
      const from = (n + host) * size + buyer;
      const left = room.get(from) ?? LARGEST_PART_OF_A_CELL * Math.max(0, intermediate[from]);
      const taken = Math.min(left, share * value);
      room.set(from, left - taken);
      intermediate[from] -= taken;
      intermediate[(n + ordinary + element) * size + buyer] += share * value;
      unplaced += share * value - taken;
    }
  }
  return unplaced;
}

/**
 * GRAS on the ordinary rows (element rows stay as they are): row totals are the outputs, and every
 * producer's inputs together are what they were. Final demand columns are free.
 */
function rebalance(
  flows: LaidOutFlows,
  layout: WorldLayout,
  output: Float64Array,
  inputs: Float64Array,
) {
  const { size, width, ordinary, finalColumns } = layout;
  const rows = Array.from({ length: size }, (_, i) => i);
  const ordinaryRows = rows.filter((i) => i % width < ordinary);
  const elements = new Float64Array(size);
  for (const i of rows) {
    if (i % width < ordinary) continue;
    for (let j = 0; j < size; j++) elements[j] += flows.intermediate[i * size + j];
  }
  const columns = size + finalColumns;
  const matrix = new Float64Array(ordinaryRows.length * columns);
  ordinaryRows.forEach((i, k) => {
    matrix.set(flows.intermediate.subarray(i * size, (i + 1) * size), k * columns);
    matrix.set(flows.final.subarray(i * finalColumns, (i + 1) * finalColumns), k * columns + size);
  });
  const label = (i: number) =>
    `${layout.countries[Math.floor(i / width)]} ${layout.sectors[i % width]}`;
  const balanced = gras({
    matrix,
    rowTotals: ordinaryRows.map((i) => output[i]),
    columnTotals: [
      ...inputs.map((input, j) => input - elements[j]),
      ...Array.from({ length: finalColumns }, () => null),
    ],
    rowLabels: ordinaryRows.map(label),
    columnLabels: rows.map(label),
  });
  ordinaryRows.forEach((i, k) => {
    const row = balanced.matrix.subarray(k * columns, (k + 1) * columns);
    flows.intermediate.set(row.subarray(0, size), i * size);
    flows.final.set(row.subarray(size), i * finalColumns);
  });
  const largestRebalancingPercent = matrix.reduce(
    (largest, cell, k) =>
      cell > 1 ? Math.max(largest, 100 * Math.abs(balanced.matrix[k] / cell - 1)) : largest,
    0,
  );
  return { iterations: balanced.iterations, largestRebalancingPercent };
}
