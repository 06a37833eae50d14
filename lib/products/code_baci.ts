import { type BaciFolder, readBaciYear } from "@ree/data";
import pl from "nodejs-polars";
import {
  type CodedRows,
  convertAndCodeYear,
  emptyRows,
  frameRows,
  rowsFrame,
} from "./code_year.ts";
import { type Coverage, totalCoverage, type YearCoverage } from "./coverage.ts";
import { type PanelChoice, type PanelCodes, panelCodes } from "./panel_codes.ts";

/** A product panel in memory. */
export interface CodedPanel extends PanelCodes, CodedRows {
  /** Revision of the Harmonized System of the products. */
  readonly hs: string;
  readonly coverage: Coverage;
  /** True when the flows are SIMULATED. */
  readonly simulated: boolean;
}

/** A product panel on disk: one parquet file a year (columns of `rowsFrame`) and this record as panel.json. */
export interface CodedFolder extends PanelCodes {
  readonly dir: string;
  /** Revision of the Harmonized System of the products. */
  readonly hs: string;
  readonly coverage: Coverage;
  readonly simulated: boolean;
}

/** Where {@linkcode codeBaci} is. */
export interface CodeProgress {
  readonly file: string;
  readonly year: number;
  /** Files done, of how many. */
  readonly done: number;
  readonly of: number;
  /** Rows read so far. */
  readonly rows: number;
  readonly seconds: number;
}

const MANIFEST = "panel.json";

/**
 * Codes BACI files into a panel on disk, one year at a time: memory is bounded by the largest year, whatever the number
 * of years. The folder appears under its name only when complete; an interrupted run leaves `out`.partial, which the next
 * run removes and begins anew.
 *
 * @param out folder to write, must not exist
 * @throws SourceError from the files, RangeError from the choice, Error when `out` exists
 */
export async function codeBaci(
  baci: BaciFolder,
  out: string,
  choice: PanelChoice = {},
  onProgress: (progress: CodeProgress) => void = () => {},
): Promise<CodedFolder> {
  if (exists(out)) throw new Error(`${out} exists; remove it or name another folder for the panel`);
  const { files, countries, products } = baci;
  const lookup = panelCodes(countries, products, files.map(({ year }) => year), choice);
  const partial = `${out}.partial`;
  if (exists(partial)) Deno.removeSync(partial, { recursive: true });
  Deno.mkdirSync(partial, { recursive: true });
  const started = performance.now();
  const years: YearCoverage[] = [];
  let rows = 0;
  for (const file of files) {
    const { rows: coded, coverage } = convertAndCodeYear(
      await readBaciYear(file, baci),
      lookup,
      choice.conversion?.correlation,
    );
    rowsFrame(coded).writeParquet(`${partial}/${file.year}.parquet`, { compression: "lz4" });
    years.push(coverage);
    rows += coverage.given.rows;
    const seconds = (performance.now() - started) / 1000;
    const [done, of] = [years.length, files.length];
    onProgress({ file: file.path, year: file.year, done, of, rows, seconds });
  }
  const record = {
    hs: choice.conversion?.hs ?? baci.hs,
    exporters: lookup.exporters,
    importers: lookup.importers,
    products: lookup.products,
    years: lookup.years,
    coverage: totalCoverage(years),
    simulated: baci.simulated,
  };
  Deno.writeTextFileSync(`${partial}/${MANIFEST}`, JSON.stringify(record));
  Deno.renameSync(partial, out);
  return { dir: out, ...record };
}

/** Opens a panel that {@linkcode codeBaci} wrote. @throws Error when the folder holds none */
export function openCodedFolder(dir: string): CodedFolder {
  if (!exists(`${dir}/${MANIFEST}`)) {
    throw new Error(`${dir}: no ${MANIFEST}, so no complete product panel; run codeBaci again`);
  }
  return { dir, ...JSON.parse(Deno.readTextFileSync(`${dir}/${MANIFEST}`)) };
}

/**
 * Reads a panel from disk into typed arrays, 20 bytes a row.
 *
 * @param years years to read, default all; their codes stay those of the whole panel
 */
export function readCodedPanel(folder: CodedFolder, years = folder.years): CodedPanel {
  const wrong = years.find((year) => !folder.years.includes(year));
  if (wrong !== undefined) {
    throw new RangeError(`the panel has no year ${wrong}; it has ${folder.years.join(", ")}`);
  }
  const chosen = folder.coverage.years.filter(({ year }) => years.includes(year));
  const rows = emptyRows(chosen.reduce((sum, { kept }) => sum + kept.rows, 0));
  let at = 0;
  for (const { year } of chosen) {
    const part = frameRows(pl.readParquet(`${folder.dir}/${year}.parquet`));
    append(rows, part, at);
    at += part.value.length;
  }
  const { hs, exporters, importers, products, simulated } = folder;
  return {
    ...rows,
    hs,
    exporters,
    importers,
    products,
    years: folder.years,
    coverage: totalCoverage(chosen),
    simulated,
  };
}

/** The same panel in one step in memory, for small data. */
export async function codeInMemory(
  baci: BaciFolder,
  choice: PanelChoice = {},
): Promise<CodedPanel> {
  const { files, countries, products, simulated } = baci;
  const lookup = panelCodes(countries, products, files.map(({ year }) => year), choice);
  const parts: ReturnType<typeof convertAndCodeYear>[] = [];
  for (const file of files) {
    const flows = await readBaciYear(file, baci);
    parts.push(convertAndCodeYear(flows, lookup, choice.conversion?.correlation));
  }
  const rows = emptyRows(parts.reduce((sum, part) => sum + part.rows.value.length, 0));
  let at = 0;
  for (const part of parts) {
    append(rows, part.rows, at);
    at += part.rows.value.length;
  }
  return {
    ...rows,
    hs: choice.conversion?.hs ?? baci.hs,
    exporters: lookup.exporters,
    importers: lookup.importers,
    products: lookup.products,
    years: lookup.years,
    coverage: totalCoverage(parts.map(({ coverage }) => coverage)),
    simulated,
  };
}

function append(rows: CodedRows, part: CodedRows, at: number): void {
  rows.exporterProduct.set(part.exporterProduct, at);
  rows.importerProductYear.set(part.importerProductYear, at);
  rows.exporterYear.set(part.exporterYear, at);
  rows.value.set(part.value, at);
}

function exists(path: string): boolean {
  try {
    Deno.statSync(path);
    return true;
  } catch (cause) {
    if (cause instanceof Deno.errors.NotFound) return false;
    throw cause;
  }
}
