import assert from "node:assert/strict";
import { fepois } from "@ree/econometrics";
import { crossedDesign, denseLeastSquares, dummies } from "./designs.ts";
import {
  assertPrinted,
  assertRelative,
  expectedFromR,
  referenceFrame,
  referenceTest,
} from "./reference.ts";

/** Required agreement with R. */
const COEFFICIENT = 1e-8;
const STANDARD_ERROR = 1e-6;
const UNADJUSTED = { adj: false, "cluster.adj": false } as const;

referenceTest("gravity by PPML equals R's glm with dummies and prints as fixest's", () => {
  const expected = expectedFromR().trade_ppml;
  const trade = referenceFrame("fixest/trade.csv");
  const fit = fepois("Euros ~ log(dist_km) | Origin + Destination + Product + Year", trade);
  assertRelative(fit.coef("log(dist_km)"), expected.coef, COEFFICIENT, "coef");
  assertRelative(fit.deviance, expected.deviance, COEFFICIENT, "deviance");
  const origin = fit.withVcov({ cluster: "Origin" }, UNADJUSTED).se("log(dist_km)");
  assertRelative(origin, expected.se_origin_CR0, STANDARD_ERROR, "CR0");
  const adjusted = fit.withVcov({ cluster: "Origin" }, { adj: false }).se("log(dist_km)");
  assertRelative(adjusted, expected.se_origin_G, STANDARD_ERROR, "G/(G − 1)");
  const both = fit.withVcov("twoway", UNADJUSTED).se("log(dist_km)");
  assertRelative(both, expected.se_2way_CR0, STANDARD_ERROR, "two-way");
  assertPrinted(fit.se("log(dist_km)"), "0.115678", "se");
  assertPrinted(fit.withVcov("twoway").se("log(dist_km)"), "0.130734", "two-way");
  assertPrinted(fit.withVcov({ cluster: "Product" }).se("log(dist_km)"), "0.098294", "Product");
  assertPrinted(fit.adjPseudoR2!, "0.764032", "adj. pseudo R²");
  assertPrinted(fit.squaredCor!, "0.612021", "squared correlation");
  assertPrinted(fit.logLik, "-7.025e11", "log-likelihood");
  assertPrinted(fit.bic, "1.405e12", "BIC");
});

const SEPARATION_CASES: readonly [string, string][] = [
  ["01", "y ~ x1 + x2 | id1 + id2"],
  ["03", "y ~ 1 | id1 + id2 + id3"],
  ["05", "y ~ x1 + x2 + x3 + x4"],
  ["09", "y ~ x1 + x2 + x3"],
  ["11", "y ~ x1"],
  ["13", "y ~ 1 | id1 + id2"],
  ["15", "y ~ x1 + x2 + x3"],
  ["17", "y ~ x1 + x2 + x3"],
];
for (const [file, formula] of SEPARATION_CASES) {
  referenceTest(
    `ppmlhdfe's separation case ${file}: exactly the separated rows are removed`,
    () => {
      const data = referenceFrame(`ppml_separation/${file}.csv`);
      const separated = data.getColumn("separated").toArray() as number[];
      const expected = separated.flatMap((is, row) => is ? [row] : []);
      const fit = fepois(formula, data, { vcov: "iid", fixefRm: "none" });
      assert.deepEqual(fit.report.dropped.separated, expected);
    },
  );
}

Deno.test("groups of zeros are removed and reported before anything else", () => {
  const y = [1, 2, 0, 0, 3, 1, 4, 2];
  const fit = fepois("y ~ x | g", {
    y,
    x: [1, 2, 3, 5, 1, 3, 2, 2],
    g: ["a", "a", "b", "b", "c", "c", "c", "c"],
  }, { vcov: "iid" });
  assert.deepEqual(fit.report.dropped.separated, [2, 3]);
  assert.equal(fit.nobs, 6);
  assert.match(fit.report.notes[0], /all zero/);
});

/** Poisson by Newton's method on dense dummies: slow, independent of the library. */
function densePoisson(y: ArrayLike<number>, columns: Float64Array[], weights?: ArrayLike<number>) {
  const rows = y.length;
  let predictor = Float64Array.from(y, (value) => Math.log(value + 0.5));
  for (let step = 0;; step++) {
    const mu = predictor.map(Math.exp);
    const working = predictor.map((eta, i) => eta + (y[i] - mu[i]) / mu[i]);
    const hessian = mu.map((value, i) => value * (weights ? weights[i] : 1));
    const solved = denseLeastSquares(working, columns, hessian);
    const next = working.map((value, i) => value - solved.residuals[i]);
    let change = 0;
    for (let i = 0; i < rows; i++) change = Math.max(change, Math.abs(next[i] - predictor[i]));
    predictor = next;
    if (change < 1e-12 || step > 60) return { ...solved, mu: predictor.map(Math.exp) };
  }
}

Deno.test("PPML equals Newton's method on explicit dummies, weighted and not, on random designs", () => {
  for (const seed of [1, 2, 3]) {
    const { columns } = crossedDesign(seed, 400, [12, 7]);
    for (const weights of [undefined, "weight"] as const) {
      const fit = fepois("count ~ x1 + x2 | g1 + g2", columns, { vcov: "iid", weights });
      assert.equal(fit.report.dropped.separated.length + fit.report.dropped.singleton.length, 0);
      const dense = densePoisson(
        columns.count,
        [
          columns.x1,
          columns.x2,
          ...dummies([columns.g1, columns.g2]),
        ],
        weights && columns[weights],
      );
      const k = 2 + 12 + 6;
      const factor = (fit.nobs - 1) / (fit.nobs - k);
      ["x1", "x2"].forEach((name, j) => {
        assertRelative(fit.coef(name), dense.coefficients[j], COEFFICIENT, name);
        const se = Math.sqrt(dense.inverse[j * k + j] * factor);
        assertRelative(fit.se(name), se, STANDARD_ERROR, `se ${name}`);
      });
      // First-order condition of the effects: fitted totals equal observed ones in every group.
      const gap = fit.residuals.reduce(
        (sum, residual, i) => sum + residual * (weights ? columns.weight[i] : 1),
        0,
      );
      assert.ok(Math.abs(gap) < 1e-7, `residuals sum to ${gap}`);
    }
  }
});

Deno.test("an offset equals a regressor whose coefficient is held at 1", () => {
  const { columns } = crossedDesign(5, 300, [8]);
  const offset = Float64Array.from(columns.x2, (value) => 0.4 * value);
  const fit = fepois("count ~ x1 | g1", { ...columns, offset }, { offset: "offset" });
  const scaled = Float64Array.from(columns.count, (value, i) => value / Math.exp(offset[i]));
  const exposure = offset.map(Math.exp);
  const same = fepois("scaled ~ x1 | g1", { ...columns, scaled, exposure }, {
    weights: "exposure",
  });
  assertRelative(fit.coef("x1"), same.coef("x1"), COEFFICIENT, "x1");
  assertRelative(fit.se("x1"), same.se("x1"), STANDARD_ERROR, "se");
});

Deno.test("PPML refuses negative and all-zero outcomes and instruments by name", () => {
  const data = { y: [1, -2, 3, 0], x: [1, 2, 3, 5], z: [1, 0, 1, 1], zero: [0, 0, 0, 0] };
  assert.throws(() => fepois("y ~ x", data), /outcome "y" must be ≥ 0, it is negative in row 2/);
  assert.throws(() => fepois("zero ~ x", data), /"zero" is zero in every row/);
  assert.throws(() => fepois("z ~ 1 | x ~ y", data), /no instrumental variables/);
});
