import { loadWorldTable, readWiodWorkbook, WIOD_SECTOR_ISIC3 } from "@ree/data";
import { loadWorldReeTable } from "@ree/equilibrium/world";
import assert from "node:assert/strict";
import { join } from "node:path";
import { assertSameNumbers, inTempDir } from "../data/helpers.ts";
import { type SmallWorld, wiodCells, workbook } from "../data/io/publishers.ts";

Deno.test("the shipped world table of 2007, written as the publisher's workbook, reads back cell by cell", async () => {
  const shipped = loadWorldTable(2007);
  const n = shipped.output.length;
  const valueAdded = shipped.output.slice();
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) valueAdded[j] -= shipped.intermediate[i * n + j];
  }
  const world: SmallWorld = {
    countries: shipped.countries,
    sectors: shipped.sectorNames,
    categories: ["CONS_h", "CONS_np", "CONS_g", "GFCF", "INVEN"],
    intermediate: shipped.intermediate,
    final: shipped.final,
    output: shipped.output,
    valueAdded,
  };
  const cells = wiodCells(world, 2007, WIOD_SECTOR_ISIC3, 2013);
  await inTempDir(async (dir) => {
    const path = join(dir, "WIOT07_ROW_Apr12.xlsx");
    Deno.writeFileSync(path, workbook({ WIOT_2007: cells }, "xlsx"));
    const { table, coverage } = await readWiodWorkbook(path, 2007);
    assertSameNumbers(table.intermediate, shipped.intermediate, "intermediate");
    assertSameNumbers(table.final, shipped.final, "final");
    assertSameNumbers(table.output, shipped.output, "output");
    assert.deepEqual(table.countries, shipped.countries);
    assert.deepEqual(table.sectors, shipped.sectors);
    assert.equal(coverage.nonzero, 408_732);
    const carved = loadWorldReeTable(2007, table);
    const expected = loadWorldReeTable(2007);
    assertSameNumbers(carved.intermediate, expected.intermediate, "intermediate with elements");
  });
});
