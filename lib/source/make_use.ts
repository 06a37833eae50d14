import {
  type BeaWorkbooks,
  DATA_DIR,
  loadMakeUse,
  type MakeUseCoverage,
  type MakeUseTable,
  readBeaWorkbooks,
} from "@ree/data";
import { basename, join } from "node:path";
import { filesOf, type FoundFile, type SourceChoice } from "./find_sources.ts";
import { type UsedData, usedFiles } from "./used_data.ts";

/** US Make and Use tables of a choice. */
export interface ChosenMakeUse {
  /** By year. */
  readonly tables: ReadonlyMap<number, MakeUseTable>;
  readonly used: UsedData;
}

/**
 * US Make and Use tables, detail level: the shipped ones (2007, 2012, 2017), or those of the BEA's workbooks in the choice.
 *
 * @throws RangeError when a workbook is missing or there are several; SourceError at a workbook that is not as published, a year
 * that it does not have, or accounts that do not balance
 */
export async function chosenMakeUse(
  choice: SourceChoice,
  years: readonly number[],
): Promise<ChosenMakeUse> {
  const files = filesOf(choice, "us tables");
  const tables = new Map<number, MakeUseTable>();
  if (files.length === 0) {
    for (const year of years) tables.set(year, loadMakeUse(year));
    const paths = years.map((year) => join(DATA_DIR, `bea_make_use_${year}.parquet`));
    return {
      tables,
      used: await used("BEA detail tables, shipped", paths, [...tables.values()], []),
    };
  }
  const workbooks = workbooksOf(files, choice.text);
  const met: MakeUseCoverage[] = [];
  for (const year of years) {
    const { table, coverage } = await readBeaWorkbooks(workbooks, year);
    tables.set(year, table);
    met.push(coverage);
  }
  const paths = typeof workbooks === "string"
    ? [workbooks]
    : Object.values(workbooks).filter((path) => path !== undefined);
  const source = "BEA workbooks, before redefinitions, producers' prices";
  return { tables, used: await used(source, paths, [...tables.values()], met) };
}

function workbooksOf(files: readonly FoundFile[], text: string): BeaWorkbooks | string {
  const archives = files.filter(({ path }) => /\.zip$/i.test(path));
  if (archives.length === 1 && files.length === 1) return archives[0].path;
  const stem = (pattern: RegExp) =>
    files.map(({ path }) => path).filter((path) => pattern.test(basename(path)));
  const detail = (paths: readonly string[]) =>
    paths.length > 1 ? paths.filter((path) => /(Detail|DET)\.xlsx$/i.test(path)) : paths;
  const make = detail(stem(/^IOMake_/i));
  const use = detail(stem(/^IOUse_.*PRO/i));
  const imports = detail(stem(/^ImportMatrices_/i));
  if (archives.length > 0 || make.length !== 1 || use.length !== 1 || imports.length > 1) {
    throw new RangeError(
      `source "${text}": came ${
        files.map(({ path }) => basename(path)).join(", ")
      }; expected one ` +
        "IOMake_…_Detail.xlsx and one IOUse_…_PRO_…_Detail.xlsx (at most one ImportMatrices_….xlsx), or " +
        "AllTablesIO.zip alone",
    );
  }
  return { make: make[0], use: use[0], ...(imports.length === 1 ? { imports: imports[0] } : {}) };
}

async function used(
  source: string,
  paths: readonly string[],
  tables: readonly MakeUseTable[],
  met: readonly MakeUseCoverage[],
): Promise<UsedData> {
  const files = await Promise.all(paths.map((path) => usedFiles(path)));
  return {
    what: "US Make and Use tables",
    source,
    files: files.flat(),
    coverage: tables.map(({ year, industries, commodities }) =>
      `${year}: ${industries.length} industries × ${commodities.length} commodities`
    ).join(", "),
    notes: met.map(({ year, totals }) =>
      `${year}: totals ${totals.join(", ")} are the sums of their parts`
    ),
  };
}
