import type { Problem } from "./problem.ts";
import type { State } from "./state.ts";
import { costWithoutElements, variableCost } from "./technology.ts";

/**
 * Costs and prices from prices: README.md, equations 1 to 6, O(N²J + NJ²).
 * Powers are taken of the NJ costs only; the N²J pairs cost one multiplication each.
 */
export function priceSweep(problem: Problem, state: State) {
  const { N, J, F, economy, weight, lost } = problem;
  const { lnPrice, nextPrice, lnCost, lnWage, lnReturn, lnWedge } = state;
  const { homePower, abroadPower, pricePower } = state;
  const { theta, specificShare, factorShare, materialShare, elementShare } = economy;
  elementPowers(problem, state);
  for (let n = 0; n < N; n++) {
    const country = n * J;
    for (let j = 0; j < J; j++) {
      const at = country + j;
      let lnFactors = 0;
      for (let f = 0; f < F; f++) lnFactors += factorShare[at * F + f] * lnWage[n * F + f];
      lnCost[at] = lnFactors;
      addInner(materialShare, at * J, lnPrice, country, J, lnCost, at);
      const lnZ = lnCost[at];
      const lnVariable = elementShare[at] > 0
        ? withElements(problem, state, at, j, lnZ)
        : lnZ - state.lnOtherTech[at];
      const rho = specificShare[at];
      const cost = rho > 0 ? rho * lnReturn[at] + (1 - rho) * lnVariable : lnVariable;
      lnCost[at] = cost;
      const power = Math.exp(-theta[j] * cost);
      // A producer whose only sales are held back by a quota may become so cheap that its power is
      // infinite. Where nobody at home buys from it the power is not needed, and 0 · ∞ is no number.
      const boughtAtHome = weight[(n * N + n) * J + j] * economy.expenditure[at] > 0;
      homePower[at] = power === Infinity && !boughtAtHome ? 0 : power;
      abroadPower[at] = lnWedge[at] === 0 ? power : Math.exp(-theta[j] * (cost + lnWedge[at]));
    }
  }
  pricePower.fill(0);
  for (let n = 0; n < N; n++) {
    const country = n * J;
    for (let i = 0; i < N; i++) {
      const powers = i === n ? homePower : abroadPower;
      const exporter = i * J;
      const pair = (n * N + i) * J;
      for (let j = 0; j < J; j++) {
        pricePower[country + j] += weight[pair + j] * powers[exporter + j];
      }
    }
    for (let j = 0; j < J; j++) {
      const at = country + j;
      // Markets without suppliers keep 0 here; who could buy there does without (structure.ts).
      nextPrice[at] = economy.expenditure[at] > 0 && lost[at] === 0
        ? -Math.log(pricePower[at]) / theta[j]
        : 0;
    }
  }
}

/**
 * Adds Σ a[from + k] b[other + k] to out[at]; four sums, because one would wait for every addition in
 * turn. Returning the sum would put a number on the heap at each call.
 */
function addInner(
  a: Float64Array,
  from: number,
  b: Float64Array,
  other: number,
  length: number,
  out: Float64Array,
  at: number,
) {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let k = 0;
  for (; k + 3 < length; k += 4) {
    s0 += a[from + k] * b[other + k];
    s1 += a[from + k + 1] * b[other + k + 1];
    s2 += a[from + k + 2] * b[other + k + 2];
    s3 += a[from + k + 3] * b[other + k + 3];
  }
  for (; k < length; k++) s0 += a[from + k] * b[other + k];
  out[at] += s0 + s1 + (s2 + s3);
}

function withElements(problem: Problem, state: State, at: number, sector: number, lnZ: number) {
  const { N, J, E, economy, mix, mixGap, etaGroup } = problem;
  if (mixGap[at] === -1) return costWithoutElements(problem, state, at, sector, lnZ);
  const { elementPower } = state;
  const from = (etaGroup[sector] * N + Math.floor(at / J)) * E;
  let sum = mixGap[at];
  for (let e = 0; e < E; e++) sum += mix[at * E + e] * elementPower[from + e];
  const epsilon = 1 - economy.eta[sector];
  // Far below 0 the changes have lost the digits of what is left of the powers.
  const lnQ = epsilon === 0
    ? sum
    : (sum > -0.5 ? Math.log1p(sum) : Math.log(powerSum(problem, state, at, epsilon))) / epsilon;
  state.lnBundle[at] = lnQ;
  return variableCost(problem, state, at, sector, lnQ, lnZ);
}

/** Σ ω P̂^(1−η) over the elements that are left. */
function powerSum(problem: Problem, { lnPrice }: State, at: number, epsilon: number): number {
  const { J, E, mix, elementSector } = problem;
  const country = Math.floor(at / J) * J;
  let sum = 0;
  for (let e = 0; e < E; e++) {
    if (mix[at * E + e] > 0) {
      sum += mix[at * E + e] * Math.exp(epsilon * lnPrice[country + elementSector[e]]);
    }
  }
  return sum;
}

function elementPowers({ N, J, E, etaValues, elementSector }: Problem, state: State) {
  const { elementPower, lnPrice } = state;
  for (let group = 0; group < etaValues.length; group++) {
    const epsilon = 1 - etaValues[group];
    for (let n = 0; n < N; n++) {
      const from = (group * N + n) * E;
      for (let e = 0; e < E; e++) {
        const price = lnPrice[n * J + elementSector[e]];
        elementPower[from + e] = epsilon === 0 ? price : Math.expm1(epsilon * price);
      }
    }
  }
}

/**
 * Prices at given factor prices, returns, wedges and technology variables, to a tolerance in log
 * points; starts from the prices in the state.
 *
 * @returns false when the sweeps did not get there
 */
export function solvePrices(
  problem: Problem,
  state: State,
  tolerance: number,
  maxSweeps: number,
): boolean {
  const { lnPrice, nextPrice, priceMixer } = state;
  state.technologyGap = 0;
  priceMixer.restart();
  for (let sweep = 0; sweep < maxSweeps; sweep++) {
    priceSweep(problem, state);
    state.sweeps++;
    let gap = 0;
    for (let at = 0; at < lnPrice.length; at++) {
      const change = Math.abs(nextPrice[at] - lnPrice[at]);
      if (change > gap || Number.isNaN(change)) gap = change; // a NaN stays
    }
    state.priceGap = gap;
    if (gap <= tolerance) {
      lnPrice.set(nextPrice);
      return true;
    }
    if (!Number.isFinite(gap)) return false;
    priceMixer.advance(lnPrice, nextPrice);
  }
  return false;
}
