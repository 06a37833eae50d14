import { loadBeaCodes, readBeaCodes } from "./bea_codes.ts";
import { checkRowCount } from "./complete.ts";
import { checkDetails, codesBy, CROSSWALK_FILES, CROSSWALK_YEAR } from "./crosswalk_files.ts";
import { checkUnique, integerCell, readCsvTable, requiredText } from "./csv_table.ts";
import { DATA_DIR } from "./data_dir.ts";
import { inside } from "./read_source.ts";
import { BUILD_AGAIN, FETCH_AGAIN, sourceError } from "./source_error.ts";

/** A BEA detail industry and the one of the 63 productivity industries to which it belongs. */
export interface CrosswalkRow {
  /** 1 to 63. */
  readonly industryId: number;
  /** Name in the productivity accounts (BEA-BLS). */
  readonly industry: string;
  /** BEA summary code. */
  readonly summary: string;
  /** BEA detail industry code of the 2007 and 2012 tables. */
  readonly detail: string;
}

/** Productivity industries that merge BEA summary industries; each of the others bears the name of one. */
export const MERGED_INDUSTRIES: Readonly<Record<string, readonly string[]>> = {
  "Retail trade": ["441", "445", "452", "4A0"],
  "Real estate": ["HS", "ORE"],
  "Hospitals and Nursing and residential care": ["622", "623"],
  "Federal": ["GFGD", "GFGN", "GFE"],
  "State and local": ["GSLG", "GSLE"],
};

/** Columns of `data/industry_crosswalk.csv`. */
export const CROSSWALK_COLUMNS = ["industry_id", "industry", "summary", "detail"] as const;

const INDUSTRIES = 63;
const DETAIL_INDUSTRIES = 405;

/**
 * The 405 BEA detail industries by the 63 industries of the productivity accounts, ordered by industry, then as the BEA
 * orders them.
 *
 * @param sourceDir folder above `bea_io` and `productivity`
 * @throws SourceError naming an industry without summary code, or a detail industry that does not belong to exactly one
 * summary industry of the 63
 */
export function readIndustryCrosswalk(sourceDir: string): readonly CrosswalkRow[] {
  const file = inside(sourceDir, CROSSWALK_FILES.crosswalk);
  const summaries = codesBy(file, "BEA_2012_Detail_Code", "BEA_2012_Summary_Code");
  const owners = summaryOwners(sourceDir);
  const details = readBeaCodes(inside(sourceDir, "bea_io"), CROSSWALK_YEAR).industry.codes;
  const rows = details.map((detail) => {
    const codes = [...summaries.get(detail) ?? []];
    const owner = owners.get(codes[0]);
    if (codes.length === 1 && owner !== undefined) return { ...owner, summary: codes[0], detail };
    throw sourceError({
      file,
      row: detail,
      came: `summary codes ${codes.join(", ") || "none"}`,
      expected: `one summary code, which belongs to one of the ${INDUSTRIES} industries`,
      remedy: FETCH_AGAIN,
    });
  }).sort((a, b) => a.industryId - b.industryId);
  checkIndustries(file, rows, FETCH_AGAIN);
  return rows;
}

/**
 * The same from the project's `data/industry_crosswalk.csv`.
 *
 * @throws SourceError when the table is missing, lacks an industry or is not over the 405 detail industries
 */
export function loadIndustryCrosswalk(dataDir: string = DATA_DIR): readonly CrosswalkRow[] {
  const path = inside(dataDir, "industry_crosswalk.csv");
  const table = readCsvTable(path, CROSSWALK_COLUMNS, { remedy: BUILD_AGAIN });
  checkUnique(table.rows, ["detail"]);
  const rows = table.rows.map((row) => ({
    industryId: integerCell(row, "industry_id", 1, INDUSTRIES),
    industry: requiredText(row, "industry"),
    summary: requiredText(row, "summary"),
    detail: requiredText(row, "detail"),
  }));
  checkIndustries(path, rows, BUILD_AGAIN);
  checkDetails(path, rows, loadBeaCodes(CROSSWALK_YEAR, dataDir).industry.codes, BUILD_AGAIN);
  return rows;
}

/** The productivity industry to which each BEA summary code belongs. */
function summaryOwners(
  sourceDir: string,
): ReadonlyMap<string, Pick<CrosswalkRow, "industryId" | "industry">> {
  const codeOf = codesBy(
    inside(sourceDir, CROSSWALK_FILES.summary),
    "BEA_2012_Summary_Industry_Name",
    "BEA_2012_Summary_Industry_Code",
  );
  const table = readCsvTable(inside(sourceDir, CROSSWALK_FILES.industries), [
    "industry_id",
    "industry",
  ]);
  const owners = new Map<string, Pick<CrosswalkRow, "industryId" | "industry">>();
  for (const row of table.rows) {
    const industry = requiredText(row, "industry");
    const codes = MERGED_INDUSTRIES[industry] ?? codeOf.get(industry);
    if (codes === undefined) {
      throw sourceError({
        file: table.file,
        row: row.line,
        column: "industry",
        came: `"${industry}"`,
        expected: `a name in ${CROSSWALK_FILES.summary}, or one of ${
          Object.keys(MERGED_INDUSTRIES).join(", ")
        }`,
        remedy: "add the industry to MERGED_INDUSTRIES in lib/data/industry_crosswalk.ts",
      });
    }
    const industryId = integerCell(row, "industry_id", 1, INDUSTRIES);
    for (const code of codes) owners.set(code, { industryId, industry });
  }
  return owners;
}

function checkIndustries(file: string, rows: readonly CrosswalkRow[], remedy: string): void {
  checkRowCount(file, rows.length, DETAIL_INDUSTRIES, "405 BEA detail industries", remedy);
  const found = new Set(rows.map(({ industryId }) => industryId));
  for (let id = 1; id <= INDUSTRIES; id++) {
    if (found.has(id)) continue;
    throw sourceError({
      file,
      column: "industry_id",
      came: `no detail industry of industry ${id}`,
      expected: `at least one for each of the ${INDUSTRIES} industries`,
      remedy,
    });
  }
}
