import { type Economy, economySize } from "@ree/equilibrium";
import type { Run } from "./counterfactual_run.ts";

/** Element prices, the wedge and its rents. */
export interface ElementPrices {
  /** Purchaser prices relative to the baseline, mean over elements (and buyers) by baseline spending. */
  readonly inside: number;
  readonly outside: number;
  /** Smallest and largest quota wedge over elements, percent; NaN without a quota. */
  readonly wedgeLow: number;
  readonly wedgeHigh: number;
  /** Million USD in the baseline's numeraire. */
  readonly rents: number;
}

/** What a shock did to element prices inside and outside the restricting country. */
export function elementPrices(one: Run, restricting: string): ElementPrices {
  const { economy, shock, found } = one;
  const { N, J } = economySize(economy);
  const rents = (shock.quotas ?? []).map(({ country, element }, q) => {
    const [i, j] = [economy.countries.indexOf(country), economy.sectors.indexOf(element)];
    const tariff = shock.tariff ?? economy.tariff;
    let exports = 0;
    for (let n = 0; n < N; n++) {
      if (n === i) continue;
      const at = (n * N + i) * J + j;
      exports += found.tradeShare[at] * found.expenditure[n * J + j] / (1 + tariff[at]);
    }
    const wedge = found.quotaWedge[q];
    return wedge === Infinity ? 0 : exports * wedge / (1 + wedge);
  });
  const wedges = found.quotaWedge.map((wedge) => 100 * wedge);
  return {
    inside: meanPrice(one, economy.elements, (country) => country === restricting),
    outside: meanPrice(one, economy.elements, (country) => country !== restricting),
    wedgeLow: wedges.length === 0 ? NaN : Math.min(...wedges),
    wedgeHigh: wedges.length === 0 ? NaN : Math.max(...wedges),
    rents: rents.reduce((sum, value) => sum + value, 0),
  };
}

/** Purchaser price of some elements relative to the baseline, mean over buyers by baseline spending. */
export function meanPrice(
  { economy, found }: Pick<Run, "economy" | "found">,
  elements: readonly string[],
  member: (country: string) => boolean,
): number {
  const J = economy.sectors.length;
  let [sum, weight] = [0, 0];
  economy.countries.forEach((country, n) => {
    if (!member(country)) return;
    for (const element of elements) {
      const at = n * J + economy.sectors.indexOf(element);
      const spending = economy.expenditure[at];
      if (spending === 0) continue;
      sum += spending * found.price[at];
      weight += spending;
    }
  });
  return sum / weight;
}

/** Baseline supply of one element to the buyers outside a country. */
export interface ForeignSupply {
  readonly element: string;
  /** Spending outside `country`, million USD of the base year. */
  readonly spending: number;
  /** Part of it that buys from `country`, percent. */
  readonly sharePercent: number;
}

/** What a country supplies of the elements that others buy, by element. */
export function foreignSupply(economy: Economy, country: string): ForeignSupply[] {
  const { N, J } = economySize(economy);
  const i = economy.countries.indexOf(country);
  return economy.elements.map((element) => {
    const j = economy.sectors.indexOf(element);
    let [spending, supplied] = [0, 0];
    for (let n = 0; n < N; n++) {
      if (n === i) continue;
      spending += economy.expenditure[n * J + j];
      supplied += economy.tradeShare[(n * N + i) * J + j] * economy.expenditure[n * J + j];
    }
    return { element, spending, sharePercent: 100 * supplied / spending };
  });
}

/** Shares of all purchases that differ by less than this, percent, are the same. */
const SHARE_ROUNDING = 1e-6;

/** Whether others sell every element too, so that an embargo by the country leaves buyers a seller. */
export function hasOtherSellers(economy: Economy, country: string): boolean {
  return foreignSupply(economy, country)
    .every(({ sharePercent }) => sharePercent < 100 - SHARE_ROUNDING);
}
