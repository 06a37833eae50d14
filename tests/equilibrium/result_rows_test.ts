import assert from "node:assert/strict";
import {
  countryRows,
  exportQuota,
  marketRows,
  producerRows,
  researchRows,
  shockOf,
  smallEconomy,
  solveEquilibrium,
} from "@ree/equilibrium";

Deno.test("rows of an equilibrium: the quota shows in exports, welfare in countries, prices in markets", () => {
  const economy = smallEconomy();
  const shock = shockOf(economy, exportQuota("CHN", ["elements"], 0.6));
  const found = solveEquilibrium(economy, shock);
  const producers = producerRows(economy, found, shock);
  const quoted = producers.filter(({ country, isElement }) => country === "CHN" && isElement);
  assert.equal(quoted.length, 4);
  for (const row of quoted) assert.ok(Math.abs(row.exportsPercent + 40) < 1e-8, `${row.sector}`);
  assert.ok(producers.every((row) => Number.isFinite(row.outputPercent)));
  const china = countryRows(economy, found).find(({ country }) => country === "CHN");
  assert.ok(china !== undefined && china.welfarePercent > 0 && china.income > 1e6);
  const japan = marketRows(economy, found)
    .filter(({ country, isElement }) => country === "JPN" && isElement);
  assert.equal(japan.length, 4);
  for (const row of japan) assert.ok(row.pricePercent > 0 && row.quantityPercent < 0, row.sector);
});

Deno.test("research: scarce complements attract it, and a fixed budget stays fixed", () => {
  const economy = smallEconomy(); // σ = 0.5
  const shock = shockOf(economy, exportQuota("CHN", ["elements"], 0.6));
  const solve = (kind: "fixed" | "allocation") =>
    researchRows(economy, solveEquilibrium(economy, shock, { closure: { kind } }));
  for (const row of solve("fixed")) assert.equal(row.elementPercent, 0);
  for (const row of solve("allocation")) {
    if (row.country === "CHN") assert.ok(row.elementPercent < 0); // elements are cheaper at home
    else assert.ok(row.elementPercent > 0 && row.otherPercent < 0, row.country);
  }
});
