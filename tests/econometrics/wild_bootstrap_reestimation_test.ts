import assert from "node:assert/strict";
import { randomStream } from "@ree/numeric";
import { feols, fepois } from "@ree/econometrics";
import { wildBootstrap } from "../../lib/econometrics/wild_bootstrap.ts";
import { wildDraws } from "../../lib/econometrics/wild_bootstrap_draws.ts";
import { invertTest } from "../../lib/econometrics/wild_bootstrap_set.ts";
import { assertRelative } from "./reference.ts";

type Columns = Record<string, Float64Array | Int32Array>;

/** Units in clusters over periods; effects `unit` are nested in clusters, `period` and `kind` are not. */
function clusteredPanel(seed: number, clusters: number, effect = 0.2): Columns {
  const random = randomStream(seed);
  const [unitsPerCluster, periods] = [3, 4];
  const rows = clusters * unitsPerCluster * periods - 2;
  const columns = {
    cluster: new Int32Array(rows),
    unit: new Int32Array(rows),
    period: new Int32Array(rows),
    kind: new Int32Array(rows),
    x: new Float64Array(rows),
    z: new Float64Array(rows),
    y: new Float64Array(rows),
    weight: new Float64Array(rows),
    count: new Float64Array(rows),
  };
  const shift = Array.from({ length: clusters }, () => random.normal());
  const slope = Array.from({ length: clusters }, () => random.normal());
  for (let i = 0; i < rows; i++) {
    const unit = Math.floor(i / periods);
    const g = unit % clusters;
    columns.unit[i] = unit;
    columns.cluster[i] = g;
    columns.period[i] = i % periods;
    columns.kind[i] = random.integer(3);
    columns.x[i] = random.normal() + 0.7 * slope[g] * columns.period[i];
    columns.z[i] = random.normal() + 0.3 * columns.x[i];
    columns.y[i] = effect * columns.x[i] - columns.z[i] + shift[g] * columns.period[i] * 0.5 +
      random.normal();
    columns.weight[i] = 0.5 + random.uniform();
    columns.count[i] = 1 + random.integer(3);
  }
  return columns;
}

/** t statistics of y* = restricted fit + v_g·ũ by re-estimation, for every vector of weights. */
function naive(
  data: Columns,
  right: string,
  other: string,
  options: { weights?: string; weightsType?: "frequency" },
  hypothesis: number,
  vectors: readonly Float64Array[],
) {
  const cluster = { vcov: { cluster: "cluster" }, fixefTol: 1e-12, ...options } as const;
  const shifted = data.y.map((value, i) => value - hypothesis * data.x[i]);
  const restricted = feols(`s ~ ${other}`, { ...data, s: shifted }, cluster);
  const unrestricted = feols(`y ~ ${right}`, data, cluster);
  const statistics = vectors.map((v) => {
    const star = shifted.map((_, i) =>
      restricted.fitted[i] + hypothesis * data.x[i] +
      v[data.cluster[i]] * restricted.residuals[i]
    );
    const fit = feols(`star ~ ${right}`, { ...data, star }, cluster);
    return (fit.coef("x") - hypothesis) / fit.se("x");
  });
  const t = (unrestricted.coef("x") - hypothesis) / unrestricted.se("x");
  const slack = 1e-7 * Math.abs(t);
  const share = (test: (value: number) => boolean) =>
    statistics.filter(test).length / statistics.length;
  return {
    t,
    atLeast: share((value) => Math.abs(value) >= Math.abs(t) - slack),
    above: share((value) => Math.abs(value) > Math.abs(t) + slack),
    tail: Math.min(share((value) => value <= t + slack), share((value) => value >= t - slack)),
  };
}

function allSigns(clusters: number): Float64Array[] {
  return Array.from(
    { length: 2 ** clusters },
    (_, bits) => Float64Array.from({ length: clusters }, (_, g) => bits & (1 << g) ? -1 : 1),
  );
}

function drawn(clusters: number, count: number, weights: "rademacher" | "webb", seed: number) {
  const vectors: Float64Array[] = [];
  wildDraws(clusters, count, weights, seed).each((v) => vectors.push(v.slice()));
  return vectors;
}

const DESIGNS = [
  ["no effects", "x + z", "z", {}],
  ["effects nested in clusters", "x + z | unit", "z | unit", {}],
  ["effects across clusters", "x + z | unit + period", "z | unit + period", {}],
  ["weights", "x + z | unit + period", "z | unit + period", { weights: "weight" }],
  ["frequency weights", "x + z | period", "z | period", {
    weights: "count",
    weightsType: "frequency",
  }],
  ["three effects", "x + z | unit + period + kind", "z | unit + period + kind", {}],
  ["varying slopes", "x + z | kind[period]", "z | kind[period]", {}],
] as const;

Deno.test("enumeration equals re-estimation on every sign vector, with 5 to 7 clusters", () => {
  DESIGNS.forEach(([what, right, other, options], seed) => {
    const clusters = 5 + seed % 3;
    const data = clusteredPanel(seed + 1, clusters);
    for (const hypothesis of [0, 0.35]) {
      const slow = naive(data, right, other, options, hypothesis, allSigns(clusters));
      const fit = feols(`y ~ ${right}`, data, { vcov: { cluster: "cluster" }, ...options });
      const fast = wildBootstrap(fit, { param: "x", null: hypothesis, draws: "enumerate" });
      assert.equal(fast.draws, 2 ** clusters);
      assert.equal(fast.enumerated, true);
      assertRelative(fast.tstat, slow.t, 1e-7, what);
      assert.equal(fast.pvalue, slow.atLeast, what);
      assert.equal(fast.pvalueWithoutTies, slow.above, what);
      assert.ok(fast.pvalue >= 2 ** (1 - clusters));
      const tails = wildBootstrap(fit, { param: "x", null: hypothesis, pvalueType: "equal-tail" });
      assertRelative(tails.pvalue, Math.min(1, 2 * slow.tail), 1e-12, `${what}: equal tail`);
    }
  });
});

Deno.test("drawn weights give the p-value of re-estimation with the same draws", () => {
  for (const weights of ["rademacher", "webb"] as const) {
    const data = clusteredPanel(21, 10);
    const vectors = drawn(10, 150, weights, 5);
    const right = "x + z | unit + period";
    const slow = naive(data, right, "z | unit + period", {}, 0.1, vectors);
    const fit = feols(`y ~ ${right}`, data);
    const choices = { param: "x", null: 0.1, cluster: "cluster", draws: 150, weights, seed: 5 };
    const fast = wildBootstrap(fit, choices);
    const withData = (share: number) => (share * 150 + 1) / 151;
    assert.equal(fast.enumerated, false);
    assertRelative(fast.pvalue, withData(slow.atLeast), 1e-12, weights);
    assert.equal(fast.pvalueWithoutTies, slow.above, weights);
    const tails = wildBootstrap(fit, { ...choices, pvalueType: "equal-tail" });
    assertRelative(tails.pvalue, Math.min(1, 2 * withData(slow.tail)), 1e-12, weights);
    assert.deepEqual(wildBootstrap(fit, choices), fast);
    assert.notDeepEqual(wildBootstrap(fit, { ...choices, seed: 6 }).pvalue, fast.pvalue);
  }
});

Deno.test("ten clusters are enumerated exactly", () => {
  const data = clusteredPanel(4, 10);
  const fit = feols("y ~ x + z | unit", data, { vcov: { cluster: "cluster" } });
  const slow = naive(data, "x + z | unit", "z | unit", {}, 0, allSigns(10));
  assert.equal(wildBootstrap(fit, { param: "x" }).pvalue, slow.atLeast);
});

Deno.test("the mean of five clusters is a known answer", () => {
  // One row per cluster: the restricted residuals under 0 are y itself, so t* follows by hand.
  const y = Float64Array.of(1, 2, 3, 4, 10);
  const fit = feols("y ~ 1", { y, g: Int32Array.of(0, 1, 2, 3, 4) }, { vcov: { cluster: "g" } });
  const result = wildBootstrap(fit, { param: "(Intercept)" });
  // mean 4, variance 50/4, so t = 4/√(12.5/5).
  assertRelative(result.tstat, 4 / Math.sqrt(2.5), 1e-12, "t");
  // All values have one sign: only + + + + + and its opposite reach |t|.
  assert.equal(result.pvalue, 2 / 32);
  assert.equal(result.pvalueWithoutTies, 0);
  // No p-value is below 1/16: nothing can be rejected at 5 %.
  assert.equal(result.confidenceSet.shape, "whole line");
  assert.match(result.note, /the whole line/);
  const ninety = wildBootstrap(fit, { param: "(Intercept)", level: 0.9 }).confidenceSet;
  // At 10 % exactly those nulls are rejected that leave all y − β₀ of one sign (p = 2/32): with a
  // second sign some flip gives the same |t| or more.
  assert.equal(ninety.shape, "interval");
  assertRelative(ninety.intervals[0][0], 1, 1e-6, "low");
  assertRelative(ninety.intervals[0][1], 10, 1e-6, "high");
});

Deno.test("nulls inside the confidence set are kept and nulls outside are rejected", () => {
  const data = clusteredPanel(33, 12);
  const fit = feols("y ~ x + z | unit + period", data, { vcov: { cluster: "cluster" } });
  const result = wildBootstrap(fit, { param: "x", draws: 1999, seed: 3 });
  assert.equal(result.confidenceSet.shape, "interval");
  const [[low, high]] = result.confidenceSet.intervals;
  const width = high - low;
  assert.ok(low < result.estimate && result.estimate < high);
  const at = (hypothesis: number) =>
    wildBootstrap(fit, { param: "x", null: hypothesis, draws: 1999, seed: 3 }).pvalue;
  for (const [edge, inwards] of [[low, 1], [high, -1]]) {
    assert.ok(at(edge + 1e-7 * inwards * width) > 0.05);
    assert.ok(at(edge - 1e-7 * inwards * width) <= 0.05);
  }
});

Deno.test("the inversion finds unions, unbounded sets and empty ones", () => {
  const outside = invertTest((offset) => Math.abs(offset - 1) > 2 ? 1 : 0, 5, 1, 0.95);
  assert.equal(outside.shape, "two rays");
  assertRelative(outside.intervals[0][1], 4, 1e-9, "left");
  assertRelative(outside.intervals[1][0], 8, 1e-9, "right");
  assert.equal(invertTest(() => 0, 0, 1, 0.95).shape, "empty");
  const ray = invertTest((offset) => offset > 1e4 ? 1 : 0, 0, 1, 0.95);
  assertRelative(ray.intervals[0][0], 1e4, 1e-6, "ray beyond the last step");
});

Deno.test("what the bootstrap cannot do is refused by name", () => {
  const data = clusteredPanel(2, 6);
  const counts = { ...data, y: data.y.map((value) => Math.floor(Math.abs(value) * 3)) };
  assert.throws(() => wildBootstrap(fepois("y ~ x", counts), { param: "x" }), /Poisson/);
  const iv = feols("y ~ 1 | x ~ z", data);
  assert.throws(() => wildBootstrap(iv, { param: "x", cluster: "cluster" }), /2SLS/);
  const one = { ...data, one: new Int32Array(data.y.length) };
  const fit = feols("y ~ x", one);
  assert.throws(() => wildBootstrap(fit, { param: "x", cluster: "one" }), /at least 2/);
  assert.throws(() => wildBootstrap(fit, { param: "x" }), /option cluster/);
  assert.throws(() => wildBootstrap(fit, { param: "w", cluster: "unit" }), /no coefficient "w"/);
  assert.throws(() => wildBootstrap(fit, { param: "x", cluster: "clutser" }), /"cluster"/);
  const webb = { param: "x", cluster: "cluster", draws: "enumerate", weights: "webb" } as const;
  assert.throws(() => wildBootstrap(fit, webb), /rademacher/);
  const many = feols("y ~ x", clusteredPanel(1, 30));
  const all = { param: "x", cluster: "cluster", draws: "enumerate" } as const;
  assert.throws(() => wildBootstrap(many, all), /2\^30/);
});

Deno.test("combinations of columns can be clusters", () => {
  const data = clusteredPanel(2, 6);
  const pair: Columns = { ...data, pair: data.cluster.map((g, i) => g * 3 + data.kind[i]) };
  const fit = feols("y ~ x + z", pair);
  const combined = wildBootstrap(fit, { param: "x", cluster: "cluster^kind", draws: 499 });
  assert.equal(combined.clusters, new Set(pair.pair).size);
  assert.ok(combined.pvalue > 0 && combined.pvalue <= 1);
});
