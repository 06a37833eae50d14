import { VALUE_ADDED } from "./calibrate.ts";
import { type Economy, economySize } from "./economy.ts";

/**
 * The economy with all factors merged into one, for switching off reallocation by factor intensity
 * (Heckscher-Ohlin): wages and capital returns move together. Everything else, levels included, is that
 * of the given economy, so the result adds up if it does.
 */
export function withOneFactor(economy: Economy): Economy {
  const { N, J, F } = economySize(economy);
  if (F === 1) return economy;
  const factorShare = new Float64Array(N * J);
  for (let at = 0; at < N * J; at++) {
    for (let f = 0; f < F; f++) factorShare[at] += economy.factorShare[at * F + f];
  }
  return { ...economy, factors: [VALUE_ADDED], factorShare };
}
