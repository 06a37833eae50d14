import {
  CROSSWALK_FILES,
  loadBeaCodes,
  loadIndustryCrosswalk,
  loadIndustryProductivity,
  loadManufacturing,
  loadNaicsCrosswalk,
  MERGED_INDUSTRIES,
  readIndustryCrosswalk,
  readNaicsCrosswalk,
} from "@ree/data";
import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import {
  assertSourceError,
  copyFiles,
  DATA_DIR,
  edit,
  editLine,
  inTempDir,
  SOURCE_DIR,
  sourceTest,
} from "./helpers.ts";

const DETAIL_CODES = [
  "bea_io/Detail_IndustryCodeName_2012.csv",
  "bea_io/Detail_CommodityCodeName_2012.csv",
  "bea_io/Detail_FinalDemandCodeName_2012.csv",
  "bea_io/Detail_ValueAddedCodeName_2012.csv",
];

/** Runs `use` in a copy of the source files of the crosswalks. */
function withSources(use: (dir: string) => void | Promise<void>): Promise<void> {
  return inTempDir(async (dir) => {
    for (const file of [...Object.values(CROSSWALK_FILES), ...DETAIL_CODES]) {
      const folder = dirname(file);
      copyFiles(join(SOURCE_DIR, folder), join(dir, folder), [file.slice(folder.length + 1)]);
      Deno.chmodSync(join(dir, file), 0o644);
    }
    await use(dir);
  });
}

Deno.test("the 405 detail industries each belong to one of the 63 productivity industries", () => {
  const rows = loadIndustryCrosswalk();
  assert.deepEqual(
    rows.map(({ detail }) => detail).sort(),
    [...loadBeaCodes(2007).industry.codes].sort(),
  );
  const names = new Map(rows.map(({ industryId, industry }) => [industryId, industry]));
  assert.equal(names.size, 63);
  for (const { industryId, industry } of loadIndustryProductivity()) {
    assert.equal(names.get(industryId), industry);
  }
});

Deno.test("five industries merge summary industries, the other 58 are one each", () => {
  const groups = Map.groupBy(loadIndustryCrosswalk(), ({ industry }) => industry);
  for (const [industry, rows] of groups) {
    const codes = new Set(rows.map(({ summary }) => summary));
    assert.deepEqual(
      [...codes].sort(),
      [...MERGED_INDUSTRIES[industry] ?? codes].sort(),
      industry,
    );
    assert.equal(codes.size > 1, industry in MERGED_INDUSTRIES, industry);
  }
  const detail = (industry: string) => groups.get(industry)!.map(({ detail }) => detail);
  assert.deepEqual(detail("Real estate"), ["531HSO", "531HST", "531ORE"]);
  assert.ok(detail("Computer and electronic products").includes("334413"));
});

Deno.test("the 364 NAICS industries are all of BEA's 235 manufacturing industries", () => {
  const rows = loadNaicsCrosswalk();
  assert.deepEqual(
    rows.map(({ naics }) => naics),
    [...new Set(loadManufacturing().map(({ naics }) => naics))],
  );
  const manufacturing = loadBeaCodes(2007).industry.codes.filter((code) => code.startsWith("3"));
  assert.equal(manufacturing.length, 235);
  assert.deepEqual([...new Set(rows.map(({ detail }) => detail))].sort(), manufacturing.sort());
  const at = new Map(rows.map(({ naics, detail }) => [naics, detail]));
  assert.deepEqual(
    ["332993", "327120", "334413", "331524"].map((naics) => at.get(naics)),
    ["33299A", "327100", "334413", "331520"],
  );
});

Deno.test("seven foundries and lamps are matched by the crosswalk, the rest by the concordance", () => {
  const other = loadNaicsCrosswalk().filter(({ via }) => via === "crosswalk");
  assert.deepEqual(other.map(({ naics }) => naics), [
    "331511",
    "331512",
    "331513",
    "331523",
    "331524",
    "331529",
    "335129",
  ]);
});

sourceTest("the derived crosswalks equal those of the source files", () => {
  assert.deepEqual(loadIndustryCrosswalk(), readIndustryCrosswalk(SOURCE_DIR));
  assert.deepEqual(loadNaicsCrosswalk(), readNaicsCrosswalk(SOURCE_DIR));
});

sourceTest("readIndustryCrosswalk: a renamed industry is named", () =>
  withSources(async (dir) => {
    edit(
      join(dir, CROSSWALK_FILES.industries),
      (text) => text.replaceAll("Wood products", "Timber"),
    );
    await assertSourceError(
      () => readIndustryCrosswalk(dir),
      CROSSWALK_FILES.industries,
      '"Timber"',
      "MERGED_INDUSTRIES",
    );
  }));

sourceTest(
  "readIndustryCrosswalk: a detail industry of two summary industries is named",
  () =>
    withSources(async (dir) => {
      edit(
        join(dir, CROSSWALK_FILES.crosswalk),
        (text) => text.replace('"334","334413"', '"335","334413"'),
      );
      await assertSourceError(() => readIndustryCrosswalk(dir), "row 334413", "335", "334");
    }),
);

sourceTest(
  "readNaicsCrosswalk: a NAICS code on which the lists disagree is named",
  () =>
    withSources(async (dir) => {
      edit(
        join(dir, CROSSWALK_FILES.concordance),
        (text) => text.replace('"335911","335911"', '"335912","335911"'),
      );
      await assertSourceError(() => readNaicsCrosswalk(dir), "NAICS 335911", "335912");
    }),
);

Deno.test("loadIndustryCrosswalk: a missing row is noticed", () =>
  inTempDir(async (dir) => {
    copyFiles(DATA_DIR, dir, ["industry_crosswalk.csv", "bea_codes.csv"]);
    edit(
      join(dir, "industry_crosswalk.csv"),
      (text) => text.split("\n").slice(0, -2).join("\n") + "\n",
    );
    await assertSourceError(() => loadIndustryCrosswalk(dir), "industry_crosswalk.csv", "404 rows");
  }));

Deno.test("loadNaicsCrosswalk: a code that is no BEA industry is named", () =>
  inTempDir(async (dir) => {
    copyFiles(DATA_DIR, dir, ["naics_bea.csv", "bea_codes.csv"]);
    editLine(join(dir, "naics_bea.csv"), 2, (line) => line.replace(",311111,", ",31111X,"));
    await assertSourceError(() => loadNaicsCrosswalk(dir), "column detail", '"31111X"');
  }));
