import assert from "node:assert/strict";
import { exportDuty, exportQuota, loadElasticities, shockOf, smallEconomy } from "@ree/equilibrium";
import * as story from "@ree/story";

const economy = smallEconomy();
const shock = shockOf(economy, exportQuota("CHN", ["elements"], 0.6));
const closures = story.closuresAbroad(economy, "CHN");
const low = story.withSigma(economy, 0.5);
const quota = closures.map(({ name, closure }) => story.run(name, low, shock, closure));
const fixed = story.pick(quota, "fixed", 0.5);
const sectors = story.intensiveSectors(economy, "CHN");

Deno.test("technology of the global closures is made and used outside the restricting country", () => {
  for (const { closure } of closures) {
    if (closure.kind !== "global-entry" && closure.kind !== "global-allocation") continue;
    assert.ok(!closure.innovators.includes("CHN"));
    assert.equal(closure.adopters.length, economy.countries.length - 1);
  }
});

Deno.test("a quota raises element prices abroad, lowers them at home, and its rents are above 0", () => {
  const prices = story.elementPrices(fixed, "CHN");
  assert.ok(prices.outside > 1 && prices.inside < 1);
  assert.ok(prices.rents > 0 && prices.wedgeLow > 0 && prices.wedgeHigh >= prices.wedgeLow);
});

Deno.test("welfare of groups adds up to that of the world", () => {
  const home = story.welfareOf(fixed, (country) => country === "CHN").million;
  const abroad = story.welfareOf(fixed, (country) => country !== "CHN").million;
  const world = story.welfareOf(fixed, () => true).million;
  assert.ok(Math.abs(home + abroad - world) < 1e-9 * Math.abs(home));
});

Deno.test("welfare of one country is its own change, per mille", () => {
  const at = economy.countries.indexOf("JPN");
  const { perMille } = story.welfareOf(fixed, (country) => country === "JPN");
  assert.ok(Math.abs(perMille - 1000 * (fixed.found.welfare[at] - 1)) < 1e-9);
});

Deno.test("without a shock nothing changes in any row", () => {
  const row = story.closureRow(story.run("fixed", low, {}), "CHN", sectors[0].sector);
  for (
    const value of [row.inside - 1, row.outside - 1, row.welfareAbroad, row.exports, row.output]
  ) {
    assert.ok(Math.abs(value) < 1e-9);
  }
  assert.equal(story.wedgeRange(row), "–");
});

Deno.test("sectors that buy elements come with the most intensive first", () => {
  assert.ok(sectors.length > 0);
  assert.ok(sectors.every(({ intensity }, k) => k === 0 || intensity <= sectors[k - 1].intensity));
  assert.ok(sectors.every(({ sector }) => !economy.elements.includes(sector)));
});

Deno.test("an export duty equal to the quota's wedges gives the same equilibrium", () => {
  const duties = story.equivalentDuties(fixed);
  const measures = duties.map(({ element, rate }) => exportDuty("CHN", [element], rate));
  const duty = story.run("duty", low, shockOf(low, ...measures));
  assert.ok(story.largestGap(fixed.found, duty.found) < 1e-9);
});

Deno.test("mitigation is 0 for technology that does not respond and positive for complements", () => {
  const still = story.run("entry", low, shock);
  assert.equal(story.mitigationRows([fixed, still], "CHN")[0].percent, 0);
  const allocation = story.mitigationRows(quota, "CHN").find((row) => row.closure === "allocation");
  assert.ok(allocation!.percent > 0 && allocation!.percent < 100);
});

Deno.test("frozen technology of a run without response leaves the baseline", () => {
  const [after] = story.persistence([fixed]);
  assert.ok(after.found.welfare.every((value) => Math.abs(value - 1) < 1e-9));
});

Deno.test("a missing run is refused by name", () => {
  assert.throws(() => story.pick(quota, "entry", 3), /no run of entry with σ = 3/);
});

Deno.test("elasticities move to the ends of their own ranges, one parameter at a time", () => {
  const all = loadElasticities();
  const high = story.atEnd(all, "theta", "high");
  high.rows.forEach((row, k) => {
    assert.equal(row.value, row.parameter === "theta" ? all.rows[k].high : all.rows[k].value);
  });
});

Deno.test("equal rows of the elasticities are joined and every parameter is listed", () => {
  const rows = story.elasticityTable(loadElasticities());
  assert.ok(rows.some(({ sectors }) => sectors === "c17 to c35"));
  assert.equal(new Set(rows.map(({ parameter }) => parameter)).size, 5);
});

Deno.test("numbers carry their sign, and nothing is −0", () => {
  assert.equal(story.signedNumber(-1443.4, 0), "−1,443");
  assert.equal(story.signedNumber(0.1234), "+0.12");
  assert.equal(story.signedNumber(-1e-9), "0.00");
  assert.equal(story.signedNumber(NaN), "–");
});

Deno.test("growth within solver noise is not called expansion", () => {
  const still = [story.run("entry", low, {})];
  assert.equal(story.expansionFinding(still, sectors[0].sector, "CHN"), "none of 1 solution");
});

Deno.test("the reading names the sector and every σ", () => {
  const text = story.counterfactualReading({
    quota,
    removed: story.persistence(quota),
    expansion: story.expansionRows({
      versions: { "full economy": low },
      closures: closures.slice(0, 3),
      measures: () => shock,
      removal: () => ({}),
      restricting: "CHN",
      sectors,
    }),
    sigma: 0.5,
    restricting: "CHN",
    sectors,
    dutyGap: 1e-12,
  });
  assert.ok(text.includes(sectors[0].label) && text.includes("σ = 0.5"));
  assert.ok(!/NaN|undefined|Infinity/.test(text));
});

Deno.test("bars of solver noise are drawn as 0, not as −0", () => {
  const row = story.spanRow("entry", "σ = 1", -1e-9, 3);
  assert.ok(Object.is(row.central, 0));
  assert.deepEqual(story.spanRow("entry", "σ = 1", -0.5, 1).lower, -0.5);
});
