import assert from "node:assert/strict";
import { randomStream } from "@ree/numeric";
import { feols } from "@ree/econometrics";
import { crossedDesign, denseLeastSquares, dummies, normals } from "./designs.ts";
import { assertRelative } from "./reference.ts";

const COEFFICIENT = 1e-8;
/** Statistics are ratios of differences of sums of squares: some digits go. */
const STATISTIC = 1e-7;

/** One or two endogenous variables with instruments of the given strength. */
function ivData(seed: number, strength: number, rows = 400) {
  const { columns } = crossedDesign(seed, rows, [12, 6, 20]);
  const random = randomStream(seed + 1000);
  const [z1, z2, z3] = [0, 1, 2].map(() => normals(random, rows));
  const hidden = normals(random, rows);
  const e1 = hidden.map((u, i) => u + strength * (z1[i] + 0.5 * z2[i]) + random.normal());
  const e2 = hidden.map((u, i) => -0.5 * u + strength * (z3[i] - z2[i]) + random.normal());
  const y = Float64Array.from(
    columns.y,
    (value, i) => value + 0.5 * e1[i] + 0.2 * e2[i] + hidden[i],
  );
  return { ...columns, y, e1, e2, z1, z2, z3 };
}

function project(y: Float64Array, columns: Float64Array[], weights?: ArrayLike<number>) {
  const { residuals } = denseLeastSquares(y, columns, weights);
  return y.map((value, i) => value - residuals[i]);
}

Deno.test("2SLS with effects and weights equals two dense regressions, printed in fixest's order", () => {
  const data = ivData(1, 0.8);
  const fit = feols("y ~ x1 | g1 + g2 | e1 + e2 ~ z1 + z2 + z3", data, {
    weights: "weight",
    vcov: "iid",
    fixefRm: "none",
  });
  assert.deepEqual(fit.coefNames, ["fit_e1", "fit_e2", "x1"]);
  const exogenous = [data.x1, ...dummies([data.g1, data.g2])];
  const first = [data.z1, data.z2, data.z3, ...exogenous];
  const second = [
    project(data.e1, first, data.weight),
    project(data.e2, first, data.weight),
    ...exogenous,
  ];
  const dense = denseLeastSquares(data.y, second, data.weight);
  let square = 0;
  const actual = [data.e1, data.e2, ...exogenous];
  for (let i = 0; i < data.y.length; i++) {
    let residual = data.y[i];
    actual.forEach((column, j) => residual -= dense.coefficients[j] * column[i]);
    square += data.weight[i] * residual * residual;
  }
  const k = second.length;
  ["e1", "e2", "x1"].forEach((name, j) => {
    assertRelative(fit.coef(name), dense.coefficients[j], COEFFICIENT, name);
    const se = Math.sqrt(dense.inverse[j * k + j] * square / (400 - k));
    assertRelative(fit.se(name), se, STATISTIC, `se ${name}`);
  });
});

Deno.test("first-stage and Wu-Hausman statistics equal their definitions on dense regressions", () => {
  const data = ivData(2, 0.5);
  const fit = feols("y ~ x1 | g1 | e1 ~ z1 + z2", data, { vcov: "iid", fixefRm: "none" });
  const iv = fit.iv!;
  const exogenous = [data.x1, ...dummies([data.g1])];
  const sumOfSquares = (y: Float64Array, columns: Float64Array[]) =>
    denseLeastSquares(y, columns).residuals.reduce((sum, e) => sum + e * e, 0);
  const long = sumOfSquares(data.e1, [data.z1, data.z2, ...exogenous]);
  const short = sumOfSquares(data.e1, exogenous);
  const degrees = 400 - 2 - exogenous.length;
  const f = (short - long) / 2 / (long / degrees);
  assertRelative(iv.firstStages[0].f.statistic, f, STATISTIC, "first-stage F");
  // With iid errors and one endogenous variable the rank statistics are the F statistic.
  assertRelative(iv.craggDonaldF, f, STATISTIC, "Cragg-Donald");
  assertRelative(iv.kleibergenPaapF, f, STATISTIC, "Kleibergen-Paap");
  assertRelative(iv.effectiveF!.statistic, f, STATISTIC, "effective F");
  const residuals = denseLeastSquares(data.e1, [data.z1, data.z2, ...exogenous]).residuals;
  const plain = sumOfSquares(data.y, [data.e1, ...exogenous]);
  const augmented = sumOfSquares(data.y, [data.e1, residuals, ...exogenous]);
  const hausman = (plain - augmented) / (augmented / (400 - 2 - exogenous.length));
  assertRelative(iv.wuHausman.statistic, hausman, STATISTIC, "Wu-Hausman");
  const structural = fit.residuals;
  const explained = 1 - sumOfSquares(structural, [data.z1, data.z2, ...exogenous]) /
      structural.reduce((sum, e) => sum + e * e, 0);
  assertRelative(iv.sargan!.statistic, 400 * explained, STATISTIC, "Sargan");
  assert.equal(iv.hansenJ, undefined);
});

Deno.test("under clusters one instrument makes all robust first-stage statistics one", () => {
  const fit = feols("y ~ x1 | g1 | e1 ~ z1", ivData(3, 0.4), { vcov: { cluster: "g3" } });
  const first = feols("e1 ~ x1 + z1 | g1", ivData(3, 0.4), { vcov: { cluster: "g3" } });
  const square = first.tstat("z1") ** 2;
  assertRelative(fit.iv!.firstStages[0].wald.statistic, square, STATISTIC, "Wald");
  assertRelative(fit.iv!.kleibergenPaapF, square, STATISTIC, "Kleibergen-Paap");
  assertRelative(fit.iv!.effectiveF!.statistic, square, STATISTIC, "effective F");
  // Montiel Olea and Pflueger (2013), table 1: 23.1 for one instrument and 10 % bias.
  assertRelative(fit.iv!.effectiveF!.criticalValue, 23.1085, 1e-5, "critical value");
});

Deno.test("two endogenous variables: the rank statistic under iid errors is Cragg and Donald's", () => {
  const fit = feols("y ~ x1 | g1 | e1 + e2 ~ z1 + z2 + z3", ivData(4, 0.3), { vcov: "iid" });
  assertRelative(fit.iv!.kleibergenPaapF, fit.iv!.craggDonaldF, STATISTIC, "F");
  assert.equal(fit.iv!.kleibergenPaap.degrees, 2);
  assert.equal(fit.iv!.andersonRubin, undefined);
});

Deno.test("the rank statistic does not depend on the scale or mix of instruments", () => {
  const data = ivData(5, 0.3);
  const mixed = {
    ...data,
    m1: data.z1.map((value, i) => 100 * value + data.z2[i]),
    m2: data.z2.map((value, i) => value - 0.01 * data.z3[i]),
    m3: data.z3.map((value, i) => value + data.z1[i]),
    d1: data.e1.map((value) => 1000 * value),
  };
  const vcov = { cluster: "g3" };
  const a = feols("y ~ x1 | g1 | e1 + e2 ~ z1 + z2 + z3", mixed, { vcov }).iv!;
  const b = feols("y ~ x1 | g1 | d1 + e2 ~ m1 + m2 + m3", mixed, { vcov }).iv!;
  assertRelative(a.kleibergenPaapF, b.kleibergenPaapF, STATISTIC, "Kleibergen-Paap");
  assertRelative(a.hansenJ!.statistic, b.hansenJ!.statistic, STATISTIC, "Hansen J");
  assertRelative(a.sargan!.statistic, b.sargan!.statistic, STATISTIC, "Sargan");
});

Deno.test("Anderson-Rubin sets end where the test has p-value 1 − level, also under clusters", () => {
  const data = ivData(6, 0.6);
  for (const vcov of ["iid", "HC1", { cluster: "g3" }] as const) {
    for (const instruments of ["z1", "z1 + z2"]) {
      const fit = feols(`y ~ x1 | g1 | e1 ~ ${instruments}`, data, { vcov });
      const ar = fit.iv!.andersonRubin!;
      const set = ar.confidenceSet(0.9);
      assert.equal(set.shape, "interval");
      for (const bound of set.intervals[0]) {
        assert.ok(Math.abs(ar.test(bound).pvalue - 0.1) < 1e-6, `${bound}`);
      }
      // The test itself is the joint test of the instruments in y − x·β.
      const moved = { ...data, left: data.y.map((value, i) => value - 0.3 * data.e1[i]) };
      const reduced = feols(`left ~ x1 + ${instruments} | g1`, moved, { vcov });
      if (instruments === "z1") {
        assertRelative(ar.test(0.3).statistic, reduced.tstat("z1") ** 2, STATISTIC, "AR");
      }
    }
  }
});

Deno.test("Anderson-Rubin sets say when they are unbounded or empty", () => {
  const irrelevant = ivData(7, 0);
  const wide = feols("y ~ x1 | e1 ~ z1", irrelevant, { vcov: "iid" }).iv!.andersonRubin!;
  const { shape, statement } = wide.confidenceSet();
  assert.ok(["whole line", "two rays"].includes(shape), shape);
  assert.match(statement, /whole line|unbounded/);
  const invalid = ivData(8, 2);
  const y = invalid.y.map((value, i) => value + 5 * invalid.z2[i]);
  const wrong = feols("y ~ x1 | e1 ~ z1 + z2", { ...invalid, y }, { vcov: "iid" });
  const empty = wrong.iv!.andersonRubin!.confidenceSet();
  assert.equal(empty.shape, "empty");
  assert.deepEqual(empty.intervals, []);
  assert.match(empty.statement, /empty \(the model is rejected at every value\)/);
});

Deno.test("a repeated instrument is dropped by name, and too few left are refused", () => {
  const data = ivData(9, 1);
  const twice = data.z1.map((value) => 2 * value);
  const fit = feols("y ~ x1 | e1 ~ z1 + twice", { ...data, twice });
  assert.deepEqual(fit.report.collinear, ["twice"]);
  assert.throws(
    () => feols("y ~ x1 | e1 + e2 ~ z1 + twice", { ...data, twice }),
    /after dropping collinear ones \(twice\) 1 are left/,
  );
});
