import { delimitedFile } from "../io/csv_records.ts";
import { checkLineEnd } from "../io/line_end.ts";
import { cellAddress, readSheet } from "../io/workbook.ts";
import { sourceError } from "../source_error.ts";
import { type KlemsLayout, klemsLayout } from "./klems_layout.ts";
import { KLEMS_NAMES } from "./klems_variables.ts";

/** One published cell. */
export interface KlemsCell {
  readonly file: string;
  /** Line, or address of the cell in a sheet. */
  readonly row: number | string;
  readonly column: string;
  /** As published. */
  readonly country: string;
  readonly code: string;
  /** "" where the file has no names. */
  readonly name: string;
  readonly variable: string;
  readonly year: number;
  readonly cell: string | number | null;
}

/**
 * The cells of the known variables of one file: a CSV (`.csv`, `.txt`, or packed alone in a zip archive), or a workbook with a sheet
 * per variable.
 *
 * @throws SourceError when the file is missing or damaged, or its header is no layout of EU KLEMS
 */
export async function* klemsCells(path: string): AsyncGenerator<KlemsCell> {
  if (/\.xls[xb]?$/i.test(path)) yield* workbookCells(path);
  else yield* csvCells(path);
}

async function* csvCells(path: string): AsyncGenerator<KlemsCell> {
  const { file, lines } = await delimitedFile(path, {
    member: { pattern: /\.(csv|txt)$/i, name: "one CSV or TXT" },
  });
  let header: readonly string[] | undefined;
  let layout: KlemsLayout | undefined;
  for await (const { cells, line } of lines) {
    if (layout === undefined || header === undefined) {
      header = cells;
      layout = klemsLayout(file, cells);
      if (layout.country < 0) throw noCountry(file);
      continue;
    }
    yield* rowCells(file, () => line, header, layout, cells, "");
  }
  if (!/\.zip$/i.test(path)) checkLineEnd(path);
}

async function* workbookCells(path: string): AsyncGenerator<KlemsCell> {
  let names: readonly string[] = [];
  const sheetOf = (wanted: string) => (all: readonly string[]) => {
    names = all;
    return all.find((name) => name.trim() === wanted);
  };
  const wanted = "a sheet named after a variable, such as VA or VA_CP";
  const known = (all: readonly string[]) => KLEMS_NAMES.filter((name) => all.includes(name));
  await readSheet(path, (all) => {
    names = all.map((name) => name.trim());
    return all.find((name) => KLEMS_NAMES.includes(name.trim()));
  }, wanted);
  const ownCountry = /(?:^|\/)([A-Za-z]{2,3})[_ -][^/]*$/.exec(path)?.[1] ?? "";
  for (const variable of known(names)) {
    const { file, rows } = await readSheet(path, sheetOf(variable), wanted);
    const header = (rows[0] ?? []).map((cell) => String(cell ?? ""));
    const layout = klemsLayout(file, header, variable);
    if (layout.country < 0 && ownCountry === "") throw noCountry(file);
    for (let r = 1; r < rows.length; r++) {
      // Empty lines and footnotes have no industry code.
      if (String(rows[r][layout.code] ?? "").trim() === "") continue;
      yield* rowCells(file, (c) => cellAddress(r, c), header, layout, rows[r], ownCountry);
    }
  }
}

function* rowCells(
  file: string,
  row: (column: number) => number | string,
  header: readonly string[],
  layout: KlemsLayout,
  cells: readonly (string | number | null)[],
  ownCountry: string,
): Generator<KlemsCell> {
  const text = (at: number) => at < 0 ? "" : String(cells[at] ?? "").trim();
  const stated = text(layout.variable);
  for (const { at, variable, year } of layout.values) {
    const name = variable ?? stated;
    if (!KLEMS_NAMES.includes(name)) continue;
    const when = year ?? Number(text(layout.year) || NaN);
    if (!(Number.isInteger(when) && when >= 1900 && when <= 2100)) {
      throw sourceError({
        file,
        row: row(layout.year),
        column: "year",
        came: `"${text(layout.year)}"`,
        expected: "a year",
        remedy: "correct the cell, or take the file again from the publisher",
      });
    }
    yield {
      file,
      row: row(at),
      column: header[at].trim(),
      country: text(layout.country) || ownCountry,
      code: text(layout.code),
      name: text(layout.name),
      variable: name,
      year: when,
      cell: cells[at] ?? null,
    };
  }
}

function noCountry(file: string): Error {
  return sourceError({
    file,
    row: 1,
    came: "no column country or geo_code, and no country at the beginning of the file's name",
    expected: "one of them",
    remedy: "keep the publisher's file name (DE_output_17ii.xlsx, ES_national accounts.xlsx)",
  });
}
