import type { Problem } from "./problem.ts";
import { solvePrices } from "./prices.ts";
import { lnWedgeOf } from "./quota_rule.ts";
import { setFlows, solveSpending } from "./spending.ts";
import type { State } from "./state.ts";
import { setGivenTechnology } from "./technology.ts";

/** What an unknown of the outer problem is. */
export type MarketKind = "factors" | "resources" | "quotas" | "technology";

/**
 * The outer problem: unknowns u = (ln ŵ, ln r̂, quota wedges, technology variables) and the map
 * whose fixed point clears their markets.
 */
export interface Markets {
  readonly kinds: readonly MarketKind[];
  /** Position of each unknown in its array: factor [n·F+f], resource and scale [n·J+j], quota, sector. */
  readonly index: Int32Array;
  /** Part of the excess by which an unknown moves per step: 1 over (1 + elasticity of its market). */
  readonly step: Float64Array;
  /** Log excess of each market at the last evaluation. */
  readonly excess: Float64Array;
}

/** No quota or producer is moved by more than this excess (log points) per step. */
const LARGEST_EXCESS = 5;

/** Lists the unknowns of a problem and the elasticities of their markets. */
export function listMarkets(problem: Problem): Markets {
  const { N, J, F, economy, closure, factorSupply, dead } = problem;
  const elasticity = tradeElasticities(problem);
  const kinds: MarketKind[] = [];
  const index: number[] = [];
  const step: number[] = [];
  const add = (kind: MarketKind, at: number, slope: number) => {
    kinds.push(kind);
    index.push(at);
    step.push(1 / (1 + slope));
  };
  for (let n = 0; n < N; n++) {
    for (let f = 0; f < F; f++) {
      if (factorSupply[n * F + f] === 0) continue;
      let [slope, all] = [0, 0];
      for (let j = 0; j < J; j++) {
        const at = n * J + j;
        const paid = (1 - economy.specificShare[at]) * (1 - economy.elementShare[at]) *
          economy.factorShare[at * F + f] * economy.revenue[at];
        slope += paid * elasticity[at];
        all += paid;
      }
      add("factors", n * F + f, slope / all);
    }
  }
  for (let at = 0; at < N * J; at++) {
    const rho = economy.specificShare[at];
    if (rho > 0 && economy.revenue[at] > 0 && dead[at] === 0) {
      add("resources", at, rho * elasticity[at]);
    }
  }
  problem.quotas.forEach(({ sector }, q) => add("quotas", q, economy.theta[sector]));
  if (closure.kind === "entry") {
    for (let at = 0; at < N * J; at++) {
      if (economy.elementShare[at] > 0 && economy.revenue[at] > 0 && dead[at] === 0) {
        add("technology", at, 0);
      }
    }
  } else if (closure.kind === "global-allocation" || closure.kind === "global-entry") {
    for (let j = 0; j < J; j++) {
      // Better element technology lowers spending on elements where σ < 1, and so research.
      const answer = economy.psi[j] * Math.max(0, 1 - economy.sigma[j]);
      if (problem.research[j] > 0) add("technology", j, answer);
    }
  }
  return {
    kinds,
    index: Int32Array.from(index),
    step: Float64Array.from(step),
    excess: new Float64Array(kinds.length),
  };
}

/** θ (1 − mean share of the producer in its markets), the elasticity of its sales to its cost. */
function tradeElasticities({ N, J, economy, weight, net }: Problem): Float64Array {
  const sales = new Float64Array(N * J);
  const own = new Float64Array(N * J);
  for (let n = 0; n < N; n++) {
    for (let i = 0; i < N; i++) {
      for (let j = 0; j < J; j++) {
        const at = (n * N + i) * J + j;
        const sold = weight[at] * net[at] * economy.expenditure[n * J + j];
        sales[i * J + j] += sold;
        own[i * J + j] += sold * weight[at];
      }
    }
  }
  return sales.map((sold, at) =>
    sold > 0 ? economy.theta[at % J] * Math.max(0, 1 - own[at] / sold) : 0
  );
}

/** How tightly prices and spending are solved within one evaluation. */
export interface InnerOptions {
  readonly tolerance: number;
  readonly maxSweeps: number;
}

/**
 * Solves prices and spending at the unknowns and fills `excess`.
 *
 * @param unknowns [markets]; rescaled in place to the numeraire (README.md, equation 11)
 * @returns the largest residual (log points), NaN when an inner solve failed
 */
export function evaluateMarkets(
  problem: Problem,
  state: State,
  markets: Markets,
  unknowns: Float64Array,
  inner: InnerOptions,
): number {
  toNumeraire(problem, markets, unknowns);
  spread(problem, state, markets, unknowns);
  setGivenTechnology(problem, state);
  if (!solvePrices(problem, state, inner.tolerance, inner.maxSweeps)) return NaN;
  setFlows(problem, state);
  setPrimaryIncome(problem, state);
  if (!solveSpending(problem, state, inner.tolerance, inner.maxSweeps)) return NaN;
  setPayments(problem, state);
  let worst = 0;
  for (let m = 0; m < unknowns.length; m++) {
    const gap = excessOf(problem, state, markets, m, unknowns[m]);
    markets.excess[m] = gap;
    const size = markets.kinds[m] === "quotas"
      ? quotaGap(unknowns[m], gap, markets.step[m], state.quotaWidth)
      : Math.abs(gap);
    if (size > worst || Number.isNaN(size)) worst = size;
  }
  return worst;
}

/** Exact rule: excess of a binding quota, violation of a slack one. Rounded rule: the map's residual. */
function quotaGap(y: number, gap: number, step: number, width: number): number {
  if (width > 0) return Math.abs(lnWedgeOf(y, width) + step * gap - y);
  return y > 0 ? Math.abs(gap) : Math.max(0, gap);
}

/** The image of the fixed-point map: u + damping · step · excess. */
export function marketImage(
  { kinds, step, excess }: Markets,
  width: number,
  unknowns: Float64Array,
  damping: number,
  image: Float64Array,
) {
  for (let m = 0; m < unknowns.length; m++) {
    const from = kinds[m] === "quotas" ? lnWedgeOf(unknowns[m], width) : unknowns[m];
    const gap = Math.max(-LARGEST_EXCESS, Math.min(LARGEST_EXCESS, excess[m]));
    image[m] = from + damping * step[m] * gap;
  }
}

function excessOf(problem: Problem, state: State, markets: Markets, m: number, unknown: number) {
  const { N, J, economy, factorSupply, resourceSupply } = problem;
  const at = markets.index[m];
  switch (markets.kinds[m]) {
    case "factors":
      return Math.log(state.payments[at] / factorSupply[at]) - state.lnWage[at];
    case "resources":
      return Math.log(economy.specificShare[at] * state.revenue[at] / resourceSupply[at]) -
        state.lnReturn[at];
    case "quotas": {
      const { country, sector, limit, exports } = problem.quotas[at];
      let value = 0;
      for (let n = 0; n < N; n++) {
        if (n === country) continue;
        value += state.flow[(n * N + country) * J + sector] * state.expenditure[n * J + sector];
      }
      const quantity = value / exports / Math.exp(state.lnCost[country * J + sector]);
      const gap = Math.log(quantity / limit);
      return gap === -Infinity ? -LARGEST_EXCESS : gap;
    }
    case "technology":
      return impliedTechnology(problem, state, at) - unknown;
  }
}

/**
 * Value of a technology variable implied by revenue, wages and element shares: ln v of a producer
 * (entry), or the change of research of a sector (global closures).
 */
export function impliedTechnology(problem: Problem, state: State, at: number): number {
  const { J, economy, closure, research } = problem;
  if (closure.kind !== "entry") return researchChange(problem, state, at, research[at]);
  return Math.log(state.revenue[at] / economy.revenue[at]) -
    lnFactorBundle(problem, state, Math.floor(at / J));
}

/** Change of the log odds of h, or ln(H′/H), implied by revenue and element shares. */
function researchChange(problem: Problem, state: State, sector: number, before: number): number {
  const { N, J, economy, closure, innovates } = problem;
  let [spent, cost] = [0, 0];
  for (let n = 0; n < N; n++) {
    if (innovates[n] === 0) continue;
    const at = n * J + sector;
    const variable = (1 - economy.specificShare[at]) * state.revenue[at];
    if (closure.kind === "global-entry") {
      spent += state.elementShare[at] * variable / Math.exp(lnFactorBundle(problem, state, n));
    } else {
      spent += state.elementShare[at] * variable;
      cost += (1 - state.elementShare[at]) * variable;
    }
  }
  if (closure.kind === "global-entry") return Math.log(spent / before);
  return Math.log(spent / cost) - Math.log(before / (1 - before));
}

/** ln of the country's factor price bundle: Π ŵ^(baseline income share). */
export function lnFactorBundle({ F, bundle }: Problem, { lnWage }: State, country: number): number {
  let sum = 0;
  for (let f = 0; f < F; f++) sum += bundle[country * F + f] * lnWage[country * F + f];
  return sum;
}

/** Shifts all returns so that world primary income is that of the baseline. */
function toNumeraire(
  { factorSupply, resourceSupply, worldIncome, dead }: Problem,
  { kinds, index }: Markets,
  unknowns: Float64Array,
) {
  let world = 0;
  for (let m = 0; m < unknowns.length; m++) {
    if (kinds[m] === "factors") world += factorSupply[index[m]] * Math.exp(unknowns[m]);
    else if (kinds[m] === "resources" && dead[index[m]] === 0) {
      world += resourceSupply[index[m]] * Math.exp(unknowns[m]);
    }
  }
  const shift = Math.log(world / worldIncome);
  for (let m = 0; m < unknowns.length; m++) {
    if (kinds[m] === "factors" || kinds[m] === "resources") unknowns[m] -= shift;
  }
}

/** Writes the unknowns to the arrays the kernels read. */
function spread(problem: Problem, state: State, { kinds, index }: Markets, unknowns: Float64Array) {
  const { J, closure } = problem;
  for (let m = 0; m < unknowns.length; m++) {
    const value = unknowns[m];
    switch (kinds[m]) {
      case "factors":
        state.lnWage[index[m]] = value;
        break;
      case "resources":
        state.lnReturn[index[m]] = value;
        break;
      case "quotas": {
        const { country, sector } = problem.quotas[index[m]];
        state.lnWedge[country * J + sector] = lnWedgeOf(value, state.quotaWidth);
        break;
      }
      case "technology":
        (closure.kind === "entry" ? state.lnScale : state.global)[index[m]] = value;
    }
  }
}

function setPrimaryIncome({ N, J, F, factorSupply, resourceSupply, dead }: Problem, state: State) {
  for (let n = 0; n < N; n++) {
    let income = 0;
    for (let f = 0; f < F; f++) {
      income += factorSupply[n * F + f] * Math.exp(state.lnWage[n * F + f]);
    }
    for (let at = n * J; at < (n + 1) * J; at++) {
      if (resourceSupply[at] > 0 && dead[at] === 0) {
        income += resourceSupply[at] * Math.exp(state.lnReturn[at]);
      }
    }
    state.primaryIncome[n] = income;
  }
}

/** Payments to factors: README.md, equation 10. */
function setPayments({ N, J, F, economy }: Problem, state: State) {
  const { payments, revenue, elementShare } = state;
  payments.fill(0);
  for (let n = 0; n < N; n++) {
    for (let j = 0; j < J; j++) {
      const at = n * J + j;
      const others = (1 - economy.specificShare[at]) * (1 - elementShare[at]) * revenue[at];
      for (let f = 0; f < F; f++) payments[n * F + f] += economy.factorShare[at * F + f] * others;
    }
  }
}
