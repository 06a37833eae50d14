import { baselineFlows } from "./baseline_flows.ts";
import { type Economy, economySize } from "./economy.ts";
import type { Equilibrium } from "./equilibrium.ts";

/** One country of an equilibrium; percent changes against the baseline. */
export interface CountryRow {
  readonly country: string;
  /** Real income Î / Π P̂^β. */
  readonly welfarePercent: number;
  readonly incomePercent: number;
  readonly consumerPricePercent: number;
  /** Baseline income, in units of the numeraire. */
  readonly income: number;
}

/** One producer of an equilibrium; percent changes against the baseline. */
export interface ProducerRow {
  readonly country: string;
  readonly sector: string;
  readonly isElement: boolean;
  /** Producer revenue Ŷ, its price ĉ and its quantity Ŷ/ĉ. */
  readonly revenuePercent: number;
  readonly unitCostPercent: number;
  readonly outputPercent: number;
  /** Quantity sold abroad; NaN without exports in the baseline. */
  readonly exportsPercent: number;
  /** Element share of non-specific cost: baseline and new. */
  readonly elementShare: number;
  readonly newElementShare: number;
  /** B̂R/B̂X, percent. */
  readonly relativeTechnologyPercent: number;
}

/** One market (buying country and sector or element). */
export interface MarketRow {
  readonly country: string;
  readonly sector: string;
  readonly isElement: boolean;
  /** Purchaser price P̂ and quantity X̂/P̂. */
  readonly pricePercent: number;
  readonly quantityPercent: number;
}

const percent = (factor: number) => 100 * (factor - 1);

/** Welfare, income and prices by country. */
export function countryRows(economy: Economy, found: Equilibrium): CountryRow[] {
  const { income } = baselineFlows(economy);
  return economy.countries.map((country, n) => ({
    country,
    welfarePercent: percent(found.welfare[n]),
    incomePercent: percent(found.income[n]),
    consumerPricePercent: percent(found.consumerPrice[n]),
    income: income[n],
  }));
}

/**
 * Output, exports and technology of every producer with baseline revenue.
 *
 * @param found an equilibrium of a shock with these new taxes (they turn spending into producer values)
 * @param shock tariffs and export taxes of the shock, and its quotas
 */
export function producerRows(
  economy: Economy,
  found: Equilibrium,
  shock: {
    readonly tariff?: Float64Array;
    readonly exportTax?: Float64Array;
    readonly quotas?: readonly { readonly country: string; readonly element: string }[];
  },
): ProducerRow[] {
  const { N, J } = economySize(economy);
  const { countries, sectors, elements } = economy;
  const wedge = new Float64Array(N * J).fill(1);
  (shock.quotas ?? []).forEach(({ country, element }, q) => {
    wedge[countries.indexOf(country) * J + sectors.indexOf(element)] = 1 + found.quotaWedge[q];
  });
  const abroad = (i: number, j: number, after: boolean) => {
    const { tradeShare, expenditure } = after ? found : economy;
    const tariff = (after ? shock.tariff : undefined) ?? economy.tariff;
    const exportTax = (after ? shock.exportTax : undefined) ?? economy.exportTax;
    let value = 0;
    for (let n = 0; n < N; n++) {
      if (n === i) continue;
      const at = (n * N + i) * J + j;
      const sold = tradeShare[at] * expenditure[n * J + j];
      if (sold > 0) {
        value += sold / ((1 + tariff[at]) * (1 + exportTax[at])) / (after ? wedge[i * J + j] : 1);
      }
    }
    return value;
  };
  return countries.flatMap((country, i) =>
    sectors.flatMap((sector, j): ProducerRow[] => {
      const at = i * J + j;
      if (economy.revenue[at] === 0) return [];
      const revenue = found.revenue[at] / economy.revenue[at];
      const cost = found.unitCost[at];
      const before = abroad(i, j, false);
      return [{
        country,
        sector,
        isElement: elements.includes(sector),
        revenuePercent: percent(revenue),
        unitCostPercent: percent(cost),
        outputPercent: percent(revenue === 0 ? 0 : revenue / cost),
        exportsPercent: before > 0 ? percent(abroad(i, j, true) / before / cost) : NaN,
        elementShare: economy.elementShare[at],
        newElementShare: found.elementShare[at],
        relativeTechnologyPercent: percent(
          found.technology.element[at] / found.technology.other[at],
        ),
      }];
    })
  );
}

/** Purchaser prices and quantities of every market with baseline spending. */
export function marketRows(economy: Economy, found: Equilibrium): MarketRow[] {
  const { J } = economySize(economy);
  const { countries, sectors, elements, expenditure } = economy;
  return countries.flatMap((country, n) =>
    sectors.flatMap((sector, j): MarketRow[] => {
      const at = n * J + j;
      if (expenditure[at] === 0) return [];
      const spending = found.expenditure[at] / expenditure[at];
      return [{
        country,
        sector,
        isElement: elements.includes(sector),
        pricePercent: percent(found.price[at]),
        quantityPercent: percent(spending === 0 ? 0 : spending / found.price[at]),
      }];
    })
  );
}
