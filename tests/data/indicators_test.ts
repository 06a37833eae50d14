import {
  AGGREGATES,
  loadCountryYears,
  loadIndustryProductivity,
  loadIndustryValueAdded,
  loadManufacturing,
  loadPatentCounts,
  loadTradeFlows,
  loadWorldPatentCounts,
  MANUFACTURING_FILE,
  PATENTS_FILE,
  readCountryYears,
  readIndustryProductivity,
  readIndustryValueAdded,
  readManufacturing,
  readPatentCounts,
  readTradeFlows,
  readWorldPatentCounts,
  TRADE_FILE,
  VALUE_ADDED_FILE,
  WIPO_FIELDS,
} from "@ree/data";
import assert from "node:assert/strict";
import { join } from "node:path";
import {
  assertSourceError,
  copyFiles,
  edit,
  editLine,
  inTempDir,
  SOURCE_DIR,
  sourceTest,
} from "./helpers.ts";

const NCSES = join(SOURCE_DIR, "ncses");
const PRODUCTIVITY = join(SOURCE_DIR, "productivity");

Deno.test("patents cover 35 fields, 33 countries and 21 years without aggregates", () => {
  const counts = loadPatentCounts();
  assert.equal(counts.length, 35 * 33 * 21);
  assert.equal(new Set(counts.map(({ field }) => field)).size, 35);
  assert.equal(new Set(counts.map(({ iso3 }) => iso3)).size, 33);
  assert.ok(counts.every(({ economy }) => !AGGREGATES.includes(economy)));
  const china = counts.find(({ iso3, field, year }) =>
    iso3 === "CHN" && field === "optics" && year === 2010
  );
  assert.deepEqual(china, {
    field: "optics",
    economy: "China",
    iso3: "CHN",
    year: 2010,
    usptoPatents: 83,
    patentFamilies: 1957,
  });
});

/** Each of 33 rounded counts may exceed its share by half a patent. */
const PATENT_ROUNDING = 17;

Deno.test("countries never hold more patents than the world", () => {
  const world = new Map(
    loadWorldPatentCounts().map((row) => [`${row.field} ${row.year}`, row]),
  );
  const sums = new Map<string, { uspto: number; families: number }>();
  for (const { field, year, usptoPatents, patentFamilies } of loadPatentCounts()) {
    const key = `${field} ${year}`;
    const sum = sums.get(key) ?? { uspto: 0, families: 0 };
    sums.set(key, { uspto: sum.uspto + usptoPatents, families: sum.families + patentFamilies });
  }
  assert.equal(sums.size, WIPO_FIELDS.length * 21);
  for (const [key, { uspto, families }] of sums) {
    const total = world.get(key);
    assert.ok(total, key);
    assert.ok(uspto <= total.usptoPatents + PATENT_ROUNDING, key);
    assert.ok(families <= total.patentFamilies + PATENT_ROUNDING, key);
  }
});

Deno.test("trade and value added cover single countries only", () => {
  const trade = loadTradeFlows();
  assert.equal(trade.length, 3 * 2 * 20 * 16);
  const added = loadIndustryValueAdded();
  assert.equal(added.length, 15 * 74 * 17);
  for (const { economy } of [...trade, ...added]) assert.ok(!AGGREGATES.includes(economy));
  const china = trade.find(({ productGroup, flow, iso3, year }) =>
    productGroup === "KTI" && flow === "Exports" && iso3 === "CHN" && year === 2010
  );
  assert.equal(china?.valueMusd, 832_703);
});

Deno.test("KTI trade is the sum of the two R&D groups", () => {
  const groups = Map.groupBy(loadTradeFlows(), ({ flow, iso3, year }) => `${flow} ${iso3} ${year}`);
  for (const [key, [kti, high, medium]] of groups) {
    assert.equal(kti.productGroup, "KTI");
    assert.ok(Math.abs(kti.valueMusd - high.valueMusd - medium.valueMusd) <= 1, key);
  }
});

Deno.test("productivity tables have the rows of their sources", () => {
  assert.equal(loadIndustryProductivity().length, 63 * 37);
  assert.equal(loadManufacturing().length, 364 * 17);
  const countries = loadCountryYears();
  assert.equal(countries.length, 40 * 25);
  assert.equal(countries.find(({ iso3, year }) => iso3 === "USA" && year === 2017)?.tfpNational, 1);
});

sourceTest("the derived indicators equal the publishers' files exactly", () => {
  assert.deepEqual(loadPatentCounts(), readPatentCounts(NCSES));
  assert.deepEqual(loadWorldPatentCounts(), readWorldPatentCounts(NCSES));
  assert.deepEqual(loadTradeFlows(), readTradeFlows(NCSES));
  assert.deepEqual(loadIndustryValueAdded(), readIndustryValueAdded(NCSES));
  assert.deepEqual(loadIndustryProductivity(), readIndustryProductivity(PRODUCTIVITY));
  assert.deepEqual(loadManufacturing(), readManufacturing(PRODUCTIVITY));
  assert.deepEqual(loadCountryYears(), readCountryYears(PRODUCTIVITY));
});

function badInput(
  name: string,
  source: string,
  file: string,
  read: (dir: string) => unknown,
  spoil: (path: string) => void,
  ...patterns: readonly (RegExp | string)[]
): void {
  sourceTest(name, () =>
    inTempDir(async (dir) => {
      copyFiles(source, dir, [file]);
      Deno.chmodSync(join(dir, file), 0o644);
      spoil(join(dir, file));
      await assertSourceError(() => read(dir), file, ...patterns);
    }));
}

badInput(
  "readPatentCounts: a renamed economy is named",
  NCSES,
  PATENTS_FILE,
  readPatentCounts,
  (path) => edit(path, (text) => text.replace(",China,", ",PR China,")),
  "column economy",
  '"PR China"',
);
badInput(
  "readPatentCounts: a truncated file lacks rows",
  NCSES,
  PATENTS_FILE,
  readPatentCounts,
  (path) => edit(path, (text) => text.split("\n").slice(0, 20_000).join("\n") + "\n"),
  "19999 rows",
  "41181",
);
badInput(
  "readPatentCounts: a cell that is no number is named",
  NCSES,
  PATENTS_FILE,
  readPatentCounts,
  (path) => editLine(path, 2, (line) => line.replace(",2621,", ",s,")),
  "row 2, column uspto_patents",
);
badInput(
  "readTradeFlows: dollars instead of millions are noticed",
  NCSES,
  TRADE_FILE,
  readTradeFlows,
  (path) => edit(path, (text) => text.replaceAll(/(\d+)\.0\n/g, "$1000000.0\n")),
  "KTI, Exports, World, 2003",
  "another unit",
);
badInput(
  "readIndustryValueAdded: billions instead of millions are noticed",
  NCSES,
  VALUE_ADDED_FILE,
  readIndustryValueAdded,
  (path) => edit(path, (text) => text.replaceAll(/(\d+)\d{3}\.0\n/g, "$1.0\n")),
  "KTI, World, 2002",
  "another unit",
);
badInput(
  "readManufacturing: a renamed column is named",
  PRODUCTIVITY,
  MANUFACTURING_FILE,
  readManufacturing,
  (path) => editLine(path, 1, (line) => line.replace('"L"', '"hours"')),
  "row 1, column L",
);
badInput(
  "readManufacturing: a row that occurs twice is named",
  PRODUCTIVITY,
  MANUFACTURING_FILE,
  readManufacturing,
  (path) => editLine(path, 3, (line) => line.replace(",2001,", ",2000,")),
  "row 3, column naics + year",
);
