import {
  loadSectorPanel,
  loadWorldTable,
  readSectorPanel,
  readWorldTable,
  WIOD_COUNTRIES,
  WIOD_PANEL_FILE,
  WIOD_ROW_MUSD,
  WIOD_SECTORS,
  WIOD_YEARS,
} from "@ree/data";
import assert from "node:assert/strict";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import {
  assertSameNumbers,
  assertSourceError,
  copyFiles,
  DATA_DIR,
  edit,
  editLine,
  inTempDir,
  SOURCE_DIR,
  sourceTest,
} from "./helpers.ts";

const WIOD = join(SOURCE_DIR, "wiod2013");

/** Cells that are not zero among 1,435 x 1,435, counted in the source files. */
const NONZERO: Readonly<Record<number, number>> = { 2005: 363_812, 2007: 408_732, 2010: 392_494 };

Deno.test("world tables of all seven years load, and each row adds up to its output", () => {
  for (const year of WIOD_YEARS) {
    const table = loadWorldTable(year);
    assert.equal(table.countries.length, 41);
    assert.equal(table.sectors.length, 35);
    assert.equal(table.sectorNames[13], "Electrical and Optical Equipment");
    const n = table.output.length;
    assert.equal(n, 1435);
    let nonzero = 0;
    for (let i = 0; i < n; i++) {
      let sum = 0;
      for (let j = 0; j < n; j++) {
        sum += table.intermediate[i * n + j];
        if (table.intermediate[i * n + j] !== 0) nonzero += 1;
      }
      for (let j = 0; j < 205; j++) sum += table.final[i * 205 + j];
      assert.ok(Math.abs(sum - table.output[i]) <= WIOD_ROW_MUSD, `${year}, row ${i}`);
    }
    if (NONZERO[year] !== undefined) assert.equal(nonzero, NONZERO[year]);
  }
});

Deno.test("the sector panel agrees with the world table of 2010", () => {
  const panel = loadSectorPanel().filter(({ year }) => year === 2010);
  const { output } = loadWorldTable(2010);
  assert.equal(panel.length, 1435);
  panel.forEach((row, i) => {
    assert.equal(row.country, WIOD_COUNTRIES[Math.floor(i / 35)]);
    assert.equal(row.sector, WIOD_SECTORS[i % 35]);
    assert.ok(Math.abs(row.grossOutput - output[i]) <= 1, `${row.country} ${row.sector}`);
  });
});

Deno.test("a year without a world table is refused with the list of years", () => {
  assert.throws(() => loadWorldTable(2012), /2012: expected one of 2005/);
});

sourceTest("the derived world tables equal the source files exactly", async () => {
  for (const year of [2005, 2009, 2011]) {
    const read = await readWorldTable(WIOD, year);
    const loaded = loadWorldTable(year);
    assertSameNumbers(loaded.intermediate, read.intermediate, "intermediate");
    assertSameNumbers(loaded.final, read.final, "final");
    assertSameNumbers(loaded.output, read.output, "output");
    assert.deepEqual(loaded.countries, read.countries);
    assert.deepEqual(loaded.sectorNames, read.sectorNames);
  }
});

sourceTest("the derived sector panel equals the source file exactly", () => {
  const read = readSectorPanel(WIOD);
  const loaded = loadSectorPanel();
  assert.equal(loaded.length, 17 * 41 * 35);
  assert.equal(JSON.stringify(loaded), JSON.stringify(read));
});

const BLOB = "wiot_2007_int32.bin.gz";

function badInput(
  name: string,
  spoil: (dir: string) => void,
  ...patterns: readonly (RegExp | string)[]
): void {
  sourceTest(`readWorldTable: ${name}`, () =>
    inTempDir(async (dir) => {
      copyFiles(WIOD, dir, ["layout.json", BLOB]);
      Deno.chmodSync(join(dir, BLOB), 0o644);
      spoil(dir);
      await assertSourceError(() => readWorldTable(dir, 2007), ...patterns);
    }));
}

function editBytes(path: string, change: (bytes: Uint8Array) => Uint8Array): void {
  Deno.writeFileSync(path, change(Deno.readFileSync(path)));
}

badInput(
  "a missing blob is named",
  (dir) => Deno.removeSync(join(dir, BLOB)),
  BLOB,
  "no such file",
);
badInput(
  "a truncated download is called truncated",
  (dir) => editBytes(join(dir, BLOB), (bytes) => bytes.slice(0, 100_000)),
  BLOB,
  "truncated",
);
badInput(
  "a blob of another length than the layout's is refused",
  (dir) =>
    editBytes(join(dir, BLOB), (bytes) => gzipSync(gunzipSync(bytes).subarray(0, 4_000_000))),
  BLOB,
  "4000000 bytes",
  "9419340",
);
badInput(
  "a changed cell breaks its row and is named by country and sector",
  (dir) =>
    editBytes(join(dir, BLOB), (bytes) => {
      const cells = new Uint8Array(gunzipSync(bytes));
      const view = new DataView(cells.buffer);
      const row = 6 * 35 + 13;
      view.setInt32((row * 1435 + row) * 4, 5, true);
      return gzipSync(cells);
    }),
  BLOB,
  "row CHN.c14",
);
badInput(
  "another unit in the layout is refused",
  (dir) =>
    edit(join(dir, "layout.json"), (text) => text.replace("million current USD", "current USD")),
  "layout.json",
  "million current USD",
);
badInput(
  "another order of countries in the layout is refused",
  (dir) => edit(join(dir, "layout.json"), (text) => text.replace('"AUS","AUT"', '"AUT","AUS"')),
  "layout.json",
  "row countries",
);

sourceTest(
  "readSectorPanel: an output in thousands is named by line",
  () =>
    inTempDir(async (dir) => {
      copyFiles(WIOD, dir, [WIOD_PANEL_FILE]);
      editLine(join(dir, WIOD_PANEL_FILE), 3, (line) => line.replace("c2,", "c2,1000"));
      await assertSourceError(() => readSectorPanel(dir), WIOD_PANEL_FILE, "row 3", "gross_output");
    }),
);

Deno.test("loadWorldTable: a truncated derived table is called truncated", () =>
  inTempDir(async (dir) => {
    const bytes = Deno.readFileSync(join(DATA_DIR, "wiod_2007.parquet"));
    Deno.writeFileSync(join(dir, "wiod_2007.parquet"), bytes.slice(0, bytes.length / 2));
    await assertSourceError(() => loadWorldTable(2007, dir), "wiod_2007.parquet", "truncated");
  }));
