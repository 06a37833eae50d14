import assert from "node:assert/strict";
import { balanceMakeUse, checkBalanced } from "@ree/io-table";
import { smallEconomy } from "./small_economy.ts";

Deno.test("a table rounded to whole millions is balanced again by changes of the size of the rounding", () => {
  for (const seed of [1, 2, 3]) {
    const exact = smallEconomy(seed);
    const rounded = {
      ...exact,
      use: exact.use.map(Math.round),
      finalUse: exact.finalUse.map(Math.round),
    };
    const balanced = balanceMakeUse(rounded);
    assert.ok(balanced.before.industry.relative > 1e-4);
    checkBalanced(balanced.table, 1e-10);
    assert.ok(balanced.largestChange < 3, `${balanced.largestChange} million USD`);
    assert.deepEqual(balanced.table.make, exact.make);
    assert.deepEqual(balanced.table.valueAdded, exact.valueAdded);
  }
});

Deno.test("a balanced table stays as it is", () => {
  const exact = smallEconomy(7);
  assert.ok(balanceMakeUse(exact).largestChange < 1e-9);
});

Deno.test("a table that cannot balance names the commodity", () => {
  const exact = smallEconomy(1);
  const n = exact.industries.length;
  const use = exact.use.map((cell, k) => Math.floor(k / n) === 2 ? 0 : cell);
  const finalUse = exact.finalUse.map((cell, k) => Math.floor(k / 4) === 2 ? 0 : cell);
  assert.throws(() => balanceMakeUse({ ...exact, use, finalUse }), /row 2 \(alloy\) should sum to/);
});
