import { FACT_FILES, type Facts, loadBeaCodes, loadFacts, readFacts } from "@ree/data";
import assert from "node:assert/strict";
import { join } from "node:path";
import {
  assertSourceError,
  copyFiles,
  DATA_DIR,
  edit,
  editLine,
  filesIn,
  inTempDir,
  SOURCE_DIR,
  sourceTest,
} from "./helpers.ts";

Deno.test("the facts tables have the rows of the transcription", () => {
  const facts = loadFacts();
  const rows = Object.fromEntries(
    (Object.keys(FACT_FILES) as (keyof Facts)[]).map((name) => [name, facts[name].length]),
  );
  assert.deepEqual(rows, {
    annualPrices: 89,
    prices: 190,
    quotas: 44,
    duties: 11,
    endUseShares: 39,
    worldUse: 10,
    elementMix: 48,
    applicationIndustries: 31,
    mineProduction: 27,
    substitutability: 15,
    marketFacts: 42,
  });
});

Deno.test("export quota totals of 2009 to 2014 are the published ones, without conflicts", () => {
  const totals = loadFacts().quotas
    .filter(({ period, group, reading }) =>
      period === "year" && group === "total" && reading !== "conflict"
    )
    .map(({ year, tonnes }) => [year, tonnes]);
  assert.deepEqual(totals, [
    [2009, 50_145],
    [2010, 30_258],
    [2011, 30_246],
    [2012, 30_996],
    [2013, 30_999],
    [2014, 30_611],
    [2015, null],
  ]);
});

Deno.test("prices are read directly or with inferred labels, in the counts of the transcription", () => {
  const { prices, substitutability } = loadFacts();
  const count = (reading: string) => prices.filter((price) => price.reading === reading).length;
  assert.deepEqual([count("direct"), count("label inferred")], [165, 25]);
  assert.deepEqual(
    substitutability.filter((row) => row.noAdequateSubstitute).map(({ element }) => element).sort(),
    ["Dy", "Eu", "La", "Tm", "Y", "Yb"],
  );
});

Deno.test("the element mix adds up to 100 per application", () => {
  const { elementMix, worldUse } = loadFacts();
  for (const { application } of worldUse) {
    const shares = elementMix.filter((row) => row.application === application);
    const sum = shares.reduce((total, { sharePercent }) => total + sharePercent, 0);
    assert.ok(Math.abs(sum - 100) < 1e-9, `${application}: ${sum}`);
  }
});

Deno.test("an undated share has no year and keeps its words", () => {
  const undated = loadFacts().endUseShares.filter(({ year }) => year === null);
  assert.equal(undated.length, 7);
  assert.equal(undated[0].period, "undated (c. 2007-2010)");
});

Deno.test("every row of facts has a source or is our own judgement", () => {
  const { applicationIndustries, ...sourced } = loadFacts();
  for (const [name, rows] of Object.entries(sourced)) {
    for (const row of rows) assert.ok(row.source.length > 0, name);
  }
  for (const row of applicationIndustries) assert.equal(row.reading, "our judgement");
});

sourceTest("the derived facts equal the transcription exactly", () => {
  assert.deepEqual(loadFacts(), readFacts(join(SOURCE_DIR, "facts")));
});

function badInput(
  name: string,
  spoil: (facts: string) => void,
  ...patterns: readonly (RegExp | string)[]
): void {
  Deno.test(`loadFacts: ${name}`, () =>
    inTempDir(async (dir) => {
      copyFiles(DATA_DIR, dir, ["bea_codes.csv"]);
      const facts = join(DATA_DIR, "facts");
      copyFiles(facts, join(dir, "facts"), filesIn(facts));
      spoil(join(dir, "facts"));
      await assertSourceError(() => loadFacts(dir), ...patterns);
    }));
}

const MIX = FACT_FILES.elementMix.file;
const INDUSTRIES = FACT_FILES.applicationIndustries.file;
const QUOTAS = FACT_FILES.quotas.file;
const PRICES = FACT_FILES.annualPrices.file;

badInput("a missing file is named", (dir) => Deno.removeSync(join(dir, MIX)), MIX, "no such file");
badInput(
  "a truncated file is called truncated",
  (dir) => edit(join(dir, PRICES), (text) => text.slice(0, -30)),
  PRICES,
  "truncated",
);
badInput(
  "a renamed column is named with the header that came",
  (dir) => edit(join(dir, PRICES), (text) => text.replace("usd_per_kg_oxide", "price")),
  PRICES,
  "row 1, column usd_per_kg_oxide",
  "element, year, price",
);
badInput(
  "a cell that is no number is named",
  (dir) => edit(join(dir, MIX), (text) => text.replace(",69.4,", ",about 69,")),
  MIX,
  "row 3, column share_percent",
  '"about 69"',
);
badInput(
  "a mix that does not add up to 100 names the application and the sum",
  (dir) => edit(join(dir, MIX), (text) => text.replace(",69.4,", ",59.4,")),
  MIX,
  "permanent magnets",
  "column share_percent",
  "a sum of 90",
);
badInput(
  "US end-use shares that do not add up to 100 are named",
  (dir) =>
    editLine(join(dir, FACT_FILES.endUseShares.file), 2, (line) => line.replace(",22,", ",12,")),
  FACT_FILES.endUseShares.file,
  "USA 2009",
  "a sum of 90",
);
badInput(
  "an unknown industry code is named",
  (dir) => edit(join(dir, INDUSTRIES), (text) => text.replace(",335312,", ",999999,")),
  INDUSTRIES,
  "row 2, column bea_detail_industry",
  '"999999"',
  "bea_codes.csv",
);
badInput(
  "an industry that is only a commodity is unknown",
  (dir) => edit(join(dir, INDUSTRIES), (text) => text.replace(",335312,", ",S00401,")),
  INDUSTRIES,
  "row 2, column bea_detail_industry",
);
badInput(
  "an unknown host commodity is named",
  (dir) => edit(join(dir, INDUSTRIES), (text) => text.replace("332999;331490", "332999;33149X")),
  INDUSTRIES,
  "row 2, column host_commodities",
  '"33149X"',
);
badInput(
  "an unknown WIOD sector is named",
  (dir) => editLine(join(dir, INDUSTRIES), 2, (line) => line.replace(",c14,", ",c36,")),
  INDUSTRIES,
  "row 2, column wiod2013_sector",
  '"c36"',
);
badInput(
  "an unknown technology field is named",
  (dir) =>
    edit(join(dir, INDUSTRIES), (text) => text.replace(",computer technology,", ",computers,")),
  INDUSTRIES,
  "row 3, column wipo_field",
  '"computers"',
);
badInput(
  "an application that the other table does not have is named",
  (dir) => editLine(join(dir, MIX), 2, (line) => line.replace("permanent magnets", "magnets")),
  MIX,
  "magnets",
);
badInput(
  "a key that occurs twice is named with both rows",
  (dir) => editLine(join(dir, PRICES), 3, (line) => line.replace("2008", "2007")),
  PRICES,
  "row 3, column element + year",
  "already in row 2",
);
badInput(
  "half-year quotas that do not add up to the year are named",
  (dir) =>
    edit(
      join(dir, QUOTAS),
      (text) => text.replace("2009,year,total,50145", "2009,year,total,51145"),
    ),
  QUOTAS,
  "column tonnes",
  "50145",
);
badInput(
  "a price in another unit is named",
  (dir) => editLine(join(dir, PRICES), 2, (line) => line.replace(",3.04,", ",30400,")),
  PRICES,
  "row 2, column usd_per_kg_oxide",
  "USD per kg",
);

Deno.test("every code of the application industries has a name in each BEA year", () => {
  for (const year of [2007, 2012, 2017]) {
    const codes = loadBeaCodes(year);
    for (const row of loadFacts().applicationIndustries) {
      assert.ok(codes.industry.codes.includes(row.industry));
      for (const host of row.hostCommodities) assert.ok(codes.commodity.codes.includes(host));
    }
  }
});
