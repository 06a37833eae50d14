import assert from "node:assert/strict";
import { randomStream } from "@ree/numeric";
import {
  feols,
  fepois,
  type Fit,
  shareConcentration,
  shiftShareInference,
  type ShiftShareSpec,
  shockLevelRegression,
} from "@ree/econometrics";
import { normals } from "./designs.ts";
import { exposedPanel, shareColumns } from "./shift_share_designs.ts";
import { assertRelative } from "./reference.ts";

/** The same sums in another order. */
const SAME = 1e-9;
/** Required of the shock-level equivalence. */
const EQUIVALENT = 1e-8;

Deno.test("three units and two elements give the numbers computed by hand", () => {
  // S = (2, −1, ½), β̂ = 1.5/5.25 = 2/7, ε̂ = (3, 16, 20)/7, R̂ = (13, 26)/7, 𝒳̂ = g = (2, −1).
  const columns = { u: ["a", "b", "c"], s: [2, -1, 0.5], y: [1, 2, 3] };
  const shares = {
    unit: "u",
    units: ["c", "b", "a"],
    elements: ["nd", "dy"],
    values: [[0.5, 0.5], [0, 1], [1, 0]],
  };
  const shocks = { elements: ["dy", "nd"], values: [[-1], [2]] };
  const fit = feols("y ~ s - 1", columns);
  const result = shiftShareInference(fit, { regressor: "s", shares, shocks });
  assertRelative(result.estimate, 2 / 7, SAME, "estimate");
  assertRelative(result.akm.se, Math.sqrt(1352 / 49) / 5.25, SAME, "AKM");
  // Under 0 the residuals are y: R₀ = (5, 7)/2.
  assertRelative(result.akm0.tstat, 1.5 / Math.sqrt(37.25), SAME, "AKM0");
  // z²·Σ(𝒳̂·W'S)² = 3.84·20.8 > 5.25² and a negative discriminant: nothing is rejected.
  assert.equal(result.akm0.confidenceSet.shape, "whole line");
  assert.equal(result.akm0.se, Infinity);
  assertRelative(result.effectiveShocks, 2, SAME, "effective shocks");
  assert.equal(result.shocks, 2);
  const level = shockLevelRegression(fit, { regressor: "s", shares, shocks });
  assertRelative(level.estimate, 2 / 7, SAME, "shock level");
  assert.equal(level.controls, "none");
  assert.deepEqual(level.rows.map(({ element, weight }) => [element, weight]), [
    ["nd", 0.5],
    ["dy", 0.5],
  ]);
  // ȳ⊥ = W'y/s with no controls.
  assertRelative(level.rows[0].outcome, 2.5 / 1.5, SAME, "outcome of nd");
});

Deno.test("with every row exposed to one element, AKM is clustering by element", () => {
  const random = randomStream(1);
  const [rows, elements] = [120, 15];
  const element = Int32Array.from({ length: rows }, (_, i) => i % elements);
  const g = normals(random, elements);
  const s = Float64Array.from(element, (e) => g[e]);
  const y = Float64Array.from(element, (e) => 0.3 * g[e] + random.normal());
  const names = Array.from({ length: elements }, (_, e) => `e${e}`);
  const shares = {
    unit: "id",
    units: Array.from(element, (_, i) => i),
    elements: names,
    values: Array.from(element, (own) => names.map((_, e) => e === own ? 1 : 0)),
  };
  const columns = { y, s, element, id: Int32Array.from(element, (_, i) => i) };
  const shocks = { elements: names, values: Array.from(g, (value) => [value]) };
  for (const formula of ["y ~ s", "y ~ s - 1"]) {
    const fit = feols(formula, columns);
    const plain = fit.withVcov({ cluster: "element" }, { adj: false, clusterAdj: false });
    const result = shiftShareInference(fit, { regressor: "s", shares, shocks });
    assertRelative(result.akm.se, plain.se("s"), SAME, "AKM");
    assertRelative(result.effectiveShocks, elements, SAME, "effective shocks");
    const sizes = shareConcentration(fit, { regressor: "s", shares });
    assertRelative(sizes.effectiveShocks, elements, SAME, "without inference");
    const twice = {
      ...shares,
      elements: [...names, ...names.map((name) => `${name} again`)],
      values: shares.values.map((row) => [...row, ...row]),
    };
    assert.throws(() => shiftShareInference(fit, { regressor: "s", shares: twice }), /combination/);
    const collinear = shareConcentration(fit, { regressor: "s", shares: twice });
    assertRelative(collinear.effectiveShocks, 2 * elements, SAME, "also where AKM is not defined");
    const level = shockLevelRegression(fit, { regressor: "s", shares, shocks });
    assertRelative(level.estimate, fit.coef("s"), SAME, "shock level");
    const raw = level.fit.withVcov("hetero", { adj: false, clusterAdj: false });
    assertRelative(raw.se("regressor"), plain.se("s"), 1e-7, "shock-level standard error");
  }
});

Deno.test("the shock-level coefficient equals the unit-level one in every design", () => {
  for (const [seed, sum] of [[2, 1], [3, undefined]] as const) {
    const panel = exposedPanel(randomStream(seed), 35, 10, 8, { effect: 1, sum });
    const random = randomStream(99);
    const data = {
      ...panel.columns,
      total: Float64Array.from(
        panel.columns.unit,
        (u) => panel.shares.values[u].reduce((a, b) => a + b, 0),
      ),
      price: panel.columns.s.map((value) => 2 * value + 0.5 * random.normal()),
    };
    const spec = { shares: panel.shares, shocks: panel.shocks, period: "year" };
    const weights = { weights: "weight" };
    const cases: [string, { weights?: string }, string, string?][] = [
      ["y ~ s | unit + year", {}, "s", sum === 1 ? "effects of the period" : "constant"],
      ["y ~ s + z | unit + year[total]", {}, "s", "effects of the period"],
      ["y ~ s + z | unit + year", weights, "s", sum === 1 ? "effects of the period" : undefined],
      ["y ~ s | year", weights, "s", sum === 1 ? "effects of the period" : "none"],
      ["y ~ s - 1", {}, "s", "none"],
      ["y ~ s", weights, "s", sum === 1 ? "constant" : "none"],
      ["y ~ z | unit + year | price ~ s", {}, "price"],
      ["y ~ 1 | price ~ s", weights, "price"],
    ];
    for (const [formula, options, regressor, controls] of cases) {
      const fit = feols(formula, data, { ...options, fixefTol: 1e-12 });
      const level = shockLevelRegression(fit, { ...spec, regressor });
      assertRelative(level.estimate, fit.coef(regressor), EQUIVALENT, formula);
      if (controls) assert.equal(level.controls, controls, formula);
      assert.equal(level.rows.length, 80);
      const shares = level.rows.map(({ weight }) => weight);
      assertRelative(shares.reduce((a, b) => a + b), 1, SAME, "weights");
      const herfindahl = shares.reduce((a, b) => a + b * b, 0);
      assertRelative(level.effectiveShocks, 1 / herfindahl, SAME, "effective shocks");
      assert.equal(level.notes.length > 0, level.controls !== "effects of the period", formula);
    }
  }
});

/** AKM written out from the papers' formulas on columns, Ẍ and 𝒳̂ by feols. */
function writtenOut(
  data: Record<string, ArrayLike<number>>,
  controls: string,
  shares: readonly Float64Array[],
  cluster: (e: number, t: number) => number,
  weights: string | undefined,
) {
  const columns = Object.fromEntries(
    Object.entries(data).map(([name, values]) => [name, Float64Array.from(values)]),
  );
  const options = { weights, vcov: "iid", fixefTol: 1e-12 } as const;
  const x = feols(`s ~ ${controls}`, columns, options).residuals;
  const y = feols(`y ~ ${controls}`, columns, options).residuals;
  const w = weights ? columns[weights] : new Float64Array(x.length).fill(1);
  const inner = (a: Float64Array, b: Float64Array) =>
    a.reduce((sum, value, i) => sum + w[i] * value * b[i], 0);
  const estimate = inner(x, y) / inner(x, x);
  const residual = y.map((value, i) => value - estimate * x[i]);
  const years = [...new Set(columns.year)];
  const sums = new Map<number, number>();
  years.forEach((year, t) => {
    const here = Int32Array.from(columns.year.keys()).filter((i) => columns.year[i] === year);
    const block = Object.fromEntries(
      shares.map((share, e) => [`share_${e}`, Array.from(here, (i) => share[i])]),
    );
    const right = Object.keys(block).join(" + ");
    const loading = feols(`x ~ ${right} - 1`, {
      ...block,
      x: Array.from(here, (i) => x[i]),
      w: Array.from(here, (i) => w[i]),
    }, { weights: "w" }).coef();
    shares.forEach((share, e) => {
      const exposure = here.reduce((sum, i) => sum + w[i] * share[i] * residual[i], 0);
      const c = cluster(e, t);
      sums.set(c, (sums.get(c) ?? 0) + loading[e] * exposure);
    });
  });
  return Math.hypot(...sums.values()) / inner(x, x);
}

Deno.test("AKM in panels equals its formula written out, with controls, effects and weights", () => {
  const panel = exposedPanel(randomStream(5), 35, 10, 4, { effect: 0.5, sum: undefined });
  const byColumn = shareColumns(panel);
  const data = { ...panel.columns, ...byColumn.columns };
  const shares = Object.values(byColumn.columns);
  for (const weights of [undefined, "weight"]) {
    const fit = feols("y ~ s + z | unit + year", data, { weights, fixefTol: 1e-12 });
    for (const clusterShocks of ["element", "none"] as const) {
      const cluster = (e: number, t: number) => clusterShocks === "element" ? e : 4 * e + t;
      const expected = writtenOut(data, "z | unit + year", shares, cluster, weights);
      const options = { regressor: "s", period: "year", clusterShocks };
      const matrix = shiftShareInference(fit, { ...options, shares: panel.shares });
      const columns = shiftShareInference(fit, { ...options, shares: byColumn.names });
      assertRelative(matrix.akm.se, expected, 1e-7, `AKM ${clusterShocks} ${weights}`);
      assert.deepEqual(columns, matrix);
      assert.equal(matrix.shocks, 40);
      assert.equal(matrix.clusters, clusterShocks === "element" ? 10 : 40);
      assertRelative(matrix.estimate, fit.coef("s"), SAME, "estimate");
      assert.match(matrix.notes.join(), /effective shocks: AKM rejects too often/);
      assert.match(matrix.notes.join(), /sum of shares interacted with the period/);
    }
  }
});

Deno.test("AKM0 sets end where the test's p-value is one minus the level", () => {
  const shapes = new Set<string>();
  for (let seed = 10; seed < 40; seed++) {
    const panel = exposedPanel(randomStream(seed), 40, seed < 25 ? 25 : 6, 1, { effect: 0.5 });
    const fit = feols("y ~ s", panel.columns);
    const options = { regressor: "s", shares: panel.shares };
    const { akm0, estimate } = shiftShareInference(fit, options);
    shapes.add(akm0.confidenceSet.shape);
    const kept = (value: number) =>
      shiftShareInference(fit, { ...options, null: value }).akm0.pvalue >= 0.05;
    for (const bound of akm0.confidenceSet.intervals.flat().filter(Number.isFinite)) {
      const { akm0: at } = shiftShareInference(fit, { ...options, null: bound });
      assertRelative(at.pvalue, 0.05, 1e-8, "p-value at a bound");
    }
    const unbounded = akm0.confidenceSet.intervals.flat().some((bound) => !Number.isFinite(bound));
    assert.equal(kept(estimate), true);
    assert.equal(kept(1e9), unbounded);
    assert.equal(akm0.se === Infinity, unbounded);
  }
  assert.ok(shapes.has("interval") && shapes.size > 1, [...shapes].join());
});

Deno.test("2SLS with a shift-share instrument tests zero as its reduced form does", () => {
  const panel = exposedPanel(randomStream(4), 70, 10, 3, { effect: 0.5 });
  const random = randomStream(5);
  const price = panel.columns.s.map((value) => 2 * value + 0.5 * random.normal());
  const data = { ...panel.columns, price };
  const spec = { shares: panel.shares, shocks: panel.shocks, period: "year" };
  const fit = feols("y ~ z | year | price ~ s", data);
  const instrumented = shiftShareInference(fit, { ...spec, regressor: "price" });
  const reduced = shiftShareInference(feols("y ~ s + z | year", data), {
    ...spec,
    regressor: "s",
  });
  assertRelative(instrumented.akm0.pvalue, reduced.akm0.pvalue, 1e-7, "AKM0 of zero");
  assertRelative(instrumented.estimate, fit.coef("price"), SAME, "estimate");
});

Deno.test("a rescaled regressor rescales the inference, and shocks may keep their unit", () => {
  const panel = exposedPanel(randomStream(6), 40, 8, 3, { effect: 0.5 });
  const data = { ...panel.columns, percent: panel.columns.s.map((value) => 100 * value + 7) };
  const spec = { shares: panel.shares, shocks: panel.shocks, period: "year" };
  const one = shiftShareInference(feols("y ~ s | year", data), { ...spec, regressor: "s" });
  const fit = feols("y ~ percent | year", data);
  const hundred = shiftShareInference(fit, { ...spec, regressor: "percent" });
  assertRelative(100 * hundred.akm.se, one.akm.se, 1e-8, "AKM");
  assertRelative(hundred.akm0.pvalue, one.akm0.pvalue, 1e-8, "AKM0");
  const level = shockLevelRegression(fit, { ...spec, regressor: "percent" });
  assertRelative(level.estimate, fit.coef("percent"), EQUIVALENT, "shock level");
});

Deno.test("more elements than units: AKM is refused, the shock-level regression is not", () => {
  const panel = exposedPanel(randomStream(8), 20, 30, 1, { effect: 0.5 });
  const fit = feols("y ~ s", panel.columns);
  const spec = { regressor: "s", shares: panel.shares, shocks: panel.shocks, period: "year" };
  assert.throws(() => shiftShareInference(fit, spec), /combination of the other elements'/);
  assertRelative(shockLevelRegression(fit, spec).estimate, fit.coef("s"), EQUIVALENT, "level");
});

Deno.test("elements without exposure are left out and named", () => {
  const panel = exposedPanel(randomStream(9), 30, 5, 2, { effect: 0.5 });
  const shares = {
    ...panel.shares,
    elements: [...panel.shares.elements, "unused"],
    values: panel.shares.values.map((row) => [...row, 0]),
  };
  const shocks = {
    elements: ["unused", ...panel.shocks.elements],
    periods: panel.shocks.periods,
    values: [Float64Array.of(1, 1), ...panel.shocks.values],
  };
  const fit = feols("y ~ s | year", panel.columns);
  const spec = { regressor: "s", shares, shocks, period: "year" };
  const without = { ...spec, shares: panel.shares };
  const result = shiftShareInference(fit, spec);
  assertRelative(result.akm.se, shiftShareInference(fit, without).akm.se, SAME, "AKM");
  assert.equal(result.clusters, 5);
  assert.deepEqual(shockLevelRegression(fit, spec).dropped, ["unused in 2000", "unused in 2001"]);
});

Deno.test("what does not fit together is refused with the reason", () => {
  const panel = exposedPanel(randomStream(7), 30, 6, 3, { effect: 0.5 });
  const fit = feols("y ~ s | year", panel.columns);
  const spec = {
    regressor: "s",
    shares: panel.shares,
    shocks: panel.shocks,
    period: "year",
  };
  const refuse = (change: Partial<ShiftShareSpec>, reason: RegExp, on: Fit = fit) =>
    assert.throws(() => shiftShareInference(on, { ...spec, ...change }), reason);
  const squares = panel.shocks.values.map((path) => path.map((value) => value ** 2));
  refuse({ shocks: { ...panel.shocks, values: squares } }, /not Σ share·shock/);
  refuse({ shocks: { ...panel.shocks, elements: ["x", "e1", "e2", "e3", "e4", "e5"] } }, /"e0"/);
  refuse({ shocks: { ...panel.shocks, periods: [2000, 2001, 2003] } }, /period 2002 is absent/);
  refuse({ period: undefined }, /several rows per unit/);
  refuse({ shares: { ...panel.shares, units: panel.shares.units.map((u) => u + 1) } }, /shares of/);
  refuse({ shares: { ...panel.shares, values: panel.shares.values.slice(1) } }, /\[30 units\]/);
  refuse({ regressor: "q" }, /no coefficient "q"/);
  const counts = { ...panel.columns, y: panel.columns.y.map((value) => Math.exp(value)) };
  refuse({}, /Poisson/, fepois("y ~ s | year", counts));
  const over = feols("y ~ 1 | z ~ s + weight", panel.columns);
  refuse({ regressor: "z" }, /one instrument, got 1 and 2/, over);
});
