import { type CodedMatrix, codedMatrix } from "../coded_matrix.ts";
import { sourceError } from "../source_error.ts";
import { numberReader } from "./number_cell.ts";
import { cellAddress, readSheet, type Sheet, sheetText } from "./workbook.ts";
import { findMember } from "./zip_member.ts";

/** A sheet of a BEA workbook: codes, numbers and what stood around them. */
export interface CodedSheet {
  readonly matrix: CodedMatrix;
  readonly rowNames: ReadonlyMap<string, string>;
  readonly unit: string;
  readonly empty: number;
}

/**
 * The sheet of a year of a Make, Use or Import workbook.
 *
 * @param bytes the workbook where it does not lie at `path` (a member of an archive)
 * @throws SourceError naming workbook, sheet and cell when the sheet, the header or a code is missing, the unit is not millions of
 * dollars, or a cell is no number
 */
export async function readBeaSheet(
  path: string,
  year: number,
  bytes?: Uint8Array,
): Promise<CodedSheet> {
  const name = String(year);
  const sheet = await readSheet(
    path,
    (names) => names.find((found) => found.trim() === name),
    `a sheet ${name}`,
    bytes,
  );
  const head = header(sheet);
  const unit = unitAbove(sheet, head.first);
  const columns: string[] = [];
  const at: number[] = [];
  for (let c = 2; c < head.width; c++) {
    const code = sheetText(sheet, head.codes, c) || sheetText(sheet, head.names, c);
    if (code === "") continue;
    columns.push(code);
    at.push(c);
  }
  const reader = numberReader(sheet.file);
  const rows: string[] = [];
  const rowNames = new Map<string, string>();
  const values: number[] = [];
  for (let r = head.first; r < sheet.rows.length; r++) {
    const label = sheetText(sheet, r, 1);
    const code = sheetText(sheet, r, 0) || label;
    const hasCells = at.some((c) => sheetText(sheet, r, c) !== "");
    // Footnotes stand in the first column alone; empty lines part the blocks.
    if (code === "" || !hasCells) continue;
    rows.push(code);
    rowNames.set(code, label || code);
    at.forEach((c, k) =>
      values.push(reader.read(sheet.rows[r][c] ?? null, cellAddress(r, c), columns[k]))
    );
  }
  return {
    matrix: codedMatrix(sheet.file, rows, columns, Float64Array.from(values)),
    rowNames,
    unit,
    empty: reader.empty(),
  };
}

/** Where the codes and names of the columns stand, and the first row of numbers. */
interface Header {
  readonly codes: number;
  readonly names: number;
  readonly first: number;
  readonly width: number;
}

const HEADER_ROWS = 15;
const CODE = /^[A-Z0-9]{2,7}$/;

/**
 * The detail sheets have names, then `Code` with the codes; the summary sheets have the codes, then `IOCode` with the names.
 */
function header(sheet: Sheet): Header {
  for (let r = 0; r < Math.min(HEADER_ROWS, sheet.rows.length); r++) {
    if (!/^(IO\s?)?Code$/i.test(sheetText(sheet, r, 0))) continue;
    const width = Math.max(...[r - 1, r].map((row) => sheet.rows[row]?.length ?? 0));
    const codes = (row: number) => {
      let found = 0;
      for (let c = 2; c < width; c++) if (CODE.test(sheetText(sheet, row, c))) found += 1;
      return found;
    };
    const here = codes(r) >= codes(r - 1);
    if (codes(here ? r : r - 1) === 0) break;
    return { codes: here ? r : r - 1, names: here ? r - 1 : r, first: r + 1, width };
  }
  throw sourceError({
    file: sheet.file,
    row: `cells A1 to A${HEADER_ROWS}`,
    came: `"${sheetText(sheet, 0, 0)}", …`,
    expected: "a cell Code or IOCode left of the codes",
    remedy: "name a Make, Use or Import workbook of the BEA",
  });
}

function unitAbove(sheet: Sheet, first: number): string {
  for (let r = 0; r < first; r++) {
    const text = sheetText(sheet, r, 0);
    const unit = /\(?((?:millions|thousands|billions) of [^)]*dollars)\)?/i.exec(text);
    if (unit === null) continue;
    if (/^millions of dollars$/i.test(unit[1])) return unit[1];
    throw wrongUnit(sheet, r, text);
  }
  throw wrongUnit(sheet, 1, sheetText(sheet, 1, 0));
}

function wrongUnit(sheet: Sheet, row: number, came: string): Error {
  return sourceError({
    file: sheet.file,
    row: `cell ${cellAddress(row, 0)}`,
    came: `"${came}"`,
    expected: '"(Millions of dollars)" above the codes',
    remedy: "name the workbook in millions of current dollars",
  });
}

/** Level of detail of BEA tables. */
export type BeaLevel = "Detail" | "Summary" | "Sector";

const SUFFIX = { Detail: "(Detail|DET)", Summary: "(Summary|SUM)", Sector: "(Sector|SEC)" };

/** The same from the workbook in an archive whose name begins with `stem`; null when there is none. */
export async function findBeaSheet(
  path: string,
  stem: string,
  year: number,
  level: BeaLevel,
): Promise<CodedSheet | null> {
  const pattern = new RegExp(`(^|/)${stem}[^/]*${SUFFIX[level]}[^/]*\\.xlsx$`, "i");
  const found = await findMember(path, pattern, `${stem}_…_${level}.xlsx`);
  if (found === null) return null;
  const bytes = new Uint8Array(await new Response(found.stream).arrayBuffer());
  return await readBeaSheet(`${path}:${found.name}`, year, bytes);
}
