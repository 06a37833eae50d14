import { FETCH_AGAIN, sourceError } from "../source_error.ts";
import { WIOD_ROW_MUSD } from "../wiod_tolerance.ts";
import { numberReader } from "./number_cell.ts";
import { cellAddress, readSheet, type Sheet, sheetText } from "./workbook.ts";
import { assembleWorld, worldCells, worldPlaces, type WorldReading } from "./world_assembly.ts";
import type { WorldTolerance } from "./world_checks.ts";
import { zipMember } from "./zip_member.ts";

/** Rows and columns of the labels, from 0: the sheet has them in rows 3 to 6 and in columns A to D. */
const CODE = 0;
const NAME = 1;
const COUNTRY = 2;
const C_CODE = 3;
const TOP = 2;
const FIRST_ROW = 6;
const FIRST_COLUMN = 4;

/** Options of {@linkcode readWiodWorkbook}. */
export interface WiodWorkbookOptions {
  readonly tolerance?: WorldTolerance;
}

/**
 * World table from a WIOD workbook as published: release 2013 (`WIOT07_ROW_Apr12.xlsx`, 35 sectors c1 to c35, 1995 to 2011)
 * or 2016 (`WIOT2014_Nov16_ROW.xlsb`, 56 sectors, 2000 to 2014), or `WIOTS_in_EXCEL.zip` with it. Million USD.
 *
 * Sectors carry the codes of the release: c1 … c35, or ISIC revision 4 (A01 …). Countries are as published.
 *
 * @throws SourceError naming sheet and cell at another layout, year or unit, a cell that is no number, or a row or column that
 * does not add up to output
 * @see https://www.rug.nl/ggdc/valuechain/wiod/
 */
export async function readWiodWorkbook(
  path: string,
  year: number,
  options: WiodWorkbookOptions = {},
): Promise<WorldReading> {
  let bytes: Uint8Array | undefined;
  let file = path;
  if (/\.zip$/i.test(path)) {
    const short = String(year % 100).padStart(2, "0");
    const pattern = new RegExp(`(^|/)wiot(${year}|${short})_[^/]*\\.xls[bx]$`, "i");
    const member = await zipMember(path, pattern, `WIOT${year}_…_ROW.xlsb`);
    bytes = new Uint8Array(await new Response(member.stream).arrayBuffer());
    file = `${path}:${member.name}`;
  }
  const sheet = await readSheet(
    file,
    (names) =>
      names.includes(String(year))
        ? String(year)
        : names.find((name) => /^(wiot|sheet1|tables?)/i.test(name)) ??
          (names.length === 1 ? names[0] : undefined),
    `a sheet ${year} or WIOT_${year}`,
    bytes,
  );
  checkYear(sheet, year);
  const unit = findUnit(sheet);
  const rows = labelsDown(sheet);
  const { columns, output: outputColumn } = labelsAcross(sheet, rows);
  const usesC = rows.some(({ code }) => code === "AtB");
  const sectorOf = new Map(rows.map(({ cCode, code }) => [cCode, usesC ? cCode : code]));
  const places = worldPlaces(
    sheet.file,
    rows.map(({ country, cCode }) => ({ country, sector: sectorOf.get(cCode) ?? cCode })),
    columns.map(({ country, cCode, code }) => ({
      country,
      sector: sectorOf.get(cCode) ?? (usesC ? cCode : code),
    })),
  );
  const cells = worldCells(places);
  const reader = numberReader(sheet.file);
  const read = (r: number, c: number) =>
    reader.read(sheet.rows[r]?.[c] ?? null, cellAddress(r, c), sheetText(sheet, TOP, c));
  const output = new Float64Array(cells.size);
  const width = places.countries.length * places.categories.length;
  rows.forEach(({ at }, i) => {
    const row = places.rows[i];
    columns.forEach((column, j) => {
      const value = read(at, column.at);
      if (places.columns[j] >= 0) cells.intermediate[row * cells.size + places.columns[j]] = value;
      else cells.final[row * width + places.finalColumns[j]] = value;
    });
    output[row] = read(at, outputColumn);
  });
  const last = rows.at(-1)?.at ?? FIRST_ROW;
  const outputRow = findOutputRow(sheet, last + 1);
  const otherInputs = Float64Array.from(output);
  for (let j = 0; j < columns.length; j++) {
    const column = places.columns[j];
    if (column < 0) continue;
    // The published output of the column less its purchases: what the rows of taxes, margins and value added hold.
    let bought = 0;
    for (let i = 0; i < cells.size; i++) bought += cells.intermediate[i * cells.size + column];
    otherInputs[column] = read(outputRow, columns[j].at) - bought;
  }
  return assembleWorld(places, { ...cells, output, otherInputs, empty: reader.empty() }, {
    source: usesC ? "WIOD 2013 release" : "WIOD 2016 release",
    file: sheet.file,
    year,
    unit,
    factor: 1,
    sectorNames: new Map(rows.map(({ cCode, name }) => [sectorOf.get(cCode) ?? cCode, name])),
    folded: [],
    notes: [],
    tolerance: options.tolerance ?? { absolute: WIOD_ROW_MUSD, relative: 0 },
  });
}

interface SheetLabel {
  readonly at: number;
  readonly code: string;
  readonly name: string;
  readonly country: string;
  readonly cCode: string;
}

function labelsDown(sheet: Sheet): readonly SheetLabel[] {
  const labels: SheetLabel[] = [];
  for (let r = FIRST_ROW; r < sheet.rows.length; r++) {
    const country = sheetText(sheet, r, COUNTRY);
    if (country === "" || country === "TOT") break;
    labels.push({
      at: r,
      code: sheetText(sheet, r, CODE),
      name: sheetText(sheet, r, NAME),
      country,
      cCode: sheetText(sheet, r, C_CODE),
    });
  }
  if (labels.length > 0 && /^c\d+$/.test(labels[0].cCode)) return labels;
  throw layout(sheet, FIRST_ROW, C_CODE, "c1, with codes, names and countries beside it");
}

function labelsAcross(
  sheet: Sheet,
  rows: readonly SheetLabel[],
): { readonly columns: readonly SheetLabel[]; readonly output: number } {
  const countries = new Set(rows.map(({ country }) => country));
  const columns: SheetLabel[] = [];
  const width = Math.max(...sheet.rows.slice(TOP, FIRST_ROW).map((row) => row.length));
  for (let c = FIRST_COLUMN; c < width; c++) {
    const country = sheetText(sheet, TOP + COUNTRY, c);
    if (!countries.has(country)) {
      if (columns.length === 0) throw layout(sheet, TOP + COUNTRY, c, "a country of the rows");
      return { columns, output: c };
    }
    columns.push({
      at: c,
      code: sheetText(sheet, TOP + CODE, c),
      name: sheetText(sheet, TOP + NAME, c),
      country,
      cCode: sheetText(sheet, TOP + C_CODE, c),
    });
  }
  throw layout(sheet, TOP + COUNTRY, width, "a last column with total output");
}

function findOutputRow(sheet: Sheet, from: number): number {
  for (let r = from; r < sheet.rows.length; r++) {
    const code = sheetText(sheet, r, CODE);
    const name = sheetText(sheet, r, NAME);
    if (code === "GO" || sheetText(sheet, r, C_CODE) === "r69" || /^output at basic/i.test(name)) {
      return r;
    }
  }
  throw layout(sheet, sheet.rows.length, CODE, "a row GO or r69, output at basic prices");
}

function checkYear(sheet: Sheet, year: number): void {
  const years = [sheetText(sheet, 0, 0), sheetText(sheet, 1, 0), sheet.name].flatMap((text) =>
    [...text.matchAll(/(?<!\d)(?:19|20)\d\d(?!\d)/g)].map(([found]) => Number(found))
  );
  if (years.length === 0 || years.includes(year)) return;
  throw layout(sheet, 0, 0, `a table of ${year}`);
}

function findUnit(sheet: Sheet): string {
  for (let r = 0; r < FIRST_ROW; r++) {
    const text = sheetText(sheet, r, 0);
    if (/million/i.test(text) && /(us\s?\$|usd|dollar)/i.test(text)) {
      return text.replace(/^\(|\)$/g, "");
    }
    if (/million|thousand|billion/i.test(text)) throw layout(sheet, r, 0, "millions of US$");
  }
  throw layout(sheet, 3, 0, "the unit, millions of US$");
}

function layout(sheet: Sheet, row: number, column: number, expected: string): Error {
  return sourceError({
    file: sheet.file,
    row: `cell ${cellAddress(row, column)}`,
    came: `"${sheetText(sheet, row, column)}"`,
    expected,
    remedy: FETCH_AGAIN,
  });
}
