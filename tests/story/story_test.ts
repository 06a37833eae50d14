import assert from "node:assert/strict";
import { loadFacts, loadJudged, loadMakeUse, loadOxideProduction } from "@ree/data";
import { usReeTable } from "@ree/io-table";
import * as story from "@ree/story";

Deno.test("industry names lose their details, and lists of them read as sentences", () => {
  assert.equal(story.shortName("Electric lamp bulb and part manufacturing"), "Electric lamp bulb");
  assert.equal(story.shortName("Manufacturing"), "Manufacturing");
  const rows = [{ label: "Storage battery manufacturing" }, { label: "Glass" }, { label: "Toys" }];
  assert.equal(story.sentenceNames(rows), "Storage battery, glass and toys");
  assert.equal(story.sentenceNames(rows.slice(0, 1)), "Storage battery");
});

Deno.test("checks are written as whole numbers, decimals or powers of ten", () => {
  assert.equal(story.checkText(1234), "1,234");
  assert.equal(story.checkText(0), "0");
  assert.equal(story.checkText(3.14159), "3.14");
  assert.equal(story.checkText(4.2e-14), "4\u00a0×\u00a010⁻¹⁴");
  assert.equal(story.checkText("none"), "none");
});

Deno.test("an address is shown as its site", () => {
  assert.equal(story.sourceName("https://www.usgs.gov/x/y"), "usgs.gov");
  assert.equal(story.sourceName("0.9 x price of Nd"), "0.9 x price of Nd");
});

Deno.test("one quota a year: totals where official, conflicts left out, the end marked", () => {
  const quotas = story.quotaYears(loadFacts().quotas);
  assert.deepEqual(quotas.map(({ year }) => year), [
    2005,
    2006,
    2007,
    2008,
    2009,
    2010,
    2011,
    2012,
    2013,
    2014,
    2015,
  ]);
  const of = (year: number) => quotas.find((row) => row.year === year)!;
  assert.deepEqual(of(2011), { year: 2011, tonnes: 30_246, reading: "direct" });
  assert.equal(of(2008).reading, "uncertain");
  assert.deepEqual(of(2015), { year: 2015, tonnes: null, reading: "abolished" });
});

Deno.test("duties of every product group start, rise and end in 2015", () => {
  const steps = story.dutySchedule(loadFacts().duties);
  const of = (word: string) => steps.filter(({ product }) => product.startsWith(word));
  assert.deepEqual(of("Neodymium").map(({ ratePercent }) => ratePercent), [10, 15, 15, 25, 0]);
  assert.deepEqual(of("Europium").map(({ ratePercent }) => ratePercent), [10, 25, 25, 25, 0]);
  for (const word of ["Neodymium", "Europium", "Lanthanum", "Dysprosium and"]) {
    assert.ok(Math.abs(of(word).at(-1)!.year - (2015 + 4 / 12)) < 1e-9);
  }
});

Deno.test("China's share of mine output in 2009 is that of the BGS rows", () => {
  const mines = loadOxideProduction().flatMap((row) =>
    row.tonnes === null ? [] : [{ ...row, tonnes: row.tonnes }]
  );
  const row = story.concentrationByYear(mines).find(({ year }) => year === 2009)!;
  assert.ok(Math.abs(row.chinaShare - 129_400 / (129_400 + 16 + 20 + 200 + 1_898)) < 1e-9);
  assert.ok(row.hhi < row.chinaShare && row.hhi > row.chinaShare ** 2);
});

Deno.test("end uses keep their sums when grouped into broad uses", () => {
  const tables = Map.groupBy(
    story.endUseTables(loadFacts().endUseShares),
    ({ region, year }) => `${region} ${year}`,
  );
  for (const key of ["USA 2009", "USA 2015", "USA 2018"]) {
    assert.equal(tables.get(key)!.reduce((sum, row) => sum + row.sharePercent, 0), 100, key);
  }
  assert.equal(
    tables.get("USA 2009")!.find(({ use }) => use === "catalysts")!.sharePercent,
    22 + 14 + 13,
  );
});

Deno.test("the price peak is the highest price over that of the base year", () => {
  const prices = [[2009, 2], [2010, 5], [2011, 3]].map(([year, usdPerKg]) => ({
    element: "Nd",
    year,
    usdPerKg,
  }));
  assert.deepEqual(story.pricePeak(prices, "Nd", 2009), { year: 2010, ratio: 2.5 });
  assert.throws(() => story.pricePeak(prices, "Dy", 2009), /no price of Dy in 2009/);
});

Deno.test("findings say what the numbers say, overlap of intervals included", () => {
  const path = (group: "high" | "low", value: number, half: number) => ({
    group,
    year: 2011,
    value,
    lower: value - half,
    upper: value + half,
    units: 3,
  });
  assert.match(
    story.pathFinding([path("high", 137, 9), path("low", 131, 8)], 2011),
    /137 against 131 in 2011, no clear gap/,
  );
  assert.match(story.pathFinding([path("high", 137, 2), path("low", 120, 2)], 2011), /a clear gap/);
  const rows = [1, 2, 4].map((value, k) => ({
    industry: "a",
    label: "A",
    year: 2007 + 5 * k,
    value,
  }));
  assert.match(
    story.yearFinding(story.medianByYear(rows, ["a"])),
    /2.0 times in 2012 and 4.0 times in 2017 .* in 2007/,
  );
});

Deno.test("both readings embody the same elements in final demand, and output follows from it", () => {
  const [published, facts, judged] = [loadMakeUse(2007), loadFacts(), loadJudged()];
  const embodying = usReeTable(published, facts, judged);
  const first = usReeTable(published, facts, judged, { reading: "first user" });
  const { embodied, purchases, passedOn } = story.compareReadings(
    embodying.table,
    first.table,
    published.industryNames,
  );
  for (const value of embodied) {
    assert.ok(Math.abs(value / purchases - 1) < 1e-9, `${value} ${purchases}`);
  }
  assert.ok(passedOn > 0 && passedOn < purchases);
  assert.ok(story.outputFromFinalDemand(embodying.balanced.table).largestRelativeGap < 1e-9);
});

Deno.test("map rows translate WIOD's codes and leave out what has no ISO code, such as the rest of the world", () => {
  const rows = story.mapRows(new Map([["ROM", 1], ["RoW", 2], ["JPN", 3]]), (iso2) => iso2);
  assert.deepEqual(rows, [{ iso3: "ROU", label: "RO", value: 1 }, {
    iso3: "JPN",
    label: "JP",
    value: 3,
  }]);
  assert.deepEqual(story.mapRows(new Map([["XXX", 1]]), (iso2) => iso2), []);
  assert.equal(story.countryName("XXX", (iso2) => iso2), "XXX");
  assert.equal(story.countryName("NZL", (iso2) => iso2), "NZ");
});
