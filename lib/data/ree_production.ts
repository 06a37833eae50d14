import { compareText } from "./complete.ts";
import {
  cellError,
  checkUnique,
  integerCell,
  oneOf,
  optionalNumber,
  readCsvTable,
  requiredText,
  textCell,
} from "./csv_table.ts";
import { DATA_DIR } from "./data_dir.ts";
import { inside } from "./read_source.ts";
import { BUILD_AGAIN, FETCH_AGAIN, sourceError } from "./source_error.ts";

/** Production of rare earth oxides by a country in a year, as the British Geological Survey gives it. */
export interface OxideProduction {
  /** 1992 to 2023; some years end on 31 March of the next or on 30 June, see `note`. */
  readonly year: number;
  readonly country: string;
  /** ISO 3166 alpha-3. */
  readonly iso3: string;
  /** Tonnes of rare earth oxide; null where production is known and its size is not. */
  readonly tonnes: number | null;
  readonly estimated: boolean;
  readonly note: string;
}

/** Source file of the BGS series. */
export const BGS_FILE = "bgs_rare_earths_production_1975_.csv";

/** Columns of `data/ree_mine_production_bgs.csv`. */
export const OXIDE_COLUMNS = [
  "year",
  "country",
  "iso3",
  "tonnes_reo",
  "estimated",
  "note",
] as const;

/** Commodities of the BGS file. Minerals are tonnes of ore concentrate: never add them to oxides. */
const COMMODITIES = ["rare earth oxides", "rare earth minerals"] as const;

/** China produced 118,900 t in 2010: guards the unit and the choice of rows. */
const CHINA_2010_TONNES = 118_900;

/**
 * Oxide production by country and year: rows "rare earth oxides" only, ordered by country code and year.
 *
 * @param dir folder with the production files (`ree_production`)
 * @throws SourceError at a missing or truncated file, another unit, a repeated key or a cell that is not a number
 * @see https://www.bgs.ac.uk/mineralsuk/statistics/world-mineral-statistics/
 */
export function readOxideProduction(dir: string): readonly OxideProduction[] {
  const path = inside(dir, BGS_FILE);
  const table = readCsvTable(path, [
    "year",
    "country",
    "iso3",
    "bgs_commodity_trans",
    "units",
    "quantity",
    "concat_figure_notes_text",
  ]);
  const rows = table.rows.filter((row) =>
    oneOf(row, "bgs_commodity_trans", COMMODITIES) === "rare earth oxides"
  );
  checkUnique(rows, ["year", "iso3"]);
  const production = rows
    .map((row) => {
      oneOf(row, "units", ["tonnes (metric)"]);
      const notes = textCell(row, "concat_figure_notes_text").split("|").filter((note) =>
        note !== ""
      );
      return {
        year: integerCell(row, "year", 1992, 2100),
        country: requiredText(row, "country"),
        iso3: requiredText(row, "iso3"),
        tonnes: tonnes(optionalNumber(row, "quantity"), () => cellError(row, "quantity", "tonnes")),
        estimated: notes.includes("Estimates."),
        note: notes.filter((note) => note !== "Estimates.").join(" "),
      };
    })
    .sort((a, b) => compareText(a.iso3, b.iso3) || a.year - b.year);
  checkChina(path, production, FETCH_AGAIN);
  return production;
}

/** The same series from the project's `data/ree_mine_production_bgs.csv`. */
export function loadOxideProduction(dataDir: string = DATA_DIR): readonly OxideProduction[] {
  const path = inside(dataDir, "ree_mine_production_bgs.csv");
  const table = readCsvTable(path, OXIDE_COLUMNS, { remedy: BUILD_AGAIN });
  checkUnique(table.rows, ["year", "iso3"]);
  const production = table.rows.map((row) => ({
    year: integerCell(row, "year", 1992, 2100),
    country: requiredText(row, "country"),
    iso3: requiredText(row, "iso3"),
    tonnes: tonnes(optionalNumber(row, "tonnes_reo"), () => cellError(row, "tonnes_reo", "tonnes")),
    estimated: oneOf(row, "estimated", ["true", "false"]) === "true",
    note: textCell(row, "note"),
  }));
  checkChina(path, production, BUILD_AGAIN);
  return production;
}

function tonnes(value: number | null, error: () => Error): number | null {
  if (value !== null && value < 0) throw error();
  return value;
}

function checkChina(file: string, rows: readonly OxideProduction[], remedy: string): void {
  const china = rows.find(({ iso3, year }) => iso3 === "CHN" && year === 2010)?.tonnes;
  if (china === CHINA_2010_TONNES) return;
  throw sourceError({
    file,
    row: "China 2010",
    column: "tonnes",
    came: `${china ?? "nothing"}`,
    expected: `${CHINA_2010_TONNES} t (a truncated file, or another unit?)`,
    remedy,
  });
}
