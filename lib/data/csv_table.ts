import { parse } from "csv-parse/sync";
import { readBytes } from "./read_source.ts";
import { FETCH_AGAIN, sourceError } from "./source_error.ts";

/** One row of a CSV file, which remembers where it stood. */
export interface CsvRow {
  readonly file: string;
  /** Line number of the row's last line (the header is line 1). */
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
}

/** A CSV file with a header. */
export interface CsvTable {
  readonly file: string;
  readonly columns: readonly string[];
  readonly rows: readonly CsvRow[];
}

/** Options of {@linkcode readCsvTable}. */
export interface CsvOptions {
  /** Text encoding; the publisher's files are UTF-8 unless said. */
  readonly encoding?: "utf-8" | "windows-1252";
  /** Between cells; a comma unless said. */
  readonly delimiter?: string;
  /** Last clause of error messages. */
  readonly remedy?: string;
  /** Text instead of the file at `path`, for compressed sources. */
  readonly text?: string;
}

/** Lines and their line numbers; checks the final newline and that all lines are equally long. */
export function readCsvLines(
  path: string,
  options: CsvOptions = {},
): { readonly cells: readonly string[]; readonly line: number }[] {
  const remedy = options.remedy ?? FETCH_AGAIN;
  const text = options.text ??
    new TextDecoder(options.encoding ?? "utf-8").decode(readBytes(path, remedy));
  if (!text.endsWith("\n")) {
    throw sourceError({
      file: path,
      row: text.split("\n").length,
      came: `a last line without a line end ("${text.slice(-20)}")`,
      expected: "a complete last line (the file looks truncated)",
      remedy,
    });
  }
  let records: { info: { lines: number }; record: string[] }[];
  try {
    records = parse(text, {
      bom: true,
      delimiter: options.delimiter ?? ",",
      info: true,
      relax_column_count: true,
    }) as unknown as typeof records;
  } catch (cause) {
    throw sourceError({
      file: path,
      came: `text that is not CSV (${cause instanceof Error ? cause.message : cause})`,
      expected: "delimited values",
      remedy,
    });
  }
  const width = records[0].record.length;
  return records.map(({ info, record }) => {
    if (record.length !== width) {
      throw sourceError({
        file: path,
        row: info.lines,
        came: `${record.length} cells`,
        expected: `${width} cells, as in the header`,
        remedy,
      });
    }
    return { cells: record, line: info.lines };
  });
}

/**
 * A CSV file whose header holds at least the `required` columns.
 *
 * @throws SourceError when the file is missing, truncated, has no rows, lacks a required column, or holds a row of
 * another length than the header.
 */
export function readCsvTable(
  path: string,
  required: readonly string[],
  options: CsvOptions = {},
): CsvTable {
  const remedy = options.remedy ?? FETCH_AGAIN;
  const [header, ...body] = readCsvLines(path, options);
  const columns = header.cells;
  for (const name of required) {
    if (columns.includes(name)) continue;
    throw sourceError({
      file: path,
      row: 1,
      column: name,
      came: `a header with ${columns.join(", ")}`,
      expected: `a column "${name}"`,
      remedy,
    });
  }
  if (body.length === 0) {
    throw sourceError({ file: path, row: 2, came: "no rows", expected: "rows", remedy });
  }
  const rows = body.map(({ cells, line }) => ({
    file: path,
    line,
    cells: Object.fromEntries(columns.map((name, j) => [name, cells[j]])),
  }));
  return { file: path, columns, rows };
}

/** An error about one cell of `row`. */
export function cellError(row: CsvRow, column: string, expected: string, remedy?: string): Error {
  return sourceError({
    file: row.file,
    row: row.line,
    column,
    came: `"${row.cells[column]}"`,
    expected,
    remedy: remedy ??
      "correct the cell, or fetch the file again from the address in data/sources.json",
  });
}

/** Text of a cell; may be empty. */
export function textCell(row: CsvRow, column: string): string {
  return row.cells[column];
}

/** Text of a cell. @throws SourceError when it is empty. */
export function requiredText(row: CsvRow, column: string): string {
  const text = row.cells[column];
  if (text.trim() === "") throw cellError(row, column, "text");
  return text;
}

const DECIMAL = /^-?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i;

/** Number of a cell, or null when the cell is empty (or equals `missing`). @throws SourceError when it is neither. */
export function optionalNumber(row: CsvRow, column: string, missing = ""): number | null {
  const text = row.cells[column].trim();
  if (text === "" || text === missing) return null;
  if (!DECIMAL.test(text)) throw cellError(row, column, "a number or an empty cell");
  return Number(text);
}

/** Number of a cell. @throws SourceError when it is not a number. */
export function numberCell(row: CsvRow, column: string): number {
  const text = row.cells[column].trim();
  if (!DECIMAL.test(text)) throw cellError(row, column, "a number");
  return Number(text);
}

/** Whole number of a cell, in [min, max]. @throws SourceError when it is not. */
export function integerCell(
  row: CsvRow,
  column: string,
  min = -Infinity,
  max = Infinity,
): number {
  const value = Number(row.cells[column].trim() === "" ? NaN : row.cells[column]);
  if (!Number.isInteger(value) || value < min || value > max) {
    const range = min === -Infinity && max === Infinity ? "" : ` from ${min} to ${max}`;
    throw cellError(row, column, `a whole number${range}`);
  }
  return value;
}

/** One of the `allowed` texts. @throws SourceError, listing them, when the cell is another. */
export function oneOf<T extends string>(
  row: CsvRow,
  column: string,
  allowed: readonly T[],
  remedy?: string,
): T {
  const text = row.cells[column];
  if (!(allowed as readonly string[]).includes(text)) {
    const shown = allowed.length > 20
      ? `${allowed.slice(0, 20).join(", ")}, … (${allowed.length} in all)`
      : allowed.join(", ");
    throw cellError(row, column, `one of ${shown}`, remedy);
  }
  return text as T;
}

/** Checks that no two rows share the values of `columns`. @throws SourceError naming the second row. */
export function checkUnique(rows: readonly CsvRow[], columns: readonly string[]): void {
  const seen = new Map<string, number>();
  for (const row of rows) {
    const key = columns.map((column) => row.cells[column]).join(" | ");
    const earlier = seen.get(key);
    if (earlier !== undefined) {
      throw sourceError({
        file: row.file,
        row: row.line,
        column: columns.join(" + "),
        came: `"${key}", already in row ${earlier}`,
        expected: "a key that occurs once",
        remedy: "remove or correct one of the two rows",
      });
    }
    seen.set(key, row.line);
  }
}
