import { numberReader } from "./io/number_cell.ts";
import { publishedValue } from "./io/published_number.ts";
import { cellAddress, readSheet, type Sheet, sheetText } from "./io/workbook.ts";
import { compareText } from "./complete.ts";
import { type CountryYear, PENN_COUNTRIES, PENN_VALUES } from "./penn_world.ts";
import { FETCH_AGAIN, sourceError } from "./source_error.ts";

/** Options of {@linkcode readPennWorkbook}. */
export interface PennOptions {
  /** ISO codes, or "all" of the file; default: the countries of the shipped table. */
  readonly countries?: readonly string[] | "all";
  /** First year, default 1995. */
  readonly from?: number;
}

/** Country-years with what the reader met. */
export interface PennReading {
  /** By country and year. */
  readonly rows: readonly CountryYear[];
  readonly coverage: {
    readonly file: string;
    readonly countries: number;
    readonly years: readonly number[];
    /** Country-years without one of the values, left out: `VEN 2015: ctfp`. */
    readonly incomplete: readonly string[];
  };
}

/**
 * The Penn World Table as published (`pwt1001.xlsx` or a later release): sheet `Data`, header in its first row, one row per
 * country and year. The same records as the shipped table.
 *
 * @throws SourceError naming sheet and cell at a missing sheet or column, a repeated country and year, a country that is not in the
 * file, or a cell that is no number
 * @see https://www.rug.nl/ggdc/productivity/pwt/
 */
export async function readPennWorkbook(
  path: string,
  options: PennOptions = {},
): Promise<PennReading> {
  const sheet = await readSheet(path, (names) => names.find((n) => n === "Data"), "a sheet Data");
  const countries = options.countries ?? PENN_COUNTRIES;
  const at = new Map((sheet.rows[0] ?? []).map((cell, c) => [String(cell ?? "").trim(), c]));
  const column = (...names: readonly string[]) => {
    const found = names.find((name) => at.has(name));
    if (found === undefined) throw wrong(sheet, 0, 0, `a column ${names.join(" or ")} in row 1`);
    return at.get(found) as number;
  };
  const code = column("countrycode", "isocode");
  const yearAt = column("year");
  const values = PENN_VALUES.map(([name, field]) => ({ name, field, at: column(name) }));
  const reader = numberReader(sheet.file);
  const rows: CountryYear[] = [];
  const incomplete: string[] = [];
  const seen = new Set<string>();
  const present = new Set<string>();
  for (let r = 1; r < sheet.rows.length; r++) {
    const iso3 = sheetText(sheet, r, code);
    if (countries !== "all" && !countries.includes(iso3)) continue;
    if (iso3 === "") continue;
    present.add(iso3);
    const year = reader.read(sheet.rows[r][yearAt] ?? null, cellAddress(r, yearAt), "year");
    if (year < (options.from ?? 1995)) continue;
    if (seen.has(`${iso3} ${year}`)) throw wrong(sheet, r, code, `${iso3} ${year} once`);
    seen.add(`${iso3} ${year}`);
    const numbers = values.map(({ at, name }) => {
      const cell = sheet.rows[r][at] ?? null;
      const value = reader.read(cell, cellAddress(r, at), name);
      return publishedValue(cell)?.kind === "number" ? value : null;
    });
    const missing = values.filter((_, k) => numbers[k] === null).map(({ name }) => name);
    if (missing.length > 0) {
      incomplete.push(`${iso3} ${year}: ${missing.join(", ")}`);
      continue;
    }
    rows.push({
      iso3,
      year,
      ...Object.fromEntries(values.map(({ field }, k) => [field, numbers[k]])) as unknown as Omit<
        CountryYear,
        "iso3" | "year"
      >,
    });
  }
  const absent = countries === "all" ? undefined : countries.find((iso3) => !present.has(iso3));
  if (absent !== undefined) throw wrong(sheet, 0, code, `rows of ${absent}`);
  rows.sort((a, b) => compareText(a.iso3, b.iso3) || a.year - b.year);
  return {
    rows,
    coverage: {
      file: sheet.file,
      countries: new Set(rows.map(({ iso3 }) => iso3)).size,
      years: [...new Set(rows.map(({ year }) => year))].sort((a, b) => a - b),
      incomplete,
    },
  };
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
