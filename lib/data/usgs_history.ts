import { numberReader } from "./io/number_cell.ts";
import { publishedValue } from "./io/published_number.ts";
import { cellAddress, readSheet, type Sheet, sheetText } from "./io/workbook.ts";
import { FETCH_AGAIN, sourceError } from "./source_error.ts";

/** A series of the USGS historical statistics (Data Series 140). */
export interface UsgsSeries {
  /** Heading in the publisher's words, without footnote marks, e.g. `Apparent consumption`, `Unit value ($/t)`. */
  readonly name: string;
  /** Values by year; null where withheld, not available or empty. */
  readonly values: ReadonlyMap<number, number | null>;
}

/** The historical statistics of one commodity. */
export interface UsgsHistory {
  readonly file: string;
  /** Unit as the sheet states it, e.g. `All values in metric tons (t) rare-earth oxide (REO) unless otherwise noted`. */
  readonly unit: string;
  readonly series: readonly UsgsSeries[];
}

/**
 * Historical statistics of a mineral commodity as published (`ds140-….xlsx` or `.xls`): title, unit in brackets, a header that
 * begins with `Year`, one row per year, footnotes below.
 *
 * @param sheet part of the sheet's name where the workbook has several
 * @throws SourceError naming sheet and cell when there is no header or unit, a year occurs twice or is out of order, or a cell is no
 * number
 * @see https://www.usgs.gov/centers/national-minerals-information-center/historical-statistics-mineral-and-material-commodities
 */
export async function readUsgsHistory(path: string, sheet = ""): Promise<UsgsHistory> {
  const found = await readSheet(
    path,
    (names) => names.find((name) => name.toLowerCase().includes(sheet.toLowerCase())),
    `a sheet with "${sheet}" in its name`,
  );
  const head = found.rows.findIndex((_, r) => /^year$/i.test(sheetText(found, r, 0)));
  if (head < 0) throw wrong(found, 0, 0, "a header that begins with Year");
  const unit = unitOf(found, head);
  const reader = numberReader(found.file);
  const columns: { readonly at: number; readonly name: string }[] = [];
  for (let c = 1; c < found.rows[head].length; c++) {
    const name = sheetText(found, head, c).replace(/\s+/g, " ").replace(/(?<=[a-z)])\d+$/i, "");
    if (name !== "") columns.push({ at: c, name });
  }
  const values = columns.map(() => new Map<number, number | null>());
  let last = -Infinity;
  for (let r = head + 1; r < found.rows.length; r++) {
    const text = sheetText(found, r, 0);
    if (!/^(1[89]|20)\d\d$/.test(text)) {
      // Footnotes end the table; an empty line may stand below the header.
      if (last > 0 && text !== "") break;
      continue;
    }
    const year = Number(text);
    if (year <= last) throw wrong(found, r, 0, `a year after ${last}`);
    last = year;
    columns.forEach(({ at, name }, k) => {
      const cell = found.rows[r][at] ?? null;
      const isNumber = publishedValue(cell)?.kind === "number";
      const value = reader.read(cell, cellAddress(r, at), name);
      values[k].set(year, isNumber ? value : null);
    });
  }
  if (last < 0) throw wrong(found, head + 1, 0, "a row of a year");
  return {
    file: found.file,
    unit,
    series: columns.map(({ name }, k) => ({ name, values: values[k] })),
  };
}

function unitOf(sheet: Sheet, head: number): string {
  for (let r = 0; r < head; r++) {
    for (let c = 0; c < (sheet.rows[r]?.length ?? 0); c++) {
      const text = sheetText(sheet, r, c);
      if (/all values in|metric tons|kilograms/i.test(text)) return text.replace(/^\[|\]$/g, "");
    }
  }
  throw wrong(sheet, Math.max(0, head - 1), 0, "the unit above the header, e.g. [All values in …]");
}

function wrong(sheet: Sheet, row: number, column: number, expected: string): Error {
  return sourceError({
    file: sheet.file,
    row: `cell ${cellAddress(row, column)}`,
    came: `"${sheetText(sheet, row, column)}"`,
    expected,
    remedy: FETCH_AGAIN,
  });
}
