import { checkAnchor, checkRowCount } from "./complete.ts";
import {
  checkUnique,
  type CsvTable,
  integerCell,
  numberCell,
  readCsvTable,
  requiredText,
} from "./csv_table.ts";
import { DATA_DIR } from "./data_dir.ts";
import { numberColumn, readParquetTable, textColumn } from "./parquet_table.ts";
import { inside } from "./read_source.ts";

/** Production accounts and productivity of a US industry in a year (63 industries, 1987 to 2023). */
export interface IndustryProductivity {
  /** 1 to 63. */
  readonly industryId: number;
  readonly industry: string;
  readonly year: number;
  /** Million current USD: gross output, capital and labour compensation, intermediate inputs, value added. */
  readonly grossOutput: number;
  readonly capital: number;
  readonly labour: number;
  readonly intermediates: number;
  readonly valueAdded: number;
  /** Quantity indexes of the same; base year as in the source. */
  readonly grossOutputQuantity: number;
  readonly capitalQuantity: number;
  readonly labourQuantity: number;
  readonly intermediatesQuantity: number;
  readonly valueAddedQuantity: number;
  /** Total factor productivity, on gross output and on value added: indexes computed by the source's author. */
  readonly tfpGrossOutput: number;
  readonly tfpValueAdded: number;
}

/** Inputs and output of a US manufacturing industry (NAICS 2012, six digits) in a year. */
export interface ManufacturingYear {
  readonly naics: string;
  /** 2000 to 2016. */
  readonly year: number;
  /** Real output, capital, materials and investment, million 2012 USD. */
  readonly output: number;
  readonly capital: number;
  readonly materials: number;
  readonly investment: number;
  /** Production worker hours, millions. */
  readonly hours: number;
}

/** Source files. */
export const PRODUCTIVITY_FILE = "us_industry_tfp_63ind_1987_2023.csv";
export const MANUFACTURING_FILE = "nber_ces_manuf_subset_2000_2016.csv";

/** Value columns of the 63-industry table: source name, derived name, field. */
export const PRODUCTIVITY_VALUES = [
  ["GO", "gross_output", "grossOutput"],
  ["CAP", "capital", "capital"],
  ["LAB", "labour", "labour"],
  ["II", "intermediates", "intermediates"],
  ["VA", "value_added", "valueAdded"],
  ["GO_QI", "gross_output_quantity", "grossOutputQuantity"],
  ["CAP_QI", "capital_quantity", "capitalQuantity"],
  ["LAB_QI", "labour_quantity", "labourQuantity"],
  ["II_QI", "intermediates_quantity", "intermediatesQuantity"],
  ["VA_QI", "value_added_quantity", "valueAddedQuantity"],
  ["TFPGO", "tfp_gross_output", "tfpGrossOutput"],
  ["TFPVA", "tfp_value_added", "tfpValueAdded"],
] as const;

/** Value columns of the manufacturing table: source name, derived name and field. */
export const MANUFACTURING_VALUES = [
  ["Y", "output"],
  ["K", "capital"],
  ["M", "materials"],
  ["I", "investment"],
  ["L", "hours"],
] as const;

type Values = Pick<IndustryProductivity, typeof PRODUCTIVITY_VALUES[number][2]>;
type ManufacturingValues = Pick<ManufacturingYear, typeof MANUFACTURING_VALUES[number][1]>;

/**
 * US productivity by industry, ordered by industry and year.
 *
 * @param dir folder with the productivity files (`productivity`)
 * @throws SourceError at a missing or truncated file, a repeated key or a cell that is not a number
 */
export function readIndustryProductivity(dir: string): readonly IndustryProductivity[] {
  const path = inside(dir, PRODUCTIVITY_FILE);
  const table = readCsvTable(path, [
    "industry_id",
    "industry",
    "year",
    ...PRODUCTIVITY_VALUES.map(([name]) => name),
  ]);
  checkRowCount(path, table.rows.length, 63 * 37, "63 industries x 37 years");
  checkUnique(table.rows, ["industry_id", "year"]);
  checkAnchor(
    path,
    "Farms, 1987, GO",
    anchorOf(table, "industry_id", "1", "1987", "GO"),
    152_234.78,
    "million USD",
  );
  return table.rows
    .map((row): IndustryProductivity => ({
      industryId: integerCell(row, "industry_id", 1, 63),
      industry: requiredText(row, "industry"),
      year: integerCell(row, "year", 1987, 2023),
      ...Object.fromEntries(
        PRODUCTIVITY_VALUES.map(([name, , field]) => [field, numberCell(row, name)]),
      ) as unknown as Values,
    }))
    .sort((a, b) => a.industryId - b.industryId || a.year - b.year);
}

/** The same from the project's `data/us_industry_productivity.parquet`. */
export function loadIndustryProductivity(
  dataDir: string = DATA_DIR,
): readonly IndustryProductivity[] {
  const frame = readParquetTable(inside(dataDir, "us_industry_productivity.parquet"), [
    "industry_id",
    "industry",
    "year",
    ...PRODUCTIVITY_VALUES.map(([, name]) => name),
  ]);
  const industry = textColumn(frame, "industry");
  const year = numberColumn(frame, "year");
  const values = PRODUCTIVITY_VALUES.map(([, name, field]) =>
    [field, numberColumn(frame, name)] as const
  );
  return [...numberColumn(frame, "industry_id")].map((industryId, i) => ({
    industryId,
    industry: industry[i],
    year: year[i],
    ...Object.fromEntries(values.map(([field, column]) => [field, column[i]])) as unknown as Values,
  }));
}

/**
 * US manufacturing by six-digit industry, ordered by industry and year.
 *
 * @param dir folder with the productivity files (`productivity`)
 * @throws SourceError at a missing or truncated file, a repeated key or a cell that is not a number
 * @see https://www.nber.org/research/data/nber-ces-manufacturing-industry-database
 */
export function readManufacturing(dir: string): readonly ManufacturingYear[] {
  const path = inside(dir, MANUFACTURING_FILE);
  const table = readCsvTable(path, [
    "naics",
    "year",
    ...MANUFACTURING_VALUES.map(([name]) => name),
  ]);
  checkRowCount(path, table.rows.length, 364 * 17, "364 industries x 17 years");
  checkUnique(table.rows, ["naics", "year"]);
  checkAnchor(
    path,
    "311111, 2000, K",
    anchorOf(table, "naics", "311111", "2000", "K"),
    3741.3,
    "million USD",
  );
  return table.rows
    .map((row): ManufacturingYear => ({
      naics: requiredText(row, "naics"),
      year: integerCell(row, "year", 2000, 2016),
      ...Object.fromEntries(
        MANUFACTURING_VALUES.map(([name, field]) => [field, numberCell(row, name)]),
      ) as unknown as ManufacturingValues,
    }))
    .sort((a, b) => Number(a.naics) - Number(b.naics) || a.year - b.year);
}

/** The same from the project's `data/us_manufacturing.parquet`. */
export function loadManufacturing(dataDir: string = DATA_DIR): readonly ManufacturingYear[] {
  const frame = readParquetTable(inside(dataDir, "us_manufacturing.parquet"), [
    "naics",
    "year",
    ...MANUFACTURING_VALUES.map(([, name]) => name),
  ]);
  const year = numberColumn(frame, "year");
  const values = MANUFACTURING_VALUES.map(([, name]) => [name, numberColumn(frame, name)] as const);
  return textColumn(frame, "naics").map((naics, i) => ({
    naics,
    year: year[i],
    ...Object.fromEntries(
      values.map(([field, column]) => [field, column[i]]),
    ) as unknown as ManufacturingValues,
  }));
}

function anchorOf(
  table: CsvTable,
  key: string,
  value: string,
  year: string,
  column: string,
): number | undefined {
  const row = table.rows.find((row) => row.cells[key] === value && row.cells.year === year);
  return row && numberCell(row, column);
}
