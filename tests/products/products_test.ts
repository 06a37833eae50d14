import { type BaciFolder, chainConcordances, concordance, openBaci } from "@ree/data";
import {
  codeBaci,
  codeInMemory,
  openCodedFolder,
  productConcordance,
  productEventStudy,
  productExposure,
  readCodedPanel,
  readProductConcordance,
  simulateBaci,
} from "@ree/products";
import assert from "node:assert/strict";

/** Same sums in another order. */
const ROUNDING = 1e-12;
/** Five years before and after, so that a true value lies this many standard errors off in 1 of 1,000 runs at most. */
const STANDARD_ERRORS = 3.5;

const WORLD = {
  seed: 7,
  countries: 12,
  products: 150,
  industries: 30,
  years: [2008, 2009, 2010, 2011, 2012],
  rowsPerYear: 9000,
  effect: 0.3,
};

function withFolder(body: (dir: string) => Promise<void> | void) {
  return async () => {
    const dir = Deno.makeTempDirSync();
    try {
      await body(dir);
    } finally {
      Deno.removeSync(dir, { recursive: true });
    }
  };
}

function exposureOf(world: ReturnType<typeof simulateBaci>, baci: BaciFolder) {
  return productExposure(
    baci.products.map(({ hs6 }) => hs6),
    baci.hs,
    readProductConcordance(world.concordance),
    world.intensities,
  );
}

Deno.test(
  "the known effect of a SIMULATED world is found in every year, and in the difference",
  withFolder(async (dir) => {
    const world = simulateBaci(`${dir}/files`, WORLD);
    const baci = await openBaci(`${dir}/files`);
    const panel = await codeInMemory(baci);
    const exposure = exposureOf(world, baci);
    const { events, simulated, coverage } = productEventStudy(panel, exposure);
    assert.equal(simulated, true);
    for (const { time, estimate, se, name } of events!.times) {
      if (name === undefined) continue;
      assert.ok(se > 0 && se < 0.1, `${time}: standard error ${se}`);
      const gap = Math.abs(estimate - world.truth.get(time)!) / se;
      assert.ok(gap < STANDARD_ERRORS, `${time}: ${estimate} is ${gap} standard errors off`);
    }
    const { fit } = productEventStudy(panel, exposure, { coefficients: "difference" });
    const gap = (fit.coef("post_exposure") - WORLD.effect) / fit.se("post_exposure");
    assert.ok(Math.abs(gap) < STANDARD_ERRORS, `difference: ${gap} standard errors off`);
    assert.ok(fit.coef("post_exposure") > 5 * fit.se("post_exposure"));
    assert.ok(coverage.unmatched.rows > 0 && coverage.largestUnmatched.length > 0);
    assert.equal(
      coverage.estimated.rows + coverage.unmatched.rows + coverage.leftOut.rows +
        coverage.singletons + coverage.separated,
      world.rows,
    );
    assert.ok(coverage.valueShare > 0.8 && coverage.valueShare < 1);
  }),
);

Deno.test(
  "over seeds the estimates scatter about the truth as their standard errors say",
  withFolder(async (dir) => {
    const scores: number[] = [];
    for (let seed = 1; seed <= 25; seed++) {
      const files = `${dir}/${seed}`;
      const world = simulateBaci(files, {
        ...WORLD,
        seed,
        products: 100,
        rowsPerYear: 4000,
        years: [2009, 2010, 2011],
      });
      const baci = await openBaci(files);
      const { fit } = productEventStudy(await codeInMemory(baci), exposureOf(world, baci), {
        coefficients: "difference",
      });
      scores.push((fit.coef("post_exposure") - WORLD.effect) / fit.se("post_exposure"));
    }
    const mean = scores.reduce((sum, z) => sum + z, 0) / scores.length;
    const spread = Math.sqrt(
      scores.reduce((sum, z) => sum + (z - mean) ** 2, 0) / (scores.length - 1),
    );
    // 25 draws: the mean of standard normals is within 0.7, their deviation within 0.55 to 1.5, in 999 of 1,000 runs;
    // clustering on 100 products and incidental parameters make the standard errors somewhat small.
    assert.ok(Math.abs(mean) < 0.7, `mean ${mean}`);
    assert.ok(spread > 0.55 && spread < 1.6, `deviation ${spread}`);
  }),
);

Deno.test(
  "the panel on disk gives the estimates of the panel in memory, and those of codes made by hand",
  withFolder(async (dir) => {
    const world = simulateBaci(`${dir}/files`, WORLD);
    const baci = await openBaci(`${dir}/files`);
    const seen: number[] = [];
    await codeBaci(baci, `${dir}/panel`, {}, ({ done }) => seen.push(done));
    assert.deepEqual(seen, [1, 2, 3, 4, 5]);
    const streamed = readCodedPanel(openCodedFolder(`${dir}/panel`));
    const small = await codeInMemory(baci);
    const exposure = exposureOf(world, baci);
    const fits = [streamed, small].map((panel) => productEventStudy(panel, exposure).fit);
    assert.deepEqual([...fits[0].coef()], [...fits[1].coef()]);
    assert.deepEqual([...fits[0].vcov], [...fits[1].vcov]);
    // Every row of the files again, by plain text.
    let row = 0;
    for (const { path, year } of baci.files) {
      for (const line of Deno.readTextFileSync(path).trimEnd().split("\n").slice(1)) {
        const [t, i, j, k, v] = line.split(",");
        const iso = (code: string) => baci.countries.find((c) => c.code === Number(code))!.iso3;
        const pair = streamed.exporterProduct[row];
        const market = streamed.importerProductYear[row];
        const [products, years] = [streamed.products.length, streamed.years.length];
        assert.equal(streamed.products[pair % products], k);
        assert.equal(streamed.exporters[Math.floor(pair / products)], iso(i));
        assert.equal(streamed.importers[Math.floor(market / (products * years))], iso(j));
        assert.equal(streamed.years[market % years], Number(t));
        assert.equal(streamed.years[streamed.exporterYear[row] % years], year);
        assert.equal(streamed.value[row], Number(v));
        row++;
      }
    }
    assert.equal(row, world.rows);
  }),
);

Deno.test(
  "exporters in a group are added up, what is left out is counted with its value",
  withFolder(async (dir) => {
    simulateBaci(dir, { ...WORLD, years: [2009, 2010] });
    const baci = await openBaci(dir);
    const whole = await codeInMemory(baci);
    const others = whole.exporters.filter((name) => name !== "CHN");
    const exporterGroups = Object.fromEntries(others.map((name) => [name, "REST"]));
    const grouped = await codeInMemory(baci, { exporterGroups });
    assert.deepEqual(grouped.exporters, ["CHN", "REST"]);
    assert.ok(grouped.value.length < whole.value.length / 2);
    const { given, kept, merged } = grouped.coverage;
    assert.ok(Math.abs(kept.value / given.value - 1) < ROUNDING);
    assert.equal(kept.rows + merged, given.rows);
    const keys = new Set(
      [...grouped.importerProductYear].map((market, r) => `${market} ${grouped.exporterYear[r]}`),
    );
    assert.equal(keys.size, grouped.value.length);
    const some = await codeInMemory(baci, {
      products: whole.products.slice(0, 50),
      importers: others,
    });
    const { dropped, valueShare } = some.coverage;
    assert.ok(dropped.importer.rows > 0 && dropped.product.rows > 0 && valueShare < 0.5);
    const parts = some.coverage.kept.value + dropped.importer.value + dropped.product.value;
    assert.ok(Math.abs(parts / given.value - 1) < ROUNDING);
    await assert.rejects(codeInMemory(baci, { exporters: ["XYZ"] }), /no "XYZ"/);
  }),
);

Deno.test(
  "an interrupted import leaves no panel, and the next run begins anew",
  withFolder(async (dir) => {
    simulateBaci(`${dir}/files`, { ...WORLD, years: [2009, 2010] });
    const baci = await openBaci(`${dir}/files`);
    const stop = () => {
      throw new Error("killed");
    };
    await assert.rejects(codeBaci(baci, `${dir}/panel`, {}, stop), /killed/);
    assert.throws(() => openCodedFolder(`${dir}/panel`), /no complete product panel/);
    const folder = await codeBaci(baci, `${dir}/panel`);
    assert.equal(readCodedPanel(folder).value.length, folder.coverage.kept.rows);
    await assert.rejects(codeBaci(baci, `${dir}/panel`), /exists/);
    const one = readCodedPanel(folder, [2010]);
    assert.ok(one.exporterYear.every((code) => folder.years[code % 2] === 2010));
    assert.throws(() => readCodedPanel(folder, [1999]), /no year 1999/);
  }),
);

Deno.test(
  "products converted to another revision: value is kept or counted as lost, and a mere renaming changes no estimate",
  withFolder(async (dir) => {
    const world = simulateBaci(dir, { ...WORLD, years: [2009, 2011] });
    const baci = await openBaci(dir, [2009, 2011]);
    const hs6 = baci.products.map(({ hs6 }) => hs6);
    const renamed = (code: string) => String(Number(code) + 1).padStart(6, "0");
    const link = (from: string, to: string, weight: number | null = null) => ({ from, to, weight });
    const names = concordance("new names", hs6.map((code) => link(code, renamed(code))));
    const panel = await codeInMemory(baci, { conversion: { hs: "HS12", correlation: names } });
    assert.deepEqual([panel.hs, panel.products[0]], ["HS12", renamed(hs6[0])]);
    assert.deepEqual(panel.coverage.dropped.revision, { rows: 0, value: 0 });
    const given = readProductConcordance(world.concordance);
    const moved = productConcordance(
      concordance("moved", given.links.map((l) => ({ ...l, from: renamed(l.from) }))),
      "HS12",
    );
    const fits = [
      productEventStudy(await codeInMemory(baci), exposureOf(world, baci)).fit,
      productEventStudy(panel, productExposure(panel.products, panel.hs, moved, world.intensities))
        .fit,
    ];
    assert.deepEqual([...fits[0].coef()], [...fits[1].coef()]);
    // The first code goes nowhere, the second is divided, the third and fourth meet.
    const correlation = concordance("mixed", [
      link(hs6[1], "900001"),
      link(hs6[1], "900002"),
      link(hs6[2], "900003"),
      link(hs6[3], "900003"),
      ...hs6.slice(4).map((code) => link(code, code)),
    ]);
    const mixed = await codeInMemory(baci, { conversion: { hs: "HS12", correlation } });
    const whole = await codeInMemory(baci);
    const { dropped, kept, given: all, merged } = mixed.coverage;
    const codes = whole.exporterProduct.map((pair) => pair % hs6.length);
    const lost = whole.value.filter((_, r) => codes[r] === 0);
    assert.equal(dropped.revision.rows, lost.length);
    const value = lost.reduce((sum, v) => sum + v, 0);
    assert.ok(Math.abs(dropped.revision.value / value - 1) < ROUNDING);
    assert.ok(Math.abs((kept.value + dropped.revision.value) / all.value - 1) < ROUNDING);
    assert.equal(kept.rows + merged + dropped.revision.rows, all.rows);
    assert.deepEqual([all.rows, kept.rows], [world.rows, mixed.value.length]);
    await codeBaci(baci, `${dir}/panel`, { conversion: { hs: "HS12", correlation } });
    const streamed = readCodedPanel(openCodedFolder(`${dir}/panel`));
    assert.deepEqual([...streamed.value], [...mixed.value]);
    assert.deepEqual([streamed.hs, streamed.coverage], [mixed.hs, mixed.coverage]);
  }),
);

Deno.test("intensities reach products by shares, and what does not match is reported", () => {
  const row = (from: string, to: string, weight: number) => ({ from, to, weight });
  const table = productConcordance(
    concordance("test", [
      row("010121", "a", 0.25),
      row("010121", "b", 0.75),
      row("020110", "a", 0.5),
      row("020110", "z", 0.5),
      row("030110", "z", 1),
      row("990000", "a", 1),
    ]),
    "HS07",
  );
  const intensities = [{ industry: "a", intensity: 4 }, { industry: "b", intensity: 8 }];
  const products = ["030110", "010121", "020110", "040110"];
  const { intensity, matchedShare, mapping } = productExposure(
    products,
    "HS07",
    table,
    intensities,
  );
  assert.deepEqual([...intensity], [7, 4, NaN, NaN]);
  assert.deepEqual([...matchedShare], [1, 0.5, 0, 0]);
  assert.deepEqual(mapping, {
    products: 4,
    withoutConcordance: ["040110"],
    withoutIntensity: ["030110"],
    partly: ["020110"],
    split: 2,
    merged: 2,
    unknownCodes: ["990000"],
    industriesWithoutIntensity: ["z"],
  });
  const own = productExposure(products, "HS07", table, [
    { industry: "a", exporter: "DEU", intensity: 1 },
    { industry: "b", exporter: "DEU", intensity: 5 },
    { industry: "a", exporter: "FRA", intensity: 2 },
  ]);
  assert.deepEqual(own.exporters, ["DEU", "FRA"]);
  assert.deepEqual([...own.intensity], [4, 1, NaN, NaN, 2, 2, NaN, NaN]);
  assert.throws(() => productExposure(products, "HS17", table, intensities), /HS17/);
  assert.throws(
    () => productExposure(products, "HS07", table, [{ industry: "a", intensity: -1 }]),
    /at least 0/,
  );
});

Deno.test("what a chain of concordances loses counts as unmatched", () => {
  const link = (from: string, to: string, weight: number) => ({ from, to, weight });
  const naics = concordance("HS to NAICS", [
    link("850511", "n1", 0.5),
    link("850511", "n2", 0.5),
    link("010121", "n1", 1),
    link("020110", "n2", 1),
  ]);
  const bea = concordance("NAICS to BEA", [link("n1", "b1", 0.25), link("n1", "b2", 0.75)]);
  const { chained, lost } = chainConcordances(naics, bea);
  const exposure = productExposure(
    ["850511", "010121", "020110"],
    null,
    productConcordance(chained, "HS07", lost),
    [{ industry: "b1", intensity: 4 }, { industry: "b2", intensity: 8 }],
  );
  assert.deepEqual([...exposure.intensity], [7, NaN, 7]);
  assert.deepEqual([...exposure.matchedShare], [1, 0, 0.5]);
  assert.deepEqual(exposure.mapping.partly, ["850511"]);
  assert.deepEqual(exposure.mapping.withoutConcordance, ["020110"]);
});

Deno.test(
  "with intensities of exporters' own the restricting country is left out",
  withFolder(async (dir) => {
    const world = simulateBaci(dir, { ...WORLD, years: [2009, 2011] });
    const baci = await openBaci(dir, [2009, 2011]);
    const panel = await codeInMemory(baci);
    // Exporters' own intensities differ from the common one by a factor that does not vary over products.
    const own = panel.exporters.flatMap((exporter, e) =>
      world.intensities.map(({ industry, intensity }) => ({
        industry,
        exporter,
        intensity: intensity * (1 + e),
      }))
    );
    const exposure = productExposure(
      panel.products,
      baci.hs,
      readProductConcordance(world.concordance),
      own,
    );
    const study = productEventStudy(panel, exposure);
    const china = panel.exporters.indexOf("CHN");
    const flows = panel.exporterYear.filter((code) => Math.floor(code / 2) === china).length;
    assert.equal(study.coverage.leftOut.rows, flows);
    assert.ok(Number.isFinite(study.fit.se("year::2011:exposure")));
  }),
);

Deno.test(
  "a common intensity without the restricting country is an error, as nothing remains to compare",
  withFolder(async (dir) => {
    const world = simulateBaci(dir, { ...WORLD, years: [2009, 2011] });
    const baci = await openBaci(dir, [2009, 2011]);
    const panel = await codeInMemory(baci);
    const exposure = exposureOf(world, baci);
    assert.throws(() => productEventStudy(panel, exposure, { restricting: "XXX" }), /XXX/);
    assert.throws(() => productEventStudy(panel, exposure, { reference: 2010 }), /no year 2010/);
  }),
);

Deno.test(
  "a faulty concordance is an error with line and column",
  withFolder((dir) => {
    const path = `${dir}/c.csv`;
    const read = (text: string) => () => {
      Deno.writeTextFileSync(path, text);
      return readProductConcordance(path);
    };
    const good = read("hs6,industry,share\n10121,a,0.4\n10121,b,0.6\n")();
    assert.deepEqual(good.links[0], { from: "010121", to: "a", weight: 0.4 });
    assert.deepEqual([good.hs, good.divided], [null, ["010121"]]);
    assert.equal(
      read("hs6,industry,share\n010121,a,0.333\n010121,b,0.333\n010121,c,0.333\n")().links.length,
      3,
    );
    assert.throws(
      read("hs,hs6,industry,share\nHS07,010121,a,1\nHS12,010122,a,1\n"),
      /row 3, column hs/,
    );
    assert.throws(read("hs6,industry,weight\n010121,a,1\n"), /row 1, column share/);
    assert.throws(read("hs6,industry,share\n010121,a,0.4\n"), /010121.*sum to 0\.4/);
    assert.throws(read("hs6,industry,share\n0101,a,1\n"), /row 2, column hs6/);
    assert.throws(read("hs6,industry,share\n010121,a,0.5\n010121,a,0.5\n"), /row 3/);
    assert.throws(read("hs6,industry,share\n010121,a,40%\n"), /column share/);
  }),
);
