import { loadBeaCodes, readBeaCodes } from "./bea_codes.ts";
import { checkRowCount, compareText } from "./complete.ts";
import { checkDetails, codesBy, CROSSWALK_FILES, CROSSWALK_YEAR } from "./crosswalk_files.ts";
import { checkUnique, oneOf, readCsvTable, requiredText } from "./csv_table.ts";
import { DATA_DIR } from "./data_dir.ts";
import { inside } from "./read_source.ts";
import { BUILD_AGAIN, FETCH_AGAIN, sourceError } from "./source_error.ts";

/** A manufacturing industry of the NBER-CES table and its BEA detail industry. */
export interface NaicsRow {
  /** NAICS 2012, six digits. */
  readonly naics: string;
  /** BEA detail industry code of the 2007 and 2012 tables; several NAICS industries may share one. */
  readonly detail: string;
  /** Which list decides: `crosswalk` where the concordance names no BEA code or several. */
  readonly via: "concordance" | "crosswalk";
}

/** Columns of `data/naics_bea.csv`. */
export const NAICS_COLUMNS = ["naics", "detail", "via"] as const;

const VIA = ["concordance", "crosswalk"] as const;
const INDUSTRIES = 364;

/**
 * The 364 manufacturing industries (NAICS 2012) and their BEA detail industries, ordered by NAICS code.
 *
 * The concordance decides where it names one code; where it names none (three nonferrous foundries, one lamp industry) or
 * several (iron and steel foundries), the crosswalk that comes with the BEA tables does. Where both name one, they must agree.
 *
 * @param sourceDir folder above `bea_io`, `concordance` and `productivity`
 * @throws SourceError naming a NAICS code without exactly one BEA industry, or on which the two lists disagree
 */
export function readNaicsCrosswalk(sourceDir: string): readonly NaicsRow[] {
  const path = (file: keyof typeof CROSSWALK_FILES) => inside(sourceDir, CROSSWALK_FILES[file]);
  const industries = readBeaCodes(inside(sourceDir, "bea_io"), CROSSWALK_YEAR).industry.codes;
  const concordance = codesBy(path("concordance"), "NAICS2012_6d", "BEA2012");
  const crosswalk = codesBy(path("crosswalk"), "NAICS_2012_Code", "BEA_2012_Detail_Code");
  // The crosswalk's detail codes are industries, commodities and final uses.
  const industriesOf = (codes: ReadonlySet<string> | undefined) =>
    [...codes ?? []].filter((code) => industries.includes(code));
  const table = readCsvTable(path("manufacturing"), ["naics"]);
  const naics = new Set(table.rows.map((row) => requiredText(row, "naics")));
  const rows = [...naics].sort(compareText).map((code): NaicsRow => {
    const first = industriesOf(concordance.get(code));
    const second = industriesOf(crosswalk.get(code));
    if (second.length !== 1 || (first.length === 1 && first[0] !== second[0])) {
      const [came, other] = [second, first].map((codes) => codes.join(", ") || "none");
      throw sourceError({
        file: path("crosswalk"),
        row: `NAICS ${code}`,
        came: `BEA industry ${came} (concordance: ${other})`,
        expected: "one BEA industry, the one that the concordance names if it names one",
        remedy: FETCH_AGAIN,
      });
    }
    const via = first.length === 1 ? "concordance" : "crosswalk";
    return { naics: code, detail: second[0], via };
  });
  checkRowCount(path("manufacturing"), rows.length, INDUSTRIES, "364 NAICS industries");
  return rows;
}

/**
 * The same from the project's `data/naics_bea.csv`.
 *
 * @throws SourceError when the table is missing or incomplete, or names a code that is no BEA industry
 */
export function loadNaicsCrosswalk(dataDir: string = DATA_DIR): readonly NaicsRow[] {
  const path = inside(dataDir, "naics_bea.csv");
  const table = readCsvTable(path, NAICS_COLUMNS, { remedy: BUILD_AGAIN });
  checkRowCount(path, table.rows.length, INDUSTRIES, "364 NAICS industries", BUILD_AGAIN);
  checkUnique(table.rows, ["naics"]);
  const rows = table.rows.map((row) => ({
    naics: requiredText(row, "naics"),
    detail: requiredText(row, "detail"),
    via: oneOf(row, "via", VIA, BUILD_AGAIN),
  }));
  checkDetails(path, rows, loadBeaCodes(CROSSWALK_YEAR, dataDir).industry.codes, BUILD_AGAIN);
  return rows;
}
