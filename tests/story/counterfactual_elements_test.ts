import { exportDuty, exportQuota, loadElasticities, shockOf, smallEconomy } from "@ree/equilibrium";
import * as story from "@ree/story";
import assert from "node:assert/strict";

const economy = smallEconomy();
const sectors = story.intensiveSectors(economy, "CHN");
const closures = story.closuresAbroad(economy, "CHN").slice(0, 2);
const cap = (elements: readonly string[], limit: number) =>
  shockOf(economy, exportQuota("CHN", elements, limit));
const cutsAt = (limit: number) =>
  story.singleElementCuts(
    economy,
    (element) => cap([element], limit),
    closures,
    "CHN",
    sectors,
  );
const jointAt = (limit: number) =>
  closures.map(({ name, closure }) =>
    story.elementCut(
      "All at once",
      economy.elements,
      story.run(name, economy, cap(economy.elements, limit), closure),
      "CHN",
      sectors,
    )
  );
const [cuts, joint] = [cutsAt(0.6), jointAt(0.6)];

Deno.test("each element has each closure, a higher price abroad and a loss abroad", () => {
  assert.equal(cuts.length, economy.elements.length * closures.length);
  assert.ok(cuts.every(({ price, million }) => price > 1 && million < 0));
});

Deno.test("small cuts add up with fixed technology and η = σ, when no element replaces another", () => {
  assert.deepEqual(economy.sigma, economy.eta);
  const SMALL = 0.9999;
  const sum = cutsAt(SMALL).filter(({ closure }) => closure === "fixed")
    .reduce((total, { million }) => total + million, 0);
  const together = jointAt(SMALL).find(({ closure }) => closure === "fixed")!.million;
  // Second-order terms of a cut by 1e-4 are of that relative size times elasticities of order 10.
  assert.ok(Math.abs(sum / together - 1) < 1e-2, `${sum} against ${together}`);
});

Deno.test("with technology, a joint cut of complements costs less than its parts together", () => {
  const sum = cuts.filter(({ closure }) => closure === "allocation")
    .reduce((total, { million }) => total + million, 0);
  assert.ok(joint.find(({ closure }) => closure === "allocation")!.million > sum);
});

Deno.test("the table lists the largest loss first, then the sum, then the joint cut", () => {
  const table = story.elementCutTable(cuts, joint);
  assert.equal(table.length, economy.elements.length + 2);
  const losses = table.slice(0, -2).map((row) => Number(row["million fixed"]));
  assert.ok(losses.every((value, k) => k === 0 || value >= losses[k - 1]));
  const sum = losses.reduce((total, value) => total + value, 0);
  assert.ok(Math.abs(Number(table.at(-2)!["million fixed"]) - sum) < 1e-12 * Math.abs(sum));
  assert.equal(table.at(-1)!["million fixed"], joint[0].million);
  assert.match(story.elementFinding(cuts, joint), /% \(fixed\), \d+ % \(allocation\)/);
});

Deno.test("a country's part of foreign supply is its part of what others buy", () => {
  const N = economy.countries.length;
  const supplies = economy.countries.map((country) => story.foreignSupply(economy, country));
  supplies.forEach((rows) => {
    assert.equal(rows.length, economy.elements.length);
    assert.ok(rows.every(({ sharePercent }) => sharePercent >= 0 && sharePercent <= 100));
  });
  const china = story.foreignSupply(economy, "CHN");
  // Nothing bought at home is counted: with home shares moved to China it supplies all.
  const J = economy.sectors.length;
  const only = { ...economy, tradeShare: new Float64Array(economy.tradeShare.length) };
  for (let n = 0; n < N; n++) {
    for (let j = 0; j < J; j++) only.tradeShare[(n * N + 1) * J + j] = 1;
  }
  assert.equal(economy.countries[1], "CHN");
  assert.ok(story.foreignSupply(only, "CHN").every(({ sharePercent }) => sharePercent === 100));
  assert.match(story.supplyFinding(china, "China"), /China supplies \d/);
});

Deno.test("duties equivalent to a quota hold the duty that was there before", () => {
  const duty = exportDuty("CHN", ["elements"], 0.2);
  const both = story.run(
    "fixed",
    economy,
    shockOf(economy, duty, exportQuota("CHN", ["elements"], 0.5)),
  );
  const measures = story.equivalentDuties(both)
    .map(({ element, rate }) => exportDuty("CHN", [element], rate));
  const single = story.run("duty", economy, shockOf(economy, ...measures));
  assert.ok(story.largestGap(both.found, single.found) < 1e-9);
  assert.ok(story.equivalentDuties(both).every(({ rate }) => rate > 0.2));
});

Deno.test("duties that differ between buyers have no equivalent and are refused", () => {
  const shock = shockOf(
    economy,
    exportDuty("CHN", ["heavy"], 0.2, ["JPN"]),
    exportQuota("CHN", ["heavy"], 0.5),
  );
  assert.throws(
    () => story.equivalentDuties(story.run("fixed", economy, shock)),
    /export taxes of CHN on heavy differ/,
  );
});

Deno.test("bands of welfare hold the first run, sorted by loss", () => {
  const runs = closures.map(({ name, closure }) =>
    story.run(name, economy, cap(economy.elements, 0.6), closure)
  );
  const bands = story.welfareBands(runs, (country) => country);
  assert.equal(bands.length, economy.countries.length);
  assert.ok(bands.every((row, k) =>
    row.lower <= row.central && row.central <= row.upper &&
    (k === 0 || row.central >= bands[k - 1].central)
  ));
  assert.match(story.welfareFinding(bands), /^Largest loss: /);
});

Deno.test("the grid asks for no value where the closures have no stable solution", () => {
  const asked: string[] = [];
  const grid = story.sigmaPsiGrid([0.5, 2, 3], [0.5, 1], (sigma, psi) => {
    asked.push(`${sigma} ${psi}`);
    return sigma * psi;
  });
  assert.deepEqual(asked.toSorted(), ["0.5 0.5", "0.5 1", "2 0.5"]);
  assert.equal(grid.filter(({ value }) => value === null).length, 3);
  const cells = grid.map((cell) => ({ ...cell, panel: "entry" }));
  assert.match(story.gridFinding(cells), /up to 1 % .*\(entry, σ = 2, ψ = 0.5\)/);
});

Deno.test("all closures and σ are solved, and an embargo is among what can be said", () => {
  const banned = story.runAll(
    economy,
    [0.5, 1],
    (one) => shockOf(one, exportQuota("CHN", ["elements"], 0.05)),
    closures,
  );
  assert.equal(banned.length, 4);
  assert.match(story.embargoFinding(banned, "CHN"), /^All 4 solves converge\. .*σ = 0.5.*σ = 1/);
});

Deno.test("the tornado moves one parameter at a time to both ends, and names the widest two", () => {
  const all = loadElasticities();
  const rows = story.tornadoRows(all, (values) => {
    const sum = (parameter: string) =>
      values.rows.filter((row) => row.parameter === parameter)
        .reduce((total, { value }) => total + value, 0);
    return 100 * sum("psi") + 10 * sum("sigma") + 0.001 * sum("theta");
  });
  assert.equal(rows.length, 2 * new Set(all.rows.map(({ parameter }) => parameter)).size);
  assert.ok(rows.every(({ baseline }) => baseline === rows[0].baseline));
  const eta = rows.filter(({ label }) => label === story.SYMBOLS.eta);
  assert.ok(eta.every(({ value, baseline }) => value === baseline));
  assert.ok(story.tornadoFinding(rows).includes(`${story.SYMBOLS.psi} and ${story.SYMBOLS.sigma}`));
});
