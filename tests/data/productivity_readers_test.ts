import { loadCountryYears, PENN_VALUES, readNberCes, readPennWorkbook } from "@ree/data";
import assert from "node:assert/strict";
import { join } from "node:path";
import { assertSourceError, inTempDir } from "./helpers.ts";
import { workbook } from "./io/publishers.ts";

type Cell = string | number | null;

/** The shipped country-years in the layout of the published workbook. */
function pennCells(): Cell[][] {
  const rows = loadCountryYears();
  return [
    ["countrycode", "country", "currency_unit", "year", ...PENN_VALUES.map(([name]) => name)],
    ["ABW", "Aruba", "Aruban Guilder", 1995, ...PENN_VALUES.map(() => null)],
    ...rows.map((row): Cell[] => [
      row.iso3,
      `Country ${row.iso3}`,
      "…",
      row.year,
      ...PENN_VALUES.map(([, field]) => row[field]),
    ]),
    ["AUS", "Australia", "Australian Dollar", 1950, ...PENN_VALUES.map(() => null)],
  ];
}

async function withPenn(cells: Cell[][], use: (path: string) => Promise<void>): Promise<void> {
  await inTempDir(async (dir) => {
    const path = join(dir, "pwt1001.xlsx");
    Deno.writeFileSync(path, workbook({ Info: [["Penn World Table"]], Data: cells }, "xlsx"));
    await use(path);
  });
}

Deno.test("the Penn World Table's workbook gives the shipped records", async () => {
  await withPenn(pennCells(), async (path) => {
    const { rows, coverage } = await readPennWorkbook(path);
    assert.deepEqual(rows, loadCountryYears());
    assert.deepEqual([coverage.countries, coverage.years.at(-1)], [40, 2019]);
    const few = await readPennWorkbook(path, { countries: ["AUS"], from: 2010 });
    assert.equal(few.rows.length, 10);
  });
});

Deno.test("readPennWorkbook: country-years without a value are left out and listed, faults are named by cell", async () => {
  const gap = pennCells();
  gap[2][4] = null;
  await withPenn(gap, async (path) => {
    const { rows, coverage } = await readPennWorkbook(path);
    assert.equal(rows.length, loadCountryYears().length - 1);
    assert.deepEqual(coverage.incomplete, ["AUS 1995: pop"]);
  });
  const faults: [(cells: Cell[][]) => void, ...string[]][] = [
    [(cells) => cells[0][4] = "population", "a column pop in row 1"],
    [(cells) => cells[2][4] = "many", "row E3, column pop"],
    [(cells) => cells.push(cells[2]), "AUS 1995 once"],
    [(cells) => cells.forEach((row) => row[0] = row[0] === "CHN" ? "XXX" : row[0]), "rows of CHN"],
  ];
  for (const [spoil, ...patterns] of faults) {
    const cells = pennCells();
    spoil(cells);
    await withPenn(cells, (path) => assertSourceError(() => readPennWorkbook(path), ...patterns));
  }
});

const NBER =
  "naics,year,emp,pay,prode,prodh,prodw,vship,matcost,vadd,invest,invent,energy,cap,equip,plant," +
  "piship,pimat,piinv,pien,dtfp5,tfp5,dtfp4,tfp4\n" +
  "334413,2010,110,1,1,120,1,60000,20000,41000,5000,1,1,90000,1,1,0.5,0.8,1.25,1,0,1.4,0,1.4\n" +
  "327910,2010,10,1,1,15,1,4000,1500,2500,100,1,1,3000,1,1,1,1,1,1,0,0.9,0,0.9\n" +
  "339111,2010,,,,,,,,,,,,,,,1,1,1,1,,,,\n";

Deno.test("NBER-CES gives real quantities by its own deflators; rows without values are left out and counted", async () => {
  await inTempDir((dir) => {
    const path = join(dir, "nberces5818v1_n2012.csv");
    Deno.writeTextFileSync(path, NBER);
    const { rows, coverage } = readNberCes(path);
    assert.deepEqual(rows.map(({ naics }) => naics), ["327910", "334413"]);
    const chips = rows[1];
    assert.deepEqual([chips.output, chips.materials, chips.investment], [120_000, 25_000, 4_000]);
    assert.deepEqual([chips.capital, chips.hours, chips.tfp], [90_000, 120, 1.4]);
    assert.deepEqual(coverage, { file: path, industries: 2, years: [2010], incomplete: 1 });
  });
});

Deno.test("readNberCes: what is wrong is named by line and column", async () => {
  for (
    const [from, to, ...patterns] of [
      ["piship", "deflator", "column piship"],
      ["334413,2010,110", "334413,2010,few", "row 2, column emp"],
      ["334413", "33441", "row 2, column naics"],
      ["327910,2010", "334413,2010", "already in row 2"],
      ["0.5,0.8", "0,0.8", "row 2, column piship", "above 0"],
    ]
  ) {
    await inTempDir(async (dir) => {
      const path = join(dir, "n.csv");
      Deno.writeTextFileSync(path, NBER.replace(from, to));
      await assertSourceError(() => readNberCes(path), ...patterns);
    });
  }
});
