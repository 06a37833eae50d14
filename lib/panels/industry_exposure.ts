import { DATA_DIR, loadMakeUse, numberColumn, readParquetTable, textColumn } from "@ree/data";
import { industryOutput } from "@ree/io-table";
import { join } from "node:path";
import { intensityMatrix } from "./intensity_matrix.ts";
import type { UnitExposure } from "./unit_exposure.ts";

/** Year of the US intensities that panels use: before the quota cut, so that exposure cannot respond to it. */
export const EXPOSURE_YEAR = 2007;

/**
 * Intensities of the 405 BEA detail industries of 2007 by element, at the prices of 2007, with gross output.
 *
 * Source: `ree_intensity_us.parquet` and the Make table of `bea_make_use_2007.parquet`.
 *
 * @throws RangeError naming an industry without output or without one of the elements
 */
export function industryExposure(dataDir: string = DATA_DIR): UnitExposure {
  const frame = readParquetTable(join(dataDir, "ree_intensity_us.parquet"), [
    "year",
    "industry",
    "element",
    "direct",
    "total",
  ]);
  const year = numberColumn(frame, "year");
  const element = textColumn(frame, "element");
  const direct = numberColumn(frame, "direct");
  const total = numberColumn(frame, "total");
  const cells = textColumn(frame, "industry")
    .map((unit, i) => ({ unit, element: element[i], direct: direct[i], total: total[i] }))
    .filter((_, i) => year[i] === EXPOSURE_YEAR);
  const matrix = intensityMatrix(cells);
  const table = loadMakeUse(EXPOSURE_YEAR, dataDir);
  const made = industryOutput({ ...table, elements: [] });
  const outputs = new Map(table.industries.map((industry, i) => [industry, made[i]]));
  return {
    ...matrix,
    output: Float64Array.from(matrix.units, (industry) => {
      const output = outputs.get(industry);
      if (output === undefined) throw new RangeError(`industry ${industry} has no gross output`);
      return output;
    }),
  };
}
