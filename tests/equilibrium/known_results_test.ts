import assert from "node:assert/strict";
import { type Closure, type Economy, solveEquilibrium } from "@ree/equilibrium";
import { close, oneCountry, plainWorld } from "./toy.ts";

/** Exact formulas: only the solver's tolerance of 1e-11 times the conditioning stands between. */
const EXACT = 1e-9;

const ONE_SECTOR = [0.8, 0.15, 0.05, 0.1, 0.7, 0.2, 0.02, 0.3, 0.68];

/** Iceberg costs of a world, changed for foreign pairs only. */
function foreignCosts(N: number, J: number, factor: (n: number, i: number) => number) {
  return Float64Array.from({ length: N * N * J }, (_, at) => {
    const [n, i] = [Math.floor(at / (N * J)), Math.floor(at / J) % N];
    return n === i ? 1 : factor(n, i);
  });
}

Deno.test("one sector: welfare is the home share to the power −1/θ (Arkolakis et al. 2012)", () => {
  const economy = plainWorld(ONE_SECTOR, { N: 3, J: 1, theta: [5], final: [1] });
  const iceberg = foreignCosts(3, 1, (n, i) => 1.1 + 0.2 * n + 0.05 * i);
  const found = solveEquilibrium(economy, { iceberg });
  [0, 1, 2].forEach((n) => {
    const home = found.tradeShare[n * 3 + n] / economy.tradeShare[n * 3 + n];
    close([found.welfare[n]], [home ** (-1 / 5)], EXACT, `country ${n}`);
  });
});

Deno.test("autarky: π_nn = 1 and welfare falls to the home share to the power 1/θ", () => {
  const economy = plainWorld(ONE_SECTOR, { N: 3, J: 1, theta: [5], final: [1] });
  const found = solveEquilibrium(economy, { iceberg: foreignCosts(3, 1, () => Infinity) });
  close(found.tradeShare, [1, 0, 0, 0, 1, 0, 0, 0, 1], 0, "trade shares");
  close(found.welfare, [0.8 ** 0.2, 0.7 ** 0.2, 0.68 ** 0.2], EXACT, "welfare");
});

Deno.test("two sectors with inputs: welfare from home shares through the Leontief inverse", () => {
  const inputs = [[0.2, 0.3], [0.1, 0.25]];
  const theta = [4, 7];
  const final = [0.6, 0.4];
  const tradeShare = [
    [0.8, 0.6, 0.15, 0.3, 0.05, 0.1],
    [0.1, 0.2, 0.7, 0.5, 0.2, 0.3],
    [0.02, 0.1, 0.3, 0.1, 0.68, 0.8],
  ].flat();
  const economy = plainWorld(tradeShare, { N: 3, J: 2, theta, final, inputs });
  const found = solveEquilibrium(economy, { iceberg: foreignCosts(3, 2, (n) => 1.2 + 0.1 * n) });
  const determinant = (1 - inputs[0][0]) * (1 - inputs[1][1]) - inputs[0][1] * inputs[1][0];
  const inverse = [
    [(1 - inputs[1][1]) / determinant, inputs[0][1] / determinant],
    [inputs[1][0] / determinant, (1 - inputs[0][0]) / determinant],
  ];
  [0, 1, 2].forEach((n) => {
    let lnWelfare = 0;
    for (const j of [0, 1]) {
      for (const k of [0, 1]) {
        const at = (n * 3 + n) * 2 + k;
        const home = Math.log(found.tradeShare[at] / economy.tradeShare[at]);
        lnWelfare -= final[j] * inverse[j][k] * home / theta[k];
      }
    }
    close([found.welfare[n]], [Math.exp(lnWelfare)], EXACT, `country ${n}`);
  });
});

Deno.test("a symmetric world stays symmetric", () => {
  const share = [0.6, 0.2, 0.2, 0.2, 0.6, 0.2, 0.2, 0.2, 0.6];
  const economy = plainWorld(share, { N: 3, J: 1, theta: [4], final: [1] });
  const tariff = foreignCosts(3, 1, () => 1.3).map((value) => value - 1);
  const found = solveEquilibrium(economy, { tariff });
  close(found.wage, [1, 1, 1], EXACT, "wage");
  close(found.welfare, new Array(3).fill(found.welfare[0]), EXACT, "welfare");
  assert.ok(found.welfare[0] < 1);
});

/**
 * First-order response of a one-country economy to more of the mine, by hand. Unknowns: ds = d ln s′,
 * with a = (1−σ)(1−s), k = ρs the mine's share of income (which is the numeraire):
 * d ln w = −k/(1−k) ds, d ln r = ds − d ln R, d ln q = ρ d ln r + (1−ρ) d ln w.
 */
function byHand({ share: s, rho, sigma, psi }: Parameters<typeof oneCountry>[0], kind: string) {
  const epsilon = 1 - sigma;
  const k = rho * s;
  const toWage = -k / (1 - k);
  // ds = (1−s)·o, o = slope·(d ln q − d ln w) + push·ds + pull·d ln w, by closure
  const slope = kind === "allocation" ? epsilon / (1 + psi * epsilon) : epsilon;
  const push = kind === "entry" ? -epsilon * psi : 0;
  const pull = kind === "entry" ? epsilon * psi : 0; // v = 1/ŵ
  // d ln q − d ln w = ρ(ds − 1 − toWage·ds) for d ln R = 1
  const ds = -(1 - s) * slope * rho /
    (1 - (1 - s) * (slope * rho * (1 - toWage) + push + pull * toWage));
  const wage = toWage * ds;
  const rent = ds - 1;
  const bundle = rho * rent + (1 - rho) * wage;
  const element = kind === "allocation" ? psi * ds : kind === "entry" ? psi * (ds - wage) : 0;
  const other = kind === "allocation" ? -psi * s / (1 - s) * ds : 0;
  const price = s * (bundle - element) + (1 - s) * (wage - other);
  return {
    elementShare: ds,
    wage,
    resourceReturn: rent,
    elementPrice: bundle,
    element,
    other,
    price,
  };
}

Deno.test("d ln of every output of a one-country economy equals the derivative by hand", () => {
  const h = 1e-4;
  for (const kind of ["fixed", "allocation", "entry"] as const) {
    for (const sigma of [0, 0.4, 1, 1.4]) {
      const parameters = { share: 0.15, rho: 0.7, sigma, psi: 0.6 };
      const economy = oneCountry(parameters);
      const closure: Closure = { kind };
      const at = (lnR: number) =>
        solveEquilibrium(economy, { resource: Float64Array.of(1, Math.exp(lnR)) }, {
          closure,
          tolerance: 1e-13,
        });
      const [up, down] = [at(h), at(-h)];
      const slope = (pick: (found: typeof up) => number) =>
        (Math.log(pick(up)) - Math.log(pick(down))) / (2 * h);
      const numeric = {
        elementShare: slope((e) => e.elementShare[0]),
        wage: slope((e) => e.wage[0]),
        resourceReturn: slope((e) => e.resourceReturn[1]),
        elementPrice: slope((e) => e.price[1]),
        element: slope((e) => e.technology.element[0]),
        other: slope((e) => e.technology.other[0]),
        price: slope((e) => e.price[0]),
      };
      const exact = byHand(parameters, kind);
      for (const name of Object.keys(exact) as (keyof typeof exact)[]) {
        assert.ok(
          Math.abs(numeric[name] - exact[name]) < 1e-7,
          `${kind}, σ = ${sigma}, ${name}: ${numeric[name]}, by hand ${exact[name]}`,
        );
      }
      assert.ok(Math.abs(slope((e) => e.welfare[0]) + exact.price) < 1e-7);
    }
  }
});

Deno.test("the technology slopes of section 3 hold in levels, not only at the margin", () => {
  for (const sigma of [0, 0.4, 1.4]) {
    const psi = 0.8;
    const economy: Economy = oneCountry({ share: 0.15, rho: 0.7, sigma, psi });
    const found = solveEquilibrium(economy, { resource: Float64Array.of(1, 0.4) }, {
      closure: { kind: "allocation" },
    });
    const relative = Math.log(found.technology.element[0] / found.technology.other[0]);
    const price = Math.log(found.price[1] / found.wage[0]);
    const slope = psi * (1 - sigma) / (1 + psi * (1 - sigma));
    assert.ok(Math.abs(relative - slope * price) < EXACT, `σ = ${sigma}`);
    // Complements redirect research towards the scarce element, substitutes away from it.
    assert.equal(Math.sign(relative), Math.sign(1 - sigma));
  }
});
