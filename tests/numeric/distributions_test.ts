import assert from "node:assert/strict";
import {
  chisquarePvalue,
  chisquareQuantile,
  fPvalue,
  noncentralChisquareCdf,
  noncentralChisquareQuantile,
  studentPvalue,
  studentQuantile,
} from "@ree/numeric";

/** Expected values are from scipy 1.17 with 16 digits; bisection stops at 1e-13 relative. */
const TOLERANCE = 1e-11;

Deno.test("p-values and quantiles agree with scipy, in the far tail too", () => {
  const pairs: [number, number][] = [
    [studentPvalue(12.6621, 14), 4.6803258972601884e-9],
    [studentPvalue(1.959963984540054, Infinity), 0.05],
    [studentQuantile(0.975, 14), 2.144786687917804],
    [studentQuantile(0.975, Infinity), 1.959963984540054],
    [fPvalue(21.58, 2, 146), 6.15487422013197e-9],
    [fPvalue(1000, 3, 40), 1.2358610987724694e-37],
    [chisquarePvalue(3.84, 1), 0.05004352124870519],
    [chisquarePvalue(500, 2), 2.6691902155412655e-109],
    [chisquareQuantile(0.95, 1), 3.841458820694124],
    [noncentralChisquareQuantile(0.95, 1, 10), 23.108511211606643],
    [noncentralChisquareQuantile(0.95, 3, 30), 53.00596502963569],
  ];
  for (const [actual, expected] of pairs) {
    assert.ok(Math.abs(actual / expected - 1) < TOLERANCE, `${actual}, expected ${expected}`);
  }
});

Deno.test("a non-central χ² without non-centrality is the central one", () => {
  const x = chisquareQuantile(0.9, 5);
  assert.ok(Math.abs(noncentralChisquareCdf(x, 5, 0) - 0.9) < TOLERANCE);
});

Deno.test("statistics at or below zero have p-value 1, and quantiles need a probability", () => {
  assert.equal(chisquarePvalue(0, 3), 1);
  assert.equal(fPvalue(0, 2, 10), 1);
  assert.throws(() => chisquareQuantile(1, 2), /between 0 and 1/);
});
