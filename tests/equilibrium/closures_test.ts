import assert from "node:assert/strict";
import { type Closure, type Economy, type Shock, solveEquilibrium } from "@ree/equilibrium";
import { randomCase, randomEconomy } from "@ree/validation";
import { close } from "./toy.ts";

const AGREEMENT = 1e-9;
const SEEDS = [1, 2, 3, 6, 12];
const constant = (array: Float64Array, value: number) => array.map(() => value);

function closures({ countries }: Economy): Closure[] {
  const all = { innovators: [...countries], adopters: [...countries] };
  return [
    { kind: "fixed" },
    { kind: "allocation" },
    { kind: "entry" },
    { kind: "global-allocation", ...all },
    { kind: "global-entry", ...all },
  ];
}

function cases(): { economy: Economy; shock: Shock; seed: number }[] {
  return SEEDS.map((seed) => {
    const random = randomEconomy(seed);
    return { seed, economy: random.economy, shock: randomCase(seed, random).shock };
  });
}

Deno.test("ψ = 0: every closure is fixed technology", () => {
  for (const { economy, shock, seed } of cases()) {
    const without = { ...economy, psi: constant(economy.psi, 0) };
    const [fixed, ...others] = closures(economy);
    const expected = solveEquilibrium(without, shock, { closure: fixed });
    for (const closure of others) {
      const found = solveEquilibrium(without, shock, { closure });
      close(found.price, expected.price, AGREEMENT, `seed ${seed}, ${closure.kind}`);
      close(found.technology.element, constant(found.price, 1), 0, "B̂R");
    }
  }
});

Deno.test("σ = 1: redirecting research is irrelevant", () => {
  for (const { economy, shock, seed } of cases()) {
    const unit = { ...economy, sigma: constant(economy.sigma, 1) };
    const fixed = solveEquilibrium(unit, shock);
    const allocation = solveEquilibrium(unit, shock, { closure: { kind: "allocation" } });
    close(allocation.welfare, fixed.welfare, AGREEMENT, `seed ${seed}`);
    close(allocation.elementShare, unit.elementShare, AGREEMENT, `seed ${seed}`);
  }
});

Deno.test("σ and η near 1 approach the exact limit at 1, from both sides", () => {
  for (const { economy, shock, seed } of cases()) {
    for (const closure of closures(economy).slice(0, 3)) {
      const at = (value: number) =>
        solveEquilibrium(
          {
            ...economy,
            sigma: constant(economy.sigma, value),
            eta: constant(economy.eta, value),
          },
          shock,
          { closure },
        );
      const [below, limit, above] = [at(1 - 1e-9), at(1), at(1 + 1e-9)];
      close(below.price, limit.price, 1e-7, `seed ${seed}, ${closure.kind}, below`);
      close(above.price, limit.price, 1e-7, `seed ${seed}, ${closure.kind}, above`);
    }
  }
});

Deno.test("σ = 0: quantities of elements per unit of other inputs stay", () => {
  for (const { economy, shock } of cases()) {
    const E = economy.elements.length;
    const leontief = {
      ...economy,
      sigma: constant(economy.sigma, 0),
      eta: constant(economy.eta, 0),
    };
    const found = solveEquilibrium(leontief, shock);
    const J = economy.sectors.length;
    economy.elementShare.forEach((share, at) => {
      if (share === 0 || economy.revenue[at] === 0) return;
      const n = Math.floor(at / J);
      // Leontief bundle: spending on an element over its price is the same multiple for all of them.
      const quantities: number[] = [];
      for (let e = 0; e < E; e++) {
        const before = economy.elementMix[at * E + e];
        if (before === 0) continue;
        quantities.push(found.elementMix[at * E + e] / before / found.price[n * J + J - E + e]);
      }
      close(quantities, quantities.map(() => quantities[0]), AGREEMENT, "quantity");
    });
  }
});

Deno.test("η = σ merges the nests: one CES over elements and other inputs", () => {
  for (const { economy, shock, seed } of cases()) {
    const merged = { ...economy, eta: economy.sigma };
    const found = solveEquilibrium(merged, shock);
    const [J, E, F] = [economy.sectors.length, economy.elements.length, economy.factors.length];
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
      for (let e = 0; e < E; e++) {
        const price = found.price[n * J + J - E + e];
        terms.push(share * economy.elementMix[at * E + e] * price ** epsilon);
      }
      const sum = terms.reduce((a, b) => a + b);
      const shares = [1 - found.elementShare[at]];
      for (let e = 0; e < E; e++) {
        shares.push(found.elementShare[at] * found.elementMix[at * E + e]);
      }
      close(shares, terms.map((term) => term / sum), AGREEMENT, `seed ${seed}`);
    });
  }
});

Deno.test("frozen at an equilibrium's own technology reproduces it; prices revert, technology stays", () => {
  for (const { economy, shock, seed } of cases()) {
    const found = solveEquilibrium(economy, shock, { closure: { kind: "allocation" } });
    const frozen = { kind: "frozen", ...found.technology } as const;
    const again = solveEquilibrium(economy, shock, { closure: frozen });
    close(again.price, found.price, AGREEMENT, `seed ${seed}`);
    const after = solveEquilibrium(economy, {}, { closure: frozen });
    close(after.technology.element, found.technology.element, 1e-14, "technology");
    assert.ok(
      after.elementShare.some((share, at) => Math.abs(share - economy.elementShare[at]) > 1e-6),
    );
  }
});
