import type { WorldTableWithElements } from "./aggregate_world.ts";

/** Factors and resources together keep at least this part of revenue. */
export const SMALLEST_VALUE_ADDED_SHARE = 0.01;

const MAX_PASSES = 200;

/** Flows that calibration may change: rows sell, columns buy. */
export interface CalibrationFlows {
  readonly N: number;
  readonly J: number;
  readonly intermediate: Float64Array;
  /** [country·J + sector][country]. */
  readonly final: Float64Array;
  /** Part of a sale that its producer keeps, 1/(1 + export tax) [importer][exporter][sector]. */
  readonly kept: Float64Array;
}

/** Final use by country, rule 1; negative cells taken out are counted. */
export function finalUse(world: WorldTableWithElements) {
  const [N, J, C] = [world.countries.length, world.sectors.length, world.finalCategories];
  const final = new Float64Array(N * J * N);
  const removed = { cells: 0, value: 0 };
  for (let i = 0; i < N * J; i++) {
    for (let n = 0; n < N; n++) {
      for (let c = 0; c < C; c++) {
        const cell = world.final[i * N * C + n * C + c];
        if (cell >= 0) final[i * N + n] += cell;
        else {
          removed.cells++;
          removed.value -= cell;
        }
      }
    }
  }
  return { final, removed };
}

/** Rule 2; returns the purchases given up, million USD. */
export function shrinkMineInputs(
  { N, J, intermediate }: CalibrationFlows,
  rho: Float64Array,
  output: Float64Array,
  first: number,
): number {
  const size = N * J;
  let givenUp = 0;
  for (let k = 0; k < size; k++) {
    if (k % J < first || output[k] === 0) continue;
    for (let i = 0; i < size; i++) {
      const bought = intermediate[i * size + k];
      intermediate[i * size + k] = (1 - rho[k % J]) * bought;
      givenUp += rho[k % J] * bought;
    }
  }
  return givenUp;
}

/** Rule 3, repeated because fewer purchases are fewer sales of others; returns how many were scaled. */
export function scaleInputs(flows: CalibrationFlows, rho: Float64Array): number {
  const { N, J, intermediate } = flows;
  const size = N * J;
  const scaled = new Set<number>();
  for (let pass = 0; pass < MAX_PASSES; pass++) {
    const revenue = rowTotals(flows);
    let changed = false;
    const inputs = new Float64Array(size);
    for (let i = 0; i < size; i++) {
      for (let k = 0; k < size; k++) inputs[k] += intermediate[i * size + k];
    }
    for (let k = 0; k < size; k++) {
      const room = Math.max(0, 1 - rho[k % J] - SMALLEST_VALUE_ADDED_SHARE) * revenue[k];
      if (inputs[k] <= room * (1 + 1e-12)) continue;
      const factor = room / inputs[k];
      for (let i = 0; i < size; i++) intermediate[i * size + k] *= factor;
      scaled.add(k);
      changed = true;
    }
    if (!changed) return scaled.size;
  }
  throw new RangeError(`inputs still exceed revenue after ${MAX_PASSES} passes`);
}

/** What producers keep of their sales. */
export function rowTotals({ N, J, intermediate, final, kept }: CalibrationFlows): Float64Array {
  const size = N * J;
  const totals = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    const [maker, j] = [Math.floor(i / J), i % J];
    let sum = 0;
    for (let n = 0; n < N; n++) {
      const part = kept[(n * N + maker) * J + j];
      for (let k = n * J; k < (n + 1) * J; k++) sum += part * intermediate[i * size + k];
    }
    for (let n = 0; n < N; n++) sum += kept[(n * N + maker) * J + j] * final[i * N + n];
    totals[i] = sum;
  }
  return totals;
}

/** Shares and spending from flows. */
export function sharesOf(
  { N, J, intermediate, final, kept }: CalibrationFlows,
  revenue: Float64Array,
  rho: Float64Array,
  first: number,
) {
  const size = N * J;
  const E = J - first;
  const tradeShare = new Float64Array(N * N * J); // flows first, shares below
  const bought = new Float64Array(size * J); // [buyer][input sector]
  for (let i = 0; i < size; i++) {
    const [maker, j] = [Math.floor(i / J), i % J];
    for (let k = 0; k < size; k++) {
      const value = intermediate[i * size + k];
      tradeShare[(Math.floor(k / J) * N + maker) * J + j] += value;
      bought[k * J + j] += value;
    }
    for (let n = 0; n < N; n++) tradeShare[(n * N + maker) * J + j] += final[i * N + n];
  }
  const expenditure = new Float64Array(size);
  const duties = new Float64Array(N);
  for (let n = 0; n < N; n++) {
    for (let i = 0; i < N; i++) {
      for (let j = 0; j < J; j++) {
        const at = (n * N + i) * J + j;
        expenditure[n * J + j] += tradeShare[at];
        duties[i] += (1 - kept[at]) * tradeShare[at];
      }
    }
    for (let i = 0; i < N; i++) {
      for (let j = 0; j < J; j++) {
        const spent = expenditure[n * J + j];
        if (spent > 0) tradeShare[(n * N + i) * J + j] /= spent;
      }
    }
  }
  const elementShare = new Float64Array(size);
  const elementMix = new Float64Array(size * E);
  const valueAddedShare = new Float64Array(size);
  const materialShare = new Float64Array(size * J);
  for (let k = 0; k < size; k++) {
    if (revenue[k] === 0) continue;
    const variable = (1 - rho[k % J]) * revenue[k];
    let [elements, materials] = [0, 0];
    for (let j = 0; j < J; j++) {
      if (j < first) materials += bought[k * J + j];
      else elements += bought[k * J + j];
    }
    const others = variable - elements;
    elementShare[k] = elements / variable;
    for (let e = 0; e < E && elements > 0; e++) {
      elementMix[k * E + e] = bought[k * J + first + e] / elements;
    }
    for (let j = 0; j < first; j++) materialShare[k * J + j] = bought[k * J + j] / others;
    valueAddedShare[k] = (others - materials) / others;
  }
  const finalShare = new Float64Array(size);
  const transfer = new Float64Array(N);
  for (let n = 0; n < N; n++) {
    let all = 0;
    for (let j = 0; j < J; j++) {
      for (let i = 0; i < N; i++) finalShare[n * J + j] += final[(i * J + j) * N + n];
      all += finalShare[n * J + j];
      transfer[n] += expenditure[n * J + j] - revenue[n * J + j];
    }
    transfer[n] -= duties[n];
    for (let j = 0; j < J; j++) finalShare[n * J + j] /= all;
  }
  return {
    tradeShare,
    elementShare,
    elementMix,
    valueAddedShare,
    materialShare,
    finalShare,
    expenditure,
    transfer,
  };
}
