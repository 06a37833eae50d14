import { eventResult, intensityResult, validationResult } from "@ree/story";
import assert from "node:assert/strict";

const row = (label: string, total: number) => ({
  industry: label.slice(0, 2),
  label: `${label} manufacturing`,
  total,
  lower: total / 2,
  upper: total * 2,
});

Deno.test("notebook 1 hands on the first industries, their bands, and the median of all", () => {
  const made = { year: 2012, level: 0.9, draws: 10, shown: 2 };
  const result = intensityResult([row("Lamp", 9), row("Motor", 6), row("Toy", 3)], made);
  assert.equal(result.count, 3);
  assert.equal(result.median, 6);
  assert.equal(result.leaders, "Lamp, motor and toy");
  assert.deepEqual(result.industries.map(({ label, lower, upper }) => [label, lower, upper]), [
    ["Lamp manufacturing", 4.5, 18],
    ["Motor manufacturing", 3, 12],
  ]);
});

const quotas = [
  { year: 2009, tonnes: 50, reading: "direct" },
  { year: 2010, tonnes: 30, reading: "direct" },
  { year: 2015, tonnes: null, reading: "abolished" },
];
const prices = [
  { element: "Dy", year: 2009, usdPerKg: 100 },
  { element: "Dy", year: 2011, usdPerKg: 1300 },
  { element: "La", year: 2009, usdPerKg: 5 },
  { element: "La", year: 2012, usdPerKg: 100 },
];
const mines = [{ year: 2009, chinaShare: 0.98, hhi: 0.96 }];

Deno.test("notebook 2 hands on the cut, the peak of every price, and China's part of mine output", () => {
  const result = eventResult(quotas, prices, mines, 2009);
  assert.deepEqual([result.quota.before, result.quota.after], [50, 30]);
  assert.deepEqual(result.pricePeaks, [
    { element: "Dy", year: 2011, ratio: 13 },
    { element: "La", year: 2012, ratio: 20 },
  ]);
  assert.equal(result.chinaMineShare.percent, 98);
});

Deno.test("a year without quota or mine output is an error that names it", () => {
  assert.throws(() => eventResult(quotas, prices, mines, 2014), /no quota in 2014|no mine output/);
  assert.throws(() => eventResult(quotas.slice(0, 1), prices, mines, 2009), /no quota in 2010/);
  assert.throws(() => eventResult(quotas, prices, [], 2009), /no mine output in 2009/);
});

Deno.test("appendix A1 hands on the largest gaps and the rejections with their intervals", () => {
  const check = { seed: 1, closure: "fixed", countries: 2, sectors: 2, where: "price" };
  const result = validationResult({
    comparison: [{
      data: "d",
      model: "m",
      quantity: "q",
      ours: 1,
      published: 1,
      difference: 2e-9,
    }],
    rejections: [{
      design: "own errors",
      method: "clusters",
      regressor: "x",
      effect: 0,
      rejected: 10,
      se: 1,
      repetitions: 100,
    }],
    levels: [{ ...check, gap: 1e-12 }, { ...check, gap: 3e-12 }],
    equations: [{ ...check, gap: 1e-11 }],
  });
  assert.deepEqual(result.largestGaps, { econometrics: 2e-9, levels: 3e-12, equations: 1e-11 });
  assert.equal(result.economies, 3);
  const [rejection] = result.rejections;
  assert.equal(rejection.percent, 10);
  assert.ok(rejection.lower > 7.9 && rejection.lower < 8.1);
});
