import { checkBalances, checkColumns, checkRows, type MakeUseGaps } from "../bea_checks.ts";
import type { MakeUseTable } from "../bea_make_use.ts";
import { block, type CodedMatrix, codedMatrix } from "../coded_matrix.ts";
import { FETCH_AGAIN, sourceError } from "../source_error.ts";
import { numberReader } from "./number_cell.ts";
import { cellAddress, readSheet, type Sheet, sheetText } from "./workbook.ts";
import { zipMember } from "./zip_member.ts";

/** Workbooks of one table, or the archive `AllTablesIO.zip` with all of them. */
export interface BeaWorkbooks {
  /** e.g. `IOMake_Before_Redefinitions_PRO_1997-2023_Summary.xlsx`. */
  readonly make: string;
  /** e.g. `IOUse_Before_Redefinitions_PRO_1997-2023_Summary.xlsx`. */
  readonly use: string;
  /** e.g. `ImportMatrices_Before_Redefinitions_SUM_1997-2023.xlsx`; left out: no import matrix. */
  readonly imports?: string;
}

/** What a reader of BEA workbooks met. */
export interface MakeUseCoverage {
  readonly year: number;
  /** Workbooks with their sheets. */
  readonly files: readonly string[];
  /** Unit as published. */
  readonly unit: string;
  readonly industries: number;
  readonly commodities: number;
  readonly finalUses: number;
  /** Cells printed as `...` or empty, read as zero. */
  readonly empty: number;
  /** Largest gaps in the accounts, million USD. */
  readonly gaps: MakeUseGaps;
  /** Totals found in the sheets and compared with their parts. */
  readonly totals: readonly string[];
}

/** A table from workbooks, with what the reader met. */
export interface MakeUseReading {
  readonly table: MakeUseTable;
  readonly coverage: MakeUseCoverage;
}

/** Level of detail in `AllTablesIO.zip`. */
export type BeaLevel = "Detail" | "Summary" | "Sector";

/**
 * Make, Use and Import tables of any year from the BEA's workbooks as published: sheets named after years, title and unit above
 * the codes, names beside the codes, `...` for no value, totals and footnotes below and right.
 *
 * @param files the workbooks, before redefinitions and at producers' prices; or the path of `AllTablesIO.zip`
 * @param year sheet to read
 * @param level which tables of the archive
 * @throws SourceError naming workbook, sheet and cell when the sheet of the year, the header or a code is missing, the unit is not
 * millions of dollars, a cell is no number, a total is not the sum of its parts, or the accounts do not balance
 * @see https://www.bea.gov/industry/input-output-accounts-data
 */
export async function readBeaWorkbooks(
  files: BeaWorkbooks | string,
  year: number,
  level: BeaLevel = "Detail",
): Promise<MakeUseReading> {
  const [make, use, imports] = typeof files === "string"
    ? await archived(files, year, level)
    : await Promise.all([
      coded(files.make, year),
      coded(files.use, year),
      files.imports === undefined ? null : coded(files.imports, year),
    ]);
  const industries = make.matrix.rows.filter((code) => !isTotal(code));
  const commodities = make.matrix.columns.filter((code) => !isTotal(code));
  const finalUses = use.matrix.columns.filter((code) => /^F\d/.test(code));
  const valueAddedRows = use.matrix.rows.filter((code) => /^V\d/.test(code));
  checkKnown(use, "row", use.matrix.rows, [...commodities, ...valueAddedRows]);
  checkKnown(use, "column", use.matrix.columns, [...industries, ...finalUses]);
  const table: MakeUseTable = {
    year,
    unit: "million USD",
    industries,
    industryNames: industries.map((code) => make.rowNames.get(code) ?? code),
    commodities,
    commodityNames: commodities.map((code) => use.rowNames.get(code) ?? code),
    finalUses,
    valueAddedRows,
    make: block(make.matrix, industries, commodities),
    use: block(use.matrix, commodities, industries),
    finalUse: block(use.matrix, commodities, finalUses),
    valueAdded: block(use.matrix, valueAddedRows, industries),
    imports: imports === null ? null : {
      use: block(imports.matrix, commodities, industries),
      finalUse: block(imports.matrix, commodities, finalUses),
    },
  };
  if (finalUses.length === 0 || valueAddedRows.length === 0) {
    throw sourceError({
      file: use.matrix.file,
      came: `${finalUses.length} columns F… and ${valueAddedRows.length} rows V…`,
      expected: "final uses and value added (a Use table at producers' prices)",
      remedy: "name the Use workbook before redefinitions, producers' prices",
    });
  }
  const totals = checkTotals(make.matrix, use.matrix, table);
  const gaps = checkBalances(table, use.matrix.file, FETCH_AGAIN);
  const sheets = [make, use, ...(imports === null ? [] : [imports])];
  return {
    table,
    coverage: {
      year,
      files: sheets.map(({ matrix }) => matrix.file),
      unit: use.unit,
      industries: industries.length,
      commodities: commodities.length,
      finalUses: finalUses.length,
      empty: make.empty + use.empty + (imports?.empty ?? 0),
      gaps,
      totals,
    },
  };
}

interface CodedSheet {
  readonly matrix: CodedMatrix;
  readonly rowNames: ReadonlyMap<string, string>;
  readonly unit: string;
  readonly empty: number;
}

async function archived(
  path: string,
  year: number,
  level: BeaLevel,
): Promise<readonly [CodedSheet, CodedSheet, CodedSheet | null]> {
  const suffix =
    { Detail: "(Detail|DET)", Summary: "(Summary|SUM)", Sector: "(Sector|SEC)" }[level];
  const read = async (stem: string) => {
    const pattern = new RegExp(`(^|/)${stem}[^/]*${suffix}[^/]*\\.xlsx$`, "i");
    const { name, stream } = await zipMember(path, pattern, `${stem}_…_${level}.xlsx`);
    const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
    return await coded(`${path}:${name}`, year, bytes);
  };
  return [
    await read("IOMake_Before_Redefinitions"),
    await read("IOUse_Before_Redefinitions_PRO"),
    null,
  ];
}

async function coded(path: string, year: number, bytes?: Uint8Array): Promise<CodedSheet> {
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

function isTotal(code: string): boolean {
  return /^T\d{2,3}$/.test(code) || /\btotal\b/i.test(code);
}

function checkKnown(
  { matrix }: CodedSheet,
  side: "row" | "column",
  came: readonly string[],
  known: readonly string[],
): void {
  const codes = new Set(known);
  const unknown = came.find((code) => !codes.has(code) && !isTotal(code) && !isMargin(code));
  if (unknown === undefined) return;
  throw sourceError({
    file: matrix.file,
    [side]: unknown,
    came: `a ${side} that the Make table does not have`,
    expected: "the Make table's codes, F…, V… and totals",
    remedy: "name Make and Use of the same year and level",
  });
}

/** Value added at basic or producers' prices and similar memorandum rows of recent releases. */
function isMargin(code: string): boolean {
  return /^(VABAS|VAPRO|T00[A-Z]+)$/.test(code);
}

/** Names of totals that summary sheets print where detail sheets have codes. */
const TOTAL_NAMES: Readonly<Record<string, RegExp>> = {
  T001: /^total intermediate/i,
  T004: /^total final uses/i,
  T005: /^total intermediate/i,
  T006: /^total value added/i,
  T007: /^total commodity output/i,
  T008: /^total industry output/i,
};

/** Compares the totals that the sheets print with their parts; returns which were there. */
function checkTotals(
  make: CodedMatrix,
  use: CodedMatrix,
  { industries, commodities, finalUses, valueAddedRows }: MakeUseTable,
): readonly string[] {
  const found: string[] = [];
  const codeOf = (codes: readonly string[], total: string) =>
    codes.find((code) => code === total || TOTAL_NAMES[total].test(code));
  const row = (matrix: CodedMatrix, total: string, to: readonly string[], from: string[]) => {
    const code = codeOf(matrix.columns, total);
    if (code === undefined) return;
    checkRows(matrix, to, from, code);
    found.push(code);
  };
  const column = (matrix: CodedMatrix, total: string, to: readonly string[], from: string[]) => {
    const code = codeOf(matrix.rows, total);
    if (code === undefined) return;
    checkColumns(matrix, to, from, code);
    found.push(code);
  };
  row(use, "T001", commodities, [...industries]);
  row(use, "T004", commodities, [...finalUses]);
  row(use, "T007", commodities, [...industries, ...finalUses]);
  // Summary sheets leave this total empty below the final uses.
  column(use, "T005", industries, [...commodities]);
  column(use, "T006", industries, [...valueAddedRows]);
  column(use, "T008", industries, [...commodities, ...valueAddedRows]);
  row(make, "T008", industries, [...commodities]);
  column(make, "T007", commodities, [...industries]);
  return found;
}
