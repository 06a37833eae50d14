import { columnSums } from "@ree/numeric";
import { gras } from "./gras.ts";
import { position } from "./io_table.ts";
import type { LaidOutFlows, WorldFlows, WorldLayout } from "./world_layout.ts";

/** A world table whose last sectors in every country are elements: rare earths, or other critical inputs. */
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

/** Part of the output of a host sector that becomes an element sector of the same country. */
export interface WorldSupply {
  /** Positions of the host sector and of the element in the layout. */
  readonly host: number;
  readonly element: number;
  readonly country: string;
  /** Million USD. */
  readonly value: number;
}

/** One element sold by one country, inside one host sector's product, to one (country, sector). */
export interface WorldSale extends WorldSupply {
  /** Country·S + sector in the layout. */
  readonly buyer: number;
}

/** At most this part of a purchase from the host sector is read as elements. */
export const LARGEST_PART_OF_A_CELL = 0.9;

/** Differences of sums below this are rounding, million USD. */
const ROUNDING = 1e-6;

/** Sales that fill a cell to its limit miss it by this part through rounding. */
const ROUNDED_PART = 1e-12;

/**
 * Carves element sectors out of their hosts in a laid-out table: splits the hosts' inputs, moves the sales to
 * the element rows and, where a cell is too small for its sale, lets GRAS make room.
 *
 * @param options.base flows with the new element sectors empty; changed in place
 * @param options.output gross output of these flows
 * @param options.salesOf the sales, given the flows with split inputs; by maker they add up to `supply`
 * @throws RangeError when elements are as large as their host, or a label is unknown
 */
export function carveWorld(options: {
  readonly world: WorldFlows;
  readonly layout: WorldLayout;
  readonly base: LaidOutFlows;
  readonly output: Float64Array;
  readonly supply: readonly WorldSupply[];
  readonly salesOf: (flows: LaidOutFlows) => readonly WorldSale[];
}): WorldReeTable {
  const { world, layout, base, output: baseOutput, supply, salesOf } = options;
  splitHosts(base, layout, supply, baseOutput);
  const output = elementOutput(layout, baseOutput, supply);
  const inputs = columnSums(base.intermediate, layout.size);
  const sales = salesOf(base);
  const purchases = sales.reduce((sum, { value }) => sum + value, 0);
  const missed = moveSales(base.intermediate, layout, sales);
  const unplaced = missed > ROUNDED_PART * purchases ? missed : 0;
  const rebalanced = unplaced === 0
    ? { iterations: 0, largestRebalancingPercent: 0 }
    : rebalance(base, layout, output, inputs);
  const valueAdded = output.map((x, j) => x - inputs[j]);
  return {
    year: world.year,
    unit: world.unit,
    countries: layout.countries,
    sectors: layout.sectors,
    elements: [...layout.earlier, ...layout.elements],
    finalCategories: world.finalCategories,
    intermediate: base.intermediate,
    final: base.final,
    output,
    valueAdded,
    report: {
      purchases,
      unplaced,
      ...rebalanced,
      negativeValueAdded: Array.from(
        valueAdded,
        (value, j) => ({ producer: producerName(layout, j), value }),
      ).filter(({ value }) => value < -ROUNDING),
    },
  };
}

function producerName({ countries, sectors, width }: WorldLayout, at: number): string {
  return `${countries[Math.floor(at / width)]} ${sectors[at % width]}`;
}

/**
 * Gives each element sector the part of its host's inputs that its share in the host's output says. Element
 * sectors buy no elements: purchases of elements that the table already has stay with the host.
 */
function splitHosts(
  { intermediate }: LaidOutFlows,
  layout: WorldLayout,
  supply: readonly WorldSupply[],
  output: Float64Array,
) {
  const { countries, earlier, elements, ordinary, sectors, size, width } = layout;
  const split = ordinary - earlier.length;
  const rows = Array.from({ length: size }, (_, i) => i).filter((i) => i % width < split);
  const parts = new Map<number, number>();
  for (const { host, element, country, value } of supply) {
    const n = position(countries, country, "country");
    const from = n * width + host;
    const part = value / output[from];
    const all = (parts.get(from) ?? 0) + part;
    if (!(part >= 0 && all < 1)) {
      throw new RangeError(
        `${
          elements[element]
        } of ${country} brings the elements to ${all} of the output of their host sector ` +
          `${sectors[host]}; expected a part below 1`,
      );
    }
    parts.set(from, all);
    const to = n * width + ordinary + element;
    for (const i of rows) intermediate[i * size + to] += part * intermediate[i * size + from];
  }
  // The hosts give up what the element sectors took over; parts add up, so this comes after all of them.
  for (const [from, part] of parts) {
    for (const i of rows) intermediate[i * size + from] *= 1 - part;
  }
}

function elementOutput(
  { countries, ordinary, width }: WorldLayout,
  baseOutput: Float64Array,
  supply: readonly WorldSupply[],
): Float64Array {
  const output = Float64Array.from(baseOutput);
  for (const { host, element, country, value } of supply) {
    const n = position(countries, country, "country") * width;
    output[n + ordinary + element] += value;
    output[n + host] -= value;
  }
  return output;
}

/** Moves each sale from its maker's host row to its element row; returns what did not fit. */
function moveSales(
  intermediate: Float64Array,
  { countries, ordinary, size, width }: WorldLayout,
  sales: readonly WorldSale[],
): number {
  let unplaced = 0;
  const room = new Map<number, number>();
  for (const { element, host, country, buyer, value } of sales) {
    const n = position(countries, country, "country") * width;
    const from = (n + host) * size + buyer;
    const left = room.get(from) ?? LARGEST_PART_OF_A_CELL * Math.max(0, intermediate[from]);
    const taken = Math.min(left, value);
    room.set(from, left - taken);
    intermediate[from] -= taken;
    intermediate[(n + ordinary + element) * size + buyer] += value;
    unplaced += value - taken;
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
  const balanced = gras({
    matrix,
    rowTotals: ordinaryRows.map((i) => output[i]),
    columnTotals: [
      ...inputs.map((input, j) => input - elements[j]),
      ...Array.from({ length: finalColumns }, () => null),
    ],
    rowLabels: ordinaryRows.map((i) => producerName(layout, i)),
    columnLabels: rows.map((i) => producerName(layout, i)),
  });
  ordinaryRows.forEach((i, k) => {
    const row = balanced.matrix.subarray(k * columns, (k + 1) * columns);
    flows.intermediate.set(row.subarray(0, size), i * size);
    flows.final.set(row.subarray(size), i * finalColumns);
  });
  let largestRebalancingPercent = 0;
  for (let k = 0; k < matrix.length; k++) {
    if (!(matrix[k] > 1)) continue;
    const percent = 100 * Math.abs(balanced.matrix[k] / matrix[k] - 1);
    if (percent > largestRebalancingPercent) largestRebalancingPercent = percent;
  }
  return { iterations: balanced.iterations, largestRebalancingPercent };
}
