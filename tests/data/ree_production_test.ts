import {
  BGS_FILE,
  loadOxideProduction,
  loadUsgsFigures,
  readOxideProduction,
  readUsgsFigures,
  USGS_FILE,
} from "@ree/data";
import assert from "node:assert/strict";
import { join } from "node:path";
import {
  assertSourceError,
  copyFiles,
  edit,
  inTempDir,
  SOURCE_DIR,
  sourceTest,
} from "./helpers.ts";

const PRODUCTION = join(SOURCE_DIR, "ree_production");

Deno.test("China's oxide production 2005 to 2015 is the published series", () => {
  const china = loadOxideProduction().filter(({ iso3, year }) =>
    iso3 === "CHN" && year >= 2005 && year <= 2015
  );
  assert.deepEqual(china.map(({ tonnes }) => tonnes), [
    119_000,
    133_000,
    120_800,
    124_500,
    129_400,
    118_900,
    105_000,
    100_000,
    95_000,
    139_000,
    139_000,
  ]);
  assert.ok(china.every(({ estimated }) => estimated));
});

Deno.test("oxide production has one row per country and year and no ores", () => {
  const rows = loadOxideProduction();
  assert.equal(rows.length, 264);
  assert.equal(new Set(rows.map(({ iso3, year }) => `${iso3} ${year}`)).size, 264);
  assert.ok(rows.every(({ year }) => year >= 1992));
  assert.deepEqual(
    rows.filter(({ tonnes }) => tonnes === null).map(({ iso3, year }) => `${iso3} ${year}`),
    ["CAN 2017", "THA 2012"],
  );
});

Deno.test("USGS figures hold mine production of 2024, prices with ranges and dashes as zero", () => {
  const figures = loadUsgsFigures();
  assert.equal(figures.length, 172);
  const mine = figures.filter(({ item, year }) => item === "Mine production" && year === 2024);
  assert.equal(mine.find(({ country }) => country === "China")?.low, 270_000);
  assert.equal(mine.find(({ country }) => country === "Greenland")?.low, 0);
  const scandium = figures.find(({ item, year }) =>
    item.includes("Scandium oxide") && year === 2021
  );
  assert.deepEqual([scandium?.low, scandium?.high], [890, 1000]);
  const world = figures.find(({ item }) => item === "Reserves: rounded");
  assert.deepEqual([world?.low, world?.high], [85_000_000, null]);
});

sourceTest("the derived production tables equal the source files exactly", () => {
  assert.deepEqual(loadOxideProduction(), readOxideProduction(PRODUCTION));
  assert.deepEqual(loadUsgsFigures(), readUsgsFigures(PRODUCTION));
});

function badInput(
  name: string,
  file: string,
  read: (dir: string) => unknown,
  change: (text: string) => string,
  ...patterns: readonly (RegExp | string)[]
): void {
  sourceTest(name, () =>
    inTempDir(async (dir) => {
      copyFiles(PRODUCTION, dir, [file]);
      edit(join(dir, file), change);
      await assertSourceError(() => read(dir), file, ...patterns);
    }));
}

badInput(
  "readOxideProduction: another unit is named",
  BGS_FILE,
  readOxideProduction,
  (text) => text.replaceAll("tonnes (metric)", "kilograms"),
  "column units",
  '"kilograms"',
);
badInput(
  "readOxideProduction: thousands of tonnes are noticed",
  BGS_FILE,
  readOxideProduction,
  (text) => text.replaceAll(",118900.0,", ",118.9,"),
  "China 2010",
  "another unit",
);
badInput(
  "readOxideProduction: an unknown commodity is named",
  BGS_FILE,
  readOxideProduction,
  (text) => text.replace("rare earth oxides", "rare earth chlorides"),
  "column bgs_commodity_trans",
);
badInput(
  "readUsgsFigures: a value that is no number is named",
  USGS_FILE,
  readUsgsFigures,
  (text) => text.replace('"42,400"', "W"),
  "row 2, column Value",
  '"W"',
);
