import { checkRowCount, compareText } from "./complete.ts";
import { checkUnique, integerCell, oneOf, readCsvTable } from "./csv_table.ts";
import { DATA_DIR } from "./data_dir.ts";
import { economyIso3 } from "./economies.ts";
import { numberColumn, readParquetTable, textColumn } from "./parquet_table.ts";
import { inside } from "./read_source.ts";
import { WIPO_FIELDS } from "./wipo_fields.ts";

/** Patents of one country in one technology field and year. */
export interface PatentCount {
  /** One of {@linkcode WIPO_FIELDS}. */
  readonly field: string;
  readonly economy: string;
  /** ISO 3166 alpha-3. */
  readonly iso3: string;
  /** 1998 to 2018. */
  readonly year: number;
  /** Patents granted by the USPTO; fractional counts by inventor, rounded by the publisher. */
  readonly usptoPatents: number;
  /** Patent families; fractional counts, rounded by the publisher. */
  readonly patentFamilies: number;
}

/** Patents of the world in one field (or `ALL FIELDS`, `unclassified`) and year: for shares and checks only. */
export interface WorldPatentCount {
  readonly field: string;
  readonly year: number;
  readonly usptoPatents: number;
  readonly patentFamilies: number;
}

/** Source file of the patent counts. */
export const PATENTS_FILE = "patents_by_wipo_field_country_1998_2018.csv";

const YEARS = [1998, 2018] as const;
/** 53 lines per field and year: 33 economies and 20 aggregates. */
const SOURCE_ROWS = 37 * 53 * 21;
const ECONOMY_COUNT = 33;
const WORLD_FIELDS: readonly string[] = [...WIPO_FIELDS, "ALL FIELDS", "unclassified"];

function readRows(dir: string) {
  const path = inside(dir, PATENTS_FILE);
  const table = readCsvTable(path, [
    "wipo_field",
    "economy",
    "depth",
    "year",
    "uspto_patents",
    "patent_families",
  ]);
  checkRowCount(path, table.rows.length, SOURCE_ROWS, "37 fields x 53 economies x 21 years");
  return table.rows.map((row) => ({
    row,
    economy: row.cells.economy,
    iso3: economyIso3(row),
    field: oneOf(row, "wipo_field", WORLD_FIELDS),
    year: integerCell(row, "year", ...YEARS),
    usptoPatents: integerCell(row, "uspto_patents", 0),
    patentFamilies: integerCell(row, "patent_families", 0),
  }));
}

/**
 * Patent counts by field, country and year: single countries only, the 35 WIPO fields only. Ordered by field (WIPO's
 * order), country code and year.
 *
 * @param dir folder with the NCSES files (`ncses`)
 * @throws SourceError at a missing or truncated file, an unknown field or economy, or a count that is not a whole number
 * @see https://ncses.nsf.gov/indicators
 */
export function readPatentCounts(dir: string): readonly PatentCount[] {
  const rows = readRows(dir).filter(({ iso3, field }) =>
    iso3 !== null && WIPO_FIELDS.includes(field)
  );
  checkUnique(rows.map(({ row }) => row), ["wipo_field", "economy", "year"]);
  checkRowCount(
    inside(dir, PATENTS_FILE),
    rows.length,
    WIPO_FIELDS.length * ECONOMY_COUNT * 21,
    "35 fields x 33 countries x 21 years",
  );
  const place = new Map(WIPO_FIELDS.map((field, i) => [field, i]));
  return rows
    .map(({ field, economy, iso3, year, usptoPatents, patentFamilies }) => ({
      field,
      economy,
      iso3: iso3 as string,
      year,
      usptoPatents,
      patentFamilies,
    }))
    .sort((a, b) =>
      (place.get(a.field) ?? 0) - (place.get(b.field) ?? 0) || compareText(a.iso3, b.iso3) ||
      a.year - b.year
    );
}

/** World totals by field and year, with `ALL FIELDS` and `unclassified`, from the publisher's file. */
export function readWorldPatentCounts(dir: string): readonly WorldPatentCount[] {
  const place = new Map(WORLD_FIELDS.map((field, i) => [field, i]));
  return readRows(dir)
    .filter(({ economy }) => economy === "World")
    .map(({ field, year, usptoPatents, patentFamilies }) => ({
      field,
      year,
      usptoPatents,
      patentFamilies,
    }))
    .sort((a, b) => (place.get(a.field) ?? 0) - (place.get(b.field) ?? 0) || a.year - b.year);
}

/** The same counts from the project's `data/ncses_patents.parquet`. */
export function loadPatentCounts(dataDir: string = DATA_DIR): readonly PatentCount[] {
  const frame = readParquetTable(inside(dataDir, "ncses_patents.parquet"), [
    "wipo_field",
    "economy",
    "iso3",
    "year",
    "uspto_patents",
    "patent_families",
  ]);
  const economy = textColumn(frame, "economy");
  const iso3 = textColumn(frame, "iso3");
  const year = numberColumn(frame, "year");
  const usptoPatents = numberColumn(frame, "uspto_patents");
  const patentFamilies = numberColumn(frame, "patent_families");
  return textColumn(frame, "wipo_field").map((field, i) => ({
    field,
    economy: economy[i],
    iso3: iso3[i],
    year: year[i],
    usptoPatents: usptoPatents[i],
    patentFamilies: patentFamilies[i],
  }));
}

/** The same totals from the project's `data/ncses_patents_world.parquet`. */
export function loadWorldPatentCounts(dataDir: string = DATA_DIR): readonly WorldPatentCount[] {
  const frame = readParquetTable(inside(dataDir, "ncses_patents_world.parquet"), [
    "wipo_field",
    "year",
    "uspto_patents",
    "patent_families",
  ]);
  const year = numberColumn(frame, "year");
  const usptoPatents = numberColumn(frame, "uspto_patents");
  const patentFamilies = numberColumn(frame, "patent_families");
  return textColumn(frame, "wipo_field").map((field, i) => ({
    field,
    year: year[i],
    usptoPatents: usptoPatents[i],
    patentFamilies: patentFamilies[i],
  }));
}
