import assert from "node:assert/strict";
import {
  type Closure,
  type Economy,
  economyFromShares,
  type EconomyShares,
  type Shock,
  solveEquilibrium,
} from "@ree/equilibrium";
import { randomCase, randomEconomy } from "@ree/validation";
import { close, permute, range, reorder } from "./toy.ts";

const AGREEMENT = 1e-9;

Deno.test("s = 0 under any closure is Caliendo-Parro: elements are goods like others", () => {
  for (const seed of [1, 2, 3, 4, 5, 6]) {
    const random = randomEconomy(seed);
    const { economy: given } = random;
    const [N, J, E] = [given.countries.length, given.sectors.length, given.elements.length];
    // Nobody uses elements in production; households buy them, so that their markets exist.
    const finalShare = given.finalShare.map((share, at) =>
      at % J < J - E ? 0.9 * share : 0.9 * share + 0.1 / E
    );
    const without: EconomyShares = {
      ...given,
      finalShare,
      elementShare: new Float64Array(N * J),
      elementMix: new Float64Array(N * J * E),
      specificShare: new Float64Array(N * J),
      transfer: new Float64Array(N),
    };
    const plain: EconomyShares = { ...without, elements: [], elementMix: new Float64Array(0) };
    const [economy, goods] = [economyFromShares(without), economyFromShares(plain)];
    const all = randomCase(seed, random).shock;
    const shock: Shock = {
      tariff: all.tariff,
      factorEndowment: all.factorEndowment,
      iceberg: all.iceberg?.map((value) => value === Infinity ? 2 : value),
    };
    const expected = solveEquilibrium(goods, shock);
    const everybody = { innovators: economy.countries, adopters: economy.countries };
    const closures = [
      { kind: "fixed" },
      { kind: "allocation" },
      { kind: "entry" },
      { kind: "global-allocation", ...everybody },
      { kind: "global-entry", ...everybody },
    ] as const;
    for (const closure of closures) {
      const found = solveEquilibrium(economy, shock, { closure });
      for (const name of ["welfare", "price", "tradeShare", "revenue", "wage"] as const) {
        close(found[name], expected[name], AGREEMENT, `seed ${seed}, ${closure.kind}, ${name}`);
      }
    }
    assert.ok(expected.welfare.some((value) => Math.abs(value - 1) > 1e-3), `seed ${seed}`);
  }
});

/** Three equal countries that make a good from labour and two mined elements, and trade all of it. */
function symmetricWorld(): Economy {
  const [N, J] = [3, 3];
  const share = (home: number) => (n: number, i: number) => n === i ? home : (1 - home) / 2;
  const homes = [share(0.7), share(0.4), share(0.5)];
  return economyFromShares({
    countries: ["a", "b", "c"],
    sectors: ["good", "light", "heavy"],
    factors: ["labour"],
    elements: ["light", "heavy"],
    tradeShare: Float64Array.from(
      { length: N * N * J },
      (_, at) => homes[at % J](Math.floor(at / (N * J)), Math.floor(at / J) % N),
    ),
    tariff: new Float64Array(N * N * J),
    exportTax: new Float64Array(N * N * J),
    elementShare: Float64Array.from(range(N * J), (at) => at % J === 0 ? 0.2 : 0),
    elementMix: Float64Array.from(range(N).flatMap(() => [0.6, 0.4, 0, 0, 0, 0])),
    factorShare: new Float64Array(N * J).fill(1),
    materialShare: new Float64Array(N * J * J),
    specificShare: Float64Array.from(range(N * J), (at) => at % J === 0 ? 0 : 0.6),
    finalShare: Float64Array.from(range(N * J), (at) => at % J === 0 ? 1 : 0),
    transfer: new Float64Array(N),
    sigma: new Float64Array(J).fill(0.5),
    eta: new Float64Array(J).fill(0.8),
    theta: new Float64Array(J).fill(4),
    psi: new Float64Array(J).fill(0.5),
  });
}

Deno.test("a symmetric world with elements and equal quotas stays symmetric under every closure", () => {
  const economy = symmetricWorld();
  const everybody = { innovators: economy.countries, adopters: economy.countries };
  const shock: Shock = {
    resource: Float64Array.from(range(9), (at) => at % 3 === 2 ? 0.6 : 1),
    quotas: economy.countries.map((country) => ({ country, element: "light", limit: 0.5 })),
  };
  const closures: Closure[] = [
    { kind: "fixed" },
    { kind: "allocation" },
    { kind: "entry" },
    { kind: "global-allocation", ...everybody },
    { kind: "global-entry", ...everybody },
  ];
  for (const closure of closures) {
    const found = solveEquilibrium(economy, shock, { closure });
    assert.ok(found.quotaWedge[0] > 0, closure.kind);
    close(found.quotaWedge, new Array(3).fill(found.quotaWedge[0]), AGREEMENT, "wedges");
    close(found.welfare, new Array(3).fill(found.welfare[0]), AGREEMENT, closure.kind);
    close(found.wage, new Array(3).fill(found.wage[0]), AGREEMENT, closure.kind);
    for (const j of range(3)) {
      const prices = range(3).map((n) => found.price[n * 3 + j]);
      close(prices, new Array(3).fill(prices[0]), AGREEMENT, `${closure.kind}, price of ${j}`);
    }
    assert.ok(found.welfare[0] < 1, closure.kind); // fewer mines and trade held back
  }
});

Deno.test("no market is left out: each clears, and welfare is the same whichever country comes first", () => {
  for (const seed of [1, 3, 5]) {
    const random = randomEconomy(seed);
    const { economy } = random;
    const { shock: all, closure } = randomCase(seed, random);
    if (closure.kind === "frozen") continue;
    const [N, J, F] = [economy.countries.length, economy.sectors.length, economy.factors.length];
    const shock: Shock = { tariff: all.tariff, exportTax: all.exportTax, quotas: all.quotas };
    const found = solveEquilibrium(economy, shock, { closure });
    const paid = (revenue: Float64Array, elementShare: Float64Array, n: number, f: number) =>
      range(J).reduce((sum, j) => {
        const at = n * J + j;
        return sum + (1 - economy.specificShare[at]) * (1 - elementShare[at]) *
            economy.factorShare[at * F + f] * revenue[at];
      }, 0);
    for (const n of range(N)) {
      for (const f of range(F)) {
        const before = paid(economy.revenue, economy.elementShare, n, f);
        const after = paid(found.revenue, found.elementShare, n, f);
        const gap = after / before / found.wage[n * F + f] - 1;
        assert.ok(Math.abs(gap) < 1e-10, `seed ${seed}, factor ${f} of country ${n}: ${gap}`);
      }
    }
    for (let first = 1; first < N; first++) {
      const order = range(N).map((n) => (n + first) % N);
      const triple = (array: Float64Array) => reorder(array, [order, order, range(J)]);
      const rotated = permute(economy, order, range(J));
      const again = solveEquilibrium(rotated, {
        ...shock,
        tariff: shock.tariff && triple(shock.tariff),
        exportTax: shock.exportTax && triple(shock.exportTax),
      }, { closure });
      close(again.welfare, order.map((n) => found.welfare[n]), AGREEMENT, `seed ${seed}, ${first}`);
    }
  }
});
