import { aggregateUse, impliedTechnology } from "@ree/elasticity";
import assert from "node:assert/strict";

/** Rounding of a few sums of logs of order 1. */
const ROUNDING = 1e-12;

Deno.test("the path of technology that made spending is found again, at any elasticity", () => {
  const technology = [0, 0.1, -0.2, 0.4, 0.35];
  const logRelativePrice = [0.3, 0.9, 1.4, 0.2, -0.5];
  for (const sigma of [0, 0.3, 0.8, 1.4]) {
    const logRelativeSpending = logRelativePrice.map((price, t) =>
      2.5 + (1 - sigma) * (price - technology[t])
    );
    const found = impliedTechnology({ logRelativePrice, logRelativeSpending }, sigma);
    found.forEach((value, t) => assert.ok(Math.abs(value - technology[t]) < ROUNDING, `${sigma}`));
  }
});

Deno.test("a wrong elasticity attributes the response to prices to technology", () => {
  const logRelativePrice = [0, 1];
  const logRelativeSpending = [0, 0.5]; // σ = 0.5, technology at rest
  const [, step] = impliedTechnology({ logRelativePrice, logRelativeSpending }, 0);
  assert.ok(Math.abs(step - 0.5) < ROUNDING);
});

Deno.test("σ = 1, unequal lengths and missing numbers are refused with what came", () => {
  const use = { logRelativePrice: [0, 1], logRelativeSpending: [0, 1] };
  assert.throws(() => impliedTechnology(use, 1), /sigma 1, expected 0 or more and not 1/);
  assert.throws(() => impliedTechnology(use, NaN), /sigma NaN/);
  assert.throws(
    () => impliedTechnology({ ...use, logRelativePrice: [0] }, 0.5),
    /1 prices and 2 spending/,
  );
  assert.throws(
    () => impliedTechnology({ ...use, logRelativePrice: [0, NaN] }, 0.5),
    /period 1 has price NaN/,
  );
});

Deno.test("real aggregates: spending is quantity times price, and both start at 0", () => {
  for (const rows of Map.groupBy(aggregateUse(), ({ series }) => series).values()) {
    const [first] = rows;
    assert.equal(first.logRelativeQuantity, 0);
    for (const row of rows) {
      const price = row.logRelativePrice - first.logRelativePrice;
      assert.ok(
        Math.abs(row.logRelativeSpending - row.logRelativeQuantity - price) < ROUNDING,
        row.series,
      );
      assert.ok(row.tonnes > 0 && row.year >= 2007 && row.year <= 2018);
    }
  }
});
