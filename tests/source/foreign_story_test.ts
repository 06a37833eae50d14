import { loadCriticalInputs, pickCriticalInputs, writeLongWorld } from "@ree/data";
import * as model from "@ree/equilibrium";
import { loadExportDuties, loadFactorShares, loadWorldReeTable } from "@ree/equilibrium/world";
import { loadWorldWithInputs } from "@ree/equilibrium/world-inputs";
import * as figures from "@ree/figures";
import { worldIntensity } from "@ree/io-table";
import { chosenFacts, chosenWorldTable, findSources, usedText } from "@ree/source";
import * as story from "@ree/story";
import assert from "node:assert/strict";
import { join } from "node:path";
import { inTempDir } from "../data/helpers.ts";
import { foreignWorld, OWN_LIST } from "./tables.ts";

/** A table of other countries (two without ISO code) and sectors, as a notebook would read it. */
async function foreign() {
  const found: { value?: Awaited<ReturnType<typeof read>> } = {};
  await inTempDir(async (dir) => {
    await writeLongWorld(join(dir, "national.csv"), foreignWorld());
    Deno.writeTextFileSync(join(dir, "sectors.csv"), OWN_LIST);
    found.value = await read(dir);
  });
  return found.value!;
}

async function read(dir: string) {
  const choice = await findSources(dir, ["world table", "prices"]);
  return { published: await chosenWorldTable(choice, 2009), prices: await chosenFacts(choice) };
}

const said = (text: string) => {
  assert.ok(text.length > 0);
  assert.doesNotMatch(text, /undefined|NaN|\[object/);
  return text;
};

const names = new Intl.DisplayNames("en", { type: "region" });
const nameOf = (code: string) => story.countryName(code, (iso2) => names.of(iso2)!);

Deno.test("notebook 1 describes the world table of other countries, with and without China", async () => {
  const { published } = await foreign();
  said(usedText([published.used]));
  const world = loadWorldReeTable(2009, published.table);
  const rows = worldIntensity(world);
  const checks = story.describeWorld(world, 0.6);
  assert.equal(checks.find(({ check }) => check === "Countries")?.value, 5);
  assert.ok(checks.some(({ check }) => check.startsWith("China's share in supply")));
  const without = story.describeWorld(
    { ...world, countries: world.countries.map((code) => code === "CHN" ? "XCN" : code) },
    0.6,
  );
  assert.ok(!without.some(({ check }) => check.startsWith("China")));
  const spread = story.worldSectorSpread(world, rows, published.table.sectorNames);
  assert.ok(spread.length > 0 && spread.every(({ label }) => !/^c\d+$/.test(label)));
  const { sectors, sectorNames } = published.table;
  assert.match(
    said(story.worldFinding(rows, (code) => sectorNames[sectors.indexOf(code)])),
    /in \d of 5 countries$/,
  );
});

Deno.test("notebook 5 runs its steps on other countries: groups, maps, channels, elements, path", async () => {
  const { published, prices } = await foreign();
  const { table: flows } = published;
  const country = "CHN";
  assert.throws(() => story.checkCountries(flows.countries, { buyer: "JPN" }), {
    name: "RangeError",
    message: /buyer.*JPN/,
  });
  story.checkCountries(flows.countries, { "restricting country": country, buyer: "NZL" });
  const world = loadWorldReeTable(2009, flows, prices.facts);
  const options = {
    factors: loadFactorShares(2009, world),
    exportDuties: loadExportDuties(2009),
  };
  const { economy, report } = model.calibrate(world, model.loadElasticities(), options);
  said(model.calibrationText(report));
  said(story.supplyFinding(story.foreignSupply(economy, country), "China"));
  const named = new Map(flows.sectors.map((code, k) => [code, flows.sectorNames[k]]));
  const intensive = story.intensiveSectors(economy, country, (s) => named.get(s) ?? s);
  const closures = story.closuresAbroad(economy, country);
  const capped = (one: model.Economy) =>
    model.shockOf(one, model.exportQuota(country, ["elements"], 0.9));
  const quota = story.runAll(economy, [0.5, 1], capped, closures);
  for (const one of quota) story.withWedge(story.closureRow(one, country, intensive[0].sector));
  const groups = new Map<string, (one: string) => boolean>([
    ["China", (one) => one === country],
    ["Japan", (one) => one === "JPN"],
  ]);
  const present = new Map([...groups].filter(([, holds]) => economy.countries.some(holds)));
  assert.deepEqual([...present.keys()], ["China"]);
  story.welfareTable(quota, present);
  const fixed = story.pick(quota, "fixed", 0.5);
  const losses = story.mapRows(
    new Map(
      economy.countries.filter((one) => one !== country).map((one) =>
        [one, -story.welfareOf(fixed, (other) => other === one).perMille] as const
      ),
    ),
    (iso2) => names.of(iso2)!,
  );
  // XUS and XEU have no place on a map.
  assert.deepEqual(losses.map(({ iso3 }) => iso3).sort(), ["NZL", "ZAF"]);
  said(
    figures.exposureMap(losses, {
      title: "t",
      unit: "‰",
      source: "SIMULATED",
      subtitle: "s",
    }).outerHTML,
  );
  const central = closures.map(({ name }) => story.pick(quota, name, 0.5));
  const bands = story.welfareBands(
    central,
    (one) => story.countryName(one, (iso2) => names.of(iso2)!),
  );
  assert.ok(bands.some(({ label }) => label === "XUS"));
  said(story.welfareFinding(bands));
  const base = story.withSigma(economy, 0.5);
  story.channelRows(
    "fixed",
    [country, "JPN"].filter((one) => economy.countries.includes(one)),
    economy,
    model.decompose(base, capped(base), 4, { closure: { kind: "fixed" } }),
  );
  const years = story.quotaPath(prices.facts.quotas, prices.facts.marketFacts, 2009)
    .filter(({ year }) => year > 2009).slice(-2);
  const path = story.pathRuns(base, {
    country,
    years: years.map((row) => row.limit === null ? row : { ...row, limit: 0.9 }),
    closures: closures.slice(0, 2),
    duties: loadExportDuties,
  });
  said(story.quotaPathFinding(story.pathPoints(path, 2009, country, intensive.slice(0, 3))));
});

Deno.test("notebook 6 runs a scenario of any country and input on other countries, and names its table", async () => {
  const { published, prices } = await foreign();
  const { table: flows, name } = published;
  const elasticities = model.loadElasticities();
  const inputs = ["rare-earths"];
  const world = loadWorldWithInputs(inputs, {
    year: 2009,
    table: flows,
    elementFacts: prices.facts,
  });
  const { economy } = story.ownCalibration(world, elasticities, { sigma: 0.5, supply: 0.3 });
  const seller = story.largestSeller(economy);
  assert.equal(seller, "CHN");
  const scenario = story.ownScenario(economy, {
    country: seller,
    elements: ["*"],
    measure: "duty",
    size: 0.2,
    targets: ["XUS", "NZL"],
    closure: "allocation",
  });
  const result = story.ownAnalysis(economy, scenario, { country: seller });
  said(story.ownMapTitle(result, nameOf));
  said(story.ownPriceTitle(result, nameOf));
  const facts = pickCriticalInputs(loadCriticalInputs(), []);
  const summary = story.ownSummary(result, {
    sigmas: story.sigmaRows(result, [0.5]),
    nameOf,
    year: world.year,
    table: name,
    provenance: story.inputProvenance(facts, true, world.year, () => 1),
    supply: 0.3,
    psi: economy.psi[0],
    factors: economy.factors.length,
  });
  assert.match(said(summary), /the table of national\.csv, 2009/);
  assert.match(summary, /New Zealand/);
});

Deno.test("years after the cut are counted, not typed", () => {
  assert.equal(story.yearsAfterText(2011), "Only one full year (2011) lies after the cut.");
  assert.match(story.yearsAfterText(2018), /2011 to 2018/);
  assert.match(story.yearsAfterText(2009), /no full year/);
});
