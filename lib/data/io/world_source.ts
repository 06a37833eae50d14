import { loadWorldTable } from "../wiod.ts";
import { WIOD_ROW_MUSD } from "../wiod_tolerance.ts";
import { WIOD_FINAL_CATEGORY_NAMES } from "../wiod_labels.ts";
import { type ExiobaseOptions, readExiobase } from "./exiobase.ts";
import { readIcio } from "./icio.ts";
import { readLongWorld } from "./long_world.ts";
import { readWiodWorkbook } from "./wiod_workbook.ts";
import type { WorldReading } from "./world_assembly.ts";
import { checkWorldFlows } from "./world_checks.ts";

/** World tables that can be read: the shipped ones, and publishers' originals. */
export const WORLD_SOURCES = ["shipped", "wiod", "oecd-icio", "exiobase", "long-csv"] as const;

/** One of {@linkcode WORLD_SOURCES}. */
export type WorldSource = typeof WORLD_SOURCES[number];

/** Which world table to read. */
export interface WorldChoice extends ExiobaseOptions {
  readonly source: WorldSource;
  /** Workbook, CSV, archive or folder; not needed for `shipped`. */
  readonly path?: string;
}

/**
 * World table of a year from the chosen source, with what its reader met.
 *
 * @example
 * ```ts
 * const { table, coverage } = await readWorldSource(2019, { source: "oecd-icio", path: "2016-2020_SML.zip" });
 * ```
 * @throws RangeError at an unknown source or a missing path; SourceError at a file that is not as published
 */
export async function readWorldSource(year: number, choice: WorldChoice): Promise<WorldReading> {
  const { source, path, ...options } = choice;
  if (!WORLD_SOURCES.includes(source)) {
    throw new RangeError(`source "${source}": expected one of ${WORLD_SOURCES.join(", ")}`);
  }
  if (source === "shipped") return shipped(year);
  if (path === undefined || path === "") {
    throw new RangeError(`source ${source} without path: expected the file as published`);
  }
  if (source === "wiod") return await readWiodWorkbook(path, year, options);
  if (source === "oecd-icio") return await readIcio(path, year, options);
  if (source === "exiobase") return await readExiobase(path, year, options);
  return await readLongWorld(path, year, options);
}

function shipped(year: number): WorldReading {
  const table = loadWorldTable(year);
  const file = `data/wiod_${year}.parquet`;
  const tolerance = { absolute: WIOD_ROW_MUSD, relative: 0 };
  const gaps = checkWorldFlows(
    table,
    null,
    file,
    "restore the file with `git checkout`",
    tolerance,
  );
  let nonzero = 0;
  for (const value of table.intermediate) if (value !== 0) nonzero += 1;
  return {
    table,
    coverage: {
      source: "WIOD 2013 release, shipped",
      file,
      year,
      unit: table.unit,
      factor: 1,
      countries: table.countries.length,
      sectors: table.sectors.length,
      finalCategories: WIOD_FINAL_CATEGORY_NAMES,
      nonzero,
      empty: 0,
      smallNegatives: { cells: 0, sum: 0 },
      rowGap: gaps.row,
      columnGap: null,
      folded: [],
      notes: ["cells are whole millions"],
    },
  };
}
