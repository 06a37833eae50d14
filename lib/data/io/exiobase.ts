import { loadCountryYears } from "../penn_world.ts";
import { FETCH_AGAIN, sourceError } from "../source_error.ts";
import { type DelimitedFile, delimitedFile, delimitedMember } from "./csv_records.ts";
import { numberReader } from "./number_cell.ts";
import {
  assembleWorld,
  checkFileYear,
  worldCells,
  type WorldLabel,
  type WorldPlaces,
  worldPlaces,
  type WorldReading,
} from "./world_assembly.ts";
import { PRECISE, type WorldTolerance } from "./world_checks.ts";

/** EXIOBASE's primary inputs leave out a little of some columns: a twentieth of output, or five million USD. */
const COLUMNS: WorldTolerance = { absolute: 5, relative: 0.05 };

/** Options of {@linkcode readExiobase}. */
export interface ExiobaseOptions {
  /** USD per euro; default: the year's market rate of Germany in the shipped Penn World Table (1995 to 2019). */
  readonly usdPerEuro?: number;
  readonly tolerance?: WorldTolerance;
}

/**
 * World table from EXIOBASE 3 as published: `IOT_YEAR_ixi.zip` (or `_pxp`), or the folder into which it was unpacked, with
 * `Z.txt`, `Y.txt`, `x.txt`, `unit.txt` (tab-separated; two header lines and a line with the names of the row labels) and the
 * primary inputs `factor_inputs/F.txt` or `satellite/F.txt` where present. Million euro become million USD.
 *
 * Sectors have no codes in EXIOBASE: their names are the codes.
 *
 * @throws SourceError naming file, line and label when a part is missing or of another layout, a unit is not M.EUR, a cell is no
 * number, or a row does not add up to x
 * @see https://doi.org/10.5281/zenodo.5589597
 */
export async function readExiobase(
  path: string,
  year: number,
  options: ExiobaseOptions = {},
): Promise<WorldReading> {
  checkFileYear(path, year);
  const factor = options.usdPerEuro ?? marketRate(year);
  const xFile = await part(path, "x.txt");
  const x = await labelledColumn(xFile, 2);
  await checkUnits(await part(path, "unit.txt"));
  const rows = x.labels.map(([country, sector]) => ({ country, sector }));
  const y = await matrixFile(await part(path, "Y.txt"));
  const columns: readonly WorldLabel[] = [...rows, ...y.columns];
  const places = worldPlaces(xFile.file, rows, columns);
  const cells = worldCells(places);
  const size = cells.size;
  const width = places.countries.length * places.categories.length;
  const z = await matrixFile(await part(path, "Z.txt"));
  checkSameLabels(z.file, "column", z.columns, rows);
  let empty = 0;
  empty += await readRows(z, rows, (i, j, value) => {
    cells.intermediate[places.rows[i] * size + places.columns[j]] = value;
  });
  empty += await readRows(y, rows, (i, j, value) => {
    cells.final[places.rows[i] * width + places.finalColumns[rows.length + j]] = value;
  });
  const output = new Float64Array(size);
  x.values.forEach((value, i) => output[places.rows[i]] = value);
  const otherInputs = await primaryInputs(path, rows, places);
  return assembleWorld(places, { ...cells, output, otherInputs, empty }, {
    source: "EXIOBASE 3",
    file: path,
    year,
    unit: "M.EUR",
    factor,
    folded: [],
    notes: [
      `${factor.toPrecision(6)} USD per euro, ${
        options.usdPerEuro === undefined ? "Penn World Table 10.01" : "as given"
      }`,
      ...(otherInputs === null ? ["no primary inputs in the archive: columns not checked"] : []),
    ],
    tolerance: options.tolerance ?? PRECISE,
    columnTolerance: COLUMNS,
  });
}

function marketRate(year: number): number {
  const germany = loadCountryYears().find((row) => row.iso3 === "DEU" && row.year === year);
  if (germany !== undefined) return 1 / germany.exchangeRate;
  throw new RangeError(
    `year ${year}: no euro rate in the shipped tables, expected the option usdPerEuro`,
  );
}

const isZip = (path: string) => /\.zip$/i.test(path);

async function part(path: string, name: string): Promise<DelimitedFile> {
  if (!isZip(path)) return await delimitedFile(`${path}/${name}`, { delimiter: "\t" });
  // Parts of the same name lie in the folders of the extensions; the core ones lie highest.
  const pattern = new RegExp(`^([^/]*/)?${name.replace(".", "\\.")}$`);
  return await delimitedFile(path, { delimiter: "\t", member: { pattern, name } });
}

async function optionalPart(path: string, name: string): Promise<DelimitedFile | null> {
  if (isZip(path)) {
    const pattern = new RegExp(`(^|/)${name.replace(".", "\\.")}$`);
    return await delimitedMember(path, { delimiter: "\t", member: { pattern, name } });
  }
  try {
    Deno.statSync(`${path}/${name}`);
  } catch (cause) {
    if (cause instanceof Deno.errors.NotFound) return null;
    throw cause;
  }
  return await delimitedFile(`${path}/${name}`, { delimiter: "\t" });
}

/** A matrix with two header lines whose rows are still to be read. */
interface MatrixFile {
  readonly file: string;
  readonly columns: readonly WorldLabel[];
  readonly rows: AsyncIterator<{ readonly line: number; readonly cells: readonly string[] }>;
  /** Cells before the first number. */
  readonly labels: number;
}

async function matrixFile({ file, lines }: DelimitedFile, labels = 2): Promise<MatrixFile> {
  const rows = lines[Symbol.asyncIterator]();
  const regions = (await rows.next()).value?.cells as readonly string[] | undefined;
  const sectors = (await rows.next()).value?.cells as readonly string[] | undefined;
  if (regions?.[0] !== "region" || !["sector", "category"].includes(sectors?.[0] ?? "")) {
    throw sourceError({
      file,
      row: regions?.[0] === "region" ? 2 : 1,
      came: `lines that begin with "${regions?.[0]}" and "${sectors?.[0]}"`,
      expected: 'a line of regions ("region") and a line of sectors or categories',
      remedy: FETCH_AGAIN,
    });
  }
  const columns = regions.slice(labels).map((country, j) => ({
    country,
    sector: sectors?.[labels + j] ?? "",
  }));
  return { file, columns, rows, labels };
}

/** Reads the rows of a matrix in the order of `expected`; returns the number of empty cells. */
async function readRows(
  matrix: MatrixFile,
  expected: readonly WorldLabel[],
  put: (i: number, j: number, value: number) => void,
): Promise<number> {
  const reader = numberReader(matrix.file);
  let i = 0;
  for (let next = await matrix.rows.next(); !next.done; next = await matrix.rows.next()) {
    const { line, cells } = next.value;
    // The line with the names of the row labels: region, sector, then nothing.
    if (i === 0 && cells[0] === "region") continue;
    const label = expected[i];
    if (label === undefined || cells[0] !== label.country || cells[1] !== label.sector) {
      throw sourceError({
        file: matrix.file,
        row: line,
        came: `${cells[0]} ${cells[1]}`,
        expected: label === undefined ? "no further row" : `${label.country} ${label.sector}`,
        remedy: FETCH_AGAIN,
      });
    }
    for (let j = matrix.labels; j < cells.length; j++) {
      const cell = cells[j];
      // Nearly all cells are plain numbers; Number is much faster than the reader.
      const fast = cell === "" ? NaN : Number(cell);
      put(
        i,
        j - matrix.labels,
        Number.isNaN(fast)
          ? reader.read(cell, line, Object.values(matrix.columns[j - matrix.labels]).join(" "))
          : fast,
      );
    }
    i += 1;
  }
  if (i < expected.length) {
    throw sourceError({
      file: matrix.file,
      row: `${expected[i].country} ${expected[i].sector}`,
      came: "no such row",
      expected: `${expected.length} rows (a cut file?)`,
      remedy: FETCH_AGAIN,
    });
  }
  return reader.empty();
}

function checkSameLabels(
  file: string,
  side: "row" | "column",
  came: readonly WorldLabel[],
  expected: readonly WorldLabel[],
): void {
  const length = Math.max(came.length, expected.length);
  for (let i = 0; i < length; i++) {
    const [a, b] = [came[i], expected[i]];
    if (a?.country === b?.country && a?.sector === b?.sector) continue;
    throw sourceError({
      file,
      [side]: `${i + 1}`,
      came: a === undefined ? `no such ${side}` : `${a.country} ${a.sector}`,
      expected: b === undefined ? `no further ${side}` : `${b.country} ${b.sector}, as in x.txt`,
      remedy: FETCH_AGAIN,
    });
  }
}

async function labelledColumn(
  { file, lines }: DelimitedFile,
  labels: number,
): Promise<{ readonly labels: readonly (readonly string[])[]; readonly values: number[] }> {
  const reader = numberReader(file);
  const names: string[][] = [];
  const values: number[] = [];
  let isHeader = true;
  for await (const { line, cells } of lines) {
    if (isHeader) {
      isHeader = false;
      continue;
    }
    names.push(cells.slice(0, labels));
    values.push(reader.read(cells[labels] ?? null, line, "indout"));
  }
  return { labels: names, values };
}

async function checkUnits({ file, lines }: DelimitedFile): Promise<void> {
  let isHeader = true;
  for await (const { line, cells } of lines) {
    const unit = cells.at(-1)?.trim() ?? "";
    if (!isHeader && !/^(M\.?EUR|million EUR)$/i.test(unit)) {
      throw sourceError({
        file,
        row: line,
        column: "unit",
        came: `"${unit}"`,
        expected: "M.EUR (the monetary tables, not the hybrid ones)",
        remedy: FETCH_AGAIN,
      });
    }
    isHeader = false;
  }
}

/** Sum of the primary inputs that are in million euro, by industry; null without such a file. */
async function primaryInputs(
  path: string,
  rows: readonly WorldLabel[],
  places: WorldPlaces,
): Promise<Float64Array | null> {
  for (const folder of ["factor_inputs", "satellite"]) {
    const units = await optionalPart(path, `${folder}/unit.txt`);
    const values = await optionalPart(path, `${folder}/F.txt`);
    if (units === null || values === null) continue;
    const money = new Set<string>();
    for await (const { cells } of units.lines) {
      if (/^(M\.?EUR|million EUR)$/i.test(cells.at(-1)?.trim() ?? "")) money.add(cells[0]);
    }
    const matrix = await matrixFile(values, 1);
    checkSameLabels(matrix.file, "column", matrix.columns, rows);
    const reader = numberReader(matrix.file);
    const sums = new Float64Array(places.countries.length * places.sectors.length);
    for (let next = await matrix.rows.next(); !next.done; next = await matrix.rows.next()) {
      const { line, cells } = next.value;
      if (!money.has(cells[0])) continue;
      for (let j = 1; j < cells.length; j++) {
        sums[places.columns[j - 1]] += reader.read(cells[j], line, `column ${j + 1}`);
      }
    }
    return sums;
  }
  return null;
}
