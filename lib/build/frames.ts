import type { DataFrame } from "@ree/data";
import pl from "nodejs-polars";

/** Values of one column of a frame, with its type. */
export type FrameColumn =
  | { readonly type: "text"; readonly values: readonly (string | null)[] }
  | { readonly type: "integer" | "number"; readonly values: readonly (number | null)[] };

/** A text column. */
export function texts(values: readonly (string | null)[]): FrameColumn {
  return { type: "text", values };
}

/** A column of 32-bit whole numbers. @throws RangeError at a value that is not one. */
export function integers(values: readonly (number | null)[]): FrameColumn {
  const wrong = values.findIndex((value) => value !== null && (value | 0) !== value);
  if (wrong >= 0) throw new RangeError(`row ${wrong}: ${values[wrong]}, expected a whole number`);
  return { type: "integer", values };
}

/** A column of 64-bit floating point numbers. */
export function numbers(values: readonly (number | null)[]): FrameColumn {
  return { type: "number", values };
}

/** A polars frame with the given columns, in their order; missing values stay missing. */
export function frame(columns: Readonly<Record<string, FrameColumn>>): DataFrame {
  const types = { text: pl.Utf8, integer: pl.Int32, number: pl.Float64 } as const;
  return pl.DataFrame(
    Object.entries(columns).map(([name, { type, values }]) =>
      pl.Series(name, [...values], types[type])
    ),
  );
}

/** Writes a frame as parquet, packed with zstd; equal frames give equal bytes. */
export function writeParquet(path: string, table: DataFrame): void {
  table.writeParquet(path, { compression: "zstd" });
}
