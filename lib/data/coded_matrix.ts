import { readCsvLines } from "./csv_table.ts";
import { FETCH_AGAIN, sourceError } from "./source_error.ts";

/** A CSV matrix with codes in its first row and first column. */
export interface CodedMatrix {
  readonly file: string;
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  /** Position of a code among the rows. */
  readonly rowAt: ReadonlyMap<string, number>;
  /** Position of a code among the columns. */
  readonly columnAt: ReadonlyMap<string, number>;
  /** [row][column] */
  readonly values: Float64Array;
}

/**
 * Reads a matrix of whole numbers with codes in the first row and column.
 *
 * @throws SourceError when the file is missing or truncated, a code occurs twice, or a cell is not a whole number.
 */
export function readCodedMatrix(path: string): CodedMatrix {
  const [header, ...body] = readCsvLines(path);
  const columns = header.cells.slice(1);
  const rows = body.map((line) => line.cells[0]);
  const values = new Float64Array(rows.length * columns.length);
  body.forEach(({ cells, line }, i) => {
    for (let j = 0; j < columns.length; j++) {
      const text = cells[j + 1];
      const value = Number(text);
      if (text === "" || !Number.isInteger(value)) {
        throw sourceError({
          file: path,
          row: `${rows[i]} (line ${line})`,
          column: columns[j],
          came: `"${text}"`,
          expected: "a whole number",
          remedy: FETCH_AGAIN,
        });
      }
      values[i * columns.length + j] = value;
    }
  });
  return codedMatrix(path, rows, columns, values);
}

/** A coded matrix of labels and values [row][column]. @throws SourceError when a code occurs twice */
export function codedMatrix(
  file: string,
  rows: readonly string[],
  columns: readonly string[],
  values: Float64Array,
): CodedMatrix {
  const rowAt = positions(file, rows, "row");
  const columnAt = positions(file, columns, "column");
  return { file, rows, columns, rowAt, columnAt, values };
}

function positions(
  file: string,
  codes: readonly string[],
  side: "row" | "column",
): Map<string, number> {
  const at = new Map<string, number>();
  codes.forEach((code, i) => {
    if (at.has(code)) {
      throw sourceError({
        file,
        [side]: code,
        came: `the ${side} code twice`,
        expected: `each ${side} code once`,
        remedy: FETCH_AGAIN,
      });
    }
    at.set(code, i);
  });
  return at;
}

/**
 * The part of `matrix` with the given rows and columns, in their order.
 *
 * @throws SourceError naming the first code the matrix does not have.
 */
export function block(
  matrix: CodedMatrix,
  rows: readonly string[],
  columns: readonly string[],
): Float64Array {
  const from = rows.map((code) => required(matrix, "row", matrix.rowAt, code));
  const to = columns.map((code) => required(matrix, "column", matrix.columnAt, code));
  const width = matrix.columns.length;
  const values = new Float64Array(rows.length * columns.length);
  for (let i = 0; i < from.length; i++) {
    for (let j = 0; j < to.length; j++) {
      values[i * to.length + j] = matrix.values[from[i] * width + to[j]];
    }
  }
  return values;
}

function required(
  matrix: CodedMatrix,
  side: "row" | "column",
  at: ReadonlyMap<string, number>,
  code: string,
): number {
  const position = at.get(code);
  if (position !== undefined) return position;
  throw sourceError({
    file: matrix.file,
    [side]: code,
    came: `no such ${side}`,
    expected: `a ${side} with the code ${code} (a renamed, cut or older file?)`,
    remedy: FETCH_AGAIN,
  });
}
