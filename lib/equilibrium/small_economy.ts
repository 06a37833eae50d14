import type { Economy, EconomyShares } from "./economy.ts";
import { economyFromShares } from "./economy_from_shares.ts";
import shares from "./small_economy.json" with { type: "json" };

/**
 * A small calibrated economy without reading any file: China, Japan, the United States, Germany, Korea
 * and the rest of the world; nine sector groups and four element groups (light: La Ce; magnet: Pr Nd;
 * medium: Sm Eu Gd; heavy: Tb Dy Y), 2009, million USD. Derived from the world table by
 * {@link calibrate}; shares are stored with seven digits.
 *
 * @example
 * ```ts
 * const economy = smallEconomy();
 * const shock = shockOf(economy, exportQuota("CHN", ["elements"], 0.6));
 * solveEquilibrium(economy, shock, { closure: { kind: "allocation" } }).welfare;
 * ```
 */
export function smallEconomy(): Economy {
  const { countries, sectors, factors, elements, worldIncome } = shares;
  const [N, J, F, E] = [countries.length, sectors.length, factors.length, elements.length];
  const array = (values: readonly number[]) => Float64Array.from(values);
  const tradeShare = array(shares.tradeShare);
  for (let n = 0; n < N; n++) {
    for (let j = 0; j < J; j++) {
      normalise([tradeShare], Array.from({ length: N }, (_, i) => [0, (n * N + i) * J + j]));
    }
  }
  const elementMix = array(shares.elementMix);
  const factorShare = array(shares.factorShare);
  const materialShare = array(shares.materialShare);
  const finalShare = array(shares.finalShare);
  const run = (which: number, from: number, length: number) =>
    Array.from({ length }, (_, k) => [which, from + k]);
  for (let at = 0; at < N * J; at++) {
    normalise([elementMix], run(0, at * E, E));
    normalise([factorShare, materialShare], [...run(0, at * F, F), ...run(1, at * J, J)]);
  }
  for (let n = 0; n < N; n++) normalise([finalShare], run(0, n * J, J));
  const received = array(shares.transfer).map((value) => value * worldIncome);
  const mean = received.reduce((sum, value) => sum + value, 0) / N;
  const economy: EconomyShares = {
    countries,
    sectors,
    factors,
    elements,
    tradeShare,
    tariff: new Float64Array(N * N * J),
    exportTax: new Float64Array(N * N * J),
    elementShare: array(shares.elementShare),
    elementMix,
    factorShare,
    materialShare,
    specificShare: array(shares.specificShare),
    finalShare,
    transfer: received.map((value) => value - mean),
    sigma: array(shares.sigma),
    eta: array(shares.eta),
    theta: array(shares.theta),
    psi: array(shares.psi),
  };
  return economyFromShares(economy, { worldIncome });
}

/** Scales cells (array, position) to sum to 1, unless all are 0. */
function normalise(arrays: readonly Float64Array[], cells: readonly (readonly number[])[]) {
  const sum = cells.reduce((partial, [which, at]) => partial + arrays[which][at], 0);
  if (sum > 0) { for (const [which, at] of cells) arrays[which][at] /= sum; }
}
