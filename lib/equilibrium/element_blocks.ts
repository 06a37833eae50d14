import { solveInPlace } from "@ree/numeric";
import type { Markets } from "./markets.ts";
import type { Problem } from "./problem.ts";
import { lnWedgeOf, wedgeSlope } from "./quota_rule.ts";
import type { State } from "./state.ts";

/** At most this many producers of one element are moved together; the rest move one by one. */
const LARGEST_BLOCK = 24;

/** Longest Newton step of any return or wedge of a block, log points. */
const LONGEST_STEP = 2;

/** A producer with an unknown return, an unknown wedge, or both (positions among the unknowns, or −1). */
interface Producer {
  readonly country: number;
  readonly sector: number;
  readonly returnAt: number;
  readonly quotaAt: number;
}

/** The world market of one sector, whose returns and wedges are moved together. */
interface Block {
  readonly sector: number;
  /** Position among the elements, −1 for another sector with a quota. */
  readonly element: number;
  readonly producers: readonly Producer[];
}

/** Blocks and their scratch space. */
export interface ElementBlocks {
  readonly blocks: readonly Block[];
  readonly matrix: Float64Array;
  readonly side: Float64Array;
  /** d ln X_ne / d ln P_ne [n][e]. */
  readonly demand: Float64Array;
  /** Unknown and producer of every column, and whether it is a wedge. */
  readonly column: Int32Array;
  readonly producerOf: Int32Array;
  readonly isWedge: Uint8Array;
  /** d ξ/d y of wedge columns. */
  readonly slope: Float64Array;
}

/** Groups the returns and quota wedges of sectors with mines. */
export function elementBlocks(problem: Problem, { kinds, index }: Markets): ElementBlocks {
  const { N, J, E, economy } = problem;
  const byPlace = new Map<number, Producer>();
  kinds.forEach((kind, m) => {
    if (kind !== "resources" && kind !== "quotas") return;
    const quota = kind === "quotas" ? problem.quotas[index[m]] : undefined;
    const sector = quota?.sector ?? index[m] % J;
    const country = quota?.country ?? Math.floor(index[m] / J);
    const known = byPlace.get(country * J + sector) ??
      { country, sector, returnAt: -1, quotaAt: -1 };
    byPlace.set(
      country * J + sector,
      quota === undefined ? { ...known, returnAt: m } : { ...known, quotaAt: m },
    );
  });
  const producers = [...byPlace.values()];
  const rank = (a: Producer, b: Producer) =>
    Number(b.quotaAt >= 0) - Number(a.quotaAt >= 0) ||
    economy.revenue[b.country * J + b.sector] - economy.revenue[a.country * J + a.sector];
  const blocks = [...Map.groupBy(producers, ({ sector }) => sector)]
    .map(([sector, group]): Block => ({
      sector,
      element: problem.elementSector.indexOf(sector),
      producers: group.sort(rank).slice(0, LARGEST_BLOCK),
    }));
  const order = 2 * Math.max(0, ...blocks.map((block) => block.producers.length));
  return {
    blocks,
    matrix: new Float64Array(order * order),
    side: new Float64Array(order),
    demand: new Float64Array(N * E),
    column: new Int32Array(order),
    producerOf: new Int32Array(order),
    isWedge: new Uint8Array(order),
    slope: new Float64Array(order),
  };
}

/**
 * Replaces the steps of returns and wedges by Newton steps on the elements' own world markets, at
 * given wages, other prices and outputs: an element's excess demand can be nearly flat (inelastic
 * users) or steep (competing mines), so that no single step length fits.
 *
 * Derivatives (log points), for exporter i of e to n with p_ni = c_i + ξ_i: d c_i = ρ_i d r_i,
 * d P_ne = Σ π_ni d p_ni, d X_ne = δ_ne d P_ne, d F_ni = −θ(d p_ni − d P_ne) + d X_ne − d ξ_i;
 * excesses are Y_i − r_i with Y_i = Σ_n F_ni, and (Σ_{n≠i} F_ni) − c_i − ln limit.
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
  if (blocks.blocks.length > 0) demandElasticities(problem, state, blocks.demand);
  const { matrix, side, column } = blocks;
  for (const block of blocks.blocks) {
    const order = listColumns(block, blocks, unknowns, markets.excess, state.quotaWidth);
    if (order === 0) continue;
    fillMatrix(problem, state, block, blocks, order);
    for (let a = 0; a < order; a++) {
      const m = column[a];
      side[a] = -markets.excess[m];
      if (blocks.isWedge[a] === 0) continue;
      // The row of a quota is that of its map, step · excess + ξ(y) − y.
      const step = markets.step[m];
      side[a] = step * side[a] - lnWedgeOf(unknowns[m], state.quotaWidth) + unknowns[m];
      for (let b = 0; b < order; b++) matrix[a * order + b] *= step;
      matrix[a * order + a] += blocks.slope[a] - 1;
    }
    if (!solveInPlace(matrix, side, order)) continue;
    // The direction is kept: a wedge and the returns of its competitors must move together.
    let longest = 0;
    for (let a = 0; a < order; a++) longest = Math.max(longest, Math.abs(side[a]));
    const part = longest > LONGEST_STEP ? LONGEST_STEP / longest : 1;
    for (let a = 0; a < order; a++) {
      image[column[a]] = unknowns[column[a]] + damping * part * side[a];
    }
  }
}

/** Lists the unknowns of a block and by how much their wedges follow them. */
function listColumns(
  { producers }: Block,
  { column, producerOf, isWedge, slope }: ElementBlocks,
  unknowns: Float64Array,
  excess: Float64Array,
  width: number,
): number {
  let order = 0;
  for (let a = 0; a < producers.length; a++) {
    const { returnAt, quotaAt } = producers[a];
    if (returnAt >= 0) {
      column[order] = returnAt;
      isWedge[order] = 0;
      slope[order] = 1;
      producerOf[order++] = a;
    }
    if (quotaAt >= 0) {
      column[order] = quotaAt;
      isWedge[order] = 1;
      slope[order] = wedgeSlope(unknowns[quotaAt], width, excess[quotaAt] > 0);
      producerOf[order++] = a;
    }
  }
  return order;
}

/** δ_ne: users replace elements by each other (1−η) and by other inputs (1−σ, and research). */
function demandElasticities(
  { N, J, E, economy, closure, elementSector }: Problem,
  state: State,
  demand: Float64Array,
) {
  demand.fill(0);
  for (let n = 0; n < N; n++) {
    for (let k = 0; k < J; k++) {
      const at = n * J + k;
      const s = state.elementShare[at];
      if (s === 0 || state.revenue[at] === 0) continue;
      const spent = (1 - economy.specificShare[at]) * state.revenue[at] * s;
      const epsilon = 1 - economy.sigma[k];
      const directed = closure.kind === "allocation"
        ? 1 / (1 + economy.psi[k] * epsilon)
        : closure.kind === "entry"
        ? 1 / (1 + economy.psi[k] * epsilon * (1 - s))
        : 1;
      const between = 1 - economy.eta[k];
      const outside = epsilon * directed * (1 - s);
      for (let e = 0; e < E; e++) {
        const mix = state.elementMix[at * E + e];
        demand[n * E + e] += spent * mix * (between * (1 - mix) + outside * mix);
      }
    }
    for (let e = 0; e < E; e++) {
      const all = state.expenditure[n * J + elementSector[e]];
      demand[n * E + e] = all > 0 ? demand[n * E + e] / all : 0;
    }
  }
}

function fillMatrix(
  problem: Problem,
  state: State,
  { producers, sector, element }: Block,
  { matrix, demand, producerOf, isWedge, slope }: ElementBlocks,
  order: number,
) {
  const { N, J, E, economy, weight } = problem;
  const { flow, expenditure, homePower, abroadPower, inversePower } = state;
  const theta = economy.theta[sector];
  matrix.fill(0, 0, order * order);
  for (let row = 0; row < order; row++) {
    const i = producers[producerOf[row]].country;
    const wedgeRow = isWedge[row] === 1;
    let sold = 0;
    for (let n = 0; n < N; n++) {
      if (wedgeRow && n === i) continue;
      sold += flow[(n * N + i) * J + sector] * expenditure[n * J + sector];
    }
    for (let n = 0; n < N; n++) {
      if (wedgeRow && n === i) continue;
      const market = n * J + sector;
      const value = flow[(n * N + i) * J + sector] * expenditure[market];
      if (!(value > 0)) continue;
      const part = value / sold;
      // Spending shares on materials are constant.
      const fall = theta + (element < 0 ? 0 : demand[n * E + element]);
      for (let col = 0; col < order; col++) {
        const k = producers[producerOf[col]].country;
        if (isWedge[col] === 1 && n === k) continue;
        const power = (n === k ? homePower : abroadPower)[k * J + sector];
        const share = weight[(n * N + k) * J + sector] * power * inversePower[market];
        const pass = isWedge[col] === 1 ? slope[col] : economy.specificShare[k * J + sector];
        let change = fall * share * pass;
        if (k === i) change -= (theta + isWedge[col]) * pass;
        matrix[row * order + col] += part * change;
      }
    }
    // The return itself, or the cost by which a value becomes a quantity.
    for (let col = 0; col < order; col++) {
      if (producerOf[col] !== producerOf[row] || isWedge[col] === 1) continue;
      matrix[row * order + col] -= wedgeRow ? economy.specificShare[i * J + sector] : 1;
    }
  }
}
