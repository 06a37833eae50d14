import { type DataFrame, loadElements, loadFacts, loadJudged } from "@ree/data";
import { hardToReplace } from "@ree/elasticity";
import { ELEMENTS, priceExposure, pricePanel } from "@ree/io-table";
import {
  CUT_YEARS,
  type ElementExposure,
  fieldElementExposure,
  priceShifts,
  quotaShifts,
  quotaTightness,
} from "@ree/panels";
import assert from "node:assert/strict";

/** Rounding of ten products of intensities below 1,000 and logs. */
const ROUNDING = 1e-9;

const EXPOSURE: ElementExposure = {
  units: ["magnets", "nothing"],
  elements: ["Nd", "Dy", "La"],
  values: Float64Array.of(3, 1, 0, 0, 0, 0),
};

/** Nd doubles, Dy goes up fourfold; La, of which nobody buys, has no price. */
const PRICES = [
  { element: "Nd", year: 2009, usdPerKg: 10 },
  { element: "Nd", year: 2010, usdPerKg: 20 },
  { element: "Dy", year: 2009, usdPerKg: 100 },
  { element: "Dy", year: 2010, usdPerKg: 400 },
];

const QUOTAS = [
  { year: 2009, tonnes: 50_000 },
  ...CUT_YEARS.map((year) => ({ year, tonnes: 25_000 })),
  { year: 2015, tonnes: null },
].map((row) => ({ ...row, period: "year", group: "total", reading: "direct" }));

function rowsOf(frame: DataFrame): Record<string, number | string | null>[] {
  return frame.toRecords() as Record<string, number | string | null>[];
}

Deno.test("price shifts weight log prices with exposure; the base year is 0", () => {
  const rows = rowsOf(priceShifts(EXPOSURE, PRICES, { base: 2009 }));
  assert.equal(rows.length, 4);
  assert.deepEqual(rows.map(({ unit, year }) => `${unit} ${year}`), [
    "magnets 2009",
    "magnets 2010",
    "nothing 2009",
    "nothing 2010",
  ]);
  assert.equal(rows[0].shift, 0);
  assert.ok(Math.abs(Number(rows[1].shift) - 5 * Math.LN2) < ROUNDING);
  const mix = (3 * Math.log(20) + Math.log(400)) / 4;
  assert.ok(Math.abs(Number(rows[1].mix_price) - mix) < ROUNDING);
});

Deno.test("a unit without exposure has shift 0 and no mix price", () => {
  const rows = rowsOf(priceShifts(EXPOSURE, PRICES, { base: 2009 })).slice(2);
  assert.deepEqual(rows.map(({ shift, mix_price }) => [shift, mix_price]), [[0, null], [0, null]]);
});

Deno.test("price shifts name the unit and element without a price, and the missing base year", () => {
  assert.throws(
    () => priceShifts(EXPOSURE, PRICES.slice(0, 3), { base: 2009 }),
    /magnets: no price of Dy in 2010/,
  );
  assert.throws(
    () => priceShifts(EXPOSURE, PRICES, { base: 2008 }),
    /base year 2008: the prices are of 2009, 2010/,
  );
});

Deno.test("35 fields × 12 years: the shift is exposure times the change of the mix price", () => {
  const exposure = fieldElementExposure();
  const prices = pricePanel(loadFacts(), loadJudged());
  const rows = rowsOf(priceShifts(exposure, prices, { base: 2009 }));
  assert.equal(rows.length, 35 * 12);
  assert.equal(rows.filter((row) => row.mix_price === null).length, 22 * 12);
  const sum = (unit: unknown) => {
    const j = exposure.units.indexOf(String(unit));
    return exposure.values.subarray(j * 10, j * 10 + 10).reduce((a, b) => a + b, 0);
  };
  const base = new Map(rows.filter(({ year }) => year === 2009).map((row) => [row.unit, row]));
  for (const row of rows) {
    if (row.mix_price === null) continue;
    const change = Number(row.mix_price) - Number(base.get(row.unit)!.mix_price);
    assert.ok(Math.abs(Number(row.shift) - sum(row.unit) * change) < ROUNDING, String(row.unit));
  }
  const known = priceExposure(
    exposure.units.flatMap((industry, j) =>
      exposure.elements.map((element, e) => ({
        industry,
        element,
        total: exposure.values[j * 10 + e],
      }))
    ),
    prices,
  );
  const mix = rows.filter((row) => row.mix_price !== null);
  assert.equal(known.length, mix.length);
  known.forEach((row, i) =>
    assert.ok(Math.abs(row.exposure - Number(mix[i].mix_price)) < ROUNDING, row.industry)
  );
});

Deno.test("tightness: halved quotas give ln 2 in 2010 to 2014, and 0 before and after", () => {
  for (const year of CUT_YEARS) {
    assert.ok(Math.abs(quotaTightness(QUOTAS, year) - Math.LN2) < 1e-15);
  }
  for (const year of [1998, 2008, 2009, 2015, 2018]) assert.equal(quotaTightness(QUOTAS, year), 0);
});

Deno.test("tightness of the official totals: a cut of 40 % in 2010 that stays", () => {
  const { quotas } = loadFacts();
  assert.equal(quotaTightness(quotas, 2010), -Math.log(30_258 / 50_145));
  for (const year of CUT_YEARS) {
    const tightness = quotaTightness(quotas, year);
    assert.ok(tightness > 0.48 && tightness < 0.51, `${year}: ${tightness}`);
  }
});

Deno.test("a missing, repeated or empty official total is named", () => {
  const without = QUOTAS.filter(({ year }) => year !== 2012);
  assert.throws(() => quotaTightness(without, 2012), /quota of 2012: 0 official totals/);
  assert.throws(() => quotaTightness([...QUOTAS, QUOTAS[0]], 2010), /quota of 2009: 2 official/);
});

Deno.test("quota shifts are exposure times score times tightness", () => {
  const scores = [{ element: "Nd", score: 0.5 }, { element: "Dy", score: 1 }];
  const rows = rowsOf(quotaShifts(EXPOSURE, QUOTAS, scores, { years: [2009, 2010] }));
  assert.deepEqual(rows.map((row) => [row.unit, row.year]), [
    ["magnets", 2009],
    ["magnets", 2010],
    ["nothing", 2009],
    ["nothing", 2010],
  ]);
  assert.ok(Math.abs(Number(rows[1].quota_shift) - 2.5 * Math.LN2) < ROUNDING);
  assert.deepEqual([0, 2, 3].map((i) => rows[i].quota_shift), [0, 0, 0]);
  assert.throws(
    () => quotaShifts(EXPOSURE, QUOTAS, scores.slice(1), { years: [2010] }),
    /magnets: no score of Nd/,
  );
});

Deno.test("quota shifts of all fields and patent years: zero outside 2010 to 2014", () => {
  const years = Array.from({ length: 21 }, (_, k) => 1998 + k);
  const scores = hardToReplace(ELEMENTS, loadElements(), { measure: "distance" });
  const frame = quotaShifts(fieldElementExposure(), loadFacts().quotas, scores, { years });
  assert.equal(frame.height, 35 * 21);
  const moved = rowsOf(frame).filter(({ quota_shift }) => quota_shift !== 0);
  assert.equal(moved.length, 13 * CUT_YEARS.length);
  assert.ok(moved.every(({ quota_shift }) => Number(quota_shift) > 0));
});
