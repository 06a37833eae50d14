import assert from "node:assert/strict";
import * as story from "@ree/story";

const result = (estimate: number, se: number) => ({
  key: "baseline",
  what: "",
  estimate,
  se,
  lower: estimate - 2 * se,
  upper: estimate + 2 * se,
  pvalue: Math.abs(estimate) > 2 * se ? 0.01 : 0.5,
  nobs: 100,
  clusters: 10,
});

Deno.test("log coefficients are told as percent changes", () => {
  assert.equal(story.percentChange(0), 0);
  assert.ok(Math.abs(story.percentChange(Math.log(1.2)) - 20) < 1e-9);
  assert.equal(story.percentInterval(Math.log(0.9), Math.log(1.1)), "[-10.0, 10.0]");
});

Deno.test("signs are counted at the 5 % level only", () => {
  const rows = [result(0.3, 0.1), result(-0.3, 0.1), result(0.1, 0.1)];
  assert.equal(story.signCount(rows), "1 of 3 are positive and 1 negative at the 5 % level");
});

Deno.test("the specification table shows a dash where a specification does not apply", () => {
  const rows = story.specificationTable(new Map([["Exports", [result(0.1, 0.02)]]]));
  assert.equal(rows[0].Exports, "10.5 (2.0)");
  assert.equal(rows[1].Exports, "–");
});

Deno.test("leave-one-out rows name the units behind the extremes", () => {
  const variant = (label: string, estimate: number) => ({ label, ...result(estimate, 0.1) });
  const row = story.leaveOneOutRow("Exports", result(0, 0.1), [
    variant("c14", -0.3),
    variant("c1", 0),
    variant("c15", 0.2),
  ]);
  assert.deepEqual([row.without, row.withoutHighest, row.clear, row.units], ["c14", "c15", 1, 3]);
});

Deno.test("published numbers are compared in relative terms", () => {
  const row = story.comparisonRow({
    data: "d",
    model: "m",
    quantity: "q",
    ours: "2.0002",
    published: 2,
  });
  assert.ok(Math.abs(row.difference - 1e-4) < 1e-12);
});
