import { estimateElasticities } from "@ree/elasticity";
import { randomStream } from "@ree/numeric";
import * as story from "@ree/story";
import assert from "node:assert/strict";

const ROUNDING = 1e-9;
const random = randomStream(4);

/** 8 industries × 10 years of invented patents. */
const rows = Array.from({ length: 80 }, (_, k) => ({
  sector: `industry ${k % 8}`,
  year: 2007 + Math.floor(k / 8),
  patents_element: random.integer(12),
  patents_other: 20 + random.integer(30),
  log_relative_price: random.normal(),
  instrument: random.normal(),
  true_sigma: 0.6,
  origin: "SIMULATED",
}));
const options = {
  design: "counts",
  psi: 0.5,
  yearEffects: true,
  pooling: "empirical-bayes",
} as const;

Deno.test("slopes have the sign that tells complements from substitutes, and the title counts the curves", () => {
  const curves = story.slopeCurves([0.25, 1], 0, 3);
  assert.ok(curves.every(({ x, group }) => Number(group.split("= ")[1]) * (x - 1) < 1));
  assert.match(story.signFinding(curves), /in all 4 curves/);
  assert.match(
    story.signFinding(curves.map((row) => ({ ...row, y: -row.y }))),
    /fails to tell σ in/,
  );
});

Deno.test("an index is 100 on average over the base years, and its median lies in its span", () => {
  const same = rows.map((row) => ({ ...row, log_relative_price: row.year - 2008 }));
  const index = story.indexSpread(same, (row) => Number(row.log_relative_price), {
    panel: "p",
    group: "g",
  });
  assert.ok(Math.abs(index[1].value - 100) < ROUNDING);
  assert.ok(Math.abs(index[2].value - 100 * Math.E) < 1e-6);
  assert.ok(index.every(({ value, lower, upper }) => lower <= value && value <= upper));
});

Deno.test("movement shared by all sectors is all of it, and none of it when sectors offset each other", () => {
  const price = (row: story.PanelRow) => Number(row.log_relative_price);
  const common = rows.map((row) => ({ ...row, log_relative_price: Math.sin(row.year) }));
  assert.ok(Math.abs(story.commonShare(common, price) - 1) < ROUNDING);
  const offset = common.map((row, k) => ({
    ...row,
    log_relative_price: (k % 2 ? 1 : -1) * row.log_relative_price,
  }));
  assert.ok(story.commonShare(offset, price) < ROUNDING);
});

Deno.test("facts of a panel are its sums", () => {
  const facts = story.panelFacts(rows);
  assert.equal(facts.element, rows.reduce((sum, row) => sum + row.patents_element, 0));
  assert.equal(facts.sectors, 8);
  assert.equal(facts.years, "2007 to 2016");
  assert.equal(facts.origin, "SIMULATED");
});

Deno.test("the caterpillar is in order of shrunken σ, and its title counts what the rows hold", () => {
  const fit = estimateElasticities(
    Object.fromEntries(
      Object.keys(rows[0]).map((name) => [name, rows.map((row) => row[name as keyof typeof row])]),
    ),
    options,
  );
  const bars = story.caterpillarRows(fit, story.trueSigma(rows));
  bars.slice(1).forEach((row, k) => assert.ok(row.central >= bars[k].central));
  const held = bars.filter(({ lower, upper }) => lower <= 0.6 && 0.6 <= upper).length;
  assert.match(
    story.caterpillarFinding(bars, fit.pooled!),
    new RegExp(`hold ${held} of ${bars.length} true values`),
  );
  const [step] = story.sigmaSteps(story.sectorRow(fit, "industry 1"), options.psi);
  assert.equal(step.value, fit.sectors.find(({ sector }) => sector === "industry 1")!.slope);
  assert.throws(() => story.sectorRow(fit, "none"), /sector none has no slope: not in the panel/);
});

Deno.test("choices change one thing each, and one that cannot be estimated says why", () => {
  const choices = story.estimationChoices(rows, options);
  assert.equal(choices.filter(({ central }) => central).length, 1);
  assert.ok(choices.every(({ label }) => label !== "nominal element price"), "no such industries");
  const bare = rows.map(({ instrument: _, ...row }) => row);
  assert.ok(
    story.estimationChoices(bare, options).every(({ options }) => options.instrument === undefined),
  );
  assert.deepEqual(story.instrumentedFits(bare, options), []);
  assert.match(story.instrumentFinding([]), /no column `instrument`/);
  assert.equal(story.instrumentedFits(rows, options).length, 2);
  assert.equal(new Set(choices.map(({ topic, label }) => topic + label)).size, choices.length);
  const constant = rows.map((row) => ({ ...row, log_relative_price: 1 }));
  const failed = story.runChoice({ topic: "Price", label: "constant", rows: constant, options });
  assert.equal(failed.mean, null);
  assert.match(story.choicesWithout([failed]), /constant relative price/);
});

Deno.test("prices of other rows replace those of a panel, or the missing one is named", () => {
  const others = rows.map((row) => ({ ...row, log_relative_price: 7 }));
  assert.ok(story.withPrices(rows, others).every((row) => row.log_relative_price === 7));
  assert.throws(
    () => story.withPrices(rows, others.slice(1)),
    /no price of industry 0, 2007/,
  );
});

Deno.test("shuffled years give a p value that counts the estimate itself", () => {
  const found = story.shuffleYears(rows, options, { draws: 9, seed: 1, estimate: 1 });
  assert.equal(found.pvalue, 1);
  assert.deepEqual(found.means, [...found.means].sort((a, b) => a - b));
});

Deno.test("the short-run slope of exact data is that slope, and technology at rest stays", () => {
  const use = [0, 1, 2, 3, 4].map((t) => {
    const price = Math.sin(3 * t);
    return {
      series: "made up",
      year: 2007 + t,
      tonnes: 1,
      logRelativePrice: price,
      logRelativeQuantity: -0.4 * price,
      logRelativeSpending: 0.6 * price,
    };
  });
  const [slope] = story.shortRunSlopes(use);
  assert.ok(Math.abs(slope.sigma - 0.4) < ROUNDING);
  assert.equal(slope.changes, 4);
  const paths = story.technologyPaths(use, [0.4]);
  assert.ok(paths.every(({ value }) => Math.abs(value) < ROUNDING));
  assert.match(story.technologyFinding(paths), /0\.0 at σ = 0\.4/);
});

Deno.test("the bias title tells instrumented from not instrumented", async () => {
  const studies = story.monteCarloStudies({ years: [8], zeros: [], endogeneity: [0.7] });
  const runs = await story.runStudies(studies, { replications: 4, seed: 1, workers: 0 });
  assert.equal(story.biasRows(runs).length, 3);
  const worst = runs.find(({ study }) =>
    study.label.includes("0.7") && !study.estimation.instrument
  )!;
  const text = Math.abs(worst.result.summary.bias).toFixed(2);
  assert.match(story.biasFinding(runs), new RegExp(`${text} with an endogenous one`));
});
