import assert from "node:assert/strict";
import {
  eventFit,
  exposureDraws,
  instrumentedEffect,
  leaveOneOut,
  mostExposed,
  placeboEvents,
  QUOTA_CUT,
  runSpecifications,
  standardDeviationOverUnits,
} from "@ree/event-study";
import { simulatedPanel } from "./simulated_panel.ts";

/** Estimates lie within this many standard errors of the truth: seeds are fixed, so this is no lottery. */
const STANDARD_ERRORS = 3.5;

for (const estimator of ["ols", "poisson"] as const) {
  Deno.test(`${estimator}: the specifications recover a known effect abroad`, () => {
    const panel = simulatedPanel(estimator, { effect: 0.1, chinaEffect: -0.2 });
    const results = new Map(runSpecifications(panel, QUOTA_CUT).map((row) => [row.key, row]));
    for (const key of ["baseline", "direct", "interaction", "size", "trends", "without largest"]) {
      const row = results.get(key)!;
      if (key !== "without largest") assert.ok(row.estimate > 0.05, `${key}: ${row.estimate}`);
      assert.ok(
        Math.abs(row.estimate - 0.1) < STANDARD_ERRORS * row.se + 0.01,
        `${key}: ${row.estimate} (${row.se})`,
      );
      assert.equal(row.clusters, key === "without largest" ? 29 : 30, key);
    }
    // Direct intensity is half the total one everywhere: per standard deviation nothing changes.
    assert.ok(Math.abs(results.get("direct")!.estimate - results.get("baseline")!.estimate) < 1e-6);
    assert.ok(results.get("china")!.estimate < results.get("baseline")!.estimate - 0.02);
    assert.ok(!results.has("own"));
  });
}

Deno.test("event coefficients are near zero before and at the effect after", () => {
  const fit = eventFit(simulatedPanel("ols", { effect: 0.1 }), QUOTA_CUT);
  assert.equal(fit.coefNames.length, 20);
  for (const year of [1998, 2003, 2008]) {
    assert.ok(
      Math.abs(fit.coef(`year::${year}:total`)) < STANDARD_ERRORS * fit.se(`year::${year}:total`),
    );
  }
  for (const year of [2011, 2018]) {
    const name = `year::${year}:total`;
    assert.ok(Math.abs(fit.coef(name) - 0.1) < STANDARD_ERRORS * fit.se(name));
  }
});

Deno.test("placebo events find nothing, and their samples end before the event", () => {
  const panel = simulatedPanel("ols", { effect: 0.5 });
  const rows = placeboEvents(panel, QUOTA_CUT, [2002, 2004, 2006]);
  for (const { estimate, se, nobs } of rows) {
    assert.ok(Math.abs(estimate) < STANDARD_ERRORS * se);
    assert.equal(nobs, 30 * 3 * 11); // 1998-2009 without the placebo year, three economies
  }
});

Deno.test("leaving units out one at a time gives one estimate each", () => {
  const rows = leaveOneOut(simulatedPanel("ols", { effect: 0.1 }), QUOTA_CUT);
  assert.equal(rows.length, 30);
  assert.ok(
    rows.every(({ estimate, clusters }) => Math.abs(estimate - 0.1) < 0.03 && clusters === 29),
  );
});

Deno.test("the exposure itself as a draw gives the baseline, noise as a draw little", () => {
  const panel = simulatedPanel("ols", { effect: 0.1 });
  const own = new Map(panel.unit.map((unit, row) => [unit, panel.exposures.total[row]]));
  const reversed = new Map(
    [...own.keys()].map((unit, k, units) => [unit, own.get(units[units.length - 1 - k])!]),
  );
  const [same, other] = exposureDraws(panel, QUOTA_CUT, [own, reversed]);
  const [baseline] = runSpecifications(panel, QUOTA_CUT);
  assert.ok(Math.abs(same - baseline.estimate) < 1e-9);
  assert.ok(other < 0.05);
  assert.throws(() => exposureDraws(panel, QUOTA_CUT, [new Map()]), /no exposure of unit 0/);
});

Deno.test("the quota instrument removes the bias that demand puts into prices", () => {
  const panel = simulatedPanel("ols", { priceEffect: 0.01, noise: 0.02 });
  const { firstStage, ols, iv } = instrumentedEffect(panel);
  assert.ok(firstStage.tstat("quota_shift") > 5);
  const scale = deviation(panel);
  const truth = 0.01 * scale;
  const coefficient = iv.coefNames.find((name) => name.includes("price_shift"))!;
  assert.ok(Math.abs(iv.coef(coefficient) - truth) < STANDARD_ERRORS * iv.se(coefficient));
  assert.ok(
    ols.coef("price_shift") > iv.coef(coefficient),
    "least squares is biased upwards by demand",
  );
});

Deno.test("the most exposed unit is found, and equal exposure is refused", () => {
  const panel = simulatedPanel("ols", {});
  const row = panel.unit.indexOf(mostExposed(panel));
  assert.equal(panel.exposures.total[row], Math.max(...panel.exposures.total));
  assert.throws(
    () => standardDeviationOverUnits(panel, panel.unit.map(() => 3)),
    /every unit is equally exposed/,
  );
});

/** Standard deviation of the price shift over the rows that the instrumented regression uses. */
function deviation(panel: ReturnType<typeof simulatedPanel>): number {
  const values = panel.priceShift.filter((_, row) =>
    panel.economy![row] !== "CHN" && panel.year[row] >= 2007
  );
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(
    values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1),
  );
}
