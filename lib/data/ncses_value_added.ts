import { checkAnchor, checkRowCount, compareText } from "./complete.ts";
import { checkUnique, integerCell, numberCell, oneOf, readCsvTable } from "./csv_table.ts";
import { DATA_DIR } from "./data_dir.ts";
import { economyIso3 } from "./economies.ts";
import { numberColumn, readParquetTable, textColumn } from "./parquet_table.ts";
import { inside } from "./read_source.ts";

/** Value added of an industry group in a country. */
export interface IndustryValueAdded {
  /** One of {@linkcode VALUE_ADDED_INDUSTRIES}. */
  readonly industry: string;
  readonly economy: string;
  /** ISO 3166 alpha-3. */
  readonly iso3: string;
  /** 2002 to 2018. */
  readonly year: number;
  /** Million current USD. */
  readonly valueAddedMusd: number;
}

/** Source file of value added by industry. */
export const VALUE_ADDED_FILE = "value_added_by_industry_country_2002_2018.csv";

/** Industry groups. The first three contain the others: KTI is all of them, the R&D groups split KTI. Never add them. */
export const VALUE_ADDED_INDUSTRIES: readonly string[] = [
  "KTI",
  "high R&D intensive",
  "medium-high R&D intensive",
  "aircraft and spacecraft",
  "pharmaceutical",
  "computer, electronic, and optical products",
  "scientific R&D services",
  "publishing",
  "weapons and ammunition",
  "motor vehicles",
  "machinery and equipment",
  "chemicals and chemical products",
  "electrical equipment",
  "railroad and other transport",
  "IT and other information services",
];

const SOURCE_ROWS = 15 * 84 * 17;
const ECONOMY_COUNT = 74;

/**
 * Value added by industry group, country and year: single countries only (74 of them), ordered by industry, country code, year.
 *
 * @param dir folder with the NCSES files (`ncses`)
 * @throws SourceError at a missing or truncated file, an unknown economy or industry, or a cell that is not a number
 * @see https://ncses.nsf.gov/indicators
 */
export function readIndustryValueAdded(dir: string): readonly IndustryValueAdded[] {
  const path = inside(dir, VALUE_ADDED_FILE);
  const table = readCsvTable(path, ["industry", "economy", "depth", "year", "value_added_musd"]);
  checkRowCount(path, table.rows.length, SOURCE_ROWS, "15 industries x 84 economies x 17 years");
  const anchor = table.rows.find((row) =>
    row.cells.industry === "KTI" && row.cells.economy === "World" && row.cells.year === "2002"
  );
  checkAnchor(
    path,
    "KTI, World, 2002",
    anchor && numberCell(anchor, "value_added_musd"),
    3_473_038,
    "million USD",
  );
  const rows = table.rows.filter((row) => economyIso3(row) !== null);
  checkUnique(rows, ["industry", "economy", "year"]);
  checkRowCount(
    path,
    rows.length,
    15 * ECONOMY_COUNT * 17,
    "15 industries x 74 countries x 17 years",
  );
  const place = new Map(VALUE_ADDED_INDUSTRIES.map((industry, i) => [industry, i]));
  return rows
    .map((row): IndustryValueAdded => ({
      industry: oneOf(row, "industry", VALUE_ADDED_INDUSTRIES),
      economy: row.cells.economy,
      iso3: economyIso3(row) as string,
      year: integerCell(row, "year", 2002, 2018),
      valueAddedMusd: numberCell(row, "value_added_musd"),
    }))
    .sort((a, b) =>
      (place.get(a.industry) ?? 0) - (place.get(b.industry) ?? 0) || compareText(a.iso3, b.iso3) ||
      a.year - b.year
    );
}

/** The same rows from the project's `data/ncses_value_added.parquet`. */
export function loadIndustryValueAdded(dataDir: string = DATA_DIR): readonly IndustryValueAdded[] {
  const frame = readParquetTable(inside(dataDir, "ncses_value_added.parquet"), [
    "industry",
    "economy",
    "iso3",
    "year",
    "value_added_musd",
  ]);
  const economy = textColumn(frame, "economy");
  const iso3 = textColumn(frame, "iso3");
  const year = numberColumn(frame, "year");
  const valueAddedMusd = numberColumn(frame, "value_added_musd");
  return textColumn(frame, "industry").map((industry, i) => ({
    industry,
    economy: economy[i],
    iso3: iso3[i],
    year: year[i],
    valueAddedMusd: valueAddedMusd[i],
  }));
}
