import type { ResidualName } from "./equilibrium.ts";
import type { Markets } from "./markets.ts";
import { priceSweep } from "./prices.ts";
import type { Problem } from "./problem.ts";
import { setFlows, spendingSweep } from "./spending.ts";
import type { State } from "./state.ts";

/**
 * Largest gap of every block of equations at the state of an evaluation, from one more sweep over
 * prices, shares and spending. Overwrites nothing that the result reports.
 *
 * @param unknowns the point at which `markets.excess` was computed
 */
export function allResiduals(
  problem: Problem,
  state: State,
  markets: Markets,
  unknowns: Float64Array,
): Record<ResidualName, number> {
  const { N, J, economy, factorSupply, resourceSupply, worldIncome, dead } = problem;
  const found: Record<ResidualName, number> = {
    prices: 0,
    technology: 0,
    spending: 0,
    factors: 0,
    resources: 0,
    quotas: 0,
    numeraire: 0,
    walras: 0,
  };
  const note = (name: ResidualName, value: number) => {
    const size = Math.abs(value);
    if (size > found[name] || Number.isNaN(size)) found[name] = size; // a NaN stays
  };
  markets.kinds.forEach((kind, m) => {
    const gap = markets.excess[m];
    if (kind === "quotas" && state.quotaWidth > 0) return; // judged by the map on the way
    if (kind === "quotas") note("quotas", unknowns[m] > 0 ? gap : Math.max(0, gap));
    else note(kind, gap);
  });
  state.technologyGap = 0;
  priceSweep(problem, state);
  note("technology", state.technologyGap);
  state.lnPrice.forEach((value, at) => note("prices", state.nextPrice[at] - value));
  setFlows(problem, state);
  spendingSweep(problem, state, state.nextSpending);
  let spent = 0;
  for (let at = 0; at < N * J; at++) {
    const next = state.nextSpending[at];
    spent += state.expenditure[at];
    if (economy.expenditure[at] === 0) continue;
    note("spending", next === 0 ? state.expenditure[at] : state.expenditure[at] / next - 1);
  }
  let primary = 0;
  factorSupply.forEach((value, at) => primary += value * Math.exp(state.lnWage[at]));
  resourceSupply.forEach((value, at) => {
    if (value > 0 && dead[at] === 0) primary += value * Math.exp(state.lnReturn[at]);
  });
  note("numeraire", primary / worldIncome - 1);
  note("walras", worldSpendingGap(problem, state, spent) / spent);
  return found;
}

/** World spending less final income and payments for inputs. */
function worldSpendingGap({ N, J, economy }: Problem, state: State, spent: number): number {
  let uses = 0;
  for (let n = 0; n < N; n++) uses += state.income[n];
  for (let at = 0; at < N * J; at++) {
    let materials = 0;
    for (let k = 0; k < J; k++) materials += economy.materialShare[at * J + k];
    uses += (1 - economy.specificShare[at]) * state.revenue[at] *
      (state.elementShare[at] + (1 - state.elementShare[at]) * materials);
  }
  return spent - uses;
}
