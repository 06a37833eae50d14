import { solveInPlace } from "@ree/numeric";
import type { Markets } from "./markets.ts";
import type { Problem } from "./problem.ts";
import type { State } from "./state.ts";

/** At most this many producers of an element are moved together; the rest move one by one. */
const LARGEST_BLOCK = 24;

/** Longest Newton step of a return or a wedge, log points. */
const LONGEST_STEP = 2;

/** The unknowns of one element's world market: returns of its mines and wedges of its quotas. */
interface Block {
  readonly sector: number;
  readonly element: number;
  /** Producing countries, positions of their returns among the unknowns (−1: not an unknown). */
  readonly producers: Int32Array;
  readonly returnAt: Int32Array;
  /** Positions of the quota of each producer (−1: none). */
  readonly quotaAt: Int32Array;
}

/** Blocks and their scratch space. */
export interface ElementBlocks {
  readonly blocks: readonly Block[];
  readonly matrix: Float64Array;
  readonly side: Float64Array;
  /** Elasticity of spending on the element to its price, by country. */
  readonly demand: Float64Array;
  readonly column: Int32Array;
}

/** Groups the returns and quota wedges of each sector with mines. */
export function elementBlocks(problem: Problem, { kinds, index }: Markets): ElementBlocks {
  const { N, J, economy, elementSector } = problem;
  const bySector = new Map<number, Map<number, { returnAt: number; quotaAt: number }>>();
  kinds.forEach((kind, m) => {
    if (kind !== "resources" && kind !== "quotas") return;
    const quota = kind === "quotas" ? problem.quotas[index[m]] : undefined;
    const sector = quota?.sector ?? index[m] % J;
    const country = quota?.country ?? Math.floor(index[m] / J);
    const producers = bySector.get(sector) ?? new Map();
    const entry = producers.get(country) ?? { returnAt: -1, quotaAt: -1 };
    if (quota === undefined) entry.returnAt = m;
    else entry.quotaAt = m;
    producers.set(country, entry);
    bySector.set(sector, producers);
  });
  const blocks = [...bySector].map(([sector, producers]): Block => {
    const largest = [...producers].sort(([a, x], [b, y]) =>
      Math.sign(y.quotaAt - x.quotaAt) * Number(Math.min(x.quotaAt, y.quotaAt) < 0) ||
      economy.revenue[b * J + sector] - economy.revenue[a * J + sector]
    ).slice(0, LARGEST_BLOCK);
    return {
      sector,
      element: elementSector.indexOf(sector),
      producers: Int32Array.from(largest, ([country]) => country),
      returnAt: Int32Array.from(largest, ([, entry]) => entry.returnAt),
      quotaAt: Int32Array.from(largest, ([, entry]) => entry.quotaAt),
    };
  });
  const order = 2 * Math.min(LARGEST_BLOCK, N);
  return {
    blocks,
    matrix: new Float64Array(order * order),
    side: new Float64Array(order),
    demand: new Float64Array(N),
    column: new Int32Array(order),
  };
}

/**
 * Replaces the steps of returns and wedges by Newton steps on each element's own world market, at
 * given wages, other prices and outputs: the price of an element clears a market that ends with it,
 * and its excess demand can be nearly flat (inelastic users) or steep (competing mines), so that no
 * single step length fits.
 *
 * Derivatives (log points), for exporter i to n with p_ni = c_i + ξ_i: d c_i = ρ_i d r_i,
 * d P_n = Σ π_ni d p_ni, d X_n = δ_n d P_n, d F_ni = −θ(d p_ni − d P_n) + d X_n − d ξ_i; excesses are
 * Y_i − r_i with Y_i = Σ_n F_ni, and (Σ_{n≠i} F_ni) − c_i − ln limit.
 */
export function blockSteps(
  problem: Problem,
  state: State,
  markets: Markets,
  blocks: ElementBlocks,
  unknowns: Float64Array,
  image: Float64Array,
  damping: number,
) {
  for (const block of blocks.blocks) {
    const order = listColumns(block, unknowns, markets.excess, blocks.column);
    if (order === 0) continue;
    demandElasticities(problem, state, block, blocks.demand);
    const { matrix, side, column } = blocks;
    fillMatrix(problem, state, block, blocks, unknowns, markets.excess, order);
    for (let a = 0; a < order; a++) side[a] = -markets.excess[column[a]];
    if (!solveInPlace(matrix, side, order)) continue;
    for (let a = 0; a < order; a++) {
      const step = Math.max(-LONGEST_STEP, Math.min(LONGEST_STEP, side[a]));
      const m = column[a];
      const from = markets.kinds[m] === "quotas" ? Math.max(0, unknowns[m]) : unknowns[m];
      image[m] = from + damping * step;
    }
  }
}

/** Does a quota bind, or is it about to? */
function binds(m: number, unknowns: Float64Array, excess: Float64Array): boolean {
  return unknowns[m] > 0 || excess[m] > 0;
}

/** Unknowns of a block that are free: all returns, and wedges of quotas that bind. */
function listColumns(
  { returnAt, quotaAt }: Block,
  unknowns: Float64Array,
  excess: Float64Array,
  column: Int32Array,
) {
  let order = 0;
  for (const m of returnAt) if (m >= 0) column[order++] = m;
  for (const m of quotaAt) if (m >= 0 && binds(m, unknowns, excess)) column[order++] = m;
  return order;
}

/** δ_n: users replace elements by each other (1−η) and by other inputs (1−σ, and research). */
function demandElasticities(
  { N, J, E, economy, closure }: Problem,
  state: State,
  { sector, element }: Block,
  demand: Float64Array,
) {
  demand.fill(0);
  if (element < 0) return; // spending shares on materials are constant
  for (let n = 0; n < N; n++) {
    const spent = state.expenditure[n * J + sector];
    if (!(spent > 0)) continue;
    let sum = 0;
    for (let k = 0; k < J; k++) {
      const at = n * J + k;
      const s = state.elementShare[at];
      if (s === 0 || state.revenue[at] === 0) continue;
      const mix = state.elementMix[at * E + element];
      const value = (1 - economy.specificShare[at]) * state.revenue[at] * s * mix;
      const epsilon = 1 - economy.sigma[k];
      const directed = closure.kind === "allocation"
        ? 1 / (1 + economy.psi[k] * epsilon)
        : closure.kind === "entry"
        ? 1 / (1 + economy.psi[k] * epsilon * (1 - s))
        : 1;
      sum += value * ((1 - economy.eta[k]) * (1 - mix) + epsilon * directed * (1 - s) * mix);
    }
    demand[n] = sum / spent;
  }
}

function fillMatrix(
  problem: Problem,
  state: State,
  { sector, producers, returnAt, quotaAt }: Block,
  { matrix, demand }: ElementBlocks,
  unknowns: Float64Array,
  excess: Float64Array,
  order: number,
) {
  const { N, J, economy, weight } = problem;
  const theta = economy.theta[sector];
  matrix.fill(0, 0, order * order);
  let row = 0;
  // Two passes over the unknowns in the order of listColumns: rows of returns, then of wedges.
  for (const wedgeRow of [false, true]) {
    for (let a = 0; a < producers.length; a++) {
      const m = wedgeRow ? quotaAt[a] : returnAt[a];
      if (m < 0 || (wedgeRow && !binds(m, unknowns, excess))) continue;
      const i = producers[a];
      let sold = 0;
      for (let n = 0; n < N; n++) {
        if (wedgeRow && n === i) continue;
        sold += state.flow[(n * N + i) * J + sector] * state.expenditure[n * J + sector];
      }
      const own = economy.specificShare[i * J + sector];
      for (let n = 0; n < N; n++) {
        if (wedgeRow && n === i) continue;
        const value = state.flow[(n * N + i) * J + sector] * state.expenditure[n * J + sector];
        if (value === 0) continue;
        const part = value / sold;
        let col = 0;
        for (const wedgeColumn of [false, true]) {
          for (let b = 0; b < producers.length; b++) {
            const other = wedgeColumn ? quotaAt[b] : returnAt[b];
            if (other < 0 || (wedgeColumn && !binds(other, unknowns, excess))) continue;
            const k = producers[b];
            if (!(wedgeColumn && n === k)) {
              const powers = n === k ? state.homePower : state.abroadPower;
              const at = n * J + sector;
              const share = weight[(n * N + k) * J + sector] * powers[k * J + sector] /
                state.pricePower[at];
              const pass = wedgeColumn ? 1 : economy.specificShare[k * J + sector];
              let slope = (theta + demand[n]) * share * pass;
              if (k === i) slope -= theta * pass + (wedgeColumn ? 1 : 0);
              matrix[row * order + col] += part * slope;
            }
            col++;
          }
        }
      }
      // The return itself, or the cost by which a value becomes a quantity.
      let col = 0;
      for (let b = 0; b < producers.length; b++) {
        if (returnAt[b] < 0) continue;
        if (producers[b] === i) matrix[row * order + col] -= wedgeRow ? own : 1;
        col++;
      }
      row++;
    }
  }
}
