import assert from "node:assert/strict";
import { type Economy, economyFromShares, type EconomyShares } from "@ree/equilibrium";

/** Asserts that two arrays agree to `tolerance`, relative to the larger of the expected value and 1e-3. */
export function close(
  own: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: number,
  what: string,
) {
  assert.equal(own.length, expected.length, what);
  for (let at = 0; at < own.length; at++) {
    if (own[at] === expected[at]) continue;
    const gap = Math.abs(own[at] - expected[at]) / Math.max(Math.abs(expected[at]), 1e-3);
    assert.ok(gap <= tolerance, `${what} ${at}: ${own[at]}, expected ${expected[at]}`);
  }
}

const constant = (length: number, value: number) => new Float64Array(length).fill(value);

/** A one-factor world without elements, taxes and transfers. Inputs [j][k] are the same everywhere. */
export function plainWorld(
  tradeShare: readonly number[],
  options: { N: number; J: number; theta: number[]; final: number[]; inputs?: number[][] },
): Economy {
  const { N, J, theta, final, inputs = final.map(() => final.map(() => 0)) } = options;
  return economyFromShares({
    countries: Array.from({ length: N }, (_, n) => `c${n + 1}`),
    sectors: Array.from({ length: J }, (_, j) => `s${j + 1}`),
    factors: ["labour"],
    elements: [],
    tradeShare: Float64Array.from(tradeShare),
    tariff: constant(N * N * J, 0),
    exportTax: constant(N * N * J, 0),
    elementShare: constant(N * J, 0),
    elementMix: new Float64Array(0),
    factorShare: Float64Array.from(
      { length: N * J },
      (_, at) => 1 - inputs[at % J].reduce((a, b) => a + b),
    ),
    materialShare: Float64Array.from(Array.from({ length: N }, () => inputs).flat(2)),
    specificShare: constant(N * J, 0),
    finalShare: Float64Array.from(Array.from({ length: N }, () => final).flat()),
    transfer: constant(N, 0),
    sigma: constant(J, 1),
    eta: constant(J, 1),
    theta: Float64Array.from(theta),
    psi: constant(J, 0),
  });
}

/** One country: a good made with labour and one element, which is mined with labour and a mine. */
export function oneCountry(options: {
  share: number;
  rho: number;
  sigma: number;
  psi: number;
}): Economy {
  const { share, rho, sigma, psi } = options;
  const shares: EconomyShares = {
    countries: ["c1"],
    sectors: ["good", "Nd"],
    factors: ["labour"],
    elements: ["Nd"],
    tradeShare: Float64Array.of(1, 1),
    tariff: constant(2, 0),
    exportTax: constant(2, 0),
    elementShare: Float64Array.of(share, 0),
    elementMix: Float64Array.of(1, 0),
    factorShare: constant(2, 1),
    materialShare: constant(4, 0),
    specificShare: Float64Array.of(0, rho),
    finalShare: Float64Array.of(1, 0),
    transfer: constant(1, 0),
    sigma: constant(2, sigma),
    eta: constant(2, 0.7),
    theta: constant(2, 4),
    psi: constant(2, psi),
  };
  return economyFromShares(shares);
}

/** The same economy with countries and sectors in another order: position k holds old position order[k]. */
export function permute(
  economy: Economy,
  countryOrder: readonly number[],
  sectorOrder: readonly number[],
): Economy {
  const { F, E } = { F: economy.factors.length, E: economy.elements.length };
  const [C, S] = [countryOrder, sectorOrder];
  return {
    ...economy,
    countries: C.map((n) => economy.countries[n]),
    sectors: S.map((j) => economy.sectors[j]),
    tradeShare: reorder(economy.tradeShare, [C, C, S]),
    tariff: reorder(economy.tariff, [C, C, S]),
    exportTax: reorder(economy.exportTax, [C, C, S]),
    elementShare: reorder(economy.elementShare, [C, S]),
    specificShare: reorder(economy.specificShare, [C, S]),
    finalShare: reorder(economy.finalShare, [C, S]),
    expenditure: reorder(economy.expenditure, [C, S]),
    revenue: reorder(economy.revenue, [C, S]),
    factorShare: reorder(economy.factorShare, [C, S, range(F)]),
    elementMix: reorder(economy.elementMix, [C, S, range(E)]),
    materialShare: reorder(economy.materialShare, [C, S, S]),
    transfer: reorder(economy.transfer, [C]),
    sigma: reorder(economy.sigma, [S]),
    eta: reorder(economy.eta, [S]),
    theta: reorder(economy.theta, [S]),
    psi: reorder(economy.psi, [S]),
  };
}

export const range = (length: number) => Array.from({ length }, (_, k) => k);

/** Takes entries in the given order of each index. */
export function reorder(array: Float64Array, orders: readonly (readonly number[])[]): Float64Array {
  let positions = [0];
  for (const order of orders) {
    positions = positions.flatMap((base) => order.map((k) => base * order.length + k));
  }
  return Float64Array.from(positions, (at) => array[at]);
}
