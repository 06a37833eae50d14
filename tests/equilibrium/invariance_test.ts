import assert from "node:assert/strict";
import {
  type Closure,
  type Economy,
  economyAfter,
  economyFromShares,
  type Equilibrium,
  type Shock,
  solveEquilibrium,
} from "@ree/equilibrium";
import { randomCase, randomEconomy } from "@ree/validation";
import { close, permute, range, reorder } from "./toy.ts";

const AGREEMENT = 1e-9;
const SEEDS = [1, 2, 3, 4, 5, 6, 12, 18];
const given = SEEDS.map((seed) => {
  const random = randomEconomy(seed);
  return { seed, economy: random.economy, ...randomCase(seed, random) };
});

const REAL = ["welfare", "tradeShare", "elementShare", "elementMix"] as const;
const NOMINAL = ["price", "unitCost", "wage", "income"] as const;
const same = (
  a: Equilibrium,
  b: Equilibrium,
  names: readonly (keyof Equilibrium)[],
  what: string,
) =>
  names.forEach((name) =>
    close(a[name] as Float64Array, b[name] as Float64Array, AGREEMENT, `${what}: ${name}`)
  );

Deno.test("no shock returns 1 in one step, under every closure", () => {
  for (const { economy, closure, seed } of given) {
    if (closure.kind === "frozen") continue;
    const found = solveEquilibrium(economyFromShares(economy), {}, { closure });
    assert.equal(found.iterations, 1);
    for (const name of [...NOMINAL, "welfare", "resourceReturn", "consumerPrice"] as const) {
      found[name].forEach((value) => assert.ok(Math.abs(value - 1) < 1e-12, `${seed} ${name}`));
    }
  }
});

Deno.test("Walras: world spending is world income, and no market is left out of the residuals", () => {
  for (const { economy, shock, closure } of given) {
    const { residuals } = solveEquilibrium(economy, shock, { closure });
    assert.ok(residuals.walras < 1e-10);
    for (const value of Object.values(residuals)) assert.ok(value <= 1e-11);
  }
});

Deno.test("homogeneity: another unit of account changes levels only", () => {
  for (const { economy, shock, closure, seed } of given) {
    const times = (array: Float64Array) => array.map((value) => 7.3 * value);
    const other: Economy = {
      ...economy,
      expenditure: times(economy.expenditure),
      revenue: times(economy.revenue),
      transfer: times(economy.transfer),
    };
    const a = solveEquilibrium(economy, shock, { closure });
    const b = solveEquilibrium(other, {
      ...shock,
      transfer: shock.transfer && times(shock.transfer),
    }, { closure });
    same(a, b, [...REAL, ...NOMINAL], `seed ${seed}`);
    close(times(a.revenue), b.revenue, AGREEMENT, "revenue");
  }
});

Deno.test("permuting countries and sectors permutes the answer", () => {
  for (const { economy, shock, closure, seed } of given) {
    const [N, J] = [economy.countries.length, economy.sectors.length];
    const countries = range(N).map((n) => (n + 1) % N);
    const sectors = range(J).reverse();
    const permuted = permute(economy, countries, sectors);
    const triple = (array?: Float64Array) =>
      array && reorder(array, [countries, countries, sectors]);
    const cells = (array?: Float64Array) => array && reorder(array, [countries, sectors]);
    const other: Shock = {
      tariff: triple(shock.tariff),
      exportTax: triple(shock.exportTax),
      iceberg: triple(shock.iceberg),
      factorEndowment: shock.factorEndowment &&
        reorder(shock.factorEndowment, [countries, range(economy.factors.length)]),
      resource: cells(shock.resource),
      transfer: shock.transfer && reorder(shock.transfer, [countries]),
      quotas: shock.quotas,
    };
    const otherClosure: Closure = closure.kind === "frozen"
      ? { kind: "frozen", element: cells(closure.element)!, other: cells(closure.other)! }
      : closure;
    const a = solveEquilibrium(economy, shock, { closure });
    const b = solveEquilibrium(permuted, other, { closure: otherClosure });
    close(reorder(a.welfare, [countries]), b.welfare, AGREEMENT, `seed ${seed}: welfare`);
    close(cells(a.price)!, b.price, AGREEMENT, `seed ${seed}: price`);
    close(triple(a.tradeShare)!, b.tradeShare, AGREEMENT, `seed ${seed}: trade shares`);
  }
});

Deno.test("splitting a country into two equal halves changes nothing", () => {
  for (const { economy, shock, closure, seed } of given) {
    if (closure.kind === "frozen" || shock.iceberg?.includes(Infinity)) continue;
    const [N, J] = [economy.countries.length, economy.sectors.length];
    // The last country becomes two; quotas name other countries only, because a quota on one half
    // would leave trade between the halves to it.
    const last = economy.countries[N - 1];
    const kept: Shock = {
      ...shock,
      tariff: undefined,
      exportTax: undefined,
      quotas: shock.quotas?.filter(({ country }) => country !== last),
    };
    const order = [...range(N), N - 1];
    const spread = (
      array: Float64Array,
      shapes: readonly (readonly number[])[],
      halves: number,
    ) => {
      // `halves`: which index of a share or level is divided between the two
      const out = pick(array, shapes, N);
      const width = shapes.slice(halves + 1).reduce((product, s) => product * s.length, 1);
      return out.map((value, at) => {
        const k = Math.floor(at / width) % shapes[halves].length;
        return k >= N - 1 ? value / 2 : value;
      });
    };
    const S = range(J);
    const split: Economy = {
      ...economy,
      countries: [...economy.countries, "other half"],
      tradeShare: spread(economy.tradeShare, [order, order, S], 1),
      tariff: pick(economy.tariff, [order, order, S], N),
      exportTax: pick(economy.exportTax, [order, order, S], N),
      elementShare: pick(economy.elementShare, [order, S], N),
      specificShare: pick(economy.specificShare, [order, S], N),
      finalShare: pick(economy.finalShare, [order, S], N),
      expenditure: spread(economy.expenditure, [order, S], 0),
      revenue: spread(economy.revenue, [order, S], 0),
      factorShare: pick(economy.factorShare, [order, S, range(economy.factors.length)], N),
      elementMix: pick(economy.elementMix, [order, S, range(economy.elements.length)], N),
      materialShare: pick(economy.materialShare, [order, S, S], N),
      transfer: spread(economy.transfer, [order], 0),
    };
    const splitShock: Shock = {
      iceberg: kept.iceberg && pick(kept.iceberg, [order, order, S], N),
      factorEndowment: kept.factorEndowment &&
        pick(kept.factorEndowment, [order, range(economy.factors.length)], N),
      resource: kept.resource && pick(kept.resource, [order, S], N),
      transfer: kept.transfer && spread(kept.transfer, [order], 0),
      quotas: kept.quotas,
    };
    const half = (list: readonly string[]) => list.includes(last) ? [...list, "other half"] : list;
    const splitClosure: Closure =
      closure.kind === "global-allocation" || closure.kind === "global-entry"
        ? {
          kind: closure.kind,
          innovators: [...half(closure.innovators)],
          adopters: [...half(closure.adopters)],
        }
        : closure;
    const a = solveEquilibrium(economy, kept, { closure });
    const b = solveEquilibrium(split, splitShock, { closure: splitClosure });
    close(order.map((n) => a.welfare[n]), b.welfare, AGREEMENT, `seed ${seed}: welfare`);
    close(pick(a.price, [order, S], N), b.price, AGREEMENT, `seed ${seed}: price`);
  }
});

/** Entries at the given positions of each index; country indices have N positions in the source. */
function pick(
  array: Float64Array,
  shapes: readonly (readonly number[])[],
  N: number,
): Float64Array {
  let positions = [0];
  for (const shape of shapes) {
    const length = shape.length === N + 1 && shape[N] === N - 1 ? N : shape.length;
    positions = positions.flatMap((base) => shape.map((k) => base * length + k));
  }
  return Float64Array.from(positions, (at) => array[at]);
}

Deno.test("there and back: the inverse shock from the new equilibrium returns to the old one", () => {
  for (const { economy, shock, closure, seed } of given) {
    if (shock.iceberg?.includes(Infinity) || closure.kind.startsWith("global")) continue;
    if (closure.kind === "entry" && economy.factors.length > 1) continue; // weights of the bundle move
    const there = solveEquilibrium(economy, shock, { closure, tolerance: 1e-12 });
    const inverse = (array?: Float64Array) => array?.map((value) => 1 / value);
    const back = solveEquilibrium(economyAfter(economy, shock, there), {
      tariff: economy.tariff,
      exportTax: economy.exportTax,
      iceberg: inverse(shock.iceberg),
      factorEndowment: inverse(shock.factorEndowment),
      resource: inverse(shock.resource),
      transfer: economy.transfer,
    }, {
      closure: closure.kind === "frozen"
        ? { kind: "frozen", element: inverse(closure.element)!, other: inverse(closure.other)! }
        : closure,
    });
    there.welfare.forEach((value, n) =>
      assert.ok(Math.abs(value * back.welfare[n] - 1) < AGREEMENT, `seed ${seed}: ${n}`)
    );
    close(back.tradeShare, economy.tradeShare, 1e-8, `seed ${seed}: trade shares`);
  }
});

Deno.test("a warm start leads to the same equilibrium", () => {
  for (const { economy, shock, closure, seed } of given) {
    const cold = solveEquilibrium(economy, shock, { closure });
    const warm = solveEquilibrium(economy, shock, { closure, start: cold });
    same(cold, warm, [...REAL, ...NOMINAL], `seed ${seed}`);
    assert.ok(warm.iterations <= cold.iterations);
  }
});
