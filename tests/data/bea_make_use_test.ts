import {
  BALANCE_MUSD,
  BEA_YEARS,
  loadBeaCodes,
  loadMakeUse,
  type MakeUseTable,
  readBeaCodes,
  readMakeUse,
  ROUNDING_MUSD,
} from "@ree/data";
import assert from "node:assert/strict";
import { join } from "node:path";
import {
  assertSameNumbers,
  assertSourceError,
  copyFiles,
  edit,
  editLine,
  filesIn,
  inTempDir,
  SOURCE_DIR,
  sourceTest,
} from "./helpers.ts";

const BEA = join(SOURCE_DIR, "bea_io");

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

Deno.test("the BEA tables have the published sizes and value added", () => {
  const expected = { 2007: 14_451_856, 2012: 16_253_960, 2017: 19_612_089 };
  for (const [year, valueAdded] of Object.entries(expected)) {
    const table = loadMakeUse(Number(year));
    const size = year === "2017" ? 402 : 405;
    assert.equal(table.industries.length, size);
    assert.equal(table.commodities.length, size);
    assert.equal(table.industryNames.length, size);
    assert.equal(table.finalUses.length, 20);
    assert.deepEqual(table.valueAddedRows, ["V00100", "V00200", "V00300"]);
    assert.equal(table.imports === null, year === "2007");
    assert.equal(sum(table.valueAdded), valueAdded);
  }
});

Deno.test("industries and commodities of the BEA are different sets", () => {
  const table = loadMakeUse(2012);
  assert.ok(table.commodities.includes("S00401") && !table.industries.includes("S00401"));
  assert.ok(table.industries.includes("S00101") && !table.commodities.includes("S00101"));
  assert.equal(
    table.industryNames[table.industries.indexOf("325180")],
    "Other Basic Inorganic Chemical Manufacturing",
  );
});

Deno.test("each industry's output is its inputs plus value added in every BEA year", () => {
  for (const year of BEA_YEARS) {
    const { industries, commodities, make, use, valueAdded, valueAddedRows } = loadMakeUse(year);
    industries.forEach((industry, j) => {
      const output = sum(commodities.map((_, c) => make[j * commodities.length + c]));
      const inputs = sum(commodities.map((_, c) => use[c * industries.length + j]));
      const added = sum(valueAddedRows.map((_, v) => valueAdded[v * industries.length + j]));
      assert.ok(Math.abs(output - inputs - added) <= BALANCE_MUSD, `${year} ${industry}`);
    });
  }
});

Deno.test("each commodity is used as much as it is made in every BEA year", () => {
  for (const year of BEA_YEARS) {
    const { industries, commodities, make, use, finalUse, finalUses } = loadMakeUse(year);
    commodities.forEach((commodity, c) => {
      const made = sum(industries.map((_, j) => make[j * commodities.length + c]));
      const used = sum(industries.map((_, j) => use[c * industries.length + j])) +
        sum(finalUses.map((_, f) => finalUse[c * finalUses.length + f]));
      assert.ok(Math.abs(made - used) <= ROUNDING_MUSD, `${year} ${commodity}`);
    });
  }
});

Deno.test("imports are negative in F05000 and the rest of the import matrix adds up to them", () => {
  const { imports, industries, commodities, finalUses } = loadMakeUse(2012);
  assert.ok(imports);
  const column = finalUses.indexOf("F05000");
  commodities.forEach((commodity, c) => {
    const row = sum(imports.use.subarray(c * industries.length, (c + 1) * industries.length)) +
      sum(imports.finalUse.subarray(c * 20, (c + 1) * 20));
    assert.ok(Math.abs(row) <= ROUNDING_MUSD, commodity);
    assert.ok(imports.finalUse[c * 20 + column] <= 0, commodity);
  });
});

Deno.test("a year without a BEA benchmark table is refused with the list of years", () => {
  assert.throws(() => loadMakeUse(2010), /2010: expected one of 2007, 2012, 2017/);
});

sourceTest("the derived BEA tables equal the publisher's files exactly", () => {
  for (const year of BEA_YEARS) {
    const read = readMakeUse(BEA, year);
    const loaded = loadMakeUse(year);
    assertSameTable(loaded, read);
    assert.deepEqual(loadBeaCodes(year), readBeaCodes(BEA, year));
  }
});

function assertSameTable(came: MakeUseTable, expected: MakeUseTable): void {
  const { make, use, finalUse, valueAdded, imports, ...labels } = expected;
  const { make: _m, use: _u, finalUse: _f, valueAdded: _v, imports: _i, ...cameLabels } = came;
  assert.deepEqual(cameLabels, labels);
  assertSameNumbers(came.make, make, "make");
  assertSameNumbers(came.use, use, "use");
  assertSameNumbers(came.finalUse, finalUse, "finalUse");
  assertSameNumbers(came.valueAdded, valueAdded, "valueAdded");
  assert.equal(came.imports === null, imports === null);
  if (came.imports === null || imports === null) return;
  assertSameNumbers(came.imports.use, imports.use, "imports.use");
  assertSameNumbers(came.imports.finalUse, imports.finalUse, "imports.finalUse");
}

/** Names of the files of 2012, which the tests of bad input spoil. */
const MAKE = "Detail_Make_2012_BeforeRedef.csv";
const USE = "Detail_Use_2012_PRO_BeforeRedef.csv";
const IMPORT = "Detail_Import_2012_BeforeRedef.csv";

function badInput(
  name: string,
  spoil: (dir: string) => void,
  ...patterns: readonly (RegExp | string)[]
): void {
  sourceTest(`readMakeUse: ${name}`, () =>
    inTempDir(async (dir) => {
      const detail = filesIn(BEA).filter((file) =>
        file.startsWith("Detail_") && file.includes("2012")
      );
      copyFiles(BEA, dir, detail);
      for (const file of detail) Deno.chmodSync(join(dir, file), 0o644);
      spoil(dir);
      await assertSourceError(() => readMakeUse(dir, 2012), ...patterns);
    }));
}

function inThousands(path: string): void {
  edit(path, (text) => {
    const [header, ...lines] = text.trimEnd().split("\n");
    const scaled = lines.map((line) => {
      const [code, ...cells] = line.split(",");
      return [code, ...cells.map((cell) => String(Number(cell) * 1000))].join(",");
    });
    return [header, ...scaled].join("\n") + "\n";
  });
}

badInput("a missing file is named", (dir) => Deno.removeSync(join(dir, USE)), USE, "no such file");
badInput(
  "a file cut in the middle of a line is called truncated",
  (dir) => edit(join(dir, MAKE), (text) => text.slice(0, text.length / 2)),
  MAKE,
  /row \d+/,
  "truncated",
);
badInput(
  "a file cut at a line end lacks its last rows",
  (dir) => edit(join(dir, USE), (text) => text.split("\n").slice(0, 300).join("\n") + "\n"),
  USE,
  /row \w+: came no such row/,
);
badInput(
  "a renamed column is named with what came in its place",
  (dir) => editLine(join(dir, USE), 1, (line) => line.replace('"335911"', '"335999X"')),
  USE,
  "column 335911",
  '"335999X"',
);
badInput(
  "a cell that is no number is named by row and column",
  (dir) => editLine(join(dir, MAKE), 5, (line) => line.replace(/,(\d+)/, ",n.a.")),
  MAKE,
  "row 111300 (line 5)",
  "column 1111A0",
  '"n.a."',
);
badInput(
  "one row in thousands breaks the published total of its row",
  (dir) =>
    editLine(join(dir, USE), 130, (line) => {
      const cells = line.split(",");
      return cells.map((cell, j) => j > 0 && j < 400 ? String(Number(cell) * 1000) : cell).join(
        ",",
      );
    }),
  USE,
  /row \w+, column T001/,
);
for (
  const [file, came] of [[MAKE, "gross output of"], [USE, "value added of"], [IMPORT, "times"]]
) {
  badInput(
    `${file} in thousands is called another unit`,
    (dir) => inThousands(join(dir, file)),
    file,
    came,
    "another unit",
  );
}
badInput(
  "all files in thousands are called another unit",
  (dir) => [MAKE, USE, IMPORT].forEach((file) => inThousands(join(dir, file))),
  USE,
  "another unit",
);
badInput(
  "a code that occurs twice is named",
  (dir) => editLine(join(dir, IMPORT), 4, (line) => line.replace('"111200"', '"1111B0"')),
  IMPORT,
  "row 1111B0",
  "twice",
);

Deno.test("loadMakeUse: a missing derived table says how to build it", () =>
  inTempDir((dir) =>
    assertSourceError(() => loadMakeUse(2012, dir), "bea_codes.csv", "data:build")
  ));
