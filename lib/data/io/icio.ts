import { FETCH_AGAIN, sourceError } from "../source_error.ts";
import { delimitedFile } from "./csv_records.ts";
import { numberReader } from "./number_cell.ts";
import {
  assembleWorld,
  checkFileYear,
  worldCells,
  type WorldLabel,
  worldPlaces,
  type WorldReading,
} from "./world_assembly.ts";
import { PRECISE, type WorldTolerance } from "./world_checks.ts";

/** Codes of final demand in the releases since 2016. */
const FINAL_CODES = ["HFCE", "NPISH", "GGFC", "GFCF", "INVNT", "DPABR", "P33", "NONRES", "FD"];

/** Regions of the extended tables that are parts of a country: processing and other exporters. */
export const ICIO_FOLDS: Readonly<Record<string, string>> = {
  CN1: "CHN",
  CN2: "CHN",
  CN3: "CHN",
  CN4: "CHN",
  MX1: "MEX",
  MX2: "MEX",
  MX3: "MEX",
};

/** Options of {@linkcode readIcio}. */
export interface IcioOptions {
  readonly tolerance?: WorldTolerance;
}

/**
 * World table from an OECD Inter-Country Input-Output CSV as published (release 2021, 2023 or later, regular or extended):
 * `YEAR_SML.csv`, `YEAR.csv` or `ICIO2021_YEAR.csv`, or the zip archive that holds it. Million USD, basic prices.
 *
 * Rows and columns are labelled `COUNTRY_INDUSTRY`, final demand `COUNTRY_CATEGORY`; rows TLS and VA, row and column OUT.
 * The split rows of China and Mexico are added up into CHN and MEX.
 *
 * @throws SourceError naming file, row and column at a missing, repeated or unknown label, a cell that is no number, or a row
 * or column that does not add up to OUT
 * @see https://www.oecd.org/en/data/datasets/inter-country-input-output-tables.html
 */
export async function readIcio(
  path: string,
  year: number,
  options: IcioOptions = {},
): Promise<WorldReading> {
  const { file, lines } = await delimitedFile(path, {
    member: {
      pattern: new RegExp(`(^|[/_])${year}(_(SML|EXT))?\\.csv$`, "i"),
      name: `${year}_SML.csv`,
    },
  });
  checkFileYear(file, year);
  const reader = numberReader(file);
  let header: readonly string[] | null = null;
  let columns: WorldLabel[] = [];
  let places: ReturnType<typeof worldPlaces> | null = null;
  let cells: ReturnType<typeof worldCells> | null = null;
  let output = new Float64Array(0);
  let otherInputs = new Float64Array(0);
  let outputRow: Float64Array | null = null;
  const rowAt = new Map<string, number>();
  const seen = new Set<string>();
  for await (const { cells: line, line: number } of lines) {
    if (header === null) {
      header = line;
      columns = line.slice(1).filter((code) => !isOutput(code)).map((code) => label(file, code));
      const rows = columns.filter(({ sector }) => !FINAL_CODES.includes(sector));
      places = worldPlaces(file, rows, columns, fold);
      cells = worldCells(places);
      output = new Float64Array(cells.size);
      otherInputs = new Float64Array(cells.size);
      rows.forEach(({ country, sector }, i) => rowAt.set(`${country}_${sector}`, i));
      if (!line.slice(1).some(isOutput)) throw absent(file, "column");
      continue;
    }
    if (places === null || cells === null) break;
    const code = line[0].trim();
    if (seen.has(code)) {
      throw sourceError({
        file,
        row: `${code} (line ${number})`,
        came: "the row twice",
        expected: "each row once",
        remedy: FETCH_AGAIN,
      });
    }
    seen.add(code);
    const values = line.map((cell, k) =>
      k === 0 ? 0 : reader.read(cell, `${code} (line ${number})`, header?.[k] ?? "")
    );
    const isTotal = isOutput(code) || code === "TOTAL";
    const isInput = /^(TLS|VA|VALU|TAXSUB)$/.test(code) || /_TAXSUB$/.test(code);
    const i = rowAt.get(code);
    if (i === undefined && !isTotal && !isInput) {
      throw sourceError({
        file,
        row: `${code} (line ${number})`,
        came: "an unknown row",
        expected: "the codes of the columns, TLS, VA and OUT",
        remedy: FETCH_AGAIN,
      });
    }
    const row = i === undefined ? -1 : places.rows[i];
    const width = places.countries.length * places.categories.length;
    let j = 0;
    if (isTotal) outputRow = new Float64Array(cells.size);
    for (let k = 1; k < line.length; k++) {
      if (isOutput(header[k])) {
        if (row >= 0) output[row] += values[k];
        continue;
      }
      const column = places.columns[j];
      const final = places.finalColumns[j];
      j += 1;
      if (row >= 0 && column >= 0) cells.intermediate[row * cells.size + column] += values[k];
      else if (row >= 0) cells.final[row * width + final] += values[k];
      else if (column >= 0 && isInput) otherInputs[column] += values[k];
      else if (column >= 0 && outputRow !== null) outputRow[column] += values[k];
    }
  }
  if (header === null || places === null || cells === null) {
    throw sourceError({
      file,
      came: "no rows",
      expected: "an ICIO table",
      remedy: FETCH_AGAIN,
    });
  }
  const lost = [...rowAt.keys()].find((code) => !seen.has(code));
  if (lost !== undefined) {
    throw sourceError({
      file,
      row: lost,
      came: "no such row",
      expected: "a row for every column (a cut file?)",
      remedy: FETCH_AGAIN,
    });
  }
  if (outputRow === null) throw absent(file, "row");
  const tolerance = options.tolerance ?? PRECISE;
  checkOutputs(file, places, output, outputRow, tolerance);
  return assembleWorld(places, { ...cells, output, otherInputs, empty: reader.empty() }, {
    source: "OECD ICIO",
    file,
    year,
    unit: "million USD",
    factor: 1,
    folded: [...new Set(columns.map(({ country }) => country))].filter((code) =>
      fold(code) !== code
    ).map((code) => `${code} into ${fold(code)}`),
    notes: [],
    tolerance,
  });
}

function fold(country: string): string {
  return ICIO_FOLDS[country] ?? country;
}

function isOutput(code: string): boolean {
  return code === "OUT" || code === "OUTPUT" || code === "TOTAL";
}

function label(file: string, code: string): WorldLabel {
  const parts = /^([A-Z0-9]{3})_(.+)$/.exec(code.trim());
  if (parts === null) {
    throw sourceError({
      file,
      row: 1,
      column: code,
      came: `the label "${code}"`,
      expected: "COUNTRY_INDUSTRY, COUNTRY_CATEGORY or OUT",
      remedy: FETCH_AGAIN,
    });
  }
  return { country: parts[1], sector: parts[2] };
}

function absent(file: string, side: "row" | "column"): Error {
  return sourceError({
    file,
    [side]: "OUT",
    came: `no such ${side}`,
    expected: `output at basic prices (a cut file?)`,
    remedy: FETCH_AGAIN,
  });
}

function checkOutputs(
  file: string,
  { countries, sectors }: { countries: readonly string[]; sectors: readonly string[] },
  column: Float64Array,
  row: Float64Array,
  tolerance: WorldTolerance,
): void {
  for (let i = 0; i < column.length; i++) {
    const allowed = Math.max(tolerance.absolute, tolerance.relative * Math.abs(column[i]));
    if (Math.abs(column[i] - row[i]) <= allowed) continue;
    throw sourceError({
      file,
      row: "OUT",
      column: `${countries[Math.floor(i / sectors.length)]}_${sectors[i % sectors.length]}`,
      came: `${row[i]}`,
      expected: `the column OUT of that industry, ${column[i]}, within ${allowed} million USD`,
      remedy: FETCH_AGAIN,
    });
  }
}
