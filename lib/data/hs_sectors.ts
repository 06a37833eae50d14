import { cellError, checkUnique, oneOf, readCsvTable } from "./csv_table.ts";
import { DATA_DIR } from "./data_dir.ts";
import { inside } from "./read_source.ts";
import { BUILD_AGAIN } from "./source_error.ts";
import { WIOD_SECTORS } from "./wiod_labels.ts";

/**
 * Sector of WIOD 2013 of a product code of the Harmonized System, by chapter with exceptions (`data/judged/hs_sectors.csv`, from
 * HS 2007): the longest code of the list that the product begins with decides. Codes that other revisions have and HS 2007 has
 * not go with their heading or chapter.
 *
 * @returns a function from a code of two to six digits to c1 … c34, undefined for a chapter that is no trade in goods (98, 99)
 * @throws SourceError when the list is missing or names another sector
 */
export function loadHsSectors(
  dataDir: string = DATA_DIR,
): (product: string) => string | undefined {
  const path = inside(dataDir, "judged/hs_sectors.csv");
  const table = readCsvTable(path, ["hs", "wiod2013_sector"], { remedy: BUILD_AGAIN });
  checkUnique(table.rows, ["hs"]);
  const sectors = new Map(table.rows.map((row) => {
    if (!/^(\d\d){1,3}$/.test(row.cells.hs)) throw cellError(row, "hs", "two, four or six digits");
    return [row.cells.hs, oneOf(row, "wiod2013_sector", WIOD_SECTORS)];
  }));
  return (product) =>
    [6, 4, 2].map((digits) => sectors.get(product.slice(0, digits)))
      .find((sector) => sector !== undefined);
}
