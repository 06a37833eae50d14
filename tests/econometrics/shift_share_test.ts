import assert from "node:assert/strict";
import { type RandomStream, randomStream } from "@ree/numeric";
import { feols, permuteShocks, shiftShareInference, shockLevelRegression } from "@ree/econometrics";
import { normals } from "./designs.ts";
import { assertRelative } from "./reference.ts";

/** The same sums in another order. */
const SAME = 1e-9;

/**
 * Rows with random shares of `elements` elements over `periods` periods; residuals contain a shock
 * per element and period through the same shares, which is what defeats ordinary robust errors.
 */
function exposed(
  random: RandomStream,
  rows: number,
  elements: number,
  periods: number,
  { effect = 0, complete = true, common = 1 } = {},
) {
  const shares = Array.from({ length: elements }, () => new Float64Array(rows * periods));
  const unit = new Int32Array(rows * periods);
  const year = new Int32Array(rows * periods);
  const g = normals(random, elements * periods);
  const hidden = normals(random, elements * periods);
  const s = new Float64Array(rows * periods);
  const y = new Float64Array(rows * periods);
  for (let u = 0; u < rows; u++) {
    const raw = Float64Array.from({ length: elements }, () => random.uniform() ** 4);
    const sum = raw.reduce((a, b) => a + b, 0) * (complete ? 1 : 1.5);
    for (let t = 0; t < periods; t++) {
      const i = u * periods + t;
      unit[i] = u;
      year[i] = t;
      let [shift, nuisance] = [0, 0];
      for (let e = 0; e < elements; e++) {
        shares[e][i] = raw[e] / sum;
        shift += shares[e][i] * g[e * periods + t];
        nuisance += shares[e][i] * hidden[e * periods + t];
      }
      s[i] = shift;
      y[i] = effect * shift + common * nuisance + 0.1 * random.normal();
    }
  }
  const columns: Record<string, Float64Array | Int32Array> = { y, s, unit, year };
  shares.forEach((share, e) => columns[`share_${e}`] = share);
  const names = Object.fromEntries(shares.map((_, e) => [`e${e}`, `share_${e}`]));
  const elementNames = Object.keys(names);
  const shocks = {
    elements: elementNames,
    periods: Array.from({ length: periods }, (_, t) => t),
    values: elementNames.map((_, e) => g.slice(e * periods, (e + 1) * periods)),
  };
  return { columns, spec: { shares: names, shocks }, exposures: shares, g };
}

Deno.test("when every row is exposed to one element, AKM is clustering by element without factors", () => {
  const random = randomStream(1);
  const [rows, elements] = [120, 15];
  const element = Int32Array.from({ length: rows }, (_, i) => i % elements);
  const g = normals(random, elements);
  const s = Float64Array.from(element, (e) => g[e]);
  const y = Float64Array.from(element, (e) => 0.3 * g[e] + random.normal());
  const columns: Record<string, Float64Array | Int32Array> = { y, s, element };
  for (let e = 0; e < elements; e++) {
    columns[`w${e}`] = Float64Array.from(element, (own) => own === e ? 1 : 0);
  }
  const fit = feols("y ~ s", columns);
  const names = Array.from({ length: elements }, (_, e) => `e${e}`);
  const spec = {
    regressor: "s",
    shares: Object.fromEntries(names.map((name, e) => [name, `w${e}`])),
    shocks: { elements: names, values: Array.from(g, (value) => [value]) },
  };
  const inference = shiftShareInference(fit, spec);
  const shockLevel = shockLevelRegression(fit, spec);
  const plain = fit.withVcov({ cluster: "element" }, { adj: false, clusterAdj: false });
  assertRelative(inference.akm.se, plain.se("s"), SAME, "se");
  assertRelative(inference.effectiveShocks, elements, SAME, "effective shocks");
  assertRelative(shockLevel.estimate, fit.coef("s"), SAME, "shock level");
  const unadjusted = shockLevel.fit.withVcov("hetero", { adj: false, clusterAdj: false });
  assertRelative(unadjusted.se("regressor"), plain.se("s"), SAME, "shock-level se");
});

Deno.test("the shock-level regression gives the coefficient of the row-level one, with and without constant", () => {
  for (const complete of [true, false]) {
    const design = exposed(randomStream(2), 60, 8, 4, { effect: 1, complete });
    const fit = feols("y ~ s | unit + year", design.columns);
    const spec = { regressor: "s", period: "year", ...design.spec };
    const shockLevel = shockLevelRegression(fit, spec);
    assertRelative(shockLevel.estimate, fit.coef("s"), SAME, "coefficient");
    // Shares sum to the same number in every row, so that effects of the year span their sum.
    assert.equal(shockLevel.controls, "effects of the period");
    const plain = feols("y ~ s - 1", design.columns);
    const without = shockLevelRegression(plain, spec);
    assert.equal(without.controls, "none");
    assertRelative(without.estimate, plain.coef("s"), SAME, "no constant");
    const weights = shockLevel.rows.map(({ weight }) => weight);
    assertRelative(weights.reduce((a, b) => a + b), 1, SAME, "weights sum to one");
    const herfindahl = weights.reduce((sum, weight) => sum + weight * weight, 0);
    assertRelative(shockLevel.effectiveShocks, 1 / herfindahl, SAME, "effective shocks");
  }
});

Deno.test("AKM and AKM0 equal their formulas written out, and the AKM0 set ends at p = 0.05", () => {
  const design = exposed(randomStream(3), 80, 12, 1, { effect: 0.5 });
  const fit = feols("y ~ s", design.columns);
  const options = { regressor: "s", ...design.spec };
  const inference = shiftShareInference(fit, options);
  const { s, y } = design.columns as Record<string, Float64Array>;
  const mean = s.reduce((a, b) => a + b) / s.length;
  const x = s.map((value) => value - mean);
  // Projection of x on the shares through feols itself, as an independent regression.
  const names = Object.values(design.spec.shares).join(" + ");
  const loading = feols(`x ~ ${names} - 1`, { ...design.columns, x }).coef();
  let variance = 0;
  design.exposures.forEach((share, e) => {
    const exposure = fit.residuals.reduce((sum, residual, i) => sum + share[i] * residual, 0);
    variance += (loading[e] * exposure) ** 2;
  });
  const scale = x.reduce((sum, value) => sum + value * value, 0);
  assertRelative(inference.akm.se, Math.sqrt(variance) / scale, 1e-7, "AKM");
  const [[low, high]] = inference.akm0.confidenceSet.intervals;
  for (const bound of [low, high]) {
    const { akm0 } = shiftShareInference(fit, { ...options, null: bound });
    assert.ok(Math.abs(akm0.pvalue - 0.05) < 1e-8, `${akm0.pvalue}`);
  }
  assert.equal(y.length, s.length);
});

Deno.test("2SLS with a shift-share instrument: shock level and AKM use the instrument", () => {
  const design = exposed(randomStream(4), 70, 10, 3, { effect: 0.5 });
  const random = randomStream(5);
  const s = design.columns.s as Float64Array;
  const price = s.map((value) => 2 * value + 0.5 * random.normal());
  const columns = { ...design.columns, price };
  const fit = feols("y ~ 1 | year | price ~ s", columns);
  const spec = { period: "year", ...design.spec };
  const instrumented = { regressor: "price", ...spec };
  const reduced = { regressor: "s", ...spec };
  const reducedFit = feols("y ~ s | year", columns);
  const shockLevel = shockLevelRegression(fit, instrumented);
  assertRelative(shockLevel.estimate, fit.coef("price"), SAME, "coefficient");
  // One instrument: the test of no effect is that of the reduced form.
  const { akm0 } = shiftShareInference(fit, instrumented);
  const same = shiftShareInference(reducedFit, reduced).akm0;
  assertRelative(akm0.pvalue, same.pvalue, 1e-7, "AKM0 of zero");
  const permuted = permuteShocks(fit, { ...instrumented, draws: 99 });
  const again = permuteShocks(reducedFit, { ...reduced, draws: 99 });
  assertRelative(permuted.pvalue, again.pvalue, SAME, "permutation");
});

Deno.test("permutation p-values equal rebuilding and re-estimating for every order of elements", () => {
  const design = exposed(randomStream(6), 30, 5, 2, { effect: 0.4 });
  const fit = feols("y ~ s | year", design.columns);
  const permutation = permuteShocks(fit, { regressor: "s", period: "year", ...design.spec });
  assert.equal(permutation.enumerated, true);
  assert.equal(permutation.draws, 120);
  const orders: number[][] = [];
  const extend = (head: number[]) => {
    if (head.length === 5) orders.push(head);
    for (let e = 0; e < 5; e++) if (!head.includes(e)) extend([...head, e]);
  };
  extend([]);
  const { y, year } = design.columns;
  const residual = feols("y ~ 1 | year", { y, year }, { vcov: "iid" }).residuals;
  const statistic = (order: number[]) => {
    let sum = 0;
    for (let i = 0; i < y.length; i++) {
      const t = year[i];
      const mean = [0, 1, 2, 3, 4].reduce((a, e) => a + design.g[e * 2 + t], 0) / 5;
      order.forEach((f, e) => {
        sum += residual[i] * design.exposures[e][i] * (design.g[f * 2 + t] - mean);
      });
    }
    return Math.abs(sum);
  };
  const own = statistic([0, 1, 2, 3, 4]) * (1 - 1e-9);
  const share = orders.filter((order) => statistic(order) >= own).length / 120;
  assertRelative(permutation.pvalue, share, SAME, "p-value");
});

Deno.test("with ten elements the permutation test holds its size where clustering by unit fails", () => {
  const draws = 200;
  let [permuted, naive] = [0, 0];
  for (let d = 0; d < draws; d++) {
    const design = exposed(randomStream(1000 + d), 60, 10, 1);
    const fit = feols("y ~ s", design.columns, { vcov: "hetero" });
    if (fit.pvalue("s") < 0.05) naive++;
    const options = { regressor: "s", ...design.spec, draws: 199, seed: d };
    if (permuteShocks(fit, options).pvalue <= 0.05) permuted++;
  }
  // Three standard errors over 200 samples; tests/slow narrows this.
  assert.ok(Math.abs(permuted / draws - 0.05) < 3 * Math.sqrt(0.05 * 0.95 / draws), `${permuted}`);
  assert.ok(naive / draws > 0.3, `robust errors reject ${naive} of ${draws}`);
});

Deno.test("few shocks are remarked on, and a variable that is no shift-share is refused", () => {
  const design = exposed(randomStream(7), 40, 6, 1);
  const fit = feols("y ~ s", design.columns);
  const spec = { regressor: "s", ...design.spec };
  assert.match(shiftShareInference(fit, spec).notes[0], /effective shocks: .*permuteShocks/);
  const { elements, values } = spec.shocks;
  const squares = { elements, values: values.map((path) => path.map((g) => g * g)) };
  assert.throws(
    () => permuteShocks(fit, { ...spec, shocks: squares }),
    /behind "s" is not Σ share·shock/,
  );
  assert.throws(
    () => permuteShocks(fit, { ...spec, shocks: { elements: ["e1"], values } }),
    /no shocks of "e0"/,
  );
});
