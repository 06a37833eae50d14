import {
  integerCell,
  oneOf,
  optionalNumber,
  readCsvTable,
  requiredText,
  textCell,
} from "./csv_table.ts";
import { checkRowCount } from "./complete.ts";
import { DATA_DIR } from "./data_dir.ts";
import { readMcsRelease, STATISTICS } from "./mcs_release.ts";
import { inside } from "./read_source.ts";
import { BUILD_AGAIN } from "./source_error.ts";

/** A figure of the USGS Mineral Commodity Summaries 2026: mine production, reserves or a price. */
export interface UsgsFigure {
  /** RARE EARTHS, RARE EARTHS (Heavy), SCANDIUM or YTTRIUM. */
  readonly chapter: string;
  readonly statistic: "Production" | "Reserves" | "Price";
  /** What exactly, in the publisher's words. */
  readonly item: string;
  /** Country, `Other countries` or `World total` (rounded; never add it). For prices the chapter's country. */
  readonly country: string;
  readonly year: number;
  /** Ends of the range, equal for one number; null where the publisher gives none. An em dash is zero. */
  readonly low: number | null;
  readonly high: number | null;
  /** `metric tons` (of oxide equivalent) or `dollars per kilogram`. */
  readonly unit: string;
  readonly estimated: boolean;
  readonly note: string;
}

/** Source file of the USGS figures. */
export const USGS_FILE = "usgs_mcs2026_rare_earths.csv";

/** Columns of `data/usgs_rare_earths.csv`. */
export const USGS_COLUMNS = [
  "chapter",
  "statistic",
  "item",
  "country",
  "year",
  "low",
  "high",
  "unit",
  "estimated",
  "note",
] as const;

/**
 * Rows of production, reserves and prices, in the publisher's order.
 *
 * @param dir folder with the production files (`ree_production`)
 * @throws SourceError at a missing or truncated file or a value that is neither number, range, dash nor empty
 * @see https://www.usgs.gov/centers/national-minerals-information-center/mineral-commodity-summaries
 */
export function readUsgsFigures(dir: string): readonly UsgsFigure[] {
  const path = inside(dir, USGS_FILE);
  const figures = readMcsRelease(path);
  checkRowCount(
    path,
    readCsvTable(path, ["Year"]).rows.length,
    286,
    "286 rows of the 2026 release",
  );
  return figures;
}

/** The same figures from the project's `data/usgs_rare_earths.csv`. */
export function loadUsgsFigures(dataDir: string = DATA_DIR): readonly UsgsFigure[] {
  const path = inside(dataDir, "usgs_rare_earths.csv");
  return readCsvTable(path, USGS_COLUMNS, { remedy: BUILD_AGAIN }).rows.map((row) => ({
    chapter: requiredText(row, "chapter"),
    statistic: oneOf(row, "statistic", STATISTICS),
    item: requiredText(row, "item"),
    country: requiredText(row, "country"),
    year: integerCell(row, "year", 2021, 2025),
    low: optionalNumber(row, "low"),
    high: optionalNumber(row, "high"),
    unit: requiredText(row, "unit"),
    estimated: oneOf(row, "estimated", ["true", "false"]) === "true",
    note: textCell(row, "note"),
  }));
}
