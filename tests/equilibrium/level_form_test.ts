import assert from "node:assert/strict";
import { checkEconomy, economyFromShares, solveEquilibrium } from "@ree/equilibrium";
import { levelDifferences, levelEquilibrium, randomCase, randomEconomy } from "@ree/validation";

/** Largest accepted relative difference; 6e-11 was the largest in 285 random economies. */
const AGREEMENT = 1e-8;

/** Seeds whose level baseline Newton's method does not find; nothing is known to be special in them. */
const NO_LEVEL_BASELINE = [53];
const SEEDS = Array.from({ length: 72 }, (_, k) => k + 1)
  .filter((seed) => !NO_LEVEL_BASELINE.includes(seed));

Deno.test("baseline levels from shares are those of the level model", () => {
  for (const seed of SEEDS.slice(0, 20)) {
    const { economy } = randomEconomy(seed);
    checkEconomy(economy);
    const again = economyFromShares(economy);
    for (const name of ["expenditure", "revenue"] as const) {
      economy[name].forEach((value, at) =>
        assert.ok(
          Math.abs(again[name][at] - value) <= 1e-12 * value + 1e-16,
          `seed ${seed}, ${name} ${at}: ${again[name][at]}, ${value}`,
        )
      );
    }
  }
});

Deno.test("72 random economies under every closure agree with the level model in every output", () => {
  const closures = new Map<string, number>();
  let [binding, slack, embargoes] = [0, 0, 0];
  for (const seed of SEEDS) {
    const random = randomEconomy(seed);
    const given = randomCase(seed, random);
    const level = levelEquilibrium(random, given);
    assert.ok(level !== undefined, `seed ${seed}: Newton found no level equilibrium`);
    const found = solveEquilibrium(random.economy, given.shock, { closure: given.closure });
    for (const [name, gap] of Object.entries(levelDifferences(random, level, found, given))) {
      assert.ok(gap < AGREEMENT, `seed ${seed}, ${given.closure.kind}, ${name} differs by ${gap}`);
    }
    closures.set(given.closure.kind, (closures.get(given.closure.kind) ?? 0) + 1);
    for (const wedge of found.quotaWedge) wedge > 0 ? binding++ : slack++;
    if (given.shock.iceberg?.includes(Infinity)) embargoes++;
  }
  // The sample must contain what it is meant to cover.
  assert.equal(closures.size, 6);
  assert.ok(Math.min(...closures.values()) >= 11, `${[...closures]}`);
  assert.ok(binding >= 15 && slack >= 15 && embargoes >= 5, `${binding} ${slack} ${embargoes}`);
});
