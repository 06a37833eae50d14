import { FETCH_AGAIN, sourceError } from "../source_error.ts";
import { KLEMS_NAMES } from "./klems_variables.ts";

/** A column with values: of which variable and which year; null where the row says it. */
export interface KlemsColumn {
  readonly at: number;
  readonly variable: string | null;
  readonly year: number | null;
}

/** What the columns of a table mean. */
export interface KlemsLayout {
  /** "long": a row per value; "variables": a column per variable; "years": a column per year. */
  readonly kind: "long" | "variables" | "years";
  /** Columns with country, industry code, industry name, variable and year; −1 where there is none. */
  readonly country: number;
  readonly code: number;
  readonly name: number;
  readonly variable: number;
  readonly year: number;
  readonly values: readonly KlemsColumn[];
}

const NAMES = {
  country: ["geo_code", "country", "isocode"],
  code: ["nace_r2_code", "code"],
  name: ["nace_r2_name", "desc"],
  variable: ["var", "variable"],
  year: ["year"],
  value: ["value"],
} as const;

/**
 * Recognises the layout of an EU KLEMS table by its header: long (`nace_r2_code, geo_code, year, var, value`), a column per
 * variable (`nace_r2_code, geo_code, year, VA_CP, …`) or a column per year (`country, var, code, _1970, …`, `desc, code, VA1970,
 * …`, `nace_r2_code, …, var, 1995, …`).
 *
 * @param sheet variable of a workbook's sheet; undefined in a CSV
 * @throws SourceError when a needed column is missing, or a column's name carries another variable than its sheet
 */
export function klemsLayout(file: string, header: readonly string[], sheet?: string): KlemsLayout {
  const cells = header.map((cell) => cell.trim());
  const lower = cells.map((cell) => cell.toLowerCase());
  const find = (names: readonly string[]) => lower.findIndex((cell) => names.includes(cell));
  const wrong = (expected: string) =>
    sourceError({
      file,
      row: 1,
      came: `the columns ${cells.slice(0, 12).join(", ")}${cells.length > 12 ? ", …" : ""}`,
      expected,
      remedy: FETCH_AGAIN,
    });
  const places = {
    country: find(NAMES.country),
    code: find(NAMES.code),
    name: find(NAMES.name),
    variable: find(NAMES.variable),
    year: find(NAMES.year),
  };
  if (places.code < 0) throw wrong("a column code or nace_r2_code");
  const value = find(NAMES.value);
  if (value >= 0) {
    if (places.year < 0) throw wrong("a column year");
    if (places.variable < 0 && sheet === undefined) throw wrong("a column var");
    return {
      kind: "long",
      ...places,
      values: [{ at: value, variable: sheet ?? null, year: null }],
    };
  }
  if (places.year >= 0) {
    const values = cells.flatMap((name, at) =>
      KLEMS_NAMES.includes(name) ? [{ at, variable: name, year: null }] : []
    );
    if (values.length === 0) throw wrong(`a column value, or columns such as ${KLEMS_NAMES[2]}`);
    return { kind: "variables", ...places, values };
  }
  const values = cells.flatMap((name, at) => {
    const match = /^(?:([A-Za-z][A-Za-z0-9]*(?:_[A-Za-z]+)*?))?_?((?:19|20)\d\d)(?:\.0)?$/.exec(
      name,
    );
    if (match === null) return [];
    const [, prefix, year] = match;
    if (prefix !== undefined && sheet !== undefined && prefix !== sheet) {
      throw sourceError({
        file,
        row: 1,
        column: name,
        came: `a column of ${prefix}`,
        expected: `${sheet}, the variable of the sheet`,
        remedy: FETCH_AGAIN,
      });
    }
    return [{ at, variable: sheet ?? null, year: Number(year) }];
  });
  if (values.length === 0) throw wrong("a column value, a column year, or columns of years");
  if (places.variable < 0 && sheet === undefined) throw wrong("a column var");
  return { kind: "years", ...places, values };
}
