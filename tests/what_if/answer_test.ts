import assert from "node:assert/strict";
import { parse } from "csv-parse/sync";
import {
  calibrate,
  loadElasticities,
  modelElasticities,
  parseScenario,
  scenarioShock,
  shock,
  shockOf,
  solveEquilibrium,
  withElasticity,
} from "@ree/equilibrium";
import { exportQuota } from "@ree/equilibrium";
import {
  answerCsv,
  compareWorlds,
  headline,
  mainNumbers,
  scenarioFile,
  whatIfAnswer,
  type WhatIfSettings,
} from "@ree/what-if";
import { refuseUnsolved } from "../../lib/what_if/what_if_answer.ts";
import { choices, whole, world } from "./world.ts";

/** Two solutions of the same equations, each to 1e-11. */
const SOLVED_TWICE = 1e-9;

const defaults = choices.defaults;

Deno.test("an answer is the library's own solution of the calibrated regions", () => {
  const settings: WhatIfSettings = { ...defaults, sigma: 0.7, psi: 0.3, supply: 0.8 };
  const answer = whatIfAnswer(world, settings);
  const elasticities = withElasticity(modelElasticities(world.elasticities), "supply", 0.8);
  const { economy } = calibrate(world.table, elasticities);
  const own = { ...economy, sigma: economy.sigma.map(() => 0.7), psi: economy.psi.map(() => 0.3) };
  const found = solveEquilibrium(own, shockOf(own, exportQuota("CHN", ["elements"], 0.6)), {
    closure: { kind: "allocation" },
  });
  answer.analysis.chosen.found.welfare.forEach((value, n) => {
    assert.ok(Math.abs(value / found.welfare[n] - 1) < SOLVED_TWICE);
  });
  answer.analysis.chosen.found.price.forEach((value, at) => {
    assert.ok(value === found.price[at] || Math.abs(value / found.price[at] - 1) < SOLVED_TWICE);
  });
});

Deno.test("the page's elasticities are those of the project's table", () => {
  assert.deepEqual(world.elasticities, loadElasticities().rows);
});

Deno.test("every elasticity that can be chosen moves the answer", () => {
  const million = (change: Partial<WhatIfSettings>) =>
    whatIfAnswer(world, { ...defaults, ...change }).analysis.abroad.million;
  const first = million({});
  for (const key of ["sigma", "psi", "supply"] as const) {
    const moved = million({ [key]: defaults[key] * 1.2 });
    assert.ok(Math.abs(moved / first - 1) > 1e-4, `${key} changes nothing`);
  }
});

Deno.test("without research technology avoids nothing, and fixed technology is the same as ψ = 0", () => {
  const still = whatIfAnswer(world, { ...defaults, psi: 0 }).analysis;
  const fixed = whatIfAnswer(world, { ...defaults, closure: "fixed" }).analysis;
  assert.ok(Math.abs(still.mitigation) < 1e-4);
  assert.ok(Math.abs(still.abroad.million / fixed.abroad.million - 1) < 1e-6);
});

Deno.test("putting countries together hardly changes the first scenario", () => {
  const rows = compareWorlds(world, whole, defaults);
  const number = (text: string) => Number(text.replace("−", "-").replaceAll(/[+,]/g, ""));
  for (const row of rows) {
    const gap = Math.abs(number(row.page) / number(row.whole) - 1);
    assert.ok(gap < 0.01, `${row.name}: ${row.page} beside ${row.whole}`);
  }
});

Deno.test("a gap in any block of equations is refused, and so is one that is no number", () => {
  refuseUnsolved({ prices: 1e-12, spending: 0 });
  for (const gap of [1e-6, Infinity, NaN]) {
    assert.throws(
      () => refuseUnsolved({ prices: 0, spending: gap }),
      (error) =>
        error instanceof Error && error.name === "EquilibriumError" &&
        /the equations of spending are off by/.test(error.message),
    );
  }
});

Deno.test("settings outside the stable range are refused by the model in words", () => {
  assert.throws(
    () => whatIfAnswer(world, { ...defaults, sigma: 2, psi: 1 }),
    /directed technology is stable only below 1/,
  );
});

Deno.test("the CSV gives every number back with all its bits", () => {
  const answer = whatIfAnswer(world, defaults);
  const rows: Record<string, string>[] = parse(answerCsv(answer), { columns: true });
  const value = (table: string, row: string, variable: string, unit: string) => {
    const found = rows.filter((one) =>
      one.table === table && one.row === row && one.variable === variable && one.unit === unit
    );
    assert.equal(found.length, 1, `${table}, ${row}, ${variable}`);
    return Number(found[0].value);
  };
  for (const row of answer.analysis.countries) {
    assert.equal(value("regions", row.country, "real income", "per mille"), row.perMille);
    assert.equal(value("regions", row.country, "real income", "million USD"), row.million);
  }
  for (const row of answer.analysis.inputs) {
    assert.equal(value("inputs", row.input, "price abroad", "baseline = 1"), row.outside);
  }
  assert.equal(value("technology", "", "loss abroad avoided", "%"), answer.analysis.mitigation);
  for (const [block, gap] of Object.entries(answer.residuals)) {
    assert.equal(value("residuals", block, "largest gap", ""), gap);
  }
});

const FILES: readonly Partial<WhatIfSettings>[] = [
  {},
  { elements: ["Nd", "Dy"], closure: "global-entry" },
  { measure: "duty", size: 0.5, targets: ["JPN", "EU", "RoW"] },
  { measure: "licensing", size: 0.2, targets: ["RoW"], closure: "global-allocation" },
  { measure: "embargo", targets: ["USA"], country: "RUS" },
];

for (const change of FILES) {
  Deno.test(`the scenario file of ${JSON.stringify(change)} fits the table with all countries`, () => {
    const answer = whatIfAnswer(world, { ...defaults, ...change });
    const scenario = parseScenario(scenarioFile(answer, world));
    const { economy } = calibrate(whole, loadElasticities());
    const given = scenarioShock(economy, scenario); // refuses a label that the table does not have
    assert.ok(Object.keys(given).length > 0);
    const closure = scenario.closure;
    if (closure?.kind === "global-entry" || closure?.kind === "global-allocation") {
      const abroad = whole.countries.filter((country) => country !== answer.settings.country);
      assert.deepEqual(closure.innovators.toSorted(), abroad.toSorted());
      assert.deepEqual(closure.adopters.toSorted(), abroad.toSorted());
    }
    const [measure] = scenario.measures;
    if ("importers" in measure && measure.importers !== "*") {
      const expected = answer.settings.targets.flatMap((code) =>
        world.regions.find((region) => region.code === code)!.countries
      );
      assert.deepEqual(measure.importers, expected);
    }
  });
}

Deno.test("the scenario file solves to nearly the page's answer in all countries", () => {
  const answer = whatIfAnswer(world, { ...defaults, measure: "duty", size: 0.5, targets: ["JPN"] });
  const scenario = parseScenario(scenarioFile(answer, world));
  const { economy } = calibrate(whole, loadElasticities());
  const found = solveEquilibrium(economy, scenarioShock(economy, scenario), {
    closure: scenario.closure,
  });
  const japan = 1000 * (found.welfare[whole.countries.indexOf("JPN")] - 1);
  const here = answer.analysis.countries.find(({ country }) => country === "JPN")!.perMille;
  assert.ok(Math.abs(here / japan - 1) < 0.02, `${here} beside ${japan}`);
});

Deno.test("the headline says what was asked and what came out", () => {
  const quota = whatIfAnswer(world, defaults);
  assert.match(
    headline(quota, world),
    /^If China cuts exports of all 10 rare earths by 40\u00a0%, they cost [\d.]+ times the baseline abroad\. Real income abroad falls by/,
  );
  const none = whatIfAnswer(world, { ...defaults, size: 1 });
  assert.match(
    headline(none, world),
    /price does not change abroad\. Real income abroad does not change/,
  );
  assert.equal(mainNumbers(none, world)[3].value, "–");
  const duty = whatIfAnswer(world, {
    ...defaults,
    measure: "duty",
    size: 0.25,
    elements: ["Nd"],
    targets: ["JPN", "USA"],
  });
  assert.match(
    headline(duty, world),
    /^If China levies a duty of 25\u00a0% on exports of Nd to Japan and the United States, /,
  );
});

Deno.test("a shock by measures of the library is the one of the settings", () => {
  const answer = whatIfAnswer(world, { ...defaults, measure: "duty", size: 0.3, targets: ["JPN"] });
  const { economy } = answer.analysis.fixed;
  const expected = shockOf(economy, shock.exportDuty("CHN", ["elements"], 0.3, ["JPN"]));
  assert.deepEqual(answer.analysis.fixed.shock.exportTax, expected.exportTax);
});
