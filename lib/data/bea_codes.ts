import { checkUnique, integerCell, oneOf, readCsvTable, requiredText } from "./csv_table.ts";
import { DATA_DIR } from "./data_dir.ts";
import { inside } from "./read_source.ts";
import { BUILD_AGAIN, sourceError } from "./source_error.ts";

/** Years of the BEA benchmark (detail) tables. */
export const BEA_YEARS: readonly number[] = [2007, 2012, 2017];

/** What a BEA code stands for in the Make and Use tables. */
export type BeaKind = "industry" | "commodity" | "final use" | "value added";

/** Codes and names of one kind, in the order of the publisher's list. */
export interface BeaCodeList {
  readonly codes: readonly string[];
  readonly names: readonly string[];
}

/** The code lists of one benchmark year. Industries and commodities are different sets. */
export type BeaCodes = Readonly<Record<BeaKind, BeaCodeList>>;

/** The kinds in the order of the derived table. */
export const BEA_KINDS: readonly BeaKind[] = ["industry", "commodity", "final use", "value added"];

const PUBLISHED_LIST: Readonly<Record<BeaKind, string>> = {
  "industry": "Industry",
  "commodity": "Commodity",
  "final use": "FinalDemand",
  "value added": "ValueAdded",
};

/** Expected numbers of codes by schema: a shorter list means a truncated file. */
const LENGTHS: Readonly<Record<number, Readonly<Record<BeaKind, number>>>> = {
  2012: { "industry": 405, "commodity": 405, "final use": 20, "value added": 3 },
  2017: { "industry": 402, "commodity": 402, "final use": 20, "value added": 3 },
};

/** Year of the code schema a benchmark table is published in here: the 2007 tables come in the 2012 schema. */
export function beaSchema(year: number): number {
  checkBeaYear(year);
  return year === 2017 ? 2017 : 2012;
}

/** @throws RangeError, listing the years, when there is no benchmark table of `year`. */
export function checkBeaYear(year: number): void {
  if (!BEA_YEARS.includes(year)) {
    throw new RangeError(`year ${year}: expected one of ${BEA_YEARS.join(", ")}`);
  }
}

/** File name of the publisher's code list of a kind. */
export function beaCodeFile(kind: BeaKind, year: number): string {
  return `Detail_${PUBLISHED_LIST[kind]}CodeName_${beaSchema(year)}.csv`;
}

/**
 * Code lists of a benchmark year from the publisher's files.
 *
 * @param dir folder with the BEA CSV files
 * @throws SourceError when a list is missing, short, or repeats a code
 */
export function readBeaCodes(dir: string, year: number): BeaCodes {
  return byKind((kind) => {
    const path = inside(dir, beaCodeFile(kind, year));
    const stem = `BEA_${beaSchema(year)}_Detail_${PUBLISHED_LIST[kind]}`;
    const table = readCsvTable(path, [`${stem}_Code`, `${stem}_Name`]);
    checkUnique(table.rows, [`${stem}_Code`]);
    checkLength(path, kind, year, table.rows.length);
    return {
      codes: table.rows.map((row) => requiredText(row, `${stem}_Code`)),
      names: table.rows.map((row) => requiredText(row, `${stem}_Name`).trim()),
    };
  });
}

/**
 * Code lists of a benchmark year from the project's `data/bea_codes.csv`.
 *
 * @throws SourceError when the table is missing or incomplete
 */
export function loadBeaCodes(year: number, dataDir: string = DATA_DIR): BeaCodes {
  checkBeaYear(year);
  const path = inside(dataDir, "bea_codes.csv");
  const table = readCsvTable(path, ["year", "kind", "code", "name"], { remedy: BUILD_AGAIN });
  const rows = table.rows.filter((row) => integerCell(row, "year") === year);
  checkUnique(rows, ["kind", "code"]);
  return byKind((kind) => {
    const listed = rows.filter((row) => oneOf(row, "kind", BEA_KINDS, BUILD_AGAIN) === kind);
    checkLength(path, kind, year, listed.length);
    return {
      codes: listed.map((row) => requiredText(row, "code")),
      names: listed.map((row) => requiredText(row, "name")),
    };
  });
}

function byKind(list: (kind: BeaKind) => BeaCodeList): BeaCodes {
  return {
    "industry": list("industry"),
    "commodity": list("commodity"),
    "final use": list("final use"),
    "value added": list("value added"),
  };
}

function checkLength(file: string, kind: BeaKind, year: number, length: number): void {
  const expected = LENGTHS[beaSchema(year)][kind];
  if (length === expected) return;
  throw sourceError({
    file,
    came: `${length} ${kind} codes for ${year}`,
    expected: `${expected}`,
    remedy: "fetch or build the file again; it looks truncated",
  });
}
