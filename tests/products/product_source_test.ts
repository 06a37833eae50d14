import { concordance, loadNaicsCrosswalk } from "@ree/data";
import { industryExposure } from "@ree/panels";
import {
  baciSource,
  industryIntensities,
  productEventStudy,
  recoverEffect,
  simulateBaci,
  simulateCorrelation,
  simulatedSource,
} from "@ree/products";
import assert from "node:assert/strict";
import { inTempDir } from "../data/helpers.ts";

const WORLD = {
  seed: 3,
  countries: 10,
  products: 80,
  industries: 20,
  years: [2008, 2009, 2011],
  rowsPerYear: 3500,
  effect: 0.3,
};

/** 40 draws of an interval that holds the truth in 95 of 100: fewer than 31 happen once in 10,000 runs. */
const LEAST_HELD = 31;

/** A folder as CEPII would name it, with SIMULATED flows. */
function published(dir: string): void {
  simulateBaci(dir, WORLD);
  for (const { name } of [...Deno.readDirSync(dir)]) {
    Deno.renameSync(`${dir}/${name}`, `${dir}/${name.replace("V190001s", "V202601")}`);
  }
}

Deno.test("a folder of BACI meets the US intensities by NAICS and BEA, for the products wanted", async () => {
  await inTempDir(async (dir) => {
    published(dir);
    const naics = loadNaicsCrosswalk().map((row) => row.naics);
    const codes = Array.from({ length: 80 }, (_, p) => String(10_011 + 100 * p).padStart(6, "0"));
    const links = codes.slice(5).map((from, p) => ({ from, to: naics[4 * p], weight: null }));
    const shared = {
      folder: dir,
      years: WORLD.years,
      hsToNaics: concordance("SIMULATED list", links),
      hs: "HS07",
      intensities: industryIntensities(industryExposure()),
    };
    const source = await baciSource(shared);
    assert.equal(source.name, "CEPII BACI, HS07, release 202601");
    assert.deepEqual([source.panel.simulated, source.truth], [false, null]);
    assert.deepEqual(source.exposure.mapping.withoutConcordance, codes.slice(0, 5));
    const table = new Map(shared.intensities.map((row) => [row.industry, row.intensity]));
    const detail = new Map(loadNaicsCrosswalk().map((row) => [row.naics, row.detail]));
    links.forEach(({ from, to }) => {
      const came = source.exposure.intensity[source.exposure.products.indexOf(from)];
      assert.ok(Math.abs(came - table.get(detail.get(to)!)!) < 1e-9, from);
    });
    const study = productEventStudy(source.panel, source.exposure);
    assert.equal(study.events!.times.length, 3);
    assert.ok(study.coverage.unmatched.value > 0);
    const some = await baciSource({ ...shared, products: ["011", "0120"] });
    assert.ok(some.panel.products.length > 1 && some.panel.products.length < 80);
    assert.ok(some.panel.products.every((code) => /^01(1|20)/.test(code)));
    await assert.rejects(() => baciSource({ ...shared, products: ["99"] }), /begins with 99/);
    await assert.rejects(() => baciSource({ ...shared, hs: "HS12" }), /HS12.*HS07/);
    await assert.rejects(() => baciSource({ ...shared, years: [2010] }), /Y2010/);
  });
});

Deno.test("a SIMULATED source says so, leaves no file, and takes other product codes", async () => {
  const source = await simulatedSource(WORLD);
  assert.match(source.name, /^SIMULATED/);
  assert.equal(source.panel.simulated, true);
  assert.equal(source.truth!.get(2011), WORLD.effect);
  const correlation = simulateCorrelation(source.panel.products, 5);
  const other = await simulatedSource(WORLD, { conversion: { hs: "HS12", correlation } });
  assert.equal(other.panel.hs, "HS12");
  const { relations, given, dropped } = other.panel.coverage;
  const sum = Object.values(relations!).reduce((total, value) => total + value, 0);
  assert.ok(Math.abs((sum + dropped.revision.value) / given.value - 1) < 1e-12);
  assert.throws(() => simulateCorrelation(["010101", "010102"], 1), /at least 3 apart/);
});

Deno.test("the known effect lies in the intervals as often as they say, on old codes and on new ones", async () => {
  const world = { ...WORLD, effect: 0.2 };
  const seeds = Array.from({ length: 40 }, (_, k) => 101 + k);
  for (const converted of [false, true]) {
    const effects = await recoverEffect(world, seeds, { converted });
    const held = effects.filter(({ low, high, truth }) => low <= truth && truth <= high).length;
    assert.ok(held >= LEAST_HELD, `converted ${converted}: ${held} of 40`);
    const above = effects.filter(({ estimate }) => estimate > 0).length;
    assert.ok(above > 35, `converted ${converted}: ${above} of 40 above 0`);
  }
});
