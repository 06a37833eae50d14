import { type KlemsField, readKlems } from "@ree/data";
import assert from "node:assert/strict";
import { join } from "node:path";
import { assertSourceError, inTempDir } from "../helpers.ts";
import { archive, workbook } from "../io/publishers.ts";

type Cell = string | number | null;

const YEARS = [2008, 2009];
const INDUSTRIES = [["C26", "Computer, electronic, optical"], ["TOT", "Total"]] as const;

/** SIMULATED accounts that add up, by field; `names` are a release's variables. */
function valueOf(country: number, industry: number, year: number, field: KlemsField): number {
  const base = 1000 * (1 + country) * (1 + 9 * industry) + 10 * (year - 2008);
  const shares: Partial<Record<KlemsField, number>> = {
    grossOutput: 1,
    intermediates: 0.625,
    valueAdded: 0.375,
    labour: 0.25,
    capital: 0.125,
    employment: 0.01,
    hours: 0.02,
  };
  const share = shares[field];
  if (share !== undefined) return base * share;
  return 100 + year - 2008 + field.length / 8;
}

const NAMES_2017: Readonly<Record<string, KlemsField>> = {
  GO: "grossOutput",
  II: "intermediates",
  VA: "valueAdded",
  CAP: "capital",
  LAB: "labour",
  GO_QI: "grossOutputQuantity",
  II_QI: "intermediatesQuantity",
  VA_QI: "valueAddedQuantity",
  CAP_QI: "capitalQuantity",
  LAB_QI: "labourQuantity",
  TFPgo_I: "tfpGrossOutput",
  TFPva_I: "tfpValueAdded",
  EMP: "employment",
  H_EMP: "hours",
};

const NAMES_2023: Readonly<Record<string, KlemsField>> = {
  GO_CP: "grossOutput",
  II_CP: "intermediates",
  VA_CP: "valueAdded",
  CAP: "capital",
  LAB: "labour",
  VA_Q: "valueAddedQuantity",
  VATFP_I: "tfpValueAdded",
  EMP: "employment",
};

/** A file as the bulk CSV of 2009, 2017 and 2019: a column per year. */
function yearColumns(prefix: string, names = NAMES_2017): string {
  const rows = ["DE", "UK"].flatMap((country, c) =>
    Object.entries(names).flatMap(([name, field]) =>
      INDUSTRIES.map(([code], i) =>
        [country, name, code, ...YEARS.map((year) => valueOf(c, i, year, field))].join(",")
      )
    )
  );
  const header = ["country", "var", "code", ...YEARS.map((year) => `${prefix}${year}`)].join(",");
  return [header, ...rows, ""].join("\n");
}

/** A file as the bulk CSV from 2021: a row per value, in pandas' form with an index column without name. */
function longRows(names = NAMES_2023): string {
  const rows = ["DE", "UK"].flatMap((country, c) =>
    INDUSTRIES.flatMap(([code, label], i) =>
      YEARS.flatMap((year) =>
        Object.entries(names).map(([name, field]) =>
          `0,${code},${country},Land,"${label}",${year},${name},${valueOf(c, i, year, field)}`
        )
      )
    )
  );
  return [",nace_r2_code,geo_code,geo_name,nace_r2_name,year,var,value", ...rows, ""].join("\n");
}

/** The same with a column per variable. */
function variableColumns(names = NAMES_2023): string {
  const rows = ["DE", "UK"].flatMap((country, c) =>
    INDUSTRIES.flatMap(([code, label], i) =>
      YEARS.map((year) =>
        [code, country, `"${label}"`, year]
          .concat(Object.values(names).map((field) => `${valueOf(c, i, year, field)}`)).join(",")
      )
    )
  );
  const header = `nace_r2_code,geo_code,nace_r2_name,year,${Object.keys(names).join(",")}`;
  return [header, ...rows, ""].join("\n");
}

/** A country workbook of 2017: a sheet per variable, `desc, code, VA2008, …`, footnotes below. */
function sheets2017(country: number): Record<string, Cell[][]> {
  return Object.fromEntries([
    ["Intro", [["EU KLEMS"]]],
    ...Object.entries(NAMES_2017).map(([name, field]) => [name, [
      ["desc", "code", ...YEARS.map((year) => name + year)],
      ...INDUSTRIES.map(([code, label], i) => [
        label,
        code,
        ...YEARS.map((year) => valueOf(country, i, year, field)),
      ]),
      [],
      ["Source: national accounts"],
    ]]),
  ]);
}

/** A country workbook from 2021: five columns of labels, then years as numbers. */
function sheets2023(): Record<string, Cell[][]> {
  return Object.fromEntries(
    Object.entries(NAMES_2023).map(([name, field]) => [name, [
      ["nace_r2_code", "nace_r2_name", "geo_code", "geo_name", "var", ...YEARS],
      ...INDUSTRIES.map(([code, label], i) => [
        code,
        label,
        "DE",
        "Germany",
        name,
        ...YEARS.map((year) => valueOf(0, i, year, field)),
      ]),
    ]]),
  );
}

async function withFiles(
  files: Readonly<Record<string, string | Uint8Array>>,
  use: (at: (name: string) => string) => Promise<void>,
): Promise<void> {
  await inTempDir(async (dir) => {
    for (const [name, content] of Object.entries(files)) {
      if (typeof content === "string") Deno.writeTextFileSync(join(dir, name), content);
      else Deno.writeFileSync(join(dir, name), content);
    }
    await use((name) => join(dir, name));
  });
}

function check(rows: Awaited<ReturnType<typeof readKlems>>["rows"], fields: readonly KlemsField[]) {
  for (const row of rows) {
    const c = ["DEU", "GBR"].indexOf(row.country);
    const i = INDUSTRIES.findIndex(([code]) => code === row.code);
    for (const field of fields) {
      assert.equal(row[field], valueOf(c, i, row.year, field), `${row.country} ${field}`);
    }
  }
}

Deno.test("the releases of 2009, 2017 and 2019, a column per year, give the accounts", async () => {
  for (const prefix of ["_", ""]) {
    await withFiles({ "ALL_output_17ii.txt": yearColumns(prefix) }, async (at) => {
      const { rows, coverage } = await readKlems(at("ALL_output_17ii.txt"));
      assert.equal(rows.length, 8);
      check(rows, Object.values(NAMES_2017));
      assert.deepEqual(coverage.countries, ["DEU", "GBR"]);
      assert.deepEqual(coverage.years, YEARS);
      assert.ok(coverage.gaps.output!.share < 1e-12 && coverage.gaps.income!.share < 1e-12);
      assert.equal(coverage.fields.find(({ field }) => field === "hours")!.values, 8);
    });
  }
});

Deno.test("bulk files from 2021, long, by variable or packed, give the accounts; what they lack is null", async () => {
  const long = longRows();
  const files = {
    "growth accounts.csv": long,
    "national accounts.csv": variableColumns(),
    "growth accounts.zip": await archive({ "growth accounts.csv": long }),
  };
  await withFiles(files, async (at) => {
    for (const name of Object.keys(files)) {
      const { rows, coverage } = await readKlems(at(name));
      assert.equal(rows.length, 8, name);
      check(rows, Object.values(NAMES_2023));
      assert.deepEqual([rows[0].tfpGrossOutput, rows[0].hours], [null, null]);
      assert.equal(rows[0].industry, "Computer, electronic, optical");
      const tfp = coverage.fields.find(({ field }) => field === "tfpValueAdded")!;
      assert.deepEqual(tfp, { field: "tfpValueAdded", variables: ["VATFP_I"], values: 8 });
    }
    const few = await readKlems([at("growth accounts.csv"), at("national accounts.csv")], {
      countries: ["GBR"],
      from: 2009,
      needed: ["valueAdded"],
    });
    assert.deepEqual(few.rows.map(({ code }) => code), ["C26", "TOT"]);
    await assertSourceError(
      () => readKlems(at("growth accounts.csv"), { countries: ["JPN"] }),
      "no row with a value",
    );
    const none = await readKlems(at("growth accounts.csv"), { needed: ["valueAdded", "hours"] })
      .then(() => undefined, (cause: Error) => cause.message);
    assert.match(none!, /no row with a value/);
  });
});

Deno.test("country workbooks with a sheet per variable give the accounts, from the file's name or its columns", async () => {
  const files = {
    "DE_output_17ii.xlsx": workbook(sheets2017(0), "xlsx"),
    "UK_output_17ii.xlsx": workbook(sheets2017(1), "xlsx"),
    "DE_national accounts.xlsx": workbook(sheets2023(), "xlsx"),
  };
  await withFiles(files, async (at) => {
    const both = await readKlems([at("DE_output_17ii.xlsx"), at("UK_output_17ii.xlsx")]);
    assert.equal(both.rows.length, 8);
    check(both.rows, Object.values(NAMES_2017));
    const newer = await readKlems(at("DE_national accounts.xlsx"));
    assert.equal(newer.rows.length, 4);
    check(newer.rows, Object.values(NAMES_2023));
  });
});

Deno.test("cells without a value are counted, rows without a needed one left out", async () => {
  const text = longRows().replace(/(C26,DE.*2008,VATFP_I,)[^\n]+/, "$1NA")
    .replace(/(C26,DE.*2009,EMP,)[^\n]+/, "$1:");
  await withFiles({ "g.csv": text }, async (at) => {
    const { rows, coverage } = await readKlems(at("g.csv"));
    assert.deepEqual([rows.length, coverage.empty], [8, 2]);
    assert.deepEqual([rows[0].tfpValueAdded, rows[1].employment], [null, null]);
    const strict = await readKlems(at("g.csv"), { needed: ["tfpValueAdded"] });
    assert.deepEqual([strict.rows.length, strict.coverage.incomplete], [7, 1]);
  });
});

Deno.test("a gap in the accounts is reported, another unit is refused", async () => {
  const off = longRows().replace(/(C26,UK.*2009,GO_CP,)[^\n]+/, "$12100");
  const thousand = longRows().replace(
    /(DE.*,GO_CP,)([\d.]+)/g,
    (_, start, value) => `${start}${Number(value) * 1000}`,
  );
  await withFiles({ "off.csv": off, "thousand.csv": thousand }, async (at) => {
    const { coverage } = await readKlems(at("off.csv"));
    assert.equal(coverage.gaps.output!.at, "GBR C26 2009");
    assert.ok(Math.abs(coverage.gaps.output!.share - 90 / 2100) < 1e-12);
    await assertSourceError(
      () => readKlems(at("thousand.csv")),
      "row DEU",
      "gross output",
      "one unit",
    );
  });
});

Deno.test("faults name file, line or cell, and what was expected", async () => {
  const long = longRows();
  const wide = yearColumns("_");
  const first = long.split("\n")[1];
  const faults: [string, ...(string | RegExp)[]][] = [
    [long.replace("nace_r2_code", "industry"), "row 1", "a column code or nace_r2_code"],
    [long.replace("year,var", "period,var"), "a column year"],
    [long.replace("year,var", "year,item"), "a column var"],
    [long.replace("geo_code", "land"), "no column country or geo_code"],
    [long.replace(/(C26,DE.*2008,VA_CP,)[^\n]+/, "$1many"), "row 4, column value", 'came "many"'],
    [long.replace(`${first}\n`, `${first}\n${first}\n`), "row 3", "DEU C26 2008 GO_CP again"],
    [long.replace(/(C26,DE.*),2008,/, "$1,08,"), "row 2, column year", 'came "08"'],
    [long.replace(/(C26,DE.*2008,VATFP_I,)[^\n]+/, "$10"), "DEU C26 2008", "tfpValueAdded 0"],
    [wide.slice(0, -3), "a last line without a line end"],
    [wide.slice(0, -30), "cells, expected 5"],
    [wide.replaceAll("_2008", "first").replaceAll("_2009", "second"), "columns of years"],
    ["<html><body>Not found</body></html>\n", "a column code"],
  ];
  for (const [text, ...patterns] of faults) {
    assert.ok(text !== long && text !== wide);
    await withFiles({ "g.csv": text }, async (at) => {
      await assertSourceError(() => readKlems(at("g.csv")), "g.csv", ...patterns);
    });
  }
});

Deno.test("faults of workbooks and of several files are named", async () => {
  const shifted = sheets2017(0);
  shifted.VA[0][2] = "GO2008";
  const text = sheets2017(0);
  text.CAP[1][3] = "high";
  const other = longRows().replace(/(C26,DE.*2008,VA_CP,)[^\n]+/, "$1376");
  const whole = workbook(sheets2017(0), "xlsx");
  const files = {
    "DE_shifted.xlsx": workbook(shifted, "xlsx"),
    "DE_text.xlsx": workbook(text, "xlsx"),
    "DE_none.xlsx": workbook({ Data: [["code"]] }, "xlsx"),
    "DE_cut.xlsx": whole.subarray(0, whole.length / 2),
    "output.xlsx": whole,
    "a.csv": longRows(),
    "b.csv": other,
  };
  await withFiles(files, async (at) => {
    const read = (...names: string[]) => () => readKlems(names.map(at));
    await assertSourceError(read("DE_shifted.xlsx"), "sheet VA", "column GO2008", "a column of GO");
    await assertSourceError(read("DE_text.xlsx"), "sheet CAP, row D2", 'came "high"');
    await assertSourceError(read("DE_none.xlsx"), "sheets Data", "a sheet named after a variable");
    await assertSourceError(read("DE_cut.xlsx"), "DE_cut.xlsx", "complete workbook");
    await assertSourceError(read("output.xlsx"), "no country at the beginning");
    await assertSourceError(read("a.csv", "b.csv"), "b.csv, row 4", "375, as in another file");
    await assertSourceError(read("missing.csv"), "no such file");
  });
});
