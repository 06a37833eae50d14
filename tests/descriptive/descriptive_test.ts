import assert from "node:assert/strict";
import { countryExposure, herfindahl, highLowMeans } from "@ree/descriptive";

/** Rounding of a handful of logarithms. */
const ROUNDING = 1e-9;

Deno.test("a monopoly has a Herfindahl index of 1, n equal producers of 1 / n", () => {
  assert.equal(herfindahl([{ country: "CHN", tonnes: 7 }]), 1);
  const four = ["a", "b", "c", "d"].map((country) => ({ country, tonnes: 3 }));
  assert.equal(herfindahl(four), 0.25);
  assert.throws(() => herfindahl([{ country: "CHN", tonnes: 0 }]), /no producer has output/);
});

Deno.test("units that grow alike give paths without spread, base year 100", () => {
  const rows = ["a", "b", "c"].flatMap((unit, k) =>
    [2009, 2010].map((year) => ({ unit, year, value: (k + 1) * (year === 2009 ? 1 : 1.5) }))
  );
  const exposure = new Map([["a", 3], ["b", 2], ["c", 1]]);
  const { paths, high, low, leftOut } = highLowMeans(rows, exposure, { baseYear: 2009 });
  assert.deepEqual([high, low, leftOut], [["a"], ["b", "c"], []]);
  for (const path of paths) {
    const expected = path.year === 2009 ? 100 : 150;
    for (const value of [path.value, path.lower, path.upper]) {
      assert.ok(Math.abs(value - expected) < ROUNDING);
    }
  }
});

Deno.test("the mean is geometric and the interval uses the spread over units", () => {
  const rows = [["a", 2], ["b", 8], ["c", 1]].flatMap(([unit, growth]) => [
    { unit: String(unit), year: 1, value: 1 },
    { unit: String(unit), year: 2, value: Number(growth) },
  ]);
  const exposure = new Map([["a", 9], ["b", 8], ["c", 0]]);
  const { paths } = highLowMeans(rows, exposure, { baseYear: 1, highShare: 2 / 3 });
  const path = paths.find(({ group, year }) => group === "high" && year === 2)!;
  assert.ok(Math.abs(path.value - 400) < ROUNDING);
  // Standard error of log 2 and log 8 around log 4: log 2.
  assert.ok(
    Math.abs(Math.log(path.upper / path.value) - 1.959963984540054 * Math.log(2)) < ROUNDING,
  );
});

Deno.test("units with a zero or a missing year are left out by name", () => {
  const rows = [
    { unit: "a", year: 1, value: 1 },
    { unit: "a", year: 2, value: 1 },
    { unit: "b", year: 1, value: 0 },
    { unit: "b", year: 2, value: 1 },
    { unit: "c", year: 1, value: 1 },
    { unit: "d", year: 1, value: 1 },
    { unit: "d", year: 2, value: 1 },
  ];
  const exposure = new Map([["a", 1], ["d", 0]]);
  const result = highLowMeans(rows, exposure, { baseYear: 1, highShare: 0.5 });
  assert.deepEqual(result.leftOut, ["b", "c"]);
  assert.throws(
    () => highLowMeans(rows, new Map([["a", 1]]), { baseYear: 1 }),
    /unit d has no exposure/,
  );
});

Deno.test("country exposure weights sectors by output", () => {
  const rows = [
    { country: "JPN", sector: "tech", element: "Nd", total: 2e-6 },
    { country: "JPN", sector: "tech", element: "Dy", total: 1e-6 },
    { country: "JPN", sector: "rest", element: "Nd", total: 0 },
  ];
  const exposure = countryExposure(rows, (_, sector) => sector === "tech" ? 25 : 75);
  assert.ok(Math.abs(exposure.get("JPN")! - 0.75) < ROUNDING);
});
