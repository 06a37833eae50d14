import pl from "nodejs-polars";
import { readBytes } from "./read_source.ts";
import { BUILD_AGAIN, sourceError } from "./source_error.ts";

/** A polars data frame. */
export type DataFrame = ReturnType<typeof pl.DataFrame>;

/**
 * A derived parquet table with at least the given columns.
 *
 * @throws SourceError when the file is missing, is not parquet, or lacks a column.
 */
export function readParquetTable(path: string, columns: readonly string[]): DataFrame {
  const bytes = readBytes(path, BUILD_AGAIN);
  const magic = new TextDecoder("latin1").decode(bytes.subarray(-4));
  if (magic !== "PAR1") {
    throw sourceError({
      file: path,
      came: "a file that does not end as parquet does",
      expected: "a parquet table (the file looks truncated)",
      remedy: BUILD_AGAIN,
    });
  }
  const frame = pl.readParquet(path);
  for (const name of columns) {
    if (frame.columns.includes(name)) continue;
    throw sourceError({
      file: path,
      column: name,
      came: `columns ${frame.columns.join(", ")}`,
      expected: `a column "${name}"`,
      remedy: BUILD_AGAIN,
    });
  }
  return frame;
}

/** Numbers of a column without missing values; 64-bit integers become numbers. */
export function numberColumn(frame: DataFrame, name: string): Float64Array {
  const series = frame.getColumn(name);
  if (series.nullCount() > 0) {
    throw new Error(`column ${name}: ${series.nullCount()} missing values, expected none`);
  }
  return Float64Array.from(series.cast(pl.Float64).toTypedArray() as Float64Array);
}

/** Numbers of a column, null where missing. */
export function optionalNumberColumn(frame: DataFrame, name: string): (number | null)[] {
  return frame.getColumn(name).cast(pl.Float64).toArray() as (number | null)[];
}

/** Texts of a column. */
export function textColumn(frame: DataFrame, name: string): string[] {
  return frame.getColumn(name).toArray() as string[];
}
