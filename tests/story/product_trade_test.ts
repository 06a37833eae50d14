import { productEventStudy, simulateCorrelation, simulatedSource } from "@ree/products";
import * as story from "@ree/story";
import assert from "node:assert/strict";

const ROUNDING = 1e-9;

const WORLD = {
  seed: 2,
  countries: 8,
  products: 60,
  industries: 15,
  years: [2008, 2009, 2010, 2011],
  rowsPerYear: 1500,
  effect: 0.3,
};

Deno.test("the steps from the files to the estimate add up in rows and in value", async () => {
  const whole = await simulatedSource(WORLD);
  const correlation = simulateCorrelation(whole.panel.products, 1);
  const converted = await simulatedSource(WORLD, {
    conversion: { hs: "HS12", correlation },
    importers: whole.panel.importers.slice(2),
  });
  for (const source of [whole, converted]) {
    for (const coefficients of ["event", "difference"] as const) {
      const steps = story.flowSteps(
        productEventStudy(source.panel, source.exposure, { coefficients }),
      );
      const last = steps[steps.length - 1];
      assert.equal(last.step, "in the estimate");
      for (const key of ["rows", "value", "share"] as const) {
        const sum = steps.slice(0, -1).reduce((total, step) => total + step[key], 0);
        assert.ok(Math.abs(sum - last[key]) <= ROUNDING * steps[0][key], `${key}: ${sum}`);
      }
      assert.ok(Math.abs(steps[0].share - 100) < ROUNDING);
    }
  }
  const relations = story.relationRows(converted.panel.coverage);
  assert.ok(Math.abs(relations.reduce((sum, { share }) => sum + share, 0) - 100) < ROUNDING);
  assert.deepEqual(story.relationRows(whole.panel.coverage), []);
  const names = story.flowSteps(productEventStudy(converted.panel, converted.exposure));
  assert.ok(names.some(({ step }) => step === "no code in the wanted revision"));
});

Deno.test("the finding says SIMULATED, the change and how many intervals hold the truth", async () => {
  const source = await simulatedSource(WORLD);
  const study = productEventStudy(source.panel, source.exposure);
  const rows = story.truthRows(study.events!, source.truth!);
  assert.deepEqual(rows.map(({ year }) => year), [2008, 2010, 2011]);
  assert.ok(Math.abs(rows[2].truth - 100 * (Math.exp(0.3) - 1)) < ROUNDING);
  const held = rows.filter(({ holds }) => holds).length;
  const finding = story.productFinding(study, study.events!, source.truth);
  assert.match(
    finding,
    new RegExp(`^SIMULATED: .*the true effect lies in ${held} of 3 intervals$`),
  );
  const real = story.productFinding({ ...study, simulated: false }, study.events!, null);
  assert.ok(!real.includes("SIMULATED") && !real.includes("true"));
  assert.throws(() => story.truthRows(study.events!, new Map([[2008, 0]])), /true effect of 2010/);
});

Deno.test("unmatched products are listed with their value, mapping counts products once", async () => {
  const source = await simulatedSource({ ...WORLD, unmatched: 0.2 });
  const study = productEventStudy(source.panel, source.exposure);
  const listed = story.unmatchedRows(study);
  const { mapping } = source.exposure;
  assert.equal(listed.length, Math.min(20, mapping.withoutConcordance.length));
  assert.ok(listed.every(({ value }, k) => k === 0 || value <= listed[k - 1].value));
  const [all, known] = story.mappingRows(mapping);
  assert.equal(all.count - known.count, mapping.withoutConcordance.length);
  assert.match(story.unmatchedReading(study), /^SIMULATED: [\d.]+ % of the value/);
});

Deno.test("a Monte Carlo is told as it is: bias, small standard errors and misses", () => {
  const effects = (error: (k: number) => number, se: number) =>
    Array.from({ length: 20 }, (_, k) => {
      const estimate = 0.2 + error(k);
      const [low, high] = [estimate - 2 * se, estimate + 2 * se];
      return { seed: k, estimate, standardError: se, low, high, truth: 0.2 };
    });
  const swing = (k: number) => k % 2 === 0 ? 0.05 : -0.05;
  const fair = story.recoverySummary("published", effects(swing, 0.05));
  assert.ok(Math.abs(fair.mean) < ROUNDING && fair.coverage === 100);
  assert.match(story.recoveryReading(fair), /no bias is seen, standard errors agree/);
  const off = story.recoverySummary("converted", effects((k) => 0.1 + swing(k), 0.02));
  assert.ok(Math.abs(off.mean - 10) < ROUNDING);
  assert.match(story.recoveryReading(off), /too high on average, standard errors are too small/);
  const rows = story.recoveryRows(effects(swing, 0.02));
  assert.deepEqual([rows[0].estimate, rows[19].estimate], [-5, 5]);
  assert.equal(
    story.recoveryFinding(effects(swing, 0.02)),
    "SIMULATED: in 0 of 20 worlds the 95 % interval holds the true effect",
  );
});
