import { sourceError } from "../source_error.ts";
import { delimitedFile, type DelimitedLine } from "./csv_records.ts";
import { publishedValue } from "./published_number.ts";
import {
  assembleWorld,
  worldCells,
  type WorldLabel,
  worldPlaces,
  type WorldReading,
} from "./world_assembly.ts";
import { PRECISE, type WorldTolerance } from "./world_checks.ts";

/** Columns of a long world table, in any order; others are ignored. */
export const LONG_WORLD_COLUMNS = [
  "year",
  "kind",
  "row_country",
  "row_sector",
  "column_country",
  "column_sector",
  "value",
  "unit",
] as const;

/** What a row of a long world table holds. */
export const LONG_WORLD_KINDS = ["intermediate", "final", "output", "value_added"] as const;

/** Million USD per unit. */
const UNITS: Readonly<Record<string, number>> = {
  "USD": 1e-6,
  "thousand USD": 1e-3,
  "million USD": 1,
  "billion USD": 1e3,
};

/** Options of {@linkcode readLongWorld}. */
export interface LongWorldOptions {
  readonly tolerance?: WorldTolerance;
}

/**
 * World table from a long CSV, so that any table can be used. One line per cell; cells that are left out are zero.
 *
 * | kind | row_country, row_sector | column_country, column_sector |
 * |---|---|---|
 * | intermediate | seller | buying industry |
 * | final | seller | country and category of final demand |
 * | output | industry | empty |
 * | value_added | empty | industry (value added with taxes less subsidies) |
 *
 * `unit` is USD, thousand USD, million USD or billion USD, the same in all lines; `year` one or several years, of which one
 * is read. Output may be left out altogether (then it is the sum of the row), and so may value added.
 *
 * @throws SourceError naming line and column at a missing column, an unknown kind or unit, a repeated cell, an incomplete list
 * of industries, or a row or column that does not add up
 */
export async function readLongWorld(
  path: string,
  year: number,
  options: LongWorldOptions = {},
): Promise<WorldReading> {
  const { file, lines } = await delimitedFile(path, {
    member: { pattern: /\.csv$/i, name: "one CSV file" },
  });
  const cells: LongCell[] = [];
  const years = new Set<number>();
  const seen = new Map<string, number>();
  let unit: string | null = null;
  let at: ReadonlyMap<string, number> | null = null;
  for await (const line of lines) {
    if (at === null) {
      at = columnsAt(file, line);
      continue;
    }
    const cell = longCell(file, line, at);
    years.add(cell.year);
    if (cell.year !== year) continue;
    if (!(cell.unit in UNITS) || (unit !== null && unit !== cell.unit)) {
      throw wrong(
        file,
        line.line,
        "unit",
        cell.unit,
        unit ?? `one of ${Object.keys(UNITS).join(", ")}`,
      );
    }
    unit = cell.unit;
    const { kind, row, column } = cell;
    const key = [kind, row.country, row.sector, column.country, column.sector].join(" | ");
    const earlier = seen.get(key);
    if (earlier !== undefined) {
      throw wrong(file, line.line, "value", `${key}, already in line ${earlier}`, "each cell once");
    }
    seen.set(key, line.line);
    cells.push(cell);
  }
  if (cells.length === 0 || unit === null) {
    throw sourceError({
      file,
      column: "year",
      came: `years ${[...years].sort().join(", ") || "none"}`,
      expected: `lines of ${year}`,
      remedy: "choose one of these years, or another file",
    });
  }
  return fill(file, year, unit, cells, options.tolerance ?? PRECISE);
}

interface LongCell {
  readonly year: number;
  readonly kind: typeof LONG_WORLD_KINDS[number];
  readonly row: WorldLabel;
  readonly column: WorldLabel;
  readonly value: number;
  readonly unit: string;
}

function fill(
  file: string,
  year: number,
  unit: string,
  cells: readonly LongCell[],
  tolerance: WorldTolerance,
): WorldReading {
  const of = (kind: LongCell["kind"]) => cells.filter((cell) => cell.kind === kind);
  const industries = unique([
    ...of("output").map(({ row }) => row),
    ...of("intermediate").flatMap(({ row, column }) => [row, column]),
    ...of("final").map(({ row }) => row),
    ...of("value_added").map(({ column }) => column),
  ]);
  const listed = unique(of("final").map(({ column }) => column));
  const categories = [...new Set(listed.map(({ sector }) => sector))];
  const countries = [...new Set(industries.map(({ country }) => country))];
  // A country without any purchase of a category has no line for it.
  const finals = unique([
    ...listed,
    ...countries.flatMap((country) => categories.map((sector) => ({ country, sector }))),
  ]);
  const clash = finals.find(({ sector }) => industries.some((label) => label.sector === sector));
  if (clash !== undefined) {
    throw sourceError({
      file,
      column: "column_sector",
      came: `"${clash.sector}" as industry and as category of final demand`,
      expected: "different codes",
      remedy: "rename the category",
    });
  }
  const places = worldPlaces(file, industries, [...industries, ...finals]);
  const arrays = worldCells(places);
  const index = new Map<string, number>();
  industries.forEach((label, i) => index.set(key(label), places.rows[i]));
  finals.forEach((label, i) => index.set(key(label), places.finalColumns[industries.length + i]));
  const position = (label: WorldLabel) => index.get(key(label)) as number;
  const output = of("output").length > 0 ? new Float64Array(arrays.size) : null;
  const otherInputs = of("value_added").length > 0 ? new Float64Array(arrays.size) : null;
  const width = places.countries.length * places.categories.length;
  for (const { kind, row, column, value } of cells) {
    if (kind === "intermediate") {
      arrays.intermediate[position(row) * arrays.size + position(column)] = value;
    } else if (kind === "final") arrays.final[position(row) * width + position(column)] = value;
    else if (kind === "output" && output !== null) output[position(row)] = value;
    else if (otherInputs !== null) otherInputs[position(column)] = value;
  }
  return assembleWorld(places, { ...arrays, output, otherInputs, empty: 0 }, {
    source: "long CSV",
    file,
    year,
    unit,
    factor: UNITS[unit],
    folded: [],
    notes: output === null ? ["output is the sum of the row"] : [],
    tolerance,
  });
}

const key = ({ country, sector }: WorldLabel) => `${country}\u0000${sector}`;

function unique(labels: readonly WorldLabel[]): readonly WorldLabel[] {
  return [...new Map(labels.map((label) => [key(label), label])).values()];
}

function columnsAt(file: string, { cells }: DelimitedLine): ReadonlyMap<string, number> {
  const at = new Map(cells.map((name, i) => [name.trim(), i]));
  for (const name of LONG_WORLD_COLUMNS) {
    if (at.has(name)) continue;
    throw sourceError({
      file,
      row: 1,
      column: name,
      came: `a header with ${cells.join(", ")}`,
      expected: `a column "${name}"`,
      remedy: `name the columns ${LONG_WORLD_COLUMNS.join(", ")}`,
    });
  }
  return at;
}

function longCell(
  file: string,
  { cells, line }: DelimitedLine,
  at: ReadonlyMap<string, number>,
): LongCell {
  const text = (name: typeof LONG_WORLD_COLUMNS[number]) => cells[at.get(name) ?? -1].trim();
  const year = Number(text("year"));
  if (!Number.isInteger(year)) throw wrong(file, line, "year", text("year"), "a year");
  const kind = LONG_WORLD_KINDS.find((name) => name === text("kind"));
  if (kind === undefined) {
    throw wrong(file, line, "kind", text("kind"), `one of ${LONG_WORLD_KINDS.join(", ")}`);
  }
  const value = publishedValue(text("value"));
  if (value?.kind !== "number") throw wrong(file, line, "value", text("value"), "a number");
  const row = { country: text("row_country"), sector: text("row_sector") };
  const column = { country: text("column_country"), sector: text("column_sector") };
  const needs = { row: kind !== "value_added", column: kind !== "output" };
  for (const [side, label] of [["row", row], ["column", column]] as const) {
    for (const part of ["country", "sector"] as const) {
      if ((label[part] !== "") === needs[side]) continue;
      const expected = needs[side] ? `a code (kind ${kind})` : `nothing (kind ${kind})`;
      throw wrong(file, line, `${side}_${part}`, label[part], expected);
    }
  }
  return { year, kind, row, column, value: value.value, unit: text("unit") };
}

function wrong(file: string, row: number, column: string, came: string, expected: string): Error {
  return sourceError({
    file,
    row,
    column,
    came: `"${came}"`,
    expected,
    remedy: "correct the line" + (column === "unit" ? "; one table has one unit" : ""),
  });
}
