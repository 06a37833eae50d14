import { checkRows, ROUNDING_MUSD } from "../bea_checks.ts";
import type { MakeUseTable } from "../bea_make_use.ts";
import { block, codedMatrix } from "../coded_matrix.ts";
import { FETCH_AGAIN, sourceError } from "../source_error.ts";
import { type BeaLevel, type CodedSheet, findBeaSheet, readBeaSheet } from "./bea_sheet.ts";

const STEM = "ImportMatri(x|ces)_Before_Redefinitions";

/**
 * The import matrix of a year: from the workbook or archive named for it, else from the archive of all tables; null where none is
 * named and the archive has none.
 *
 * @throws SourceError when a file named for it has none
 */
export async function importSheet(
  files: { readonly imports?: string; readonly archive?: string },
  year: number,
  level: BeaLevel,
): Promise<CodedSheet | null> {
  const { imports, archive } = files;
  if (imports === undefined) {
    return archive === undefined ? null : await findBeaSheet(archive, STEM, year, level);
  }
  if (!/\.zip$/i.test(imports)) return await readBeaSheet(imports, year);
  const sheet = await findBeaSheet(imports, STEM, year, level);
  if (sheet !== null) return sheet;
  throw sourceError({
    file: imports,
    came: "no import matrix",
    expected: `one member ImportMatrices_Before_Redefinitions_…_${level}.xlsx`,
    remedy: "name the workbook, or an archive that holds it",
  });
}

/**
 * The blocks of an import matrix in the order of the Make and Use tables.
 *
 * @throws SourceError naming sheet and code when it has a commodity, industry or final use that the tables do not have, lacks one of
 * their columns, or its rows do not add up: printed totals, and imports (F05000, F050), which are minus what is used
 */
export function importBlocks(
  { matrix }: CodedSheet,
  industries: readonly string[],
  commodities: readonly string[],
  finalUses: readonly string[],
): NonNullable<MakeUseTable["imports"]> {
  const listed = commodities.filter((code) => matrix.rowAt.has(code));
  checkKnown(matrix.file, "row", matrix.rows, commodities);
  checkKnown(matrix.file, "column", matrix.columns, [...industries, ...finalUses]);
  if (matrix.columnAt.has("T001")) checkRows(matrix, listed, industries, "T001");
  if (matrix.columnAt.has("T004")) checkRows(matrix, listed, finalUses, "T004");
  const all = [...industries, ...finalUses];
  // Commodities that are not listed are not imported.
  const values = new Float64Array(commodities.length * all.length);
  const cells = block(matrix, listed, all);
  const hasImports = finalUses.some((code) => /^F050/.test(code));
  listed.forEach((code, i) => {
    const row = cells.subarray(i * all.length, (i + 1) * all.length);
    const gap = row.reduce((sum, value) => sum + value, 0);
    if (hasImports && Math.abs(gap) > ROUNDING_MUSD) {
      throw sourceError({
        file: matrix.file,
        row: code,
        column: "F050",
        came: `uses and imports that differ by ${gap}`,
        expected: `imports that are minus the uses, within ${ROUNDING_MUSD} million USD`,
        remedy: FETCH_AGAIN,
      });
    }
    values.set(row, commodities.indexOf(code) * all.length);
  });
  const whole = codedMatrix(matrix.file, commodities, all, values);
  return {
    use: block(whole, commodities, industries),
    finalUse: block(whole, commodities, finalUses),
  };
}

function checkKnown(
  file: string,
  side: "row" | "column",
  came: readonly string[],
  known: readonly string[],
): void {
  const codes = new Set(known);
  const unknown = came.find((code) => !codes.has(code) && !/^T\d{2,3}$|\btotal\b/i.test(code));
  if (unknown === undefined) return;
  throw sourceError({
    file,
    [side]: unknown,
    came: `a ${side} that the Make and Use tables do not have`,
    expected: "their codes and totals",
    remedy: "name Make, Use and import matrix of the same year and level",
  });
}
