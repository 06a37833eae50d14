import { readBytes } from "../read_source.ts";
import { FETCH_AGAIN, sourceError } from "../source_error.ts";

/** A cell of a sheet; null where it is empty. */
export type SheetCell = string | number | null;

/** One sheet of a workbook. */
export interface Sheet {
  /** Path and sheet, for messages: `use.xlsx, sheet 2012`. */
  readonly file: string;
  readonly name: string;
  /** [row][column], from 0; rows may be of different length. */
  readonly rows: readonly (readonly SheetCell[])[];
}

/**
 * Reads a sheet of an .xlsx, .xlsb or .xls workbook.
 *
 * @param sheet chooses among the names of the sheets; undefined when none fits
 * @param expected the sheet in words, for the error
 * @param bytes the workbook where it does not lie at `path` (a member of an archive)
 * @throws SourceError when the file is missing, truncated or no workbook, or has no such sheet
 */
export async function readSheet(
  path: string,
  sheet: (names: readonly string[]) => string | undefined,
  expected: string,
  bytes: Uint8Array = readBytes(path),
): Promise<Sheet> {
  if (!(bytes[0] === 0x50 && bytes[1] === 0x4b) && !(bytes[0] === 0xd0 && bytes[1] === 0xcf)) {
    throw damaged(path, "bytes that begin neither as .xlsx, .xlsb nor as .xls");
  }
  const { read } = await import("@e965/xlsx");
  const options = { cellFormula: false, cellHTML: false, cellText: false, dense: true } as const;
  let name: string | undefined;
  let rows: SheetCell[][];
  try {
    const names = read(bytes, { bookSheets: true }).SheetNames;
    name = sheet(names);
    if (name === undefined) {
      throw sourceError({
        file: path,
        came: `sheets ${names.join(", ")}`,
        expected,
        remedy: "name a workbook that has it (another year or release?)",
      });
    }
    // In dense mode the cells lie under "!data"; the package's types do not say so.
    const read1 = read(bytes, { ...options, sheets: name }).Sheets[name] as unknown as {
      readonly "!data"?: readonly (readonly ({ t: string; v?: unknown } | undefined)[])[];
    };
    rows = Array.from(read1["!data"] ?? [], (row) => Array.from(row ?? [], cellOf));
  } catch (cause) {
    if (cause instanceof Error && cause.name === "SourceError") throw cause;
    throw damaged(
      path,
      `bytes that do not read (${cause instanceof Error ? cause.message : cause})`,
    );
  }
  return { file: `${path}, sheet ${name}`, name, rows };
}

/** Address of a cell as spreadsheets show it, from row and column counted from 0: `(4, 2)` is `C5`. */
export function cellAddress(row: number, column: number): string {
  let letters = "";
  for (let n = column + 1; n > 0; n = Math.floor((n - 1) / 26)) {
    letters = String.fromCharCode(65 + (n - 1) % 26) + letters;
  }
  return `${letters}${row + 1}`;
}

/** Text of a cell, numbers as they print; "" when empty. */
export function sheetText(sheet: Sheet, row: number, column: number): string {
  return String(sheet.rows[row]?.[column] ?? "").trim();
}

function cellOf(cell: { readonly t: string; readonly v?: unknown } | undefined): SheetCell {
  if (cell === undefined || cell.v === undefined || cell.t === "e" || cell.t === "z") return null;
  return typeof cell.v === "number" ? cell.v : String(cell.v);
}

function damaged(file: string, came: string): Error {
  return sourceError({
    file,
    came,
    expected: "a complete workbook (this one looks truncated or is another format)",
    remedy: FETCH_AGAIN,
  });
}
