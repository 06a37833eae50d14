import assert from "node:assert/strict";
import * as story from "@ree/story";
import type { CrossCheck } from "@ree/validation";

const answer = { economies: 3, size: "2-3 × 4", tolerance: 1e-9, reason: "rounding" };
const cross = (closure: string, gap: number, where: string): CrossCheck => ({
  seed: 1,
  closure,
  countries: 2,
  sectors: 3,
  gap,
  where,
});

Deno.test("a known answer outside its tolerance, or without a number, has not passed", () => {
  assert.equal(story.answerRow({ ...answer, check: "a", gap: 1e-9 }).passed, "yes");
  assert.equal(story.answerRow({ ...answer, check: "a", gap: 1.1e-9 }).passed, "NO");
  assert.equal(story.answerRow({ ...answer, check: "a", gap: NaN }).passed, "NO");
  const checks = [{ ...answer, check: "a", gap: 0 }, { ...answer, check: "b", gap: 1 }];
  assert.equal(story.answerFinding(checks), "1 of 2 FAIL: b");
  assert.equal(story.answerFinding(checks.slice(0, 1)), "all 1 hold");
});

Deno.test("cross-checks by closure: worst gap, unsolved ones counted and explained", () => {
  const checks = [
    cross("entry", 1e-12, "price"),
    cross("entry", 4e-12, "tradeShare"),
    cross("entry", NaN, "research in c1, s1 feeds on itself"),
    cross("fixed", NaN, "strange"),
    cross("fixed", 0, "price"),
  ];
  const [fixed, entry] = story.crossRows("levels", checks);
  assert.deepEqual([fixed.closure, fixed.economies, fixed.refused], ["fixed", 2, 1]);
  assert.deepEqual([entry.gap, entry.where, entry.refused], [4e-12, "trade share", 1]);
  assert.equal(story.largestOfChecks(checks), 4e-12);
  const bands = story.gapBands("panel", checks);
  assert.ok(bands.every(({ lower }) => lower > 0)); // a log axis has no 0
  assert.match(story.refusalFinding(checks), /In 2 of 5 .*1 because research .*1 without a known/);
  assert.match(story.refusalFinding(checks.slice(0, 2)), /an equilibrium in all 2/);
});

Deno.test("numbers as powers of ten round up to the next power", () => {
  assert.equal(story.scientificText(9.96e-12), "1\u00a0×\u00a010⁻¹¹");
  assert.equal(story.scientificText(0), "0");
  assert.equal(story.scientificText(5.09e-2, 1), "5.1\u00a0×\u00a010⁻²");
});
