import type { DataFrame } from "@ree/data";
import pl from "nodejs-polars";

/** What a column holds: text, whole numbers (32 bit), numbers (64 bit, null where missing), or true and false. */
export type ColumnKind = "text" | "whole" | "number" | "flag";

const TYPES = { text: pl.Utf8, whole: pl.Int32, number: pl.Float64, flag: pl.Bool } as const;

/**
 * A frame of the named columns of records, in the order of `kinds`; null becomes a missing value.
 *
 * @throws RangeError at a number that is not finite, naming row and column: a missing value must be null
 */
export function recordFrame<Row extends object>(
  rows: readonly Row[],
  kinds: { readonly [Column in keyof Row]: ColumnKind },
): DataFrame {
  const names = Object.keys(kinds) as (keyof Row & string)[];
  return pl.DataFrame(names.map((name) => {
    const values = rows.map((row) => row[name]);
    const wrong = values.findIndex((value) => typeof value === "number" && !Number.isFinite(value));
    if (wrong >= 0) {
      throw new RangeError(
        `column ${name}, row ${wrong}: ${values[wrong]}, expected a finite number`,
      );
    }
    return pl.Series(name, values, TYPES[kinds[name]]);
  }));
}
