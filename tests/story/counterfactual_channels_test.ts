import {
  exportDuty,
  exportQuota,
  shockOf,
  smallEconomy,
  withOneFactor,
  withoutLinkages,
} from "@ree/equilibrium";
import * as story from "@ree/story";
import assert from "node:assert/strict";

const economy = smallEconomy();
const sectors = story.intensiveSectors(economy, "CHN");
const closures = story.closuresAbroad(economy, "CHN")
  .filter(({ name }) => ["fixed", "allocation", "entry"].includes(name));
const rows = story.expansionRows({
  versions: {
    "full economy": economy,
    "one factor": withOneFactor(economy),
    "no linkages": withoutLinkages(economy),
  },
  closures,
  measures: (one) => shockOf(one, exportQuota("CHN", ["elements"], 0.6)),
  removal: () => ({}),
  restricting: "CHN",
  sectors,
  listed: 2,
});
const row = (channel: string, version: string) =>
  rows.find((one) => one.channel === channel && one.version === version)!;

/** Per mille of solver tolerance. */
const NOISE = 1e-6;

Deno.test("every version has every closure in force and removed", () => {
  assert.equal(rows.length, 3 * 2 * closures.length);
  assert.ok(
    rows.every(({ exports, slope }) =>
      exports.length === 2 && [...exports, slope].every(Number.isFinite)
    ),
  );
});

Deno.test("without a removal of its own and without technology, the baseline is back", () => {
  for (const version of ["full economy", "one factor", "no linkages"]) {
    const back = row("removed: fixed", version);
    assert.ok([...back.exports, back.slope].every((value) => Math.abs(value) < NOISE));
  }
});

Deno.test("an economy with one factor is not changed by merging its factors", () => {
  assert.equal(economy.factors.length, 1);
  const [a, b] = [row("in force: fixed", "full economy"), row("in force: fixed", "one factor")];
  a.exports.forEach((value, k) => assert.ok(Math.abs(value - b.exports[k]) < NOISE));
});

Deno.test("linkages matter for the exports of the most intensive sector", () => {
  const [a, b] = [row("in force: fixed", "full economy"), row("in force: fixed", "no linkages")];
  assert.ok(Math.abs(a.exports[0] - b.exports[0]) > 1000 * NOISE);
});

Deno.test("the finding names every closure and version, and no missing number", () => {
  const text = story.channelFinding(rows, sectors[0]);
  for (const word of ["fixed", "entry", "With one factor", "With no linkages"]) {
    assert.ok(text.includes(word), word);
  }
  assert.ok(!/NaN|undefined|Infinity/.test(text));
});

Deno.test("expansion while measures are in force is named when a closure gives it", () => {
  const grown = rows.map((one) =>
    one.phase === "in force" && one.closure === "entry" ? { ...one, exports: [1, 1] } : one
  );
  const text = story.channelFinding(grown, sectors[0]);
  assert.match(text, /exports abroad of .* grow under entry \(\+1\.000 ‰\)/);
  assert.match(story.expansionTitle(grown, sectors[0]), /grow in 3 of 9 cases/);
});

Deno.test("the table has one row by version, phase and closure", () => {
  const table = story.expansionTable(rows);
  assert.equal(table.length, rows.length);
  assert.equal(table[0]["exports 1"], rows[0].exports[1]);
});

Deno.test("a removed duty raises exports abroad of the most intensive sector without technology", () => {
  const taxed = story.expansionRows({
    versions: { "full economy": economy },
    closures: closures.slice(0, 1),
    measures: (one) => shockOf(one, exportQuota("CHN", ["elements"], 0.6)),
    removal: (one) => shockOf(one, exportDuty("CHN", ["elements"], -0.1)),
    restricting: "CHN",
    sectors,
  });
  assert.ok(taxed[1].exports[0] > 0);
});

Deno.test("research turns to elements abroad and away from them at home when they are complements", () => {
  const low = story.withSigma(economy, 0.5);
  const shock = shockOf(low, exportQuota("CHN", ["elements"], 0.6));
  const cells = story.researchCells(story.run("allocation", low, shock, { kind: "allocation" }));
  assert.ok(cells.length > economy.countries.length);
  assert.ok(cells.every(({ country, percent }) => (country === "CHN") === (percent < 0)));
  const one = story.withSigma(economy, 1);
  const flat = story.researchCells(story.run("allocation", one, shock, { kind: "allocation" }));
  assert.ok(flat.every(({ percent }) => Math.abs(percent) < NOISE));
  assert.match(story.researchFinding(cells, "allocation", "CHN"), /^Under allocation, .* abroad/);
});

Deno.test("relative research is the relative cost of elements, s′/(1 − s′) over s/(1 − s)", () => {
  const shock = shockOf(economy, exportQuota("CHN", ["elements"], 0.6));
  const run = story.run("allocation", economy, shock, { kind: "allocation" });
  const J = economy.sectors.length;
  for (const { country, sector, percent } of story.researchCells(run)) {
    const at = economy.countries.indexOf(country) * J + economy.sectors.indexOf(sector);
    const odds = (share: number) => share / (1 - share);
    const expected = odds(run.found.elementShare[at]) / odds(economy.elementShare[at]);
    assert.ok(Math.abs(1 + percent / 100 - expected) < 1e-8 * expected);
  }
});
