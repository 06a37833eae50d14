import { FETCH_AGAIN, sourceError } from "../source_error.ts";
import { publishedValue } from "./published_number.ts";

/** Numbers of cells, counting those without a value. */
export interface NumberReader {
  /** @throws SourceError naming file, row and column when the cell is no published number */
  readonly read: (cell: string | number | null, row: string | number, column: string) => number;
  /** Cells so far that were empty or withheld and read as zero. */
  readonly empty: () => number;
}

/** A reader of published numbers that reads empty and withheld cells as zero and counts them. */
export function numberReader(file: string): NumberReader {
  let empty = 0;
  return {
    empty: () => empty,
    read: (cell, row, column) => {
      const value = publishedValue(cell);
      if (value?.kind === "number") return value.value;
      if (value !== null) {
        empty += 1;
        return 0;
      }
      throw sourceError({
        file,
        row,
        column,
        came: `"${cell}"`,
        expected: "a number, an empty cell or a mark of a withheld value",
        remedy: FETCH_AGAIN,
      });
    },
  };
}
