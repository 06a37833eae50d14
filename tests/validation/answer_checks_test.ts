import assert from "node:assert/strict";
import {
  type AnswerCheck,
  equationCrossChecks,
  invariances,
  largestDifference,
  levelCrossChecks,
  nestedModels,
  pathErrors,
  welfareFormulas,
} from "@ree/validation";

/** Other economies than those of the notebook. */
const SEEDS = [21, 22, 23, 24, 27, 30, 33, 36];

function pass(checks: readonly AnswerCheck[]) {
  for (const { check, gap, tolerance, economies } of checks) {
    assert.ok(economies > 0 && gap >= 0 && gap <= tolerance, `${check}: ${gap} > ${tolerance}`);
  }
}

Deno.test("welfare formulas in home trade shares hold", () => {
  const checks = welfareFormulas(SEEDS);
  assert.equal(checks.length, 3);
  pass(checks);
});

Deno.test("special cases are the simpler models", () => pass(nestedModels(SEEDS)));

Deno.test("what must not matter does not", () => pass(invariances(SEEDS)));

Deno.test("a check without any economy that it applies to is an error, not a pass", () => {
  assert.throws(() => invariances([1]), /no economy of 1 suits/);
});

Deno.test("the path of welfare terms converges with the square of the steps", () => {
  const rows = pathErrors([4], [2, 8, 32]);
  assert.equal(rows.length, 9);
  for (const { steps, order, closure } of rows) {
    if (steps === 2) assert.ok(Number.isNaN(order));
    else assert.ok(order > 1.8 && order < 2.2, `${closure}, ${steps} steps: ${order}`);
  }
});

Deno.test("cross-checks report the worst output of each economy", () => {
  for (const { gap, where, seed } of levelCrossChecks([21, 24])) {
    assert.ok(gap > 0 && gap < 1e-8, `${seed}: ${gap}`);
    assert.ok(where.length > 0);
  }
  const [solved, refused] = equationCrossChecks([4, 50]);
  assert.ok(solved.gap < 1e-9);
  assert.ok(Number.isNaN(refused.gap));
  assert.match(refused.where, /no convergence .*research in c\d, s\d feeds on itself/);
});

Deno.test("differences are relative, and a NaN is never within a tolerance", () => {
  assert.equal(largestDifference([2, 0], [2, 0]), 0);
  assert.ok(Math.abs(largestDifference([2.02, 5], [2, 5]) - 0.01) < 1e-12);
  assert.ok(Math.abs(largestDifference([1e-6], [0]) - 1e-3) < 1e-12);
  assert.ok(Number.isNaN(largestDifference([NaN, 2], [1, 1])));
  assert.throws(() => largestDifference([1], [1, 2]), /1 values, expected 2/);
});
