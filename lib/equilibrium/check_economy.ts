import { baselineFlows } from "./baseline_flows.ts";
import { checkShares } from "./check_shares.ts";
import { type Economy, type EconomySize, economySize } from "./economy.ts";

/** Largest gap between a level and what the shares say, relative to the level (README.md). */
export const LEVEL_TOLERANCE = 1e-9;

/** A gap below this part of the country's total is rounding, whatever the level. */
const ROUNDING = 1e-13;

/**
 * Refuses an economy that breaks an adding-up rule of README.md: everything that
 * {@link checkShares} refuses, and Y_ij = Σ_n π_nij X_nj /((1+t)(1+x)), X = final + intermediate use.
 * O(N²J + NJ²).
 *
 * @throws RangeError naming country, sector and size of the gap
 */
export function checkEconomy(economy: Economy): void {
  checkShares(economy);
  const size = economySize(economy);
  const { N, J } = size;
  const { revenue, expenditure, countries, sectors } = economy;
  const implied = baselineFlows(economy);
  for (let n = 0; n < N; n++) {
    if (!(implied.income[n] > 0)) {
      throw new RangeError(
        `income of ${countries[n]} is ${implied.income[n]}; expected more than 0`,
      );
    }
  }
  const rules = [
    ["revenue", revenue, implied.revenue, "sales implied by tradeShare and expenditure"],
    ["expenditure", expenditure, implied.expenditure, "final plus intermediate use"],
  ] as const;
  for (const [name, given, expected, rule] of rules) {
    for (let n = 0; n < N; n++) {
      let total = 0;
      for (let j = 0; j < J; j++) total += given[n * J + j];
      for (let j = 0; j < J; j++) {
        const at = n * J + j;
        const gap = given[at] - expected[at];
        if (!(Math.abs(gap) <= LEVEL_TOLERANCE * given[at] + ROUNDING * total)) {
          throw new RangeError(
            `${name} of ${countries[n]}, ${sectors[j]} is ${given[at]}; expected ` +
              `${expected[at]}, the ${rule} (gap ${gap})`,
          );
        }
        if (given[at] > 0 && !hasShares(economy, size, name, n, j)) {
          throw new RangeError(
            `${name} of ${countries[n]}, ${sectors[j]} is ${given[at]}, but its ` +
              `${name === "revenue" ? "input" : "trade"} shares are all 0`,
          );
        }
      }
    }
  }
}

function hasShares(
  economy: Economy,
  { N, J, F }: EconomySize,
  name: "revenue" | "expenditure",
  n: number,
  j: number,
) {
  if (name === "expenditure") {
    for (let i = 0; i < N; i++) if (economy.tradeShare[(n * N + i) * J + j] > 0) return true;
    return false;
  }
  const at = n * J + j;
  if (economy.elementShare[at] === 1) return true;
  for (let f = at * F; f < (at + 1) * F; f++) if (economy.factorShare[f] > 0) return true;
  for (let k = at * J; k < (at + 1) * J; k++) if (economy.materialShare[k] > 0) return true;
  return false;
}
