import type { Problem } from "./problem.ts";
import type { State } from "./state.ts";

/** Shares and tax rates at the current prices: flow, tariff revenue rates, ω′. O(N²J + NJE). */
export function setFlows(problem: Problem, state: State) {
  const { N, J, E, economy, weight, net, tariffPart, anyTariff, mix, etaGroup, elementSector } =
    problem;
  const { homePower, abroadPower, pricePower, inversePower, lnWedge, flow, tariffRate } = state;
  if (anyTariff) tariffRate.fill(0);
  for (let at = 0; at < N * J; at++) {
    // A market without suppliers has only zero weights; 0 keeps its shares at 0.
    inversePower[at] = pricePower[at] > 0 ? 1 / pricePower[at] : 0;
  }
  for (let n = 0; n < N; n++) {
    const country = n * J;
    for (let i = 0; i < N; i++) {
      const powers = i === n ? homePower : abroadPower;
      const exporter = i * J;
      const pair = (n * N + i) * J;
      if (anyTariff) {
        for (let j = 0; j < J; j++) {
          const share = weight[pair + j] * powers[exporter + j] * inversePower[country + j];
          flow[pair + j] = share * net[pair + j];
          tariffRate[country + j] += share * tariffPart[pair + j];
        }
      } else {
        for (let j = 0; j < J; j++) {
          flow[pair + j] = weight[pair + j] * powers[exporter + j] * inversePower[country + j] *
            net[pair + j];
        }
      }
    }
  }
  for (const producer of problem.taxed) {
    if (lnWedge[producer] === 0) continue;
    const factor = Math.exp(-lnWedge[producer]);
    const [i, j] = [Math.floor(producer / J), producer % J];
    for (let n = 0; n < N; n++) if (n !== i) flow[(n * N + i) * J + j] *= factor;
  }
  for (let n = 0; n < N; n++) {
    for (let j = 0; j < J; j++) {
      const at = n * J + j;
      if (economy.elementShare[at] === 0) continue;
      const epsilon = 1 - economy.eta[j];
      const scale = epsilon === 0 ? 1 : Math.exp(-epsilon * state.lnBundle[at]);
      const from = (etaGroup[j] * N + n) * E;
      for (let e = 0; e < E; e++) {
        const change = epsilon === 0 ? 0 : state.elementPower[from + e];
        const power = change > -0.5
          ? 1 + change
          : Math.exp(epsilon * state.lnPrice[n * J + elementSector[e]]);
        state.elementMix[at * E + e] = mix[at * E + e] * power * scale;
      }
    }
  }
}

/**
 * Revenue, income and spending from spending: README.md, equations 7 to 9 at given primary incomes,
 * O(N²J + NJ²). Reads `expenditure`, writes `revenue`, `income`, and spending to `next`.
 */
export function spendingSweep(problem: Problem, state: State, next: Float64Array) {
  const { N, J, E, economy, elementSector, transfer, anyTariff } = problem;
  const { finalShare, specificShare, materialShare } = economy;
  const { expenditure, revenue, income, flow, elementShare, elementMix, tariffRate } = state;
  revenue.fill(0);
  for (let n = 0; n < N; n++) {
    const country = n * J;
    for (let i = 0; i < N; i++) {
      const exporter = i * J;
      const pair = (n * N + i) * J;
      for (let j = 0; j < J; j++) {
        revenue[exporter + j] += flow[pair + j] * expenditure[country + j];
      }
    }
  }
  for (let n = 0; n < N; n++) {
    income[n] = state.primaryIncome[n] + transfer[n];
    if (!anyTariff) continue;
    for (let j = 0; j < J; j++) income[n] += tariffRate[n * J + j] * expenditure[n * J + j];
  }
  for (const producer of problem.taxed) addExportTax(problem, state, producer);
  for (let n = 0; n < N; n++) {
    const country = n * J;
    for (let j = 0; j < J; j++) next[country + j] = finalShare[country + j] * income[n];
    for (let k = 0; k < J; k++) {
      const at = country + k;
      if (revenue[at] === 0) continue;
      const variable = (1 - specificShare[at]) * revenue[at];
      const share = elementShare[at];
      const others = (1 - share) * variable;
      const row = at * J;
      for (let j = 0; j < J; j++) next[country + j] += others * materialShare[row + j];
      if (share === 0) continue;
      const elements = share * variable;
      for (let e = 0; e < E; e++) {
        next[country + elementSector[e]] += elements * elementMix[at * E + e];
      }
    }
  }
}

function addExportTax(problem: Problem, state: State, producer: number) {
  const { N, J, exportTax } = problem;
  const { lnWedge, flow, expenditure, income } = state;
  const [i, j] = [Math.floor(producer / J), producer % J];
  const wedge = lnWedge[producer] === 0 ? 1 : Math.exp(lnWedge[producer]);
  let revenue = 0;
  for (let n = 0; n < N; n++) {
    const at = (n * N + i) * J + j;
    const rate = (1 + exportTax[at]) * (n === i ? 1 : wedge) - 1;
    revenue += rate * flow[at] * expenditure[n * J + j];
  }
  income[i] += revenue;
}

/**
 * Spending at given prices and primary incomes, to a tolerance relative to each cell; starts from the
 * spending in the state. The system is linear and never formed.
 *
 * @returns false when the sweeps did not get there
 */
export function solveSpending(
  problem: Problem,
  state: State,
  tolerance: number,
  maxSweeps: number,
): boolean {
  const base = problem.economy.expenditure;
  const { spending, nextSpending, expenditure, spendingMixer } = state;
  spendingMixer.restart();
  for (let sweep = 0; sweep < maxSweeps; sweep++) {
    for (let at = 0; at < base.length; at++) expenditure[at] = spending[at] * base[at];
    spendingSweep(problem, state, nextSpending);
    state.sweeps++;
    let gap = 0;
    for (let at = 0; at < base.length; at++) {
      if (base[at] === 0) continue;
      const image = nextSpending[at] / base[at];
      nextSpending[at] = image;
      const change = Math.abs(image - spending[at]);
      // A market without demand after the shock has an image of exactly 0.
      const relative = image === 0 ? change : change / Math.abs(image);
      if (relative > gap || Number.isNaN(relative)) gap = relative;
    }
    state.spendingGap = gap;
    if (gap <= tolerance) {
      spending.set(nextSpending);
      for (let at = 0; at < base.length; at++) expenditure[at] = spending[at] * base[at];
      return true;
    }
    if (Number.isNaN(gap)) return false;
    spendingMixer.advance(spending, nextSpending);
  }
  return false;
}
