import assert from "node:assert/strict";
import {
  calibrate,
  checkEconomy,
  decompose,
  equilibriumError,
  exportQuota,
  loadElasticities,
  shockOf,
  smallEconomy,
  solveEquilibrium,
} from "@ree/equilibrium";
import { loadWorldReeTable } from "@ree/equilibrium/world";
import { SMALL_REGIONS, SMALL_SECTORS } from "../../lib/equilibrium/small_economy_map.ts";
import { draw, worldEconomies } from "./robust_draws.ts";

const DRAWS = 1000;
const NEEDED = 0.99;
const TOLERANCE = 1e-11;

Deno.test("the world economy of 2009 adds up and answers a quota under every closure", () => {
  const { economy, report } = calibrate(loadWorldReeTable(), loadElasticities());
  checkEconomy(economy);
  assert.equal(economy.countries.length * economy.sectors.length, 41 * 45);
  assert.ok(Math.abs(report.finalSpending / report.worldIncome - 1) < 1e-12);
  for (const { use, supply } of report.elementUse) assert.ok(Math.abs(use / supply - 1) < 1e-9);
  const shock = shockOf(economy, exportQuota("CHN", ["elements"], 0.6));
  const all = { innovators: ["JPN", "USA", "DEU"], adopters: [...economy.countries] };
  for (
    const closure of [
      { kind: "fixed" },
      { kind: "allocation" },
      { kind: "entry" },
      { kind: "global-allocation", ...all },
      { kind: "global-entry", ...all },
    ] as const
  ) {
    const found = solveEquilibrium(economy, shock, { closure });
    assert.ok(found.quotaWedge.every((wedge) => wedge > 1 && wedge < 10), closure.kind);
    assert.ok(found.welfare[economy.countries.indexOf("CHN")] > 1);
    assert.ok(found.welfare[economy.countries.indexOf("JPN")] < 1);
  }
  const parts = decompose(economy, shock, 8);
  parts.total.forEach((value, n) => assert.ok(Math.abs(value - parts.lnWelfare[n]) < 2e-6));
});

Deno.test("the embedded small economy is the world table, aggregated", () => {
  const { economy } = calibrate(loadWorldReeTable(), loadElasticities(), {
    aggregation: { countries: SMALL_REGIONS, sectors: SMALL_SECTORS },
  });
  const small = smallEconomy();
  assert.deepEqual(small.sectors, economy.sectors);
  for (const name of ["revenue", "expenditure", "theta", "specificShare"] as const) {
    economy[name].forEach((value, at) => {
      assert.ok(Math.abs(small[name][at] - value) <= 1e-5 * value, `${name} ${at}`);
    });
  }
});

Deno.test(`${DRAWS} random problems on the world table: none silently wrong, 99 % converge`, () => {
  const worlds = worldEconomies();
  const failures: string[] = [];
  for (let seed = 1; seed <= DRAWS; seed++) {
    const { name, economy, shock, closure } = draw(worlds, seed);
    try {
      const found = solveEquilibrium(economy, shock, { closure });
      for (const [block, gap] of Object.entries(found.residuals)) {
        assert.ok(gap <= TOLERANCE, `${name}: ${block} ${gap}`);
      }
      assert.ok(found.welfare.every((value) => value > 0 && Number.isFinite(value)), name);
    } catch (error) {
      if (!(error instanceof Error && error.name === equilibriumError("").name)) throw error;
      failures.push(`${name}: ${error.message}`);
    }
  }
  console.log(`${DRAWS - failures.length} of ${DRAWS} converged\n${failures.join("\n")}`);
  assert.ok(failures.length <= (1 - NEEDED) * DRAWS, `${failures.length} failed`);
});
