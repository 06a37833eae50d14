import type { PurchaseFactors } from "./element_purchases.ts";
import { elementPurchases } from "./element_purchases.ts";
import { industryOutput, type IoTable, position } from "./io_table.ts";
import { industryCoefficients } from "./ree_intensity.ts";
import { totalRequirements } from "./total_requirements.ts";

/** Turns purchase factors into intensities fast, for many variants of the weights on one table. */
export interface PurchaseRequirements {
  /** Positions of the industries that buy elements. */
  readonly users: readonly number[];
  /** Purchases in million USD [element][user]. */
  purchases(factors: PurchaseFactors): Float64Array;
  /** Direct and indirect intensity [element][industry] that purchases [element][user] imply. */
  embodied(purchases: Float64Array): Float64Array;
}

/**
 * Solves once for the rows of the Leontief inverse that belong to first users; every variant of the weights is
 * then a small product instead of a new solve.
 */
export function purchaseRequirements(
  table: IoTable,
  factors: PurchaseFactors,
): PurchaseRequirements {
  const users = [...new Set(factors.distribution.map(({ industry }) => industry))]
    .map((industry) => position(table.industries, industry, "industry"));
  const slot = new Map(users.map((j, user) => [table.industries[j], user]));
  const output = industryOutput(table);
  const n = table.industries.length;
  const rows = totalRequirements(industryCoefficients(table), { rows: users });
  return {
    users,
    purchases(variant) {
      const purchases = new Float64Array(variant.elements.length * users.length);
      for (const { element, industry, value } of elementPurchases(variant)) {
        const user = slot.get(industry);
        if (user === undefined) {
          throw new RangeError(`${industry} was no user when rows were solved`);
        }
        purchases[variant.elements.indexOf(element) * users.length + user] += value;
      }
      return purchases;
    },
    embodied(purchases) {
      const elements = purchases.length / users.length;
      const intensities = new Float64Array(elements * n);
      for (let e = 0; e < elements; e++) {
        users.forEach((j, user) => {
          const direct = purchases[e * users.length + user] / output[j];
          if (direct === 0) return;
          for (let k = 0; k < n; k++) intensities[e * n + k] += direct * rows[user * n + k];
        });
      }
      return intensities;
    },
  };
}
