import {
  readMcsRelease,
  readMonthlyPrices,
  readUsgsFigures,
  readUsgsHistory,
  USGS_FILE,
} from "@ree/data";
import assert from "node:assert/strict";
import { join } from "node:path";
import { assertSourceError, inTempDir, SOURCE_DIR, sourceTest } from "./helpers.ts";
import { workbook } from "./io/publishers.ts";

const WORLD =
  "SOURCE,COMMODITY,COUNTRY,TYPE,UNIT_MEAS,PROD_2023,PROD_EST_ 2024,PROD_NOTES,RESERVES_2024,RESERVES_NOTES\n" +
  'MCS2025,Rare earths,China,"Mine production, REO equivalent",metric tons,"255,000","270,000",Production quota,"44,000,000",\n' +
  'MCS2025,Rare earths,Malaysia,"Mine production, REO equivalent",metric tons,310,130,d\u00e9j\u00e0 vu,NA,\n' +
  "MCS2025,Cobalt,Congo,Mine production,metric tons,1,2,,3,\n";

function latin1(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

Deno.test("the world data of 2025 read by country and year, in Windows-1252 as in UTF-8", async () => {
  await inTempDir((dir) => {
    const path = join(dir, "MCS2025_World_Data.csv");
    for (const bytes of [latin1(WORLD), new TextEncoder().encode(WORLD)]) {
      Deno.writeFileSync(path, bytes);
      const figures = readMcsRelease(path);
      assert.equal(figures.length, 6);
      const china = figures.filter(({ country }) => country === "China");
      assert.deepEqual(
        china.map(({ year, statistic, low, estimated }) => [year, statistic, low, estimated]),
        [
          [2023, "Production", 255_000, false],
          [2024, "Production", 270_000, true],
          [2024, "Reserves", 44_000_000, false],
        ],
      );
      assert.equal(figures[5].low, null);
      assert.equal(figures[3].note, "d\u00e9j\u00e0 vu");
    }
    assert.equal(readMcsRelease(path, /cobalt/i).length, 3);
  });
});

Deno.test("readMcsRelease: another header, chapter or value is named", async () => {
  for (
    const [from, to, ...patterns] of [
      ["UNIT_MEAS", "UNIT", "row 1", "came a header with SOURCE"],
      ["255,000", "lots", "row 2, column PROD_2023", 'came "lots"'],
      ["metric tons", "kilograms", "column UNIT_MEAS"],
      [/Rare earths/g, "Tin", "came Tin, Cobalt"],
    ] as const
  ) {
    await inTempDir(async (dir) => {
      const path = join(dir, "w.csv");
      Deno.writeTextFileSync(path, WORLD.replace(from, to));
      await assertSourceError(() => readMcsRelease(path), ...patterns);
    });
  }
});

sourceTest("the release of 2026 reads the same by itself and as the shipped table's source", () => {
  const dir = join(SOURCE_DIR, "ree_production");
  assert.deepEqual(readMcsRelease(join(dir, USGS_FILE)), readUsgsFigures(dir));
});

const HISTORY = [
  ["RARE EARTH STATISTICS1"],
  ["U.S. GEOLOGICAL SURVEY"],
  ["[All values in metric tons (t) rare-earth oxide (REO) unless otherwise noted]"],
  ["Last modification: January 19, 2017"],
  [
    "Year",
    "Production",
    "Imports",
    "Apparent consumption",
    "Unit value ($/t)",
    "World production2",
  ],
  [2009, 0, 17300, "W", 4470, 135000],
  [2010, null, "15,800", "10,200", 14300, 133000],
  [2011, "NA", 8700, 11000, 172000, 134000],
  ["1See also 'Data Sources' below."],
  [2015, 1, 1, 1, 1, 1],
];

Deno.test("historical statistics read series by year; withheld and empty cells have no value", async () => {
  for (const type of ["xlsx", "biff8"] as const) {
    await inTempDir(async (dir) => {
      const path = join(dir, `ds140.${type === "xlsx" ? "xlsx" : "xls"}`);
      Deno.writeFileSync(path, workbook({ "Rare Earths": HISTORY }, type));
      const { unit, series } = await readUsgsHistory(path, "rare");
      assert.match(unit, /^All values in metric tons \(t\) rare-earth oxide.*noted$/);
      assert.deepEqual(series.map(({ name }) => name), [
        "Production",
        "Imports",
        "Apparent consumption",
        "Unit value ($/t)",
        "World production",
      ]);
      assert.deepEqual([...series[2].values], [[2009, null], [2010, 10_200], [2011, 11_000]]);
      assert.deepEqual([...series[0].values.values()], [0, null, null]);
      await assertSourceError(() => readUsgsHistory(path, "tin"), "sheets Rare Earths");
    });
  }
});

Deno.test("readUsgsHistory: what is wrong is named by cell", async () => {
  const faults: [(rows: (string | number | null)[][]) => void, ...string[]][] = [
    [(rows) => rows[4][0] = "Years", "a header that begins with Year"],
    [(rows) => rows[2][0] = null, "the unit above the header"],
    [(rows) => rows[6][2] = "many", "row C7, column Imports", 'came "many"'],
    [(rows) => rows[7][0] = 2010, "cell A8", "a year after 2010"],
  ];
  for (const [spoil, ...patterns] of faults) {
    const rows = HISTORY.map((row) => [...row]);
    spoil(rows);
    await inTempDir(async (dir) => {
      const path = join(dir, "ds140.xlsx");
      Deno.writeFileSync(path, workbook({ "Rare Earths": rows }, "xlsx"));
      await assertSourceError(() => readUsgsHistory(path), ...patterns);
    });
  }
});

const PRICES = "month,series,price,unit,basis,source\n" +
  "2010-07,Nd,48,USD/kg,oxide FOB China,a\n" +
  "2010-05,Nd,40000,USD/t,oxide FOB China,a\n" +
  '2010-05,Dy,"200",USD/lb,oxide FOB China,a\n' +
  "2010-05,Nd,270,CNY/kg,oxide China,b\n";

Deno.test("monthly prices come in USD per kg, in order, with the missing months", async () => {
  await inTempDir((dir) => {
    const path = join(dir, "p.csv");
    Deno.writeTextFileSync(path, PRICES);
    const { prices, gaps } = readMonthlyPrices(path, () => 0.1);
    assert.deepEqual(prices.map(({ series, month, price }) => [series, month, Math.round(price)]), [
      ["Nd", 5, 40],
      ["Nd", 7, 48],
      ["Dy", 5, 441],
      ["Nd", 5, 27],
    ]);
    assert.deepEqual(gaps, [{ series: "Nd, oxide FOB China", months: ["2010-06"] }]);
  });
});

Deno.test("readMonthlyPrices: what is wrong is named by line and column", async () => {
  for (
    const [from, to, ...patterns] of [
      ["2010-07", "7/2010", "row 2, column month", "YYYY-MM"],
      ["2010-07", "2010-13", "row 2, column month"],
      ["USD/kg", "EUR/kg", "row 2, column unit"],
      ["48", "0", "row 2, column price", "above 0"],
      ["2010-05", "2010-07", "row 3", "already in row 2"],
      ["basis", "base", "basis"],
      ["", "", "row 5, column unit", "usdPerCny"],
    ]
  ) {
    await inTempDir(async (dir) => {
      const path = join(dir, "p.csv");
      Deno.writeTextFileSync(path, PRICES.replace(from, to));
      await assertSourceError(() => readMonthlyPrices(path), ...patterns);
    });
  }
});
