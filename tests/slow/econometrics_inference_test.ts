import assert from "node:assert/strict";
import { randomStream } from "@ree/numeric";
import {
  feols,
  permuteShocks,
  shiftShareInference,
  shockLevelRegression,
  wildBootstrap,
} from "@ree/econometrics";
import { normals } from "../econometrics/designs.ts";
import { exposedPanel } from "../econometrics/shift_share_designs.ts";

/** Size a 5 % test may have. */
const [LEAST, MOST] = [0.04, 0.06];

/** Shares of samples in which tests of a true null reject at 5 %, by test. */
function sizes(samples: number, pvalues: (sample: number) => Record<string, number>) {
  const rejected: Record<string, number> = {};
  for (let sample = 0; sample < samples; sample++) {
    for (const [test, pvalue] of Object.entries(pvalues(sample))) {
      rejected[test] = (rejected[test] ?? 0) + (pvalue <= 0.05 ? 1 : 0);
    }
  }
  for (const test of Object.keys(rejected)) rejected[test] /= samples;
  const percent = Object.entries(rejected).map(([test, size]) =>
    `${test} ${(100 * size).toFixed(2)} %`
  );
  console.log(`rejections of a true null in ${samples} samples: ${percent.join(", ")}`);
  return rejected;
}

function assertNominal(size: number, test: string) {
  assert.ok(size >= LEAST && size <= MOST, `${test} rejects ${100 * size} % instead of 4-6 %`);
}

/** Clusters of three units over six years; regressor and residual move together within clusters. */
function clusteredPanel(seed: number, clusters: number) {
  const random = randomStream(seed);
  const [units, years] = [3, 6];
  const rows = clusters * units * years;
  const columns = {
    cluster: new Int32Array(rows),
    unit: new Int32Array(rows),
    year: new Int32Array(rows),
    x: new Float64Array(rows),
    y: new Float64Array(rows),
  };
  for (let g = 0, i = 0; g < clusters; g++) {
    const [common, hidden] = [normals(random, years), normals(random, years)];
    for (let u = 0; u < units; u++) {
      for (let t = 0; t < years; t++, i++) {
        columns.cluster[i] = g;
        columns.unit[i] = g * units + u;
        columns.year[i] = t;
        columns.x[i] = common[t] + random.normal();
        columns.y[i] = hidden[t] + random.normal();
      }
    }
  }
  return columns;
}

Deno.test("clustered standard errors with 100 clusters reject 4 to 6 % of true nulls", () => {
  const { clustered, robust } = sizes(12000, (sample) => {
    const data = clusteredPanel(sample, 100);
    const fit = feols("y ~ x | unit + year", data, { vcov: { cluster: "cluster" } });
    return { clustered: fit.pvalue("x"), robust: fit.withVcov("HC1").pvalue("x") };
  });
  assertNominal(clustered, "CR1 with 100 clusters");
  assert.ok(robust > 0.08, "the design must defeat errors that ignore the clusters");
});

for (const clusters of [8, 10, 12]) {
  Deno.test(`the wild bootstrap with ${clusters} clusters rejects 4 to 6 % of true nulls`, () => {
    const { bootstrap, webb } = sizes(4000, (sample) => {
      const data = clusteredPanel(sample, clusters);
      const fit = feols("y ~ x | unit + year", data, { vcov: { cluster: "cluster" } });
      const options = { param: "x", level: 0.95 };
      return {
        clustered: fit.pvalue("x"),
        bootstrap: wildBootstrap(fit, options).pvalue,
        webb: wildBootstrap(fit, { ...options, weights: "webb", draws: 999, seed: sample }).pvalue,
      };
    });
    assertNominal(bootstrap, `the wild bootstrap with ${clusters} clusters`);
    assertNominal(webb, `Webb's weights with ${clusters} clusters`);
  });
}

Deno.test("AKM and AKM0 with 200 shocks reject 4 to 6 % of true nulls, robust errors far more", () => {
  const { akm, akm0, robust } = sizes(3000, (sample) => {
    const panel = exposedPanel(randomStream(sample), 1000, 200, 1, {
      touched: 8,
      concentration: 1,
    });
    const fit = feols("y ~ s", panel.columns, { vcov: "HC1" });
    const result = shiftShareInference(fit, { regressor: "s", shares: panel.shares });
    return { akm: result.akm.pvalue, akm0: result.akm0.pvalue, robust: fit.pvalue("s") };
  });
  assertNominal(akm, "AKM with 200 shocks");
  assertNominal(akm0, "AKM0 with 200 shocks");
  assert.ok(robust > 0.15);
});

Deno.test("with ten persistent elements permutation has its size, AKM and clusters by unit do not", () => {
  const { permutation, akm, unit } = sizes(4000, (sample) => {
    const panel = exposedPanel(randomStream(sample), 35, 10, 12, { persistence: 0.7 });
    const fit = feols("y ~ s | unit + year", panel.columns, { vcov: { cluster: "unit" } });
    const { shares, shocks } = panel;
    const spec = { regressor: "s", shares, shocks, period: "year" };
    const result = shiftShareInference(fit, spec);
    return {
      permutation: permuteShocks(fit, { ...spec, draws: 399, seed: sample, invert: false }).pvalue,
      unit: fit.pvalue("s"),
      akm: result.akm.pvalue,
      akm0: result.akm0.pvalue,
      "shock level": shockLevelRegression(fit, spec).pvalue,
    };
  });
  assertNominal(permutation, "permutation of ten elements");
  // The weakness the notes of shiftShareInference warn of.
  assert.ok(akm > 0.08, `AKM with ten elements rejects ${akm}`);
  assert.ok(unit > 0.15, `clusters by unit reject ${unit}`);
});

Deno.test("intervals by inversion of the permutation test cover the true effect 95 times in 100", () => {
  const { missed } = sizes(600, (sample) => {
    const panel = exposedPanel(randomStream(sample), 35, 10, 12, { persistence: 0.7, effect: 0.8 });
    const fit = feols("y ~ s | unit + year", panel.columns);
    const { shares, shocks } = panel;
    const spec = { regressor: "s", shares, shocks, period: "year", draws: 199, seed: sample };
    const { intervals } = permuteShocks(fit, spec).confidenceSet!;
    return { missed: intervals.some(([low, high]) => low <= 0.8 && 0.8 <= high) ? 1 : 0 };
  });
  // Three standard errors over 600 samples.
  assert.ok(Math.abs(missed - 0.05) < 3 * Math.sqrt(0.05 * 0.95 / 600), `${missed}`);
});
