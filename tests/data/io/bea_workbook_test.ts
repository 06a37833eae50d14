import {
  loadBeaCodes,
  loadMakeUse,
  type MakeUseTable,
  publishedValue,
  readBeaWorkbooks,
} from "@ree/data";
import assert from "node:assert/strict";
import { join } from "node:path";
import {
  assertSameNumbers,
  assertSourceError,
  inTempDir,
  SOURCE_DIR,
  sourceTest,
} from "../helpers.ts";
import { type Cell, printed, type Sheets, sheetsOf } from "./bea_sheets.ts";
import { archive, workbook } from "./publishers.ts";

/** A table of a few industries with exact accounts (SIMULATED). */
function smallTable(): MakeUseTable {
  const commodities = ["325180", "331410", "S00401"];
  const industries = ["325180", "331410"];
  return {
    year: 2019,
    unit: "million USD",
    industries,
    industryNames: ["Inorganic chemicals", "Nonferrous metal"],
    commodities,
    commodityNames: ["Inorganic chemicals", "Nonferrous metal", "Scrap"],
    finalUses: ["F01000", "F05000"],
    valueAddedRows: ["V00100", "V00200", "V00300"],
    make: Float64Array.from([1000, 0, 20, 5, 2000, 0]),
    use: Float64Array.from([100, 300, 50, 0, 0, 0]),
    finalUse: Float64Array.from([700, -95, 2100, -150, 30, -10]),
    valueAdded: Float64Array.from([400, 900, 70, 105, 400, 700]),
    imports: null,
  };
}

async function withSheets(
  sheets: Partial<Sheets>,
  year: number,
  use: (files: { make: string; use: string; imports?: string }) => Promise<void>,
): Promise<void> {
  await inTempDir(async (dir) => {
    const path = (name: string) => join(dir, `${name}.xlsx`);
    for (const [name, cells] of Object.entries(sheets)) {
      const book = { "NAICS Codes": [["Sector"], ["1111A0"]], [String(year)]: cells };
      Deno.writeFileSync(path(name), workbook(book, "xlsx"));
    }
    await use({
      make: path("make"),
      use: path("use"),
      ...(sheets.imports === undefined ? {} : { imports: path("imports") }),
    });
  });
}

function assertSameTable(came: MakeUseTable, expected: MakeUseTable): void {
  for (const key of ["industries", "commodities", "finalUses", "valueAddedRows", "year"] as const) {
    assert.deepEqual(came[key], expected[key], key);
  }
  for (const key of ["make", "use", "finalUse", "valueAdded"] as const) {
    assertSameNumbers(came[key], expected[key], key);
  }
}

Deno.test("the detail workbooks of 2012 give the shipped table, cell by cell", async () => {
  const shipped = loadMakeUse(2012);
  await withSheets(sheetsOf(shipped), 2012, async (files) => {
    const { table, coverage } = await readBeaWorkbooks(files, 2012);
    assertSameTable(table, shipped);
    assert.deepEqual(table.industryNames, loadBeaCodes(2012).industry.names);
    assert.ok(table.imports !== null && shipped.imports !== null);
    assertSameNumbers(table.imports.use, shipped.imports.use, "imports.use");
    assertSameNumbers(table.imports.finalUse, shipped.imports.finalUse, "imports.finalUse");
    assert.equal(coverage.unit, "Millions of dollars");
    assert.ok(coverage.empty > 200_000);
    assert.deepEqual(coverage.totals, ["T001", "T007", "T005", "T006", "T008", "T008", "T007"]);
  });
});

Deno.test("a year without a benchmark, the archive, and numbers printed as text read alike", async () => {
  const small = smallTable();
  const sheets = sheetsOf(small);
  sheets.make[6][2] = "1,000";
  sheets.use[6][2] = " 100 ";
  await withSheets({ make: sheets.make, use: sheets.use }, 2019, async (files) => {
    const { table } = await readBeaWorkbooks(files, 2019);
    assertSameTable(table, small);
    assert.equal(table.imports, null);
    assert.equal(table.commodityNames[2], "Scrap");
    await inTempDir(async (dir) => {
      const zip = join(dir, "AllTablesIO.zip");
      const other = workbook({ "1": [["x"]] }, "xlsx");
      Deno.writeFileSync(
        zip,
        await archive({
          "IOMake_Before_Redefinitions_2017_Detail.xlsx": Deno.readFileSync(files.make),
          "IOUse_Before_Redefinitions_PRO_2017_Detail.xlsx": Deno.readFileSync(files.use),
          "IOUse_Before_Redefinitions_PUR_2017_Detail.xlsx": other,
          "IOMake_Before_Redefinitions_PRO_1997-2023_Summary.xlsx": other,
        }),
      );
      assertSameTable((await readBeaWorkbooks(zip, 2019)).table, small);
      await assertSourceError(() => readBeaWorkbooks(zip, 2019, "Sector"), "one member IOMake");
      await assertSourceError(() => readBeaWorkbooks(zip, 2019, "Summary"), "a sheet 2019");
    });
  });
});

Deno.test("what is wrong in a BEA workbook is named by sheet, cell or code", async () => {
  const faults: [(sheets: Sheets) => void, ...(string | RegExp)[]][] = [
    [({ use }) => use[1][0] = "(Thousands of dollars)", "cell A2", "Millions of dollars"],
    [({ use }) => use[1][0] = null, "sheet 2019, row cell A2"],
    [({ use }) => use[7][2] = "see note", "row C8, column 325180", 'came "see note"'],
    [({ use }) => use[6][2] = 900, "T001", "the sum of its parts"],
    [({ make }) => make[5][0] = null, "a cell Code or IOCode"],
    [({ make }) => make[7][0] = "325180", "row 325180", "the row code twice"],
    [({ use }) => use[5][3] = "331419", "331419", "a column that the Make table does not have"],
    [({ use }) => use.splice(8, 1), "S00401", "no such row"],
    [({ use }) => use.splice(10, 3), "0 rows V…"],
  ];
  for (const [spoil, ...patterns] of faults) {
    const sheets = sheetsOf(smallTable());
    spoil(sheets);
    await withSheets({ make: sheets.make, use: sheets.use }, 2019, async (files) => {
      await assertSourceError(() => readBeaWorkbooks(files, 2019), ".xlsx", ...patterns);
    });
  }
  const { make, use } = sheetsOf(smallTable());
  await withSheets({ make, use }, 2019, async (files) => {
    await assertSourceError(() => readBeaWorkbooks(files, 2018), "sheets 2019, NAICS Codes");
  });
});

Deno.test("accounts without printed totals are still balanced, and the industry is named", async () => {
  const { make, use } = sheetsOf(smallTable());
  const bare = use.filter(([code]) => !/^T\d/.test(String(code)));
  bare.splice(5, 1, bare[5].map((cell) => /^T\d/.test(String(cell)) ? null : cell));
  bare[4] = [];
  bare[9] = ["V00100", "Compensation", 4000, 900];
  await withSheets({ make, use: bare }, 2019, async (files) => {
    await assertSourceError(
      () => readBeaWorkbooks(files, 2019),
      "column 325180",
      "the output of the Make table",
    );
  });
});

sourceTest("summary tables of 2010 to 2019 read from the summary layout and balance", async () => {
  const read = (file: string) =>
    Deno.readTextFileSync(join(SOURCE_DIR, "bea_io", file)).trimEnd().split("\n").map((line) =>
      [...line.matchAll(/"([^"]*)"|([^,]+)|(?<=,)(?=,|$)/g)].map(([, a, b]) => a ?? b ?? "")
    );
  /** Codes above, `IOCode` with names below; totals have a name only, as in the publisher's summary sheets. */
  const summary = (csv: string[][]): Cell[][] => {
    const isTotal = (code: string) => code.startsWith("Total");
    const [head, ...body] = csv;
    const codes = head.slice(1);
    return [
      ["Summary table"],
      ["(Millions of dollars)"],
      [],
      [null, null, ...codes.map((code) => isTotal(code) ? null : code)],
      ["IOCode", "Name", ...codes.map((code) => isTotal(code) ? code : `Name of ${code}`)],
      ...body.map(([code, ...cells]) => [
        isTotal(code) ? null : code,
        isTotal(code) ? code : `Name of ${code}`,
        ...cells.map((cell) => cell === "NA" ? "..." : printed(Number(cell))),
      ]),
      ["Legend / Footnotes:"],
    ];
  };
  for (const year of [2010, 2019]) {
    const sheets = {
      make: summary(read(`Summary_Make_${year}_BeforeRedef.csv`)),
      use: summary(read(`Summary_Use_${year}_PRO_BeforeRedef.csv`)),
    };
    await withSheets(sheets, year, async (files) => {
      const { table, coverage } = await readBeaWorkbooks(files, year, "Summary");
      assert.equal(table.industries.length, 71);
      assert.equal(table.commodities.length, 73);
      assert.equal(table.finalUses.length, 20);
      assert.ok(coverage.totals.includes("Total Value Added"));
      assert.equal(table.industryNames[0], "Name of 111CA");
    });
  }
});

Deno.test("published numbers: separators, signs, footnote marks, empty and withheld cells", () => {
  const number = (value: number) => ({ kind: "number", value });
  assert.deepEqual(publishedValue("1,234,567.5"), number(1234567.5));
  assert.deepEqual(publishedValue("(1,200)"), number(-1200));
  assert.deepEqual(publishedValue("−12"), number(-12));
  assert.deepEqual(publishedValue("450 2/"), number(450));
  assert.deepEqual(publishedValue(" 1e-3 "), number(1e-3));
  assert.deepEqual(publishedValue(-0.5), number(-0.5));
  for (const mark of ["", "...", "—", null]) {
    assert.deepEqual(publishedValue(mark), { kind: "empty" });
  }
  assert.deepEqual(publishedValue("(D)"), { kind: "withheld" });
  for (const wrong of ["1,23", "12 345", "1.2.3", "many", NaN]) {
    assert.equal(publishedValue(wrong), null);
  }
});

/** The small table with an import matrix whose rows add up to zero (SIMULATED). */
function smallImports(): MakeUseTable {
  const imports = {
    use: Float64Array.from([30, 60, 100, 0, 0, 0]),
    finalUse: Float64Array.from([5, -95, 50, -150, 10, -10]),
  };
  return { ...smallTable(), imports };
}

Deno.test("the import matrix reads from the archive, beside it as workbook, or in an archive of its own", async () => {
  const table = smallImports();
  const { imports } = table;
  assert.ok(imports !== null);
  await withSheets(sheetsOf(table), 2019, async (files) => {
    await inTempDir(async (dir) => {
      const at = (name: string) => join(dir, name);
      const bytes = Deno.readFileSync(files.imports!);
      const members = {
        "IOMake_Before_Redefinitions_2017_Detail.xlsx": Deno.readFileSync(files.make),
        "IOUse_Before_Redefinitions_PRO_2017_Detail.xlsx": Deno.readFileSync(files.use),
      };
      const own = { "ImportMatrices_Before_Redefinitions_DET_2017.xlsx": bytes };
      Deno.writeFileSync(at("AllTablesIO.zip"), await archive(members));
      Deno.writeFileSync(at("with.zip"), await archive({ ...members, ...own }));
      Deno.writeFileSync(at("imports.zip"), await archive(own));
      const sources = [
        at("with.zip"),
        { archive: at("AllTablesIO.zip"), imports: files.imports! },
        { archive: at("AllTablesIO.zip"), imports: at("imports.zip") },
        { make: files.make, use: files.use, imports: at("imports.zip") },
      ];
      for (const source of sources) {
        const read = await readBeaWorkbooks(source, 2019);
        assertSameTable(read.table, table);
        assertSameNumbers(read.table.imports!.use, imports.use, "use");
        assertSameNumbers(read.table.imports!.finalUse, imports.finalUse, "finalUse");
        assert.deepEqual(read.coverage.withoutImports, []);
        assert.ok(read.coverage.files[2].includes("sheet 2019"));
      }
      const none = await readBeaWorkbooks(at("AllTablesIO.zip"), 2019);
      assert.deepEqual([none.table.imports, none.coverage.withoutImports], [null, null]);
      await assertSourceError(
        () => readBeaWorkbooks({ archive: at("with.zip"), imports: at("AllTablesIO.zip") }, 2019),
        "AllTablesIO.zip",
        "one member ImportMatrices",
      );
    });
  });
});

Deno.test("faults of an import matrix are named by sheet and code; an unlisted commodity is not imported", async () => {
  const faults: [(imports: Cell[][]) => void, ...string[]][] = [
    [(cells) => cells[6][0] = "999999", "row 999999", "Make and Use tables do not have"],
    [(cells) => cells[5][2] = "999999", "column 999999"],
    [(cells) => cells[6][2] = 30_000, "row 325180", "minus the uses"],
    [(cells) => cells[1][0] = "(Thousands of dollars)", "cell A2", "Millions of dollars"],
  ];
  for (const [spoil, ...patterns] of faults) {
    const sheets = sheetsOf(smallImports());
    spoil(sheets.imports);
    await withSheets(sheets, 2019, async (files) => {
      await assertSourceError(() => readBeaWorkbooks(files, 2019), "imports.xlsx", ...patterns);
    });
  }
  const sheets = sheetsOf(smallImports());
  sheets.imports.splice(8, 1);
  await withSheets(sheets, 2019, async (files) => {
    const { table, coverage } = await readBeaWorkbooks(files, 2019);
    assert.deepEqual(coverage.withoutImports, ["S00401"]);
    assert.deepEqual([...table.imports!.use.subarray(4)], [0, 0]);
  });
});
