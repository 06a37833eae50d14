import { type Economy, economySize } from "./economy.ts";

/** What the shares of an economy and its expenditure imply. */
export interface BaselineFlows {
  /** Producer revenue [country][sector]. */
  readonly revenue: Float64Array;
  /** Final plus intermediate spending [country][sector]. */
  readonly expenditure: Float64Array;
  /** Income of each factor [country][factor]. */
  readonly factorIncome: Float64Array;
  /** Income of factors and resources together [country]. */
  readonly primaryIncome: Float64Array;
  /** Primary income, tariffs, export taxes and the transfer [country]. */
  readonly income: Float64Array;
}

/**
 * Revenue from expenditure, income from revenue, expenditure from both: one pass of README.md,
 * equations 7 to 9 at baseline shares.
 */
export function baselineFlows(economy: Omit<Economy, "revenue">): BaselineFlows {
  const { N, J, F, E, elementSector } = economySize(economy);
  const { tradeShare, tariff, exportTax, elementShare, specificShare, finalShare } = economy;
  const revenue = new Float64Array(N * J);
  const income = Float64Array.from(economy.transfer);
  for (let n = 0; n < N; n++) {
    for (let i = 0; i < N; i++) {
      for (let j = 0; j < J; j++) {
        const at = (n * N + i) * J + j;
        const spent = tradeShare[at] * economy.expenditure[n * J + j];
        const beforeTariff = spent / (1 + tariff[at]);
        const net = beforeTariff / (1 + exportTax[at]);
        revenue[i * J + j] += net;
        income[n] += spent - beforeTariff;
        income[i] += beforeTariff - net;
      }
    }
  }
  const factorIncome = new Float64Array(N * F);
  const primaryIncome = new Float64Array(N);
  const expenditure = new Float64Array(N * J);
  for (let n = 0; n < N; n++) {
    for (let j = 0; j < J; j++) {
      const at = n * J + j;
      const variable = (1 - specificShare[at]) * revenue[at];
      const others = (1 - elementShare[at]) * variable;
      for (let f = 0; f < F; f++) {
        const payment = others * economy.factorShare[at * F + f];
        factorIncome[n * F + f] += payment;
        primaryIncome[n] += payment;
      }
      primaryIncome[n] += specificShare[at] * revenue[at];
      for (let k = 0; k < J; k++) {
        expenditure[n * J + k] += others * economy.materialShare[at * J + k];
      }
      for (let e = 0; e < E; e++) {
        expenditure[n * J + elementSector[e]] += elementShare[at] * variable *
          economy.elementMix[at * E + e];
      }
    }
    income[n] += primaryIncome[n];
    for (let j = 0; j < J; j++) expenditure[n * J + j] += finalShare[n * J + j] * income[n];
  }
  return { revenue, expenditure, factorIncome, primaryIncome, income };
}
