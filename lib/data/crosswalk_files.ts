import { readCsvTable, requiredText } from "./csv_table.ts";
import { MANUFACTURING_FILE, PRODUCTIVITY_FILE } from "./productivity.ts";
import { sourceError } from "./source_error.ts";

/** Source files of the crosswalks, below the source folder. */
export const CROSSWALK_FILES = {
  crosswalk: "bea_io/MasterCrosswalk2012.csv",
  summary: "bea_io/Summary_IndustryCodeName_2012.csv",
  concordance: "concordance/bea2012_naics2012.csv",
  industries: `productivity/${PRODUCTIVITY_FILE}`,
  manufacturing: `productivity/${MANUFACTURING_FILE}`,
} as const;

/** Benchmark year whose codes the crosswalks use; the 2007 tables use the same. */
export const CROSSWALK_YEAR = 2012;

/** The distinct values of one column by those of another. */
export function codesBy(
  path: string,
  key: string,
  value: string,
): ReadonlyMap<string, ReadonlySet<string>> {
  const codes = new Map<string, Set<string>>();
  for (const row of readCsvTable(path, [key, value]).rows) {
    const from = requiredText(row, key);
    const to = codes.get(from) ?? new Set<string>();
    codes.set(from, to.add(requiredText(row, value)));
  }
  return codes;
}

/** Checks that every row's `detail` is a BEA industry. @throws SourceError naming the first that is not. */
export function checkDetails(
  file: string,
  rows: readonly { readonly detail: string }[],
  industries: readonly string[],
  remedy: string,
): void {
  const wrong = rows.find(({ detail }) => !industries.includes(detail));
  if (wrong === undefined) return;
  throw sourceError({
    file,
    column: "detail",
    came: `"${wrong.detail}"`,
    expected: `a BEA detail industry of ${CROSSWALK_YEAR}`,
    remedy,
  });
}
