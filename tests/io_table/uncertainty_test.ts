import assert from "node:assert/strict";
import {
  carveOutElements,
  elementPurchases,
  intensityDraws,
  intensityMatrices,
  type PurchaseFactors,
  purchaseRequirements,
  weightSensitivity,
} from "@ree/io-table";
import { smallEconomy, smallSplits } from "./small_economy.ts";

/** Purchases of a thousandth of an industry's inputs move its other coefficients by no more than that. */
const SECOND_ORDER = 2e-3;

const FACTORS: PurchaseFactors = {
  use: [{ application: "magnets", tonnes: 2 }, { application: "glass", tonnes: 1 }],
  mix: [
    { application: "magnets", element: "Nd", share: 0.8 },
    { application: "magnets", element: "Dy", share: 0.2 },
    { application: "glass", element: "Nd", share: 1 },
  ],
  distribution: [
    { application: "magnets", industry: "motor", hostCommodities: ["magnet", "alloy"], share: 0.6 },
    { application: "magnets", industry: "car", hostCommodities: ["magnet", "alloy"], share: 0.4 },
    { application: "glass", industry: "shop", hostCommodities: ["chem"], share: 1 },
  ],
  prices: new Map([["Nd", 10], ["Dy", 30]]),
  elements: ["Nd", "Dy"],
};

function carved(factors = FACTORS) {
  const splits = { ...smallSplits("embodying user"), purchases: elementPurchases(factors) };
  return carveOutElements(smallEconomy(1), splits);
}

Deno.test("the fast requirements give the intensities of the table they were solved for", () => {
  const table = carved();
  const { total } = intensityMatrices(table);
  const fast = purchaseRequirements(table, FACTORS);
  fast.embodied(fast.purchases(FACTORS)).forEach((value, k) =>
    assert.ok(Math.abs(value - total[k]) < 1e-12)
  );
});

Deno.test("for other weights they agree with a whole new carve-out up to second order", () => {
  const other: PurchaseFactors = {
    ...FACTORS,
    distribution: FACTORS.distribution.map((row) =>
      row.industry === "motor"
        ? { ...row, share: 0.1 }
        : row.industry === "car"
        ? { ...row, share: 0.9 }
        : row
    ),
  };
  const exact = intensityMatrices(carved(other)).total;
  const fast = purchaseRequirements(carved(), FACTORS);
  fast.embodied(fast.purchases(other)).forEach((value, k) =>
    assert.ok(Math.abs(value / exact[k] - 1) < SECOND_ORDER, `cell ${k}: ${value} ${exact[k]}`)
  );
});

Deno.test("bands contain the central intensities, widen with less concentrated draws, and repeat", () => {
  const table = carved();
  const n = table.industries.length;
  const { total } = intensityMatrices(table);
  const bands = intensityDraws(table, FACTORS, { draws: 400 });
  const loose = intensityDraws(table, FACTORS, {
    draws: 400,
    concentrations: { use: 5, mix: 5, distribution: 5 },
  });
  for (let j = 0; j < n; j++) {
    const central = total[j] + total[n + j];
    assert.ok(bands.total.lower[j] <= central && central <= bands.total.upper[j]);
    const width = (band: typeof bands) => band.total.upper[j] - band.total.lower[j];
    assert.ok(width(loose) > width(bands));
  }
  assert.deepEqual(intensityDraws(table, FACTORS, { draws: 400 }), bands);
  assert.notDeepEqual(intensityDraws(table, FACTORS, { draws: 400, seed: 2 }).total, bands.total);
});

Deno.test("an industry that buys no element has no direct band", () => {
  const table = carved();
  const { direct } = intensityDraws(table, FACTORS, { draws: 50 });
  assert.equal(direct.upper[table.industries.indexOf("metal")], 0);
});

Deno.test("doubling a weight raises its industry's intensity, halving lowers it", () => {
  const rows = weightSensitivity(carved(), FACTORS);
  const of = (industry: string, variant: string) =>
    rows.find((row) => row.industry === industry && row.variant === variant)!;
  for (const industry of ["motor", "car"]) {
    const { baseline } = of(industry, "doubled");
    assert.ok(of(industry, "doubled").intensity > baseline);
    assert.ok(of(industry, "halved").intensity < baseline);
  }
  // The only user of an application keeps all of it, whatever its weight.
  assert.ok(Math.abs(of("shop", "doubled").intensity / of("shop", "doubled").baseline - 1) < 1e-12);
  assert.ok(rows.every(({ rankCorrelation }) => rankCorrelation <= 1 + 1e-12));
  assert.equal(rows.filter(({ variant }) => variant === "output shares").length, 3);
});
