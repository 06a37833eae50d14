import assert from "node:assert/strict";
import {
  embargo,
  endowment,
  exportDuty,
  exportQuota,
  MEASURE_FIELDS,
  parseScenario,
  productivity,
  resourceChange,
  scenarioShock,
  shockOf,
  solveEquilibrium,
  tariff,
  tradeCost,
  transfer,
} from "@ree/equilibrium";
import { randomEconomy } from "@ree/validation";

const { economy } = randomEconomy(3);
const [N, J] = [economy.countries.length, economy.sectors.length];
const [first] = economy.elements;
const at = (n: number, i: number, sector: string) =>
  (n * N + i) * J + economy.sectors.indexOf(sector);

Deno.test("measures change exactly the cells they name", () => {
  const shock = shockOf(
    economy,
    tariff("c1", "c2", ["s1", "s2"], 0.25),
    exportDuty("c3", [first], 0.1),
    tradeCost("c1", "c2", ["s3"], 1.5),
    tradeCost("c1", "*", ["s3"], 2),
    productivity("c2", ["s1"], 1.25),
    embargo("c3", ["s4"], ["c1"]),
    resourceChange("c2", ["elements"], 0.5),
    endowment("c1", "*", 1.1),
    transfer("c1", "c2", 0.01),
  );
  const changed = (array: Float64Array, base: (k: number) => number) =>
    array.reduce((count, value, k) => count + (value === base(k) ? 0 : 1), 0);
  assert.equal(shock.tariff![at(0, 1, "s1")], 0.25);
  assert.ok(changed(shock.tariff!, (k) => economy.tariff[k]) <= 2);
  assert.equal(shock.exportTax![at(0, 2, first)], 0.1);
  assert.equal(shock.exportTax![at(2, 2, first)], economy.exportTax[at(2, 2, first)]);
  assert.equal(shock.iceberg![at(0, 1, "s3")], 3);
  assert.equal(shock.iceberg![at(0, 0, "s3")], 1);
  assert.equal(shock.iceberg![at(1, 1, "s1")], 0.8);
  assert.equal(shock.iceberg![at(0, 2, "s4")], Infinity);
  assert.equal(changed(shock.iceberg!, () => 1), N - 1 + N + 1);
  assert.equal(changed(shock.resource!, () => 1), economy.elements.length);
  assert.equal(changed(shock.factorEndowment!, () => 1), economy.factors.length);
  assert.ok(Math.abs(shock.transfer![0] - economy.transfer[0] + 0.01) < 1e-15);
});

Deno.test("quotas on all elements skip what is not exported; named ones are refused", () => {
  const silent = economy.elements.find((element) =>
    economy.tradeShare[at(1, 0, element)] === 0 ||
    economy.revenue[economy.sectors.indexOf(element)] === 0
  );
  const all = shockOf(economy, exportQuota("c1", ["elements"], 0.6));
  if (silent !== undefined && economy.revenue[economy.sectors.indexOf(silent)] === 0) {
    assert.ok(!all.quotas?.some(({ element }) => element === silent));
    assert.throws(() => shockOf(economy, exportQuota("c1", [silent], 0.6)), /exports none of it/);
  }
});

Deno.test("a rate set twice and unknown labels are refused, naming the measure", () => {
  assert.throws(
    () => shockOf(economy, tariff("c1", "*", ["s1"], 0.1), tariff("c1", "c2", ["s1"], 0.2)),
    /measure 2 \(tariff\): this rate is already set/,
  );
  assert.throws(
    () => shockOf(economy, tariff("c1", "c2", ["gold"], 0.1)),
    /unknown sector in measure 1 \(tariff\) "gold"; expected one of s1/,
  );
  assert.throws(() => shockOf(economy, tariff("Mars", "c2", "*", 0.1)), /unknown country/);
  assert.throws(
    () => shockOf(economy, tradeCost("c1", "c2", "*", 0)),
    /measure 1 \(tradeCost\): factor is 0; expected a number above 0/,
  );
  assert.throws(() => shockOf(economy, tariff("c1", "c2", "*", -2)), /shock.tariff of c1, c2/);
});

const SCENARIO = {
  name: "duty and embargo",
  description: "for the test",
  measures: [
    { kind: "exportDuty", exporter: "c2", sectors: ["elements"], rate: 0.25 },
    { kind: "embargo", exporter: "c3", sectors: ["s1"], importers: ["c1"] },
  ],
  closure: { kind: "global-entry", innovators: ["c1"], adopters: ["c1", "c2"] },
};

Deno.test("a scenario file gives the same equilibrium as the helpers", () => {
  const scenario = parseScenario(JSON.stringify(SCENARIO));
  const a = solveEquilibrium(economy, scenarioShock(economy, scenario), scenario);
  const b = solveEquilibrium(
    economy,
    shockOf(economy, exportDuty("c2", ["elements"], 0.25), embargo("c3", ["s1"], ["c1"])),
    { closure: { kind: "global-entry", innovators: ["c1"], adopters: ["c1", "c2"] } },
  );
  assert.deepEqual(a.welfare, b.welfare);
});

Deno.test("mistakes in a scenario file are named by place", () => {
  const refuses = (change: object, message: RegExp) =>
    assert.throws(
      () => parseScenario(JSON.stringify({ ...SCENARIO, ...change }), "my.json"),
      message,
    );
  assert.throws(() => parseScenario("{", "my.json"), /my.json: not JSON/);
  refuses({ name: 3 }, /my.json: name: came 3, expected a text/);
  refuses({ measures: {} }, /my.json: measures: came \{\}, expected a list/);
  refuses({ mesures: [] }, /my.json: the file: unknown field "mesures"; expected .*measures/);
  refuses(
    { measures: [{ kind: "qota" }] },
    /measures\[0\].kind: came "qota", expected one of tariff, exportDuty/,
  );
  refuses(
    { measures: [{ kind: "exportQuota", exporter: "c1", sectors: ["e1"], limit: "0.6" }] },
    /measures\[0\].limit: came "0.6", expected a number/,
  );
  refuses(
    { measures: [{ kind: "exportQuota", exporter: "c1", sectors: "e1", limit: 0.6 }] },
    /measures\[0\].sectors: came "e1", expected a list of labels/,
  );
  refuses(
    { measures: [{ kind: "embargo", exporter: "c1", sectors: "*", until: 2020 }] },
    /measures\[0\]: unknown field "until"/,
  );
  refuses({ closure: { kind: "frozen" } }, /closure.kind: came "frozen", expected one of fixed/);
});

Deno.test("the JSON schema knows the same measures and fields as the reader", () => {
  const schema = JSON.parse(
    Deno.readTextFileSync(new URL("../../lib/equilibrium/scenario.schema.json", import.meta.url)),
  );
  const described: Record<string, string[]> = {};
  for (const entry of schema.properties.measures.items.oneOf) {
    described[entry.properties.kind.const] = Object.keys(entry.properties)
      .filter((field) => field !== "kind")
      .map((field) => entry.required.includes(field) ? field : `${field}?`).sort();
  }
  const read = Object.fromEntries(
    Object.entries(MEASURE_FIELDS).map(([kind, fields]) => [kind, Object.keys(fields).sort()]),
  );
  assert.deepEqual(described, read);
});
