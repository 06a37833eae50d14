import assert from "node:assert/strict";
import { type Closure, decompose, type Shock, solveEquilibrium } from "@ree/equilibrium";
import { randomCase, randomEconomy } from "@ree/validation";

/** Largest gap between the sum of the terms and ln Ŵ. */
const gap = (result: ReturnType<typeof decompose>) =>
  result.total.reduce(
    (worst, value, n) => Math.max(worst, Math.abs(value - result.lnWelfare[n])),
    0,
  );

function finite(shock: Shock): Shock {
  return { ...shock, iceberg: shock.iceberg?.map((value) => value === Infinity ? 1.5 : value) };
}

Deno.test("the terms sum to ln welfare, with an error that falls with the square of the steps", () => {
  for (const seed of [1, 2, 3, 4, 5, 6, 11, 16, 17]) {
    const random = randomEconomy(seed);
    const given = randomCase(seed, random);
    const at = (steps: number) =>
      gap(decompose(random.economy, finite(given.shock), steps, { closure: given.closure }));
    const [coarse, fine] = [at(8), at(32)];
    assert.ok(fine < 2e-4, `seed ${seed}, ${given.closure.kind}: ${fine}`);
    // 4 times the steps, 1/16 of the error (a little less where a quota starts to bind inside a step)
    assert.ok(fine < coarse / 12, `seed ${seed}: ${coarse} to ${fine}`);
  }
});

Deno.test("each channel alone moves only its own term and those of prices", () => {
  const { economy } = randomEconomy(3);
  const ones = new Float64Array(economy.revenue.length).fill(1);
  const nothing = decompose(economy, {}, 2);
  for (const term of [nothing.termsOfTrade, nothing.volumeOfTrade, nothing.technology]) {
    assert.ok(term.every((value) => Math.abs(value) < 1e-12));
  }
  const mines = decompose(economy, { resource: ones.map(() => 0.8) }, 4);
  assert.ok(mines.endowments.some((value) => value < -1e-4));
  assert.ok(mines.tradeCosts.every((value) => value === 0));
  assert.ok(mines.transfers.every((value) => value === 0));
  assert.ok(mines.technology.every((value) => value === 0));
  const closure: Closure = { kind: "allocation" };
  const directed = decompose(economy, { resource: ones.map(() => 0.8) }, 4, { closure });
  assert.ok(directed.technology.some((value) => value !== 0));
  const found = solveEquilibrium(economy, { resource: ones.map(() => 0.8) }, { closure });
  directed.lnWelfare.forEach((value, n) =>
    assert.ok(Math.abs(value - Math.log(found.welfare[n])) < 1e-10)
  );
});

Deno.test("redirected research has no first-order gain of its own, at any point of the path (envelope)", () => {
  // s d ln B̂R + (1−s) d ln B̂X = ψ (ds − ds) = 0: what `allocation` changes works through prices.
  const { economy } = randomEconomy(3);
  const resource = new Float64Array(economy.revenue.length).fill(0.7);
  const largest = (steps: number) => {
    const closure: Closure = { kind: "allocation" };
    return Math.max(
      ...decompose(economy, { resource }, steps, { closure }).technology.map(Math.abs),
    );
  };
  const [coarse, fine] = [largest(4), largest(16)];
  assert.ok(fine < coarse / 12 && fine < 1e-6, `${coarse} to ${fine}`);
});

Deno.test("embargoes and bad numbers of steps are refused", () => {
  const { economy } = randomEconomy(3);
  const iceberg = new Float64Array(economy.tradeShare.length).fill(1);
  iceberg[economy.sectors.length] = Infinity;
  assert.throws(() => decompose(economy, { iceberg }, 4), /embargo .* has no path/);
  assert.throws(() => decompose(economy, {}, 0), /steps is 0/);
});
