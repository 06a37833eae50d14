import assert from "node:assert/strict";
import {
  baselineFlows,
  checkEconomy,
  type Economy,
  economySize,
  exportDuty,
  shockOf,
  smallEconomy,
  solveEquilibrium,
  tariff,
  withOneFactor,
  withoutLinkages,
} from "@ree/equilibrium";
import { randomEconomy } from "@ree/validation";
import { close } from "./toy.ts";

/** One pass over sums of a few hundred products. */
const ROUNDING = 1e-11;

/** Two solves to residuals of 1e-11, compared. */
const SOLVED = 1e-8;

const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8];

Deno.test("without linkages the economy adds up, with the same flows and element shares of cost", () => {
  for (const seed of SEEDS) {
    const { economy } = randomEconomy(seed);
    const bare = withoutLinkages(economy);
    checkEconomy(bare);
    for (const name of ["tradeShare", "elementShare", "elementMix", "specificShare"] as const) {
      assert.deepEqual(bare[name], economy[name], name);
    }
    assert.deepEqual(bare.transfer, economy.transfer);
    assert.ok(bare.materialShare.every((share) => share === 0));
    close(bare.revenue, economy.revenue, ROUNDING, "revenue");
    close(bare.expenditure, economy.expenditure, ROUNDING, "expenditure");
    const { N, J, F } = economySize(economy);
    const own = (array: Float64Array, at: number) => array.subarray(at * F, (at + 1) * F);
    for (let at = 0; at < N * J; at++) {
      const [before, after] = [own(economy.factorShare, at), own(bare.factorShare, at)];
      const whole = before.reduce((a, b) => a + b);
      if (whole > 0) close(after, before.map((share) => share / whole), ROUNDING, "factors");
    }
    // Income grows by what was paid for materials, nothing else.
    const [old, now] = [baselineFlows(economy), baselineFlows(bare)];
    for (let n = 0; n < N; n++) {
      let materials = 0;
      for (let at = n * J; at < (n + 1) * J; at++) {
        const others = (1 - economy.specificShare[at]) * (1 - economy.elementShare[at]);
        for (let k = 0; k < J; k++) {
          materials += others * economy.materialShare[at * J + k] * economy.revenue[at];
        }
      }
      assert.ok(Math.abs(now.income[n] - old.income[n] - materials) < ROUNDING * now.income[n]);
    }
  }
});

Deno.test("without linkages a shock to elements moves costs only through factors and elements", () => {
  const { economy } = randomEconomy(3, { N: 3, J: 7, E: 2, F: 2 });
  const shock = (of: Economy) => shockOf(of, exportDuty("c1", ["elements"], 0.8));
  const bare = withoutLinkages(economy);
  const { unitCost, wage } = solveEquilibrium(bare, shock(bare));
  const { N, J, F } = economySize(economy);
  let seen = 0;
  for (let n = 0; n < N; n++) {
    for (let j = 0; j < J; j++) {
      const at = n * J + j;
      if (bare.revenue[at] === 0 || bare.elementShare[at] > 0 || bare.specificShare[at] > 0) {
        continue;
      }
      let lnCost = 0;
      for (let f = 0; f < F; f++) {
        lnCost += bare.factorShare[at * F + f] * Math.log(wage[n * F + f]);
      }
      assert.ok(Math.abs(Math.log(unitCost[at]) - lnCost) < SOLVED);
      seen++;
    }
  }
  assert.ok(seen > 3);
});

Deno.test("a producer who used materials only gets the factors of his country", () => {
  const { economy } = randomEconomy(6, { N: 3, J: 5, E: 1, F: 2, tariffs: false });
  const { J, F } = economySize(economy);
  const materialShare = Float64Array.from(economy.materialShare);
  const factorShare = Float64Array.from(economy.factorShare);
  const [at, k] = [1, 0]; // country c1, sector s2, which sells
  factorShare.fill(0, at * F, (at + 1) * F);
  materialShare.fill(0, at * J, (at + 1) * J);
  materialShare[at * J + k] = 1;
  const { expenditure } = economy;
  let trial = { ...economy, materialShare, factorShare };
  // Consistent levels again: repeat the pass until spending stands still.
  for (let pass = 0; pass < 2000; pass++) {
    const next = baselineFlows(trial);
    const scale = expenditure[0] / next.expenditure[0];
    const transfer = trial.transfer.map(() => 0);
    trial = { ...trial, transfer, expenditure: next.expenditure.map((x) => x * scale) };
    trial = { ...trial, revenue: baselineFlows(trial).revenue };
  }
  checkEconomy(trial);
  const bare = withoutLinkages(trial);
  const { factorIncome } = baselineFlows(trial);
  const mix = factorIncome.subarray(0, F);
  const all = mix.reduce((a, b) => a + b);
  close(bare.factorShare.subarray(at * F, (at + 1) * F), mix.map((x) => x / all), ROUNDING, "mix");
});

Deno.test("the small economy without linkages keeps its element markets", () => {
  const economy = smallEconomy();
  const bare = withoutLinkages(economy);
  checkEconomy(bare);
  close(bare.revenue, economy.revenue, ROUNDING, "revenue");
  assert.deepEqual(bare.elementShare, economy.elementShare);
});

/** The same economy with factors of the same proportions in all sectors of a country. */
function sameIntensities(economy: Economy): Economy {
  const { N, J, F } = economySize(economy);
  const factorShare = new Float64Array(N * J * F);
  for (let at = 0; at < N * J; at++) {
    let whole = 0;
    for (let f = 0; f < F; f++) whole += economy.factorShare[at * F + f];
    const n = Math.floor(at / J);
    for (let f = 0; f < F; f++) {
      factorShare[at * F + f] = whole * 2 * (f + 1 + n) / (F * (F + 1 + 2 * n));
    }
  }
  return { ...economy, factorShare };
}

Deno.test("one factor adds up, and changes nothing where all sectors of a country use factors alike", () => {
  let largest = 0;
  for (const seed of SEEDS) {
    const { economy } = randomEconomy(seed, { F: 3 });
    const one = withOneFactor(economy);
    checkEconomy(one);
    assert.deepEqual(one.factors, ["value added"]);
    assert.deepEqual(one.revenue, economy.revenue);
    const alike = sameIntensities(economy);
    checkEconomy(alike);
    const merged = withOneFactor(alike);
    const shock = (of: Economy) => shockOf(of, tariff("c1", "c2", "*", 0.4));
    const [many, single] = [
      solveEquilibrium(alike, shock(alike)),
      solveEquilibrium(merged, shock(merged)),
    ];
    close(single.welfare, many.welfare, SOLVED, "welfare");
    close(single.price, many.price, SOLVED, "price");
    close(single.revenue, many.revenue, SOLVED, "revenue");
    // With factor intensities that differ, merging does change prices.
    const [apart, together] = [
      solveEquilibrium(economy, shock(economy)),
      solveEquilibrium(one, shock(one)),
    ];
    apart.price.forEach((value, at) =>
      largest = Math.max(largest, Math.abs(value - together.price[at]))
    );
  }
  assert.ok(largest > 1e-4, `${largest}`);
});
