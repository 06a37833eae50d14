import assert from "node:assert/strict";
import { feols, fepois } from "@ree/econometrics";

const x = [1, 2, 3, 4, 5, 7, 6, 9];
const y = [2, 1, 4, 3, 6, 5, 8, 6];
const g = ["a", "a", "b", "b", "c", "c", "d", "d"];

Deno.test("NaN and infinite values are refused, naming the variable and the rows", () => {
  const bad = [2, NaN, 4, Infinity, 6, 5, 8, 7];
  assert.throws(() => feols("bad ~ x", { bad, x }), /"bad" is not a finite number in rows 2, 4/);
  assert.throws(() => feols("y ~ bad", { bad, y }), /"bad" is not a finite number in rows 2, 4/);
  assert.throws(
    () => feols("log(z) ~ x", { z: [1, 0, 1, 2, 3, 1, 1, 2], x }),
    /"log\(z\)" is not a finite number in row 2 \(-Infinity\)/,
  );
  assert.throws(() => fepois("bad ~ x", { bad, x }), /not a finite number in rows 2, 4/);
});

Deno.test("rows with empty cells are dropped and reported, also when only a cluster is empty", () => {
  const fit = feols("y ~ x", { y: [2, null, 4, 3, 6, 5, 8, 6], x, g: [null, ...g.slice(1)] }, {
    vcov: { cluster: "g" },
  });
  assert.deepEqual(fit.report.dropped.missing, [0, 1]);
  assert.equal(fit.nobs, 6);
  assert.deepEqual([...fit.rows], [2, 3, 4, 5, 6, 7]);
});

Deno.test("an empty sample says why it is empty", () => {
  const empty = Array<null>(8).fill(null);
  assert.throws(() => feols("y ~ x", { y: empty, x }), /no rows are left: all 8 have a missing/);
  assert.throws(() => feols("y ~ x", { y: [], x: [] }), /no rows/);
  assert.throws(
    () => feols("y ~ x | id", { y, x, id: [1, 2, 3, 4, 5, 6, 7, 8] }),
    /no rows are left: every one of the 8 is alone in a group of the effects id/,
  );
});

Deno.test("singletons are dropped again and again, and kept on request", () => {
  // Row 4 is alone in g = "z"; without it row 3 is alone in h = 9.
  const data = {
    y,
    x,
    g: ["a", "a", "b", "b", "z", "a", "b", "a"],
    h: [1, 2, 1, 9, 9, 2, 2, 1],
  };
  const fit = feols("y ~ x | g + h", data, { vcov: "iid" });
  assert.deepEqual(fit.report.dropped.singleton, [3, 4]);
  assert.equal(fit.nobs, 6);
  assert.equal(feols("y ~ x | g + h", data, { vcov: "iid", fixefRm: "none" }).nobs, 8);
});

Deno.test("fewer than two clusters are refused", () => {
  const one = Array<string>(8).fill("only");
  assert.throws(
    () => feols("y ~ x", { y, x, one }, { vcov: { cluster: ["one"] } }),
    /"one" has 1 cluster, at least 2 are needed/,
  );
});

Deno.test("variables collinear with the effects are reported, and refused when none is left", () => {
  const constant = [1, 1, 2, 2, 3, 3, 4, 4];
  const fit = feols("y ~ x + constant | g", { y, x, g, constant });
  assert.deepEqual(fit.report.collinear, ["constant"]);
  assert.deepEqual(fit.coefNames, ["x"]);
  assert.throws(
    () => feols("y ~ constant | g", { y, g, constant }),
    /no variable is left: "constant" is collinear with the effects g/,
  );
  assert.throws(() => fepois("y ~ constant | g", { y, g, constant }), /"constant" is collinear/);
});

Deno.test("a regressor that repeats others is dropped by name, the later one", () => {
  const twice = x.map((value) => 2 * value + 1);
  const fit = feols("y ~ x + twice", { y, x, twice });
  assert.deepEqual(fit.report.collinear, ["twice"]);
  assert.deepEqual(fit.coefNames, ["(Intercept)", "x"]);
});

Deno.test("weights must be positive, and whole when they are frequencies", () => {
  const data = { y, x, w: [1, 2, 0, 1, -1, 1, 1, 1], half: Array<number>(8).fill(0.5) };
  assert.throws(
    () => feols("y ~ x", data, { weights: "w" }),
    /weights "w" must be positive numbers, got 0, -1 in rows 3, 5/,
  );
  assert.throws(
    () => fepois("y ~ x", data, { weights: "half", weightsType: "frequency" }),
    /positive whole numbers, got 0.5/,
  );
  assert.throws(() => feols("y ~ x", data, { weights: "nope" }), /weights: there is no column/);
});

Deno.test("options that do not exist are refused with the list of those that do", () => {
  const cast = (options: Record<string, unknown>) => () => feols("y ~ x", { y, x, g }, options);
  assert.throws(cast({ cluster: "g" }), /unknown option "cluster"; allowed: vcov/);
  assert.throws(cast({ vcov: "robust" }), /vcov: expected "iid", "hetero"/);
  assert.throws(cast({ ssc: { adjust: true } }), /unknown key "adjust"; allowed: adj/);
  assert.throws(cast({ ssc: { fixefK: "some" } }), /must be one of none,nested,full/);
  assert.throws(cast({ weightsType: "sampling" }), /must be one of analytic, frequency/);
});

Deno.test("text as a regressor is refused with a hint at i()", () => {
  assert.throws(() => feols("y ~ g", { y, g }), /"g" holds text, expected numbers \(i\(g\)/);
  const fit = feols("y ~ x + i(g)", { y, x, g });
  assert.deepEqual(fit.coefNames, ["(Intercept)", "x", "g::b", "g::c", "g::d"]);
});

Deno.test("a panel with two rows for one unit and time is refused, naming the rows", () => {
  assert.throws(
    () => feols("y ~ l(x)", { y, x, g, t: [1, 2, 1, 1, 1, 2, 1, 2] }, { panelId: ["g", "t"] }),
    /unit g = b has two rows at t = 1 \(rows 3 and 4\)/,
  );
  assert.throws(() => feols("y ~ l(x)", { y, x }), /lags need the option panelId/);
});

Deno.test("an outcome without variation, of its own or within the effects, is refused", () => {
  const flat = Array<number>(8).fill(0.1);
  assert.throws(() => feols("flat ~ x", { flat, x }), /outcome "flat" is constant/);
  const byGroup = [1.1, 1.1, 2.3, 2.3, 3.7, 3.7, 4.9, 4.9];
  assert.throws(
    () => feols("byGroup ~ x | g", { byGroup, x, g }),
    /outcome "byGroup" is entirely explained by the effects g/,
  );
});

Deno.test("a model of effects alone has no coefficients and still its fit", () => {
  const fit = feols("y ~ 1 | g", { y, g });
  assert.equal(fit.coefNames.length, 0);
  assert.ok(fit.r2! > 0.8 && fit.r2! < 1);
});
