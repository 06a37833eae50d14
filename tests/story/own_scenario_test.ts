import assert from "node:assert/strict";
import {
  countryRows,
  type Economy,
  exportDuty,
  loadElasticities,
  loadScenario,
  parseElasticities,
  parseScenario,
  scenarioShock,
  smallEconomy,
} from "@ree/equilibrium";
import { loadWorldWithInputs } from "@ree/equilibrium/world-inputs";
import * as story from "@ree/story";

/** Two solutions of one problem, relative. */
const SOLVED = 1e-8;

const economy = story.withSigma(smallEconomy(), 0.5);
const settings: story.OwnSettings = {
  country: "CHN",
  elements: ["*"],
  measure: "quota",
  size: 0.6,
  targets: ["*"],
  closure: "allocation",
};
const make = (change: Partial<story.OwnSettings> = {}, base: Economy = economy) =>
  story.ownScenario(base, { ...settings, ...change });
const solve = (change: Partial<story.OwnSettings> = {}) =>
  story.ownAnalysis(economy, make(change), { country: "CHN" });
const quota = solve();
const near = (came: number, expected: number, what = "") =>
  assert.ok(
    Math.abs(came - expected) <= SOLVED * Math.max(1, Math.abs(expected)),
    `${what}: ${came}, ${expected}`,
  );

Deno.test("every scenario of the settings survives a scenario file", () => {
  const path = Deno.makeTempFileSync({ suffix: ".json" });
  for (const measure of story.OWN_MEASURES) {
    for (const closure of ["fixed", "allocation", "entry", "global-allocation", "global-entry"]) {
      for (const elements of [["*"], ["magnet"], ["light", "heavy"]]) {
        for (const targets of measure === "quota" ? [["*"]] : [["*"], ["JPN", "USA"]]) {
          const scenario = make({ measure, closure, elements, targets, size: 0.4 });
          Deno.writeTextFileSync(path, JSON.stringify(scenario, null, 1));
          assert.deepEqual(loadScenario(path), scenario);
          assert.deepEqual(
            scenarioShock(economy, parseScenario(JSON.stringify(scenario))),
            scenarioShock(economy, scenario),
          );
          const roles = story.scenarioRoles(economy, scenario, "JPN");
          assert.equal(roles.restricting, "CHN");
          assert.deepEqual(roles.elements, elements[0] === "*" ? economy.elements : elements);
        }
      }
    }
  }
  Deno.removeSync(path);
});

Deno.test("a scenario from a file is analysed by the exporter and inputs that it names", () => {
  const scenario = { name: "duty", measures: [exportDuty("USA", ["magnet"], 0.2)] };
  const one = story.ownAnalysis(economy, scenario, { country: "CHN" });
  assert.equal(one.restricting, "USA");
  assert.deepEqual(one.elements, ["magnet"]);
  assert.equal(one.closure, "fixed");
  assert.equal(one.chosen, one.fixed);
  const tariffs = {
    name: "tariff",
    measures: [{
      kind: "tariff",
      importers: ["USA"],
      exporters: "*",
      sectors: ["vehicles"],
      rate: 0.1,
    }],
  } as const;
  assert.deepEqual(story.scenarioRoles(economy, tariffs, "JPN"), {
    restricting: "JPN",
    elements: economy.elements,
  });
});

Deno.test("exports that arrive under a binding quota are its limit", () => {
  for (const row of quota.inputs) {
    near(row.exportsPercent, -40, row.input);
    assert.ok(row.outside > 1 && row.inside < 1 && row.rents > 0 && row.wedgePercent > 0);
    assert.ok(row.supplyShare > 0 && row.supplyShare <= 100 && row.exportShare <= 100);
  }
});

Deno.test("a duty equal to the quota's wedge gives the same rows, its revenue the same rents", () => {
  for (const element of ["magnet", "heavy"]) {
    const limited = solve({ elements: [element], closure: "fixed" });
    const size = limited.inputs[0].wedgePercent / 100;
    const duty = solve({ elements: [element], closure: "fixed", measure: "duty", size });
    for (const key of ["inside", "outside", "exportsPercent", "wedgePercent", "rents"] as const) {
      near(duty.inputs[0][key], limited.inputs[0][key], `${element} ${key}`);
    }
    near(duty.abroad.million, limited.abroad.million, "welfare");
  }
});

Deno.test("licensing earns nothing and costs more than the duty of the same size", () => {
  const [cost, duty] = ["licensing", "duty"].map((measure) => solve({ measure, size: 0.3 }));
  cost.inputs.forEach((row) => {
    assert.equal(row.rents, 0);
    assert.equal(row.wedgePercent, 0);
    assert.ok(row.outside > 1 && row.exportsPercent < 0);
  });
  const world = (one: story.OwnAnalysis) => one.abroad.million + one.home.million;
  assert.ok(world(cost) < world(duty));
});

Deno.test("an embargo on some buyers hits them and leaves the others sellers", () => {
  const one = solve({ measure: "embargo", targets: ["JPN"] });
  const change = (country: string) => one.countries.find((row) => row.country === country)!;
  assert.ok(change("JPN").perMille < Math.min(change("USA").perMille, change("DEU").perMille));
  one.inputs.forEach(({ exportsPercent }) =>
    assert.ok(exportsPercent > -100 && exportsPercent < 0)
  );
});

Deno.test("country rows are those of the equilibria and add up to home and abroad", () => {
  const rows = countryRows(economy, quota.chosen.found);
  quota.countries.forEach((row, n) => near(row.perMille, 10 * rows[n].welfarePercent, row.country));
  const all = quota.countries.reduce((sum, row) => sum + row.million, 0);
  near(quota.home.million + quota.abroad.million, all, "sum");
  near(
    quota.mitigation,
    100 * (1 - quota.abroad.million / quota.abroad.millionFixed),
    "mitigation",
  );
  const { losers, gainers } = story.losersAndGainers(quota, 2);
  assert.ok(losers.length === 2 && losers[0].million <= losers[1].million);
  for (const { country, million } of quota.countries) {
    if (country !== "CHN") assert.ok(million >= losers[0].million);
  }
  assert.ok([...losers, ...gainers].every(({ country }) => country !== "CHN"));
  assert.ok(gainers.every(({ million }) => million > 0));
});

Deno.test("sectors come with the most intensive first, and change as the runs say", () => {
  quota.sectors.forEach((row, k) => {
    if (k > 0) assert.ok(row.intensity <= quota.sectors[k - 1].intensity);
    near(row.exports, story.sectorAbroad(quota.chosen, row.sector, "CHN").exports, row.sector);
    near(row.outputFixed, story.sectorAbroad(quota.fixed, row.sector, "CHN").output, row.sector);
  });
});

Deno.test("a measure without effect changes no row, and nothing is avoided", () => {
  const one = solve({ size: 1 });
  for (const row of one.inputs) {
    near(row.outside, 1);
    near(row.exportsPercent, 0);
    near(row.rents, 0);
  }
  assert.ok(Math.abs(one.abroad.million) < 1e-4);
  const said = story.ownResults(one, { nameOf: (code) => code, sigmas: [] });
  assert.match(said, /abroad 1\.00.*in CHN 1\.00/);
});

Deno.test("rows over σ are the analysis at that σ, and say why one has no solution", () => {
  const [own, high] = story.sigmaRows(quota, [0.5, 1.5]);
  near(own.abroad, quota.abroad.perMille);
  near(own.outside, story.meanOutside(quota.inputs));
  assert.ok(high.problem === "" && high.outside < own.outside);
  const [refused] = story.sigmaRows(quota, [9]);
  assert.match(refused.problem, /psi|ψ|sigma|σ/i);
  assert.ok(Number.isNaN(refused.abroad));
});

/** Every number of a text, as written. */
const numbersIn = (text: string) => text.match(/[+−]?\d{1,3}(?:,?\d{3})*(?:\.\d+)?/g) ?? [];

Deno.test("every number in the sentences is one of the rows, and the rows' main numbers are there", () => {
  const cases: Partial<story.OwnSettings>[] = [
    {},
    { closure: "fixed" },
    { closure: "entry", measure: "duty", size: 0.5 },
    { closure: "global-entry", measure: "embargo", targets: ["JPN"], elements: ["magnet"] },
    { closure: "allocation", measure: "licensing", size: 0.3, elements: ["heavy", "medium"] },
  ];
  for (const change of cases) {
    const one = solve(change);
    const sigmas = story.sigmaRows(one, [0.25, 1.2]);
    const text = story.ownResults(one, { nameOf: (code) => code, sigmas });
    const { losers, gainers } = story.losersAndGainers(one, 3);
    const [top] = one.sectors;
    const changes = [
      ...[one.home, one.abroad].flatMap((
        row,
      ) => [row.fixed, row.perMille, row.million, row.millionFixed]),
      ...[...losers, ...gainers].map(({ million }) => million),
      ...[top.exports, top.exportsFixed, top.output, top.outputFixed],
      ...sigmas.map(({ abroad }) => abroad),
    ].map(story.signedText);
    const sizes = [
      ...[one.inputs, one.inputsFixed].flatMap((rows) => [
        story.foldText(story.meanOutside(rows)),
        story.foldText(story.meanInside(rows)),
      ]),
      story.sizeText(one.inputs.reduce((sum, { rents }) => sum + rents, 0)),
      Math.abs(one.mitigation).toFixed(1),
      ...sigmas.map(({ sigma }) => String(sigma)),
      "1", // "baseline = 1"
    ];
    const known = new Set([...changes, ...sizes]);
    for (const number of numbersIn(text)) assert.ok(known.has(number), `${number} in: ${text}`);
    for (const { million } of losers) assert.ok(text.includes(story.signedText(million)));
    assert.ok(text.includes(story.signedText(one.abroad.perMille)));
    assert.ok(text.includes(story.signedText(one.abroad.million)));
    assert.ok(text.includes(story.signedText(top.exports)));
    const page = story.ownSummary(one, {
      sigmas,
      nameOf: (code) => code,
      year: 2009,
      provenance: ["*Derived*: something."],
      supply: 0.3,
      psi: 0.5,
      factors: 1,
    });
    assert.ok(page.includes(text) && page.includes("*Derived*: something."));
    assert.ok(/Not a forecast/.test(page) && /equations are ours/.test(page));
    assert.ok(page.split(/\s+/).length < 450, "one page");
  }
});

Deno.test("sentences say which measure, and count many inputs", () => {
  const said = (change: Partial<story.OwnSettings>) => {
    const { measures: [measure] } = make(change);
    return story.measureText(measure, { all: story.allInputsText(economy.elements) });
  };
  assert.match(said({}), /CHN caps exports of all 4 inputs at 60 % of the baseline/);
  assert.match(
    said({ measure: "duty", size: 0.25, elements: ["magnet", "heavy"], targets: ["JPN"] }),
    /export duty of 25 % on magnet and heavy sold to JPN/,
  );
  assert.match(said({ measure: "embargo" }), /stops selling all 4 inputs to all other countries/);
  assert.match(
    said({ measure: "licensing", size: 0.2 }),
    /from CHN to all other countries costs 20 % more/,
  );
  assert.equal(story.allInputsText(["a", "b"]), "a and b");
  assert.match(
    story.closureText({ kind: "global-entry", innovators: ["JPN"], adopters: ["JPN", "USA"] }),
    /in JPN, its results are used by JPN and USA/,
  );
});

Deno.test("numbers keep their sign and three digits, and rounding is 0", () => {
  assert.equal(story.signedText(-0.0021345), "−0.00213");
  assert.equal(story.signedText(1239.6), "+1,240");
  assert.equal(story.signedText(45.06), "+45.1");
  assert.equal(story.signedText(1e-12), "0");
  assert.equal(story.signedText(NaN), "–");
  assert.equal(story.foldText(Infinity), "no seller left");
});

Deno.test("settings that cannot be meant are refused with what is allowed", () => {
  const refused = (change: Partial<story.OwnSettings>, expected: RegExp) =>
    assert.throws(() => make(change), expected);
  refused({ country: "CNH" }, /country: came "CNH"; expected one of .*CHN/);
  refused(
    { measure: "tax" },
    /measure: came "tax"; expected one of quota, duty, embargo, licensing/,
  );
  refused({ closure: "open" }, /closure: came "open"; expected one of fixed, allocation/);
  refused({ elements: ["Dy"] }, /elements: came "Dy"; expected one of light, magnet/);
  refused({ elements: [] }, /elements: none given/);
  refused({ targets: ["JPN"] }, /a quota binds all buyers together/);
  refused({ measure: "duty", targets: ["CHN"] }, /targets: came "CHN"/);
  refused({ measure: "duty", targets: [] }, /targets: none given/);
  refused({ size: 60 }, /size: came 60; expected 0 to 1.*0.6 for 60 %/);
  refused({ size: NaN }, /size: came NaN/);
  refused({ measure: "duty", size: -0.1 }, /size: came -0.1; expected 0 to 10/);
  const sellers = economy.countries.filter((country) =>
    story.exportsOf(economy, country, "heavy") > 0
  );
  const idle = economy.countries.find((country) => !sellers.includes(country));
  assert.ok(idle !== undefined);
  refused(
    { country: idle, elements: ["heavy"] },
    new RegExp(`${idle} exports no heavy.*${sellers[0]}`),
  );
});

Deno.test("a refusal lists the allowed labels and names the step; a failed solve says what to try", async () => {
  const text = story.refusalOf("Reading the scenario", () => make({ country: "CNH" }));
  assert.match(text, /^> \*\*Reading the scenario: .*came "CNH"\./);
  for (const country of economy.countries) assert.ok(text.includes(`\`${country}\``));
  const failed = Object.assign(new Error("no equilibrium: x"), { name: "EquilibriumError" });
  assert.match(
    story.refusalText("Solving", failed),
    /no equilibrium found.*\n>\n> No numbers are shown/,
  );
  assert.match(story.refusalOf("Solving", () => 1), /nothing to refuse/);
  const shown: string[] = [];
  const show = (one: { readonly text: string }) => Promise.resolve(void shown.push(one.text));
  assert.equal(await story.orExplain("Step", show, () => 7), 7);
  assert.equal(shown.length, 0);
  await assert.rejects(
    story.orExplain("Step", show, () => make({ measure: "tax" })),
    (error: Error) =>
      /Step: measure: came "tax"/.test(error.message) && error.cause instanceof RangeError,
  );
  assert.match(shown[0], /`quota` `duty`/);
});

Deno.test("the command that repeats a run sets every parameter", () => {
  const line = story.reproduceText(
    { inputs: ["gallium", "tin"], elements: ["*"], sigma: 0.5, scenarioFile: "" },
    "06-your-own-scenario",
  );
  assert.equal(
    line,
    "REE_INPUTS=gallium,tin REE_ELEMENTS='*' REE_SIGMA=0.5 deno task report 06-your-own-scenario",
  );
});

Deno.test("provenance says where an input comes from and what its value became", () => {
  const rows = [{ item: "amount", reading: "recalled, to be verified" }, {
    item: "user",
    reading: "our judgement",
  }];
  const input = { name: "tin", year: 2022, tonnes: 430, usdPerKg: 500, rows };
  const [first, second] = story.inputProvenance([input], true, 2009, () => 121.2);
  assert.match(first, /rare earth/);
  assert.match(
    second,
    /tin, 430 t at 500 USD\/kg in 2022.* to 2009 .*: 121 million USD .*2 entries 1 are recalled/,
  );
});

Deno.test("the supply elasticity of the parameter cell holds for inputs without a row of their own", () => {
  const world = loadWorldWithInputs(["gallium", "germanium"]);
  const rows = loadElasticities().rows;
  const text = [
    "parameter,sector,value,low,high,source,reading",
    ...rows.map((row) => `${row.parameter},${row.sector},${row.value},${row.low},${row.high},x,y`),
    "supply,gallium,1,1,1,x,y",
  ].join("\n");
  const options = { sigma: 0.7, supply: 0.25 };
  const { economy: made } = story.ownCalibration(world, parseElasticities(text), options);
  const at = made.countries.indexOf("CHN") * made.sectors.length;
  near(made.specificShare[at + made.sectors.indexOf("gallium")], 1 / 2);
  near(made.specificShare[at + made.sectors.indexOf("germanium")], 1 / 1.25);
  assert.ok(made.sigma.every((value) => value === 0.7));
});
