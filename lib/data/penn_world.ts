import { gunzipSync } from "node:zlib";
import { checkAnchor, checkRowCount, compareText } from "./complete.ts";
import { checkUnique, integerCell, numberCell, oneOf, readCsvTable } from "./csv_table.ts";
import { DATA_DIR } from "./data_dir.ts";
import { numberColumn, readParquetTable, textColumn } from "./parquet_table.ts";
import { inside, readBytes } from "./read_source.ts";
import { FETCH_AGAIN, sourceError } from "./source_error.ts";
import { WIOD_COUNTRIES } from "./wiod_labels.ts";

/** Size, income and productivity of a country in a year, from Penn World Table 10.01. */
export interface CountryYear {
  /** ISO 3166 alpha-3 (Romania is ROU here, ROM in WIOD). */
  readonly iso3: string;
  /** 1995 to 2019. */
  readonly year: number;
  /** Million persons. */
  readonly population: number;
  /** Million persons. */
  readonly employment: number;
  /** Human capital index. */
  readonly humanCapital: number;
  /** Output-side real GDP at chained PPPs, million 2017 USD. */
  readonly gdpOutput: number;
  /** Real GDP at constant national prices, million 2017 USD. */
  readonly gdpNational: number;
  /** Capital stock at constant national prices, million 2017 USD. */
  readonly capitalNational: number;
  /** TFP at constant national prices, 2017 = 1. */
  readonly tfpNational: number;
  /** TFP at current PPPs, USA = 1. */
  readonly tfpRelative: number;
  /** Share of labour compensation in GDP. */
  readonly labourShare: number;
  /** National currency per USD. */
  readonly exchangeRate: number;
}

/** Source file. */
export const PENN_FILE = "pwt10.01_1990_2019.csv.gz";

/** Value columns (named as in the Penn World Table) and fields. */
export const PENN_VALUES = [
  ["pop", "population"],
  ["emp", "employment"],
  ["hc", "humanCapital"],
  ["rgdpo", "gdpOutput"],
  ["rgdpna", "gdpNational"],
  ["rnna", "capitalNational"],
  ["rtfpna", "tfpNational"],
  ["ctfp", "tfpRelative"],
  ["labsh", "labourShare"],
  ["xr", "exchangeRate"],
] as const;

type Values = Pick<CountryYear, typeof PENN_VALUES[number][1]>;

/** The 40 countries of WIOD by ISO code, without the rest of the world. */
export const PENN_COUNTRIES: readonly string[] = WIOD_COUNTRIES.filter((code) => code !== "RoW")
  .map((code) => code === "ROM" ? "ROU" : code);

/**
 * The WIOD countries 1995 to 2019, ordered by code and year.
 *
 * @param dir folder with the productivity files (`productivity`)
 * @throws SourceError at a missing or truncated file, a missing column or value
 * @see https://www.rug.nl/ggdc/productivity/pwt/
 */
export function readCountryYears(dir: string): readonly CountryYear[] {
  const path = inside(dir, PENN_FILE);
  const packed = readBytes(path);
  let text: string;
  try {
    text = new TextDecoder().decode(gunzipSync(packed));
  } catch (cause) {
    throw sourceError({
      file: path,
      came: `bytes that do not unpack (${cause instanceof Error ? cause.message : cause})`,
      expected: "a complete gzip file (this one looks truncated)",
      remedy: FETCH_AGAIN,
    });
  }
  const columns = ["isocode", "year", ...PENN_VALUES.map(([name]) => name)];
  const table = readCsvTable(path, columns, { text });
  const rows = table.rows.filter((row) =>
    PENN_COUNTRIES.includes(row.cells.isocode) && Number(row.cells.year) >= 1995
  );
  const australia = rows.find((row) => row.cells.isocode === "AUS" && row.cells.year === "1995");
  checkAnchor(
    path,
    "AUS, 1995, pop",
    australia && numberCell(australia, "pop"),
    17.993074,
    "million",
  );
  checkUnique(rows, ["isocode", "year"]);
  checkRowCount(path, rows.length, 40 * 25, "40 countries x 25 years from 1995");
  return rows
    .map((row): CountryYear => ({
      iso3: oneOf(row, "isocode", PENN_COUNTRIES),
      year: integerCell(row, "year", 1995, 2019),
      ...Object.fromEntries(
        PENN_VALUES.map(([name, field]) => [field, numberCell(row, name)]),
      ) as unknown as Values,
    }))
    .sort((a, b) => compareText(a.iso3, b.iso3) || a.year - b.year);
}

/** The same rows from the project's `data/penn_world.parquet`. */
export function loadCountryYears(dataDir: string = DATA_DIR): readonly CountryYear[] {
  const frame = readParquetTable(inside(dataDir, "penn_world.parquet"), [
    "iso3",
    "year",
    ...PENN_VALUES.map(([name]) => name),
  ]);
  const year = numberColumn(frame, "year");
  const values = PENN_VALUES.map(([name, field]) => [field, numberColumn(frame, name)] as const);
  return textColumn(frame, "iso3").map((iso3, i) => ({
    iso3,
    year: year[i],
    ...Object.fromEntries(values.map(([field, column]) => [field, column[i]])) as unknown as Values,
  }));
}
