import { checkBalances, checkColumns, checkRows, type MakeUseGaps } from "../bea_checks.ts";
import type { MakeUseTable } from "../bea_make_use.ts";
import { block, type CodedMatrix } from "../coded_matrix.ts";
import { FETCH_AGAIN, sourceError } from "../source_error.ts";
import { importBlocks, importSheet } from "./bea_imports.ts";
import { type BeaLevel, type CodedSheet, findBeaSheet, readBeaSheet } from "./bea_sheet.ts";
import { zipNames } from "./zip_member.ts";

/** Workbooks of one table. */
export interface BeaWorkbooks {
  /** e.g. `IOMake_Before_Redefinitions_PRO_1997-2023_Summary.xlsx`. */
  readonly make: string;
  /** e.g. `IOUse_Before_Redefinitions_PRO_1997-2023_Summary.xlsx`. */
  readonly use: string;
  /**
   * e.g. `ImportMatrices_Before_Redefinitions_SUM_1997-2023.xlsx`, or an archive with it; left out: no import matrix.
   */
  readonly imports?: string;
}

/** The archive `AllTablesIO.zip`; the BEA publishes import matrices beside it. */
export interface BeaArchive {
  readonly archive: string;
  /** Workbook or archive with the import matrix; left out: the archive's own where it has one. */
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
  /** Commodities that the import matrix does not list, read as not imported; null without import matrix. */
  readonly withoutImports: readonly string[] | null;
}

/** A table from workbooks, with what the reader met. */
export interface MakeUseReading {
  readonly table: MakeUseTable;
  readonly coverage: MakeUseCoverage;
}

/**
 * Make, Use and Import tables of any year from the BEA's workbooks as published: sheets named after years, title and unit above
 * the codes, names beside the codes, `...` for no value, totals and footnotes below and right.
 *
 * @param files the workbooks, before redefinitions and at producers' prices; or `AllTablesIO.zip`, as a path or with the import
 * matrix beside it
 * @param year sheet to read
 * @param level which tables of archives
 * @throws SourceError naming workbook, sheet and cell when the sheet of the year, the header or a code is missing, the unit is not
 * millions of dollars, a cell is no number, a total is not the sum of its parts, or the accounts do not balance
 * @see https://www.bea.gov/industry/input-output-accounts-data
 */
export async function readBeaWorkbooks(
  files: BeaWorkbooks | BeaArchive | string,
  year: number,
  level: BeaLevel = "Detail",
): Promise<MakeUseReading> {
  const given = typeof files === "string" ? { archive: files } : files;
  const [make, use] = "archive" in given
    ? [
      await archived(given.archive, "IOMake_Before_Redefinitions", year, level),
      await archived(given.archive, "IOUse_Before_Redefinitions_PRO", year, level),
    ]
    : [await readBeaSheet(given.make, year), await readBeaSheet(given.use, year)];
  const imports = await importSheet(given, year, level);
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
    imports: imports === null ? null : importBlocks(imports, industries, commodities, finalUses),
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
      withoutImports: imports === null
        ? null
        : commodities.filter((code) => !imports.matrix.rowAt.has(code)),
    },
  };
}

async function archived(path: string, stem: string, year: number, level: BeaLevel) {
  const sheet = await findBeaSheet(path, stem, year, level);
  if (sheet !== null) return sheet;
  throw sourceError({
    file: path,
    row: `${stem}_…_${level}.xlsx`,
    came: `members ${(await zipNames(path)).slice(0, 8).join(", ")}`,
    expected: `one member ${stem}_…_${level}.xlsx`,
    remedy: "name the archive that holds it (another year or level?)",
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
