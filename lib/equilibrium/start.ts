import type { Equilibrium } from "./equilibrium.ts";
import { impliedTechnology, type Markets } from "./markets.ts";
import type { Problem } from "./problem.ts";
import type { State } from "./state.ts";

/**
 * Puts prices and spending of an earlier equilibrium into the state, and returns its unknowns.
 * Anything that is missing or not finite there starts at the baseline.
 *
 * @throws RangeError when the equilibrium is of another economy's size
 */
export function startFrom(
  problem: Problem,
  state: State,
  { kinds, index }: Markets,
  start: Equilibrium,
): Float64Array {
  const { N, J, F, economy } = problem;
  if (start.price.length !== N * J || start.wage.length !== N * F) {
    throw new RangeError(
      `start: expected an equilibrium of ${N} countries and ${J} sectors, got ` +
        `${start.price.length} prices and ${start.wage.length} wages`,
    );
  }
  for (let at = 0; at < N * J; at++) {
    state.lnPrice[at] = lnOrZero(start.price[at]);
    if (economy.expenditure[at] === 0) continue;
    const spending = start.expenditure[at] / economy.expenditure[at];
    if (Number.isFinite(spending)) state.spending[at] = spending;
  }
  state.revenue.set(start.revenue);
  state.elementShare.set(start.elementShare);
  start.wage.forEach((wage, at) => state.lnWage[at] = lnOrZero(wage));
  return Float64Array.from(kinds, (kind, m) => {
    const at = index[m];
    switch (kind) {
      case "factors":
        return lnOrZero(start.wage[at]);
      case "resources":
        return lnOrZero(start.resourceReturn[at]);
      case "quotas": {
        const wedge = start.quotaWedge[problem.quotas[at].position] ?? 0;
        return wedge > 0 ? lnOrZero(1 + wedge) : 0;
      }
      case "technology":
        return finiteOrZero(impliedTechnology(problem, state, at));
    }
  });
}

function lnOrZero(value: number): number {
  return finiteOrZero(Math.log(value));
}

function finiteOrZero(value: number): number {
  return Number.isFinite(value) ? value : 0;
}
