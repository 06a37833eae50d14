import { gunzipSync } from "node:zlib";
import { DATA_DIR } from "./data_dir.ts";
import { checkWorldFlows } from "./io/world_checks.ts";
import { numberColumn, readParquetTable } from "./parquet_table.ts";
import { inside, readBytes } from "./read_source.ts";
import { BUILD_AGAIN, FETCH_AGAIN, sourceError } from "./source_error.ts";
import { WIOD_ROW_MUSD } from "./wiod_tolerance.ts";
import {
  WIOD_COUNTRIES,
  WIOD_FINAL_CATEGORIES,
  WIOD_SECTOR_NAMES,
  WIOD_SECTORS,
} from "./wiod_labels.ts";

/** One year of the World Input-Output Database, 2013 release. Matrices are row-major. */
export interface WorldTable {
  /** 2005 to 2011. */
  readonly year: number;
  /** Current dollars, basic prices; whole numbers, so cells under 0.5 are zero. */
  readonly unit: "million USD";
  /** 41 countries, the last is the rest of the world (RoW). */
  readonly countries: readonly string[];
  /** c1 … c35. */
  readonly sectors: readonly string[];
  readonly sectorNames: readonly string[];
  /** 5: households, non-profit institutions, government, fixed capital formation, changes in inventories. */
  readonly finalCategories: number;
  /** [n*S+s][m*S+k], 1435 x 1435: what country m's sector k buys from country n's sector s. */
  readonly intermediate: Float64Array;
  /** [n*S+s][m*5+c], 1435 x 205; inventory changes may be negative. */
  readonly final: Float64Array;
  /** [n*S+s], 1435. */
  readonly output: Float64Array;
}

/** Years of the world tables. */
export const WIOD_YEARS: readonly number[] = [2005, 2006, 2007, 2008, 2009, 2010, 2011];

/** World value added of 2005 to 2011 lies between these, million USD (44.6 to 69.3 million): guards the unit. */
const WORLD_VALUE_ADDED_MUSD = [30e6, 100e6] as const;

const N = WIOD_COUNTRIES.length * WIOD_SECTORS.length;
const FINAL = WIOD_COUNTRIES.length * WIOD_FINAL_CATEGORIES;
const WIDTH = N + FINAL + 1;

/**
 * World table of `year` from `layout.json` and `wiot_YEAR_int32.bin.gz`.
 *
 * @param dir folder with the WIOD files (`wiod2013`)
 * @param year 2005 to 2011
 * @throws SourceError when the layout is another, the blob is truncated or too long, a row does not add up to its output, or
 * the unit is another
 * @see https://www.rug.nl/ggdc/valuechain/wiod/wiod-2013-release
 */
export function readWorldTable(dir: string, year: number): Promise<WorldTable> {
  return Promise.resolve().then(() => {
    checkWorldYear(year);
    checkLayout(inside(dir, "layout.json"));
    const path = inside(dir, worldTableFile(year));
    const cells = readInt32(path, N * N + N * FINAL + N);
    const table = worldTable(
      year,
      Float64Array.from(cells.subarray(0, N * N)),
      Float64Array.from(cells.subarray(N * N, N * N + N * FINAL)),
      Float64Array.from(cells.subarray(N * N + N * FINAL)),
    );
    checkWorldTable(table, path, FETCH_AGAIN);
    return table;
  });
}

/**
 * The same table from the project's `data/wiod_YEAR.parquet`.
 *
 * @throws SourceError when the derived table is missing or a row does not add up
 */
export function loadWorldTable(year: number, dataDir: string = DATA_DIR): WorldTable {
  checkWorldYear(year);
  const path = inside(dataDir, `wiod_${year}.parquet`);
  const frame = readParquetTable(path, ["row", "column", "value"]);
  const rows = numberColumn(frame, "row");
  const columns = numberColumn(frame, "column");
  const values = numberColumn(frame, "value");
  const intermediate = new Float64Array(N * N);
  const final = new Float64Array(N * FINAL);
  const output = new Float64Array(N);
  for (let k = 0; k < values.length; k++) {
    const i = rows[k];
    const j = columns[k];
    if (i < 0 || i >= N || j < 0 || j >= WIDTH) {
      throw sourceError({
        file: path,
        row: k + 1,
        came: `position ${i}, ${j}`,
        expected: `a row under ${N} and a column under ${WIDTH}`,
        remedy: BUILD_AGAIN,
      });
    }
    if (j < N) intermediate[i * N + j] = values[k];
    else if (j < N + FINAL) final[i * FINAL + j - N] = values[k];
    else output[i] = values[k];
  }
  const table = worldTable(year, intermediate, final, output);
  checkWorldTable(table, path, BUILD_AGAIN);
  return table;
}

/** Name of the source file of one year. */
export function worldTableFile(year: number): string {
  return `wiot_${year}_int32.bin.gz`;
}

function worldTable(
  year: number,
  intermediate: Float64Array,
  final: Float64Array,
  output: Float64Array,
): WorldTable {
  return {
    year,
    unit: "million USD",
    countries: WIOD_COUNTRIES,
    sectors: WIOD_SECTORS,
    sectorNames: WIOD_SECTOR_NAMES,
    finalCategories: WIOD_FINAL_CATEGORIES,
    intermediate,
    final,
    output,
  };
}

function checkWorldYear(year: number): void {
  if (!WIOD_YEARS.includes(year)) {
    throw new RangeError(`year ${year}: expected one of ${WIOD_YEARS.join(", ")}`);
  }
}

function checkLayout(path: string): void {
  const text = new TextDecoder().decode(readBytes(path));
  let layout: Record<string, unknown>;
  try {
    layout = JSON.parse(text);
  } catch {
    throw sourceError({
      file: path,
      came: "text that is not JSON",
      expected: "JSON",
      remedy: FETCH_AGAIN,
    });
  }
  const expected: Record<string, unknown> = {
    countries: WIOD_COUNTRIES,
    sectors: WIOD_SECTORS,
    final_categories: WIOD_FINAL_CATEGORIES,
  };
  for (const [key, value] of Object.entries(expected)) {
    if (JSON.stringify(layout[key]) === JSON.stringify(value)) continue;
    throw sourceError({
      file: path,
      row: key,
      came: JSON.stringify(layout[key]) ?? "nothing",
      expected: JSON.stringify(value),
      remedy: FETCH_AGAIN,
    });
  }
  if (!String(layout.layout).includes("unit = million current USD")) {
    throw sourceError({
      file: path,
      row: "layout",
      came: `"${layout.layout}"`,
      expected: 'a layout with "unit = million current USD"',
      remedy: FETCH_AGAIN,
    });
  }
}

function readInt32(path: string, length: number): Int32Array {
  let bytes: Uint8Array;
  const packed = readBytes(path);
  try {
    bytes = gunzipSync(packed);
  } catch (cause) {
    throw sourceError({
      file: path,
      came: `bytes that do not unpack (${cause instanceof Error ? cause.message : cause})`,
      expected: "a complete gzip file (this one looks truncated)",
      remedy: FETCH_AGAIN,
    });
  }
  if (bytes.length !== length * 4) {
    throw sourceError({
      file: path,
      came: `${bytes.length} bytes`,
      expected: `${length * 4}: ${length} whole numbers of 4 bytes, as layout.json says`,
      remedy: FETCH_AGAIN,
    });
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const cells = new Int32Array(length);
  for (let k = 0; k < length; k++) cells[k] = view.getInt32(k * 4, true);
  return cells;
}

function checkWorldTable(table: WorldTable, file: string, remedy: string): void {
  const tolerance = { absolute: WIOD_ROW_MUSD, relative: 0 };
  checkWorldFlows(table, null, file, remedy, tolerance);
  let valueAdded = 0;
  for (const value of table.output) valueAdded += value;
  for (const value of table.intermediate) valueAdded -= value;
  const [low, high] = WORLD_VALUE_ADDED_MUSD;
  if (valueAdded < low || valueAdded > high) {
    throw sourceError({
      file,
      came: `world value added of ${valueAdded}`,
      expected: `${low} to ${high} million USD (another unit?)`,
      remedy,
    });
  }
}
