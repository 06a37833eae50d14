import assert from "node:assert/strict";
import { feols, fepois, fitFromJson, fitToJson, summaryText } from "@ree/econometrics";

const data = {
  y: [1, 4, 2, 8, 5, 7, 3, 9, 6, 10, 2, 4],
  x: [0, 1, 0, 2, 1, 2, 0, 3, 1, 3, 1, 0],
  g: ["a", "a", "a", "b", "b", "b", "c", "c", "c", "d", "d", "d"],
  t: [1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3],
};

for (const [name, estimate] of [["feols", feols], ["fepois", fepois]] as const) {
  Deno.test(`${name}: a fit written as JSON and read back gives the same numbers to the last bit`, () => {
    const fit = estimate("y ~ x | g", data, { vcov: { cluster: "g" } });
    const read = fitFromJson(fitToJson(fit));
    assert.equal(read.coef("x"), fit.coef("x"));
    assert.equal(read.se("x"), fit.se("x"));
    assert.equal(read.pvalue("x"), fit.pvalue("x"));
    assert.deepEqual(read.confint(0.9, "x"), fit.confint(0.9, "x"));
    assert.equal(read.nobs, 12);
    assert.equal(read.vcovType, "Clustered (g)");
    assert.equal(read.formula, "y ~ x | g");
    assert.throws(() => read.coef("z"), /no coefficient "z"/);
  });

  Deno.test(`${name}: a fit prints as fixest lays it out`, () => {
    const text = summaryText(estimate("y ~ x | g + t", data, { vcov: { cluster: "g" } }));
    assert.match(
      text,
      /estimation, Dep. Var.: y\nObservations: 12\nFixed-effects: g: 4, t: 3\nStandard-errors: Clustered \(g\)/,
    );
    assert.match(text, /Estimate\s+Std. Error\s+[tz] value\s+Pr\(>\|t\|\)\nx\s+/);
  });
}

Deno.test("text that is no saved fit is refused", () => {
  assert.throws(() => fitFromJson("{}"), /expected "ree-fit-1"/);
  assert.throws(() => fitFromJson("[1"), SyntaxError);
  const fit = JSON.parse(fitToJson(feols("y ~ x", data)));
  assert.throws(
    () => fitFromJson(JSON.stringify({ ...fit, vcov: [1] })),
    /need 2 coefficients and 4 covariances/,
  );
});
