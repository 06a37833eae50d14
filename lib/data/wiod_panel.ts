import { checkRowCount } from "./complete.ts";
import { cellError, checkUnique, integerCell, oneOf, readCsvTable } from "./csv_table.ts";
import { DATA_DIR } from "./data_dir.ts";
import { numberColumn, readParquetTable, textColumn } from "./parquet_table.ts";
import { inside } from "./read_source.ts";
import { WIOD_COUNTRIES, WIOD_SECTORS } from "./wiod_labels.ts";

/** A country's sector in a year, from the world tables 1995 to 2011. All values in million current USD. */
export interface SectorYear {
  readonly year: number;
  readonly country: string;
  /** c1 … c35. */
  readonly sector: string;
  readonly grossOutput: number;
  readonly intermediateInputs: number;
  readonly exportsIntermediate: number;
  readonly exportsFinal: number;
  readonly domesticIntermediate: number;
  readonly domesticFinal: number;
}

/** Source file of the panel. */
export const WIOD_PANEL_FILE = "country_sector_panel_1995_2011.csv";

/** Value columns of the panel, source and derived. */
export const WIOD_PANEL_VALUES = [
  "gross_output",
  "intermediate_inputs",
  "exports_intermediate",
  "exports_final",
  "domestic_intermediate",
  "domestic_final",
] as const;

/** Largest accepted gap between gross output and the sum of the four uses; see WIOD_ROW_MUSD. */
const USES_MUSD = 150;

/**
 * The country-sector panel 1995 to 2011, 24,395 rows, ordered by year, country and sector as the world tables are.
 *
 * @param dir folder with the WIOD files (`wiod2013`)
 * @throws SourceError at a missing or truncated file, an unknown label, a cell that is not a whole number, or uses that do not
 * add up to gross output
 */
export function readSectorPanel(dir: string): readonly SectorYear[] {
  const path = inside(dir, WIOD_PANEL_FILE);
  const table = readCsvTable(path, ["year", "country", "sector", ...WIOD_PANEL_VALUES]);
  checkRowCount(path, table.rows.length, 17 * 41 * 35, "17 years x 41 countries x 35 sectors");
  checkUnique(table.rows, ["year", "country", "sector"]);
  const countryAt = new Map(WIOD_COUNTRIES.map((code, i) => [code, i]));
  const sectorAt = new Map(WIOD_SECTORS.map((code, i) => [code, i]));
  return table.rows
    .map((row): SectorYear => {
      const record = {
        year: integerCell(row, "year", 1995, 2011),
        country: oneOf(row, "country", WIOD_COUNTRIES),
        sector: oneOf(row, "sector", WIOD_SECTORS),
        grossOutput: integerCell(row, "gross_output", 0),
        intermediateInputs: integerCell(row, "intermediate_inputs", 0),
        exportsIntermediate: integerCell(row, "exports_intermediate"),
        exportsFinal: integerCell(row, "exports_final"),
        domesticIntermediate: integerCell(row, "domestic_intermediate"),
        domesticFinal: integerCell(row, "domestic_final"),
      };
      const uses = record.exportsIntermediate + record.exportsFinal + record.domesticIntermediate +
        record.domesticFinal;
      if (Math.abs(uses - record.grossOutput) > USES_MUSD) {
        throw cellError(
          row,
          "gross_output",
          `the sum of the four uses, ${uses}, within ${USES_MUSD} million USD`,
        );
      }
      return record;
    })
    .sort((a, b) =>
      a.year - b.year || (countryAt.get(a.country) ?? 0) - (countryAt.get(b.country) ?? 0) ||
      (sectorAt.get(a.sector) ?? 0) - (sectorAt.get(b.sector) ?? 0)
    );
}

/** The same panel from the project's `data/wiod_panel.parquet`. */
export function loadSectorPanel(dataDir: string = DATA_DIR): readonly SectorYear[] {
  const frame = readParquetTable(inside(dataDir, "wiod_panel.parquet"), [
    "year",
    "country",
    "sector",
    ...WIOD_PANEL_VALUES,
  ]);
  const country = textColumn(frame, "country");
  const sector = textColumn(frame, "sector");
  const [output, inputs, exportsI, exportsF, domesticI, domesticF] = WIOD_PANEL_VALUES.map(
    (name) => numberColumn(frame, name),
  );
  return [...numberColumn(frame, "year")].map((year, i) => ({
    year,
    country: country[i],
    sector: sector[i],
    grossOutput: output[i],
    intermediateInputs: inputs[i],
    exportsIntermediate: exportsI[i],
    exportsFinal: exportsF[i],
    domesticIntermediate: domesticI[i],
    domesticFinal: domesticF[i],
  }));
}
