import { DATA_DIR, type DataFrame } from "@ree/data";
import pl from "nodejs-polars";
import { join } from "node:path";
import { readPatentCells } from "./panel_columns.ts";

/** Default panel under `data/`. */
export const SIMULATED_PATENTS_FILE = "simulated_patents.parquet";

/**
 * A patent panel for `estimateElasticities`: the default SIMULATED one, or a real labelled one when a path is given.
 *
 * A real panel is CSV or parquet with at least `sector`, `year`, `patents_element`, `patents_other` and `log_relative_price`, one row per
 * sector and year. Without a column `origin` it gets one that says "given".
 *
 * @throws RangeError when the file has another ending, lacks a column, or a cell is impossible (names sector and year)
 */
export function loadPatentPanel(path: string = join(DATA_DIR, SIMULATED_PATENTS_FILE)): DataFrame {
  const frame = readFrame(path);
  try {
    readPatentCells(frame, []);
  } catch (cause) {
    throw new RangeError(`${path}: ${(cause as Error).message}`, { cause });
  }
  return frame.columns.includes("origin")
    ? frame
    : frame.withColumns(pl.lit("given").alias("origin"));
}

/** Rows looked at for a CSV column's type: more than any panel has, since without a number all cells stay text. */
const ROWS_FOR_TYPES = 10_000_000;

function readFrame(path: string): DataFrame {
  if (path.endsWith(".parquet")) return pl.readParquet(path);
  if (path.endsWith(".csv")) return pl.readCSV(path, { inferSchemaLength: ROWS_FOR_TYPES });
  throw new RangeError(`${path}: expected a patent panel as .csv or .parquet`);
}
