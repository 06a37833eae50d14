import type { Equilibrium, ResidualName } from "./equilibrium.ts";
import type { Problem } from "./problem.ts";
import type { State } from "./state.ts";

/** Copies a state into the record that a solve returns. */
export function reportEquilibrium(
  problem: Problem,
  state: State,
  residuals: Record<ResidualName, number>,
  iterations: number,
): Equilibrium {
  const { N, J, economy, lost, dead, quotas, bans, income: baseIncome } = problem;
  const income = state.income.map((value, n) => value / baseIncome[n]);
  const consumerPrice = new Float64Array(N);
  for (let n = 0; n < N; n++) {
    let lnPrice = 0;
    for (let j = 0; j < J; j++) lnPrice += economy.finalShare[n * J + j] * state.lnPrice[n * J + j];
    consumerPrice[n] = Math.exp(lnPrice);
  }
  const wedges: number[] = [];
  for (const { position, country, sector } of quotas) {
    wedges[position] = Math.expm1(state.lnWedge[country * J + sector]);
  }
  for (const position of bans) wedges[position] = Infinity;
  return {
    welfare: income.map((value, n) => value / consumerPrice[n]),
    income,
    consumerPrice,
    price: state.lnPrice.map((value, at) => lost[at] === 1 ? Infinity : Math.exp(value)),
    unitCost: state.lnCost.map((value, at) =>
      dead[at] === 1 && economy.specificShare[at] > 0 ? 0 : Math.exp(value)
    ),
    expenditure: Float64Array.from(state.expenditure),
    revenue: Float64Array.from(state.revenue),
    elementShare: Float64Array.from(state.elementShare),
    tradeShare: tradeShares(problem, state),
    elementMix: Float64Array.from(state.elementMix),
    wage: state.lnWage.map(Math.exp),
    resourceReturn: state.lnReturn.map((value, at) => dead[at] === 1 ? 0 : Math.exp(value)),
    technology: {
      element: state.lnElementTech.map(Math.exp),
      other: state.lnOtherTech.map(Math.exp),
    },
    quotaWedge: wedges,
    residuals,
    iterations,
  };
}

function tradeShares({ N, J, weight, economy }: Problem, state: State): Float64Array {
  const { homePower, abroadPower, pricePower } = state;
  const share = new Float64Array(N * N * J);
  for (let n = 0; n < N; n++) {
    for (let i = 0; i < N; i++) {
      const powers = i === n ? homePower : abroadPower;
      for (let j = 0; j < J; j++) {
        const at = (n * N + i) * J + j;
        if (weight[at] === 0) continue;
        // Infinitely cheap at home, where nobody buys (prices.ts): the shares stay what they were.
        share[at] = pricePower[n * J + j] > 0
          ? weight[at] * powers[i * J + j] / pricePower[n * J + j]
          : economy.tradeShare[at];
      }
    }
  }
  return share;
}
