import assert from "node:assert/strict";
import {
  applicationUse,
  completePrices,
  elementPurchases,
  industryDistribution,
  priceExposure,
  type PurchaseFactors,
} from "@ree/io-table";
import { smallEconomy } from "./small_economy.ts";

const ROUNDING = 1e-12;

const FACTORS: PurchaseFactors = {
  use: [{ application: "magnets", tonnes: 1000 }, { application: "glass", tonnes: 500 }],
  mix: [
    { application: "magnets", element: "Nd", share: 0.7 },
    { application: "magnets", element: "Dy", share: 0.3 },
    { application: "glass", element: "La", share: 0.6 },
    { application: "glass", element: "other", share: 0.4 },
  ],
  distribution: [
    { application: "magnets", industry: "motor", hostCommodities: ["magnet"], share: 0.75 },
    { application: "magnets", industry: "car", hostCommodities: ["magnet"], share: 0.25 },
    { application: "glass", industry: "shop", hostCommodities: ["chem"], share: 1 },
  ],
  prices: new Map([["Nd", 20], ["Dy", 100], ["La", 5]]),
  elements: ["La", "Nd", "Dy"],
};

Deno.test("purchases are price times tonnes times shares, in million USD", () => {
  const purchases = elementPurchases(FACTORS);
  const value = (element: string, industry: string) =>
    purchases.find((row) => row.element === element && row.industry === industry)?.value;
  // 20 USD/kg x 1,000 t x 0.7 x 0.75 = 20 x 1e6 kg x 0.525 = 10.5 million USD
  assert.ok(Math.abs(value("Nd", "motor")! - 10.5) < ROUNDING);
  assert.ok(Math.abs(value("Dy", "car")! - 7.5) < ROUNDING);
  assert.ok(Math.abs(value("La", "shop")! - 1.5) < ROUNDING);
});

Deno.test("all purchases of an element are its price times its tonnes", () => {
  const purchases = elementPurchases(FACTORS).filter(({ element }) => element === "Dy");
  const sum = purchases.reduce((partial, { value }) => partial + value, 0);
  assert.ok(Math.abs(sum - 100 * 300 / 1e3) < ROUNDING);
});

Deno.test("shares that do not sum, missing mixes and missing prices are named", () => {
  const withMix = (mix: PurchaseFactors["mix"]) => () => elementPurchases({ ...FACTORS, mix });
  assert.throws(withMix(FACTORS.mix.slice(1)), /element mix of magnets: shares sum to 0.3/);
  assert.throws(withMix(FACTORS.mix.slice(0, 2)), /element mix of glass: no row/);
  assert.throws(
    () => elementPurchases({ ...FACTORS, distribution: FACTORS.distribution.slice(0, 2) }),
    /industries of glass: no row/,
  );
  assert.throws(
    () => elementPurchases({ ...FACTORS, prices: new Map([["Nd", 20], ["La", 5]]) }),
    /Dy \(magnets\) has price undefined/,
  );
});

Deno.test("industries share an application by what they buy of its hosts", () => {
  const table = smallEconomy(1);
  const n = table.industries.length;
  const rows = ["motor", "car"].map((industry) => ({
    application: "magnets",
    industry,
    hostCommodities: ["magnet", "alloy"],
  }));
  const shares = industryDistribution(table, rows);
  const bought = [4, 5].map((j) => table.use[3 * n + j] + table.use[2 * n + j]);
  assert.ok(Math.abs(shares[0].share - bought[0] / (bought[0] + bought[1])) < ROUNDING);
  assert.ok(Math.abs(shares[0].share + shares[1].share - 1) < ROUNDING);
});

Deno.test("industries that buy none of the hosts share by gross output", () => {
  const table = smallEconomy(1);
  const n = table.industries.length;
  const use = table.use.map((cell, k) => Math.floor(k / n) === 3 ? 0 : cell);
  const rows = ["motor", "car"].map((industry) => ({
    application: "magnets",
    industry,
    hostCommodities: ["magnet"],
  }));
  const output = (j: number) => table.make.slice(j * n, (j + 1) * n).reduce((a, b) => a + b, 0);
  const [motor] = industryDistribution({ ...table, use }, rows);
  assert.ok(Math.abs(motor.share - output(4) / (output(4) + output(5))) < ROUNDING);
});

Deno.test("tonnes by application add up to consumption", () => {
  const endUses = [{ year: 2009, use: "glass polishing and ceramics", sharePercent: 40 }, {
    year: 2009,
    use: "magnets",
    sharePercent: 60,
  }];
  const weights = [
    { endUseYear: 2009, use: "magnets", application: "permanent magnets", weight: 1 },
    { endUseYear: 2009, use: "glass polishing and ceramics", application: "polishing", weight: 3 },
    { endUseYear: 2009, use: "glass polishing and ceramics", application: "ceramics", weight: 1 },
  ];
  const use = new Map(
    applicationUse(1000, endUses, weights).map(({ application, tonnes }) => [application, tonnes]),
  );
  assert.deepEqual(Object.fromEntries(use), {
    "polishing": 300,
    "ceramics": 100,
    "permanent magnets": 600,
  });
  assert.throws(() => applicationUse(1, endUses.slice(1), weights), /sum to 60 %, expected 100/);
  assert.throws(
    () => applicationUse(1, endUses, weights.slice(0, 1)),
    /"glass polishing and ceramics" of 2009/,
  );
});

const GIVEN = [
  { element: "Nd", year: 2010, usdPerKg: 50, reading: "direct", source: "s" },
  { element: "Nd", year: 2011, usdPerKg: 200, reading: "direct", source: "s" },
  { element: "Nd", year: 2012, usdPerKg: 100, reading: "direct", source: "s" },
  { element: "Pr", year: 2010, usdPerKg: 45, reading: "direct", source: "s" },
  { element: "Pr", year: 2011, usdPerKg: 180, reading: "direct", source: "s" },
];
const RULE = { element: "Pr", companion: "Nd", ratio: null, reading: "imputed", source: "rule" };

Deno.test("missing prices follow the companion and say that they were imputed", () => {
  const prices = completePrices(GIVEN, [RULE], ["Nd", "Pr"], [2010, 2011, 2012]);
  assert.equal(prices.length, 6);
  const filled = prices[5];
  assert.ok(Math.abs(filled.usdPerKg - 90) < 1e-9);
  assert.equal(filled.reading, "imputed");
  assert.match(filled.source, /0.900 x price of Nd/);
  assert.deepEqual(prices.slice(3, 5), GIVEN.slice(3));
});

Deno.test("a price that nothing gives is an error naming element and year", () => {
  assert.throws(() => completePrices(GIVEN, [], ["Pr"], [2012]), /no price of Pr in 2012/);
  assert.throws(
    () => completePrices(GIVEN, [{ ...RULE, element: "Gd" }], ["Gd"], [2012]),
    /Gd and its companion Nd share no year/,
  );
});

Deno.test("price exposure is the share-weighted mean log price", () => {
  const intensities = [
    { industry: "motor", element: "Nd", total: 3 },
    { industry: "motor", element: "Pr", total: 1 },
    { industry: "shop", element: "Nd", total: 0 },
  ];
  const rows = priceExposure(intensities, GIVEN.slice(0, 2).concat(GIVEN.slice(3)));
  assert.deepEqual(rows.map(({ industry, year }) => [industry, year]), [["motor", 2010], [
    "motor",
    2011,
  ]]);
  assert.ok(Math.abs(rows[0].exposure - (0.75 * Math.log(50) + 0.25 * Math.log(45))) < ROUNDING);
  // Doubling all intensities changes nothing: only the mix counts.
  const doubled = intensities.map((row) => ({ ...row, total: 2 * row.total }));
  assert.deepEqual(priceExposure(doubled, GIVEN.slice(0, 2).concat(GIVEN.slice(3))), rows);
  assert.throws(() => priceExposure(intensities, GIVEN), /no price of Pr in 2012/);
});
