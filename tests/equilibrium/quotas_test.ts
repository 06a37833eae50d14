import assert from "node:assert/strict";
import { type Economy, type Shock, solveEquilibrium } from "@ree/equilibrium";
import { randomEconomy } from "@ree/validation";
import { close } from "./toy.ts";

const AGREEMENT = 1e-9;

/** An economy with an exporter of its last sector, an element. */
function exporter(seed: number): { economy: Economy; country: string; element: string; i: number } {
  const { economy, base } = randomEconomy(seed);
  const J = economy.sectors.length;
  const i = economy.countries.findIndex((_, n) => base.quantity[n * J + J - 1] > 0);
  return { economy, country: economy.countries[i], element: economy.sectors[J - 1], i };
}

/** Cells [importer][exporter][sector] of the exporter's foreign sales of the last sector. */
function foreignCells({ countries, sectors }: Economy, i: number): number[] {
  const [N, J] = [countries.length, sectors.length];
  return countries.flatMap((_, n) => n === i ? [] : [(n * N + i) * J + J - 1]);
}

Deno.test("a binding quota is the export tax that meets it, rents included", () => {
  for (const seed of [1, 2, 3, 4, 5, 6]) {
    const { economy, country, element, i } = exporter(seed);
    for (const kind of ["fixed", "allocation", "entry"] as const) {
      const shock: Shock = { quotas: [{ country, element, limit: 0.6 }] };
      const quota = solveEquilibrium(economy, shock, { closure: { kind } });
      assert.ok(quota.quotaWedge[0] > 0, `seed ${seed}`);
      const exportTax = Float64Array.from(economy.exportTax);
      for (const at of foreignCells(economy, i)) {
        exportTax[at] = (1 + exportTax[at]) * (1 + quota.quotaWedge[0]) - 1;
      }
      const tax = solveEquilibrium(economy, { exportTax }, { closure: { kind } });
      for (const name of ["welfare", "price", "revenue", "income"] as const) {
        close(tax[name], quota[name], AGREEMENT, `seed ${seed}, ${kind}, ${name}`);
      }
    }
  }
});

Deno.test("a slack quota is no quota, and its wedge is exactly 0", () => {
  for (const seed of [1, 2, 3, 4]) {
    const { economy, country, element } = exporter(seed);
    const tariff = economy.tariff.map((t, at) => at % 3 === 0 && t !== 0 ? t + 0.1 : t);
    const none = solveEquilibrium(economy, { tariff });
    const slack = solveEquilibrium(economy, { tariff, quotas: [{ country, element, limit: 2 }] });
    assert.deepEqual(slack.quotaWedge, [0]);
    close(slack.welfare, none.welfare, AGREEMENT, `seed ${seed}`);
  }
});

Deno.test("a quota of 0 is an embargo on all buyers; cuts of 90, 99 and 99.9 % approach it", () => {
  for (const seed of [3, 4, 5]) {
    const { economy: given, country, element, i } = exporter(seed);
    const economy = { ...given, sigma: given.sigma.map(() => 0.6) };
    const solve = (limit: number) =>
      solveEquilibrium(economy, { quotas: [{ country, element, limit }] });
    const iceberg = new Float64Array(economy.tradeShare.length).fill(1);
    for (const at of foreignCells(economy, i)) iceberg[at] = Infinity;
    const ban = solve(0);
    const embargo = solveEquilibrium(economy, { iceberg });
    assert.deepEqual(ban.quotaWedge, [Infinity]);
    close(ban.welfare, embargo.welfare, AGREEMENT, `seed ${seed}`);
    for (const at of foreignCells(economy, i)) {
      assert.equal(ban.tradeShare[at], 0);
      assert.equal(embargo.tradeShare[at], 0);
    }
    const gaps = [0.1, 0.01, 0.001].map((limit) => {
      const { welfare } = solve(limit);
      return Math.max(...welfare.map((value, n) => Math.abs(value - ban.welfare[n])));
    });
    assert.ok(gaps[0] > gaps[1] && gaps[1] > gaps[2], `${gaps}`);
    assert.ok(gaps[2] < 1e-2, `${gaps}`);
  }
});

Deno.test("no supplier left: essential inputs are refused by name, dispensable ones are done without", () => {
  const { economy } = exporter(2);
  const [N, J] = [economy.countries.length, economy.sectors.length];
  const last = J - 1;
  // Nobody delivers the last element to country 1, itself included.
  const iceberg = new Float64Array(N * N * J).fill(1);
  for (let i = 0; i < N; i++) iceberg[i * J + last] = Infinity;
  const finalShare = Float64Array.from(economy.finalShare);
  assert.throws(
    () => solveEquilibrium({ ...economy, sigma: economy.sigma.map(() => 0.5) }, { iceberg }),
    /no supplier of e\d is left for c1, and .+ cannot do without it/,
  );
  if (finalShare[last] === 0) {
    const flexible = {
      ...economy,
      sigma: economy.sigma.map(() => 1.8),
      eta: economy.eta.map(() => 1.5),
      psi: economy.psi.map(() => 0.5),
    };
    for (const kind of ["fixed", "allocation", "entry"] as const) {
      const found = solveEquilibrium(flexible, { iceberg }, { closure: { kind } });
      assert.equal(found.price[last], Infinity);
      assert.ok(found.welfare[0] > 0 && found.welfare[0] < 1, `${found.welfare[0]}`);
      for (let i = 0; i < N; i++) assert.equal(found.tradeShare[i * J + last], 0);
      // Very high costs lead to the same place.
      const high = solveEquilibrium(flexible, {
        iceberg: iceberg.map((value) => value === Infinity ? 1e9 : value),
      }, { closure: { kind } });
      close(high.welfare, found.welfare, 1e-3, kind);
    }
  }
});
