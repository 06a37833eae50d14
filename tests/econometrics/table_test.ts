import assert from "node:assert/strict";
import { feols, fepois, table } from "@ree/econometrics";
import { crossedDesign } from "./designs.ts";

const { columns } = crossedDesign(21, 300, [10, 4]);
const data = { ...columns, under_score: columns.x2 };
const ols = feols("y ~ x1 + under_score | g1 + g2[z]", data, { vcov: { cluster: ["g1", "g2"] } });
const poisson = fepois("count ~ x1 | g1", data);

Deno.test("a table states outcome, estimates, effects, covariance, observations and fit", () => {
  const { rows, headers, notes } = table([ols, poisson]);
  assert.deepEqual(headers, ["(1)", "(2)"]);
  const cells = Object.fromEntries(rows.map((row) => [row.label, row.cells]));
  assert.deepEqual(cells["Dependent variable"], ["y", "count"]);
  assert.deepEqual(cells["g1"], ["Yes", "Yes"]);
  assert.deepEqual(cells["z (g2)"], ["Yes", ""]);
  assert.deepEqual(cells["Standard errors"], ["Clustered (g1 & g2)", "Clustered (g1)"]);
  assert.deepEqual(cells["Observations"], ["300", "300"]);
  assert.deepEqual(cells["Within R²"], [ols.r2Within!.toFixed(5), ""]);
  assert.deepEqual(cells["Pseudo R²"], ["", poisson.pseudoR2!.toFixed(5)]);
  const x1 = rows.find(({ label }) => label === "x1")!;
  assert.equal(x1.cells[0], ols.coef("x1").toPrecision(4));
  const shown = Number(x1.below![0].slice(1, -1));
  assert.equal(shown.toPrecision(3), ols.se("x1").toPrecision(3));
  assert.match(notes[0], /Standard errors in parentheses/);
});

Deno.test("stars appear only when asked for, and the note says what they mean", () => {
  assert.ok(!table([ols]).markdown().includes("*"));
  const starred = table([ols], { stars: true });
  assert.ok(starred.rows.find(({ label }) => label === "x1")!.cells[0].endsWith("***"));
  assert.match(starred.notes[1], /\*\*\* p < 0\.01, \*\* p < 0\.05, \* p < 0\.1\./);
});

Deno.test("tables can be renamed, filtered and show intervals", () => {
  const result = table([ols, poisson], {
    names: { x1: "Price", y: "Exports" },
    keep: /^x/,
    below: "confint",
    headers: ["OLS", "PPML"],
  });
  const labels = result.rows.filter(({ section }) => section === "coefficient");
  assert.deepEqual(labels.map(({ label }) => label), ["Price"]);
  assert.match(labels[0].below![0], /^\[0\.\d+, 0\.\d+\]$/);
  assert.match(result.notes[0], /95 % confidence intervals/);
});

Deno.test("the three formats escape what would break them", () => {
  const result = table([ols], { caption: "A & B", stars: [0.05] });
  assert.ok(result.html().includes("A &amp; B"));
  assert.ok(result.html().includes("Clustered (g1 &amp; g2)"));
  assert.ok(!/https?:/.test(result.html()));
  assert.ok(result.latex().includes("under\\_score"));
  assert.ok(result.latex().includes("Clustered (g1 \\& g2)"));
  assert.ok(result.markdown().includes("\\*"));
  const width = result.markdown().split("\n").filter((line) => line.startsWith("|"));
  assert.equal(new Set(width.map((line) => line.split("|").length)).size, 1);
});

Deno.test("a table of nothing, or with the wrong number of headers, is refused", () => {
  assert.throws(() => table([]), /no fits were given/);
  assert.throws(() => table([ols], { headers: ["a", "b"] }), /2 headers for 1 fits/);
});
