import {
  type Closure,
  type Economy,
  economyFromShares,
  type EconomyShares,
  type Equilibrium,
  type Shock,
  solveEquilibrium,
} from "@ree/equilibrium";
import {
  type AnswerCheck,
  describeEconomies,
  largestDifference,
  SOLVER_REASON,
} from "./answer_check.ts";
import { randomCase } from "./random_case.ts";
import { randomEconomy } from "./random_economy.ts";

const TOLERANCE = 1e-9;
const COMPARED = ["welfare", "price", "revenue", "tradeShare"] as const;

const difference = (a: Equilibrium, b: Equilibrium) =>
  Math.max(...COMPARED.map((name) => largestDifference(a[name], b[name])));

/** Every closure but frozen; global technology is made and used everywhere. */
function closuresOf({ countries }: Economy): Closure[] {
  const all = { innovators: [...countries], adopters: [...countries] };
  return [
    { kind: "fixed" },
    { kind: "allocation" },
    { kind: "entry" },
    { kind: "global-allocation", ...all },
    { kind: "global-entry", ...all },
  ];
}

/**
 * Special cases in which the model must become a simpler one, on random economies under several shocks
 * at once (SIMULATED).
 */
export function nestedModels(seeds: readonly number[]): AnswerCheck[] {
  const cases = seeds.map((seed) => {
    const random = randomEconomy(seed);
    return { economy: random.economy, shock: randomCase(seed, random).shock };
  });
  const economies = describeEconomies(cases.map(({ economy }) => economy));
  const check = (text: string, gapOf: (economy: Economy, shock: Shock) => number): AnswerCheck => ({
    check: text,
    ...economies,
    gap: Math.max(...cases.map(({ economy, shock }) => gapOf(economy, shock))),
    tolerance: TOLERANCE,
    reason: SOLVER_REASON,
  });
  return [
    check("s = 0: every closure is Caliendo and Parro's model", caliendoParro),
    check("ψ = 0: every closure is fixed technology", (economy, shock) => {
      const without = { ...economy, psi: economy.psi.map(() => 0) };
      const [fixed, ...others] = closuresOf(economy)
        .map((closure) => solveEquilibrium(without, shock, { closure }));
      return Math.max(...others.map((found) => difference(found, fixed)));
    }),
    check("σ = 1: redirecting research (allocation) changes nothing", (economy, shock) => {
      const unit = { ...economy, sigma: economy.sigma.map(() => 1) };
      return difference(
        solveEquilibrium(unit, shock, { closure: { kind: "allocation" } }),
        solveEquilibrium(unit, shock),
      );
    }),
    check("η = σ: one CES nest over elements and other inputs", mergedNest),
  ];
}

/** An economy whose elements nobody uses, against the same one in which they are ordinary goods. */
function caliendoParro(given: Economy, all: Shock): number {
  const [N, J, E] = [given.countries.length, given.sectors.length, given.elements.length];
  const without: EconomyShares = {
    ...given,
    // Households buy elements instead, so that their markets exist.
    finalShare: given.finalShare.map((share, at) => 0.9 * share + (at % J < J - E ? 0 : 0.1 / E)),
    elementShare: new Float64Array(N * J),
    elementMix: new Float64Array(N * J * E),
    specificShare: new Float64Array(N * J),
    transfer: new Float64Array(N),
  };
  const plain: EconomyShares = { ...without, elements: [], elementMix: new Float64Array(0) };
  const [economy, goods] = [economyFromShares(without), economyFromShares(plain)];
  const shock: Shock = {
    tariff: all.tariff,
    exportTax: all.exportTax,
    factorEndowment: all.factorEndowment,
    iceberg: all.iceberg?.map((value) => value === Infinity ? 2 : value),
  };
  const expected = solveEquilibrium(goods, shock);
  return Math.max(
    ...closuresOf(economy).map((closure) =>
      difference(solveEquilibrium(economy, shock, { closure }), expected)
    ),
  );
}

/** Cost shares of a single nest from the found prices, against the two-nest shares. */
function mergedNest(economy: Economy, shock: Shock): number {
  const merged = { ...economy, eta: economy.sigma };
  const found = solveEquilibrium(merged, shock);
  const [J, E, F] = [economy.sectors.length, economy.elements.length, economy.factors.length];
  let worst = 0;
  economy.elementShare.forEach((share, at) => {
    if (share === 0 || economy.revenue[at] === 0) return;
    const [n, j] = [Math.floor(at / J), at % J];
    let lnZ = 0;
    for (let f = 0; f < F; f++) {
      lnZ += economy.factorShare[at * F + f] * Math.log(found.wage[n * F + f]);
    }
    for (let k = 0; k < J; k++) {
      lnZ += economy.materialShare[at * J + k] * Math.log(found.price[n * J + k]);
    }
    const epsilon = 1 - economy.sigma[j];
    const terms = [(1 - share) * Math.exp(epsilon * lnZ)];
    const shares = [1 - found.elementShare[at]];
    for (let e = 0; e < E; e++) {
      const price = found.price[n * J + economy.sectors.indexOf(economy.elements[e])];
      terms.push(share * economy.elementMix[at * E + e] * price ** epsilon);
      shares.push(found.elementShare[at] * found.elementMix[at * E + e]);
    }
    const sum = terms.reduce((a, b) => a + b);
    worst = Math.max(worst, largestDifference(shares, terms.map((term) => term / sum)));
  });
  return worst;
}
