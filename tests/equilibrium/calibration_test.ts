import assert from "node:assert/strict";
import {
  aggregateWorld,
  baselineFlows,
  calibrate,
  calibrationText,
  checkEconomy,
  exportQuota,
  loadElasticities,
  parseElasticities,
  shockOf,
  smallEconomy,
  solveEquilibrium,
  withElasticity,
  type WorldTableWithElements,
} from "@ree/equilibrium";
import { randomStream } from "@ree/numeric";

const COUNTRIES = ["CHN", "JPN", "USA"];
const SECTORS = ["c12", "c14", "c30", "Nd", "Dy"];
const ELEMENTS = ["Nd", "Dy"];
const CATEGORIES = 2;

/** A small balanced table: c14 buys elements, China mines both, the USA Nd. */
function table(seed: number): WorldTableWithElements {
  const next = randomStream(seed).uniform;
  const size = COUNTRIES.length * SECTORS.length;
  const mines = (i: number) => i % 5 < 3 || i === 3 || i === 4 || i === 13; // CHN Nd, CHN Dy, USA Nd
  const intermediate = new Float64Array(size * size);
  const final = new Float64Array(size * COUNTRIES.length * CATEGORIES);
  for (let i = 0; i < size; i++) {
    if (!mines(i)) continue;
    for (let k = 0; k < size; k++) {
      const element = i % 5 >= 3;
      if (element) intermediate[i * size + k] = k % 5 === 1 ? 0.5 * next() : 0;
      else intermediate[i * size + k] = k % 5 >= 3 ? (mines(k) ? 0.1 * next() : 0) : 10 * next();
    }
    if (i % 5 >= 3) continue;
    for (let c = 0; c < COUNTRIES.length * CATEGORIES; c++) {
      final[i * COUNTRIES.length * CATEGORIES + c] = 200 * next();
    }
  }
  const output = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < size; k++) output[i] += intermediate[i * size + k];
    for (let c = 0; c < 6; c++) output[i] += final[i * 6 + c];
  }
  return {
    year: 2009,
    countries: COUNTRIES,
    sectors: SECTORS,
    elements: ELEMENTS,
    finalCategories: CATEGORIES,
    intermediate,
    final,
    output,
    report: { largestRebalancingPercent: 0 },
  };
}

Deno.test("calibration reproduces a balanced table, except what the mines' rents take over", () => {
  const world = table(1);
  const { economy, report } = calibrate(world, loadElasticities());
  checkEconomy(economy);
  assert.ok(Math.abs(report.finalSpending / report.worldIncome - 1) < 1e-12);
  assert.equal(report.removedFinalCells, 0);
  for (const { use, supply } of report.elementUse) assert.ok(Math.abs(use / supply - 1) < 1e-12);
  const change = world.output.reduce((sum, x, at) => sum + x - economy.revenue[at], 0);
  assert.ok(Math.abs(change - report.mineInputsGivenUp) < 1e-9, `${change}`);
  const rho = 1 / (1 + 0.3);
  assert.ok(Math.abs(economy.specificShare[3] - rho) < 1e-12);
  assert.equal(economy.specificShare[1 * 5 + 3], 0); // Japan mines nothing
  const nd = world.output[3];
  assert.ok(Math.abs(economy.revenue[3] - nd) < 1e-12);
});

Deno.test("negative final demand is set to 0 and counted; producers keep 1 % value added", () => {
  const world = table(2);
  const final = Float64Array.from(world.final);
  final[1] = -5;
  const intermediate = Float64Array.from(world.intermediate);
  const size = COUNTRIES.length * SECTORS.length;
  for (let i = 0; i < size; i++) intermediate[i * size + 6] *= 60; // JPN c14 spends more than it earns
  const { economy, report } = calibrate({ ...world, final, intermediate }, loadElasticities());
  assert.equal(report.removedFinalCells, 1);
  assert.equal(report.removedFinalValue, 5);
  assert.ok(report.scaledProducers >= 1);
  const { primaryIncome } = baselineFlows(economy);
  assert.ok(primaryIncome.every((value) => value > 0));
  const share = (1 - economy.elementShare[6]) * economy.factorShare[6];
  assert.ok(Math.abs(share - 0.01) < 1e-9, `${share}`);
  assert.match(calibrationText(report), /Negative final demand set to 0: 1 cells, 5 million USD/);
});

Deno.test("aggregation sums flows, and commutes with calibration where nothing is repaired", () => {
  const world = table(3);
  const map = { countries: { JPN: "rest", USA: "rest" }, sectors: { c12: "goods", c14: "goods" } };
  const small = aggregateWorld(world, map);
  assert.deepEqual(small.countries, ["CHN", "rest"]);
  assert.deepEqual(small.sectors, ["goods", "c30", "Nd", "Dy"]);
  const total = (values: Float64Array) => values.reduce((a, b) => a + b, 0);
  for (const name of ["intermediate", "final", "output"] as const) {
    assert.ok(Math.abs(total(small[name]) / total(world[name]) - 1) < 1e-12, name);
  }
  const whole = calibrate(world, loadElasticities());
  const part = calibrate(world, loadElasticities(), { aggregation: map });
  assert.ok(Math.abs(total(whole.economy.revenue) / total(part.economy.revenue) - 1) < 1e-12);
  assert.ok(
    Math.abs(whole.report.transfers[0].value - part.report.transfers[0].value) <
      1e-9 * total(whole.economy.revenue),
  );
  assert.throws(() => aggregateWorld(world, { countries: { XXX: "rest" } }), /unknown country/);
  assert.throws(
    () => aggregateWorld(world, { sectors: { Nd: "goods", c12: "goods" } }),
    /group goods mixes elements and ordinary sectors/,
  );
});

Deno.test("elasticities: the most specific row counts, and mistakes are named", () => {
  const all = loadElasticities();
  assert.equal(all.of("theta", "c1", false), 8.11);
  assert.equal(all.of("theta", "Nd", true), all.of("theta", "Dy", true));
  assert.equal(withElasticity(all, "sigma", 1.2).of("sigma", "c14", false), 1.2);
  for (const row of all.rows) assert.ok(row.source.length > 0 && row.reading.length > 0);
  const header = "parameter,sector,value,low,high,source,reading";
  const parse = (row: string) => () => parseElasticities(`${header}\n${row}\n`, "e.csv");
  assert.throws(parse("theta,c1,x,1,2,s,r"), /e.csv, line 2, value: came "x", expected a number/);
  assert.throws(parse("tau,c1,1,1,2,s,r"), /e.csv, line 2: came "tau", expected one of theta/);
  assert.throws(parse("theta,c1,3,1,2,s,r"), /line 2: 3 is outside its range 1 to 2/);
  assert.throws(() => parseElasticities("a,b\n"), /columns are a,b; expected parameter/);
  assert.throws(() => withElasticity(all, "supply", 1, "c1"), /no elasticity supply of c1/);
});

Deno.test("the small economy adds up, and a quota does what economics says", () => {
  const economy = smallEconomy();
  checkEconomy(economy);
  assert.deepEqual(economy.countries.toSorted(), ["CHN", "DEU", "JPN", "KOR", "RoW", "USA"]);
  assert.deepEqual(economy.elements, ["light", "magnet", "medium", "heavy"]);
  const shock = shockOf(economy, exportQuota("CHN", ["elements"], 0.6));
  const fixed = solveEquilibrium(economy, shock);
  const allocation = solveEquilibrium(economy, shock, { closure: { kind: "allocation" } });
  const china = economy.countries.indexOf("CHN");
  const J = economy.sectors.length;
  const heavy = J - 1;
  fixed.quotaWedge.forEach((wedge, q) => {
    assert.ok(wedge > 0);
    // Complements: research towards the scarce input lowers the price that clears the quota.
    assert.ok(allocation.quotaWedge[q] < wedge);
  });
  economy.countries.forEach((_, n) => {
    if (n === china) {
      assert.ok(fixed.welfare[n] > 1); // rents
      assert.ok(fixed.price[n * J + heavy] < 1); // cheaper at home
    } else {
      assert.ok(fixed.welfare[n] < 1);
      assert.ok(fixed.price[n * J + heavy] > 1);
      assert.ok(allocation.welfare[n] > fixed.welfare[n]); // mitigation
    }
  });
});
