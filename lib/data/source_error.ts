/** What is wrong in a source file or derived table, and where. */
export interface SourceFault {
  /** File as it was given to the reader. */
  readonly file: string;
  /** Line number in the file (first line is 1), or the row's code. */
  readonly row?: number | string;
  /** Column name or code. */
  readonly column?: string;
  /** What came. */
  readonly came: string;
  /** What was expected instead. */
  readonly expected: string;
  /** What the reader of the message can do. */
  readonly remedy: string;
}

/** Remedy for a source file that is not what its publisher's carrier holds. */
export const FETCH_AGAIN =
  "fetch the file again from the address in data/sources.json and compare its SHA-256";

/** Remedy for a derived table that does not read. */
export const BUILD_AGAIN = "run `deno task data:build`, or restore the file with `git checkout`";

/**
 * An error (`name` is `"SourceError"`) that names file, row, column, what came, what was expected, and the remedy.
 *
 * @example
 * ```ts
 * sourceError({ file: "a.csv", row: 3, column: "tonnes", came: '"many"', expected: "a number", remedy: "fix it" });
 * // SourceError: a.csv, row 3, column tonnes: came "many", expected a number. Remedy: fix it.
 * ```
 */
export function sourceError(fault: SourceFault): Error {
  const row = fault.row === undefined ? "" : `, row ${fault.row}`;
  const column = fault.column === undefined ? "" : `, column ${fault.column}`;
  const error = new Error(
    `${fault.file}${row}${column}: came ${fault.came}, expected ${fault.expected}. ` +
      `Remedy: ${fault.remedy}.`,
  );
  error.name = "SourceError";
  return error;
}
