import {
  cellError,
  type CsvRow,
  type CsvTable,
  integerCell,
  oneOf,
  readCsvTable,
  requiredText,
  textCell,
} from "./csv_table.ts";
import { FETCH_AGAIN, sourceError } from "./source_error.ts";
import type { UsgsFigure } from "./usgs_figures.ts";

/** What the summaries report that is read here. */
export const STATISTICS = ["Production", "Reserves", "Price"] as const;

/** Chapters or commodities that are read unless others are asked for. */
const RARE_EARTHS = /rare earth|scandium|yttrium/i;

const LONG = ["MCS chapter", "Country", "Statistics", "Statistics_detail", "Unit", "Year", "Value"];
const WIDE = ["COMMODITY", "COUNTRY", "TYPE", "UNIT_MEAS"];

/**
 * Production, reserves and prices from a data release of the USGS Mineral Commodity Summaries: the long layout since 2026 (one
 * line per country, statistic and year) or the world data of earlier years (`MCS2025_World_Data.csv`: one line per country, columns
 * `PROD_2023`, `PROD_EST_ 2024`, `RESERVES_2024`), in the publisher's order. UTF-8 and Windows-1252 are understood.
 *
 * @param chapters pattern of the chapter or commodity; default: rare earths, scandium and yttrium
 * @throws SourceError naming line and column when the header is of neither layout, no chapter matches, or a value is neither number,
 * range, dash nor empty
 */
export function readMcsRelease(
  path: string,
  chapters: RegExp = RARE_EARTHS,
): readonly UsgsFigure[] {
  const { table, isLong } = open(path);
  const name = isLong ? "MCS chapter" : "COMMODITY";
  const rows = table.rows.filter((row) => chapters.test(row.cells[name]));
  if (rows.length === 0) {
    const known = [...new Set(table.rows.map(({ cells }) => cells[name]))];
    throw sourceError({
      file: path,
      column: name,
      came: known.slice(0, 10).join(", "),
      expected: `a text that fits ${chapters}`,
      remedy: "choose one of the chapters of the file",
    });
  }
  return isLong ? longFigures(rows) : wideFigures(table, rows);
}

function open(path: string): { readonly table: CsvTable; readonly isLong: boolean } {
  const bytes = Deno.readFileSync(path);
  // A decoder that is fatal tells Windows-1252 from UTF-8.
  let encoding: "utf-8" | "windows-1252" = "utf-8";
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    encoding = "windows-1252";
  }
  const table = readCsvTable(path, [], { encoding });
  const isLong = LONG.every((column) => table.columns.includes(column));
  if (isLong || WIDE.every((column) => table.columns.includes(column))) return { table, isLong };
  throw sourceError({
    file: path,
    row: 1,
    came: `a header with ${table.columns.join(", ")}`,
    expected: `columns ${LONG.join(", ")}, or ${WIDE.join(", ")}`,
    remedy: FETCH_AGAIN,
  });
}

function longFigures(rows: readonly CsvRow[]): readonly UsgsFigure[] {
  return rows
    .filter((row) => (STATISTICS as readonly string[]).includes(row.cells.Statistics))
    .map((row) => {
      const notes = typographic(textCell(row, "Notes") ?? "").split(" -- ");
      return {
        chapter: requiredText(row, "MCS chapter"),
        statistic: oneOf(row, "Statistics", STATISTICS),
        item: typographic(requiredText(row, "Statistics_detail")).replace(/\s+/g, " ").trim(),
        country: requiredText(row, "Country"),
        year: integerCell(row, "Year", 1900, 2100),
        ...range(row, "Value"),
        unit: oneOf(row, "Unit", ["metric tons", "dollars per kilogram"]),
        estimated: notes[0] === "Estimated.",
        note: (notes[0] === "Estimated." ? notes.slice(1) : notes).join(" ").trim(),
      };
    });
}

function wideFigures(table: CsvTable, rows: readonly CsvRow[]): readonly UsgsFigure[] {
  const columns = table.columns.flatMap((column) => {
    const parts = /^(PROD|RESERVES)_(EST_)?\s*(\d{4})$/.exec(column.trim());
    if (parts === null) return [];
    const statistic = parts[1] === "PROD" ? "Production" : "Reserves";
    return [{
      column,
      statistic,
      estimated: parts[2] !== undefined,
      year: Number(parts[3]),
    }] as const;
  });
  return rows.flatMap((row) =>
    columns.map(({ column, statistic, estimated, year }): UsgsFigure => ({
      chapter: requiredText(row, "COMMODITY").toUpperCase(),
      statistic,
      item: requiredText(row, "TYPE").replace(/\s+/g, " ").trim(),
      country: requiredText(row, "COUNTRY"),
      year,
      // Withheld and not available, in this layout only.
      ...(["W", "NA"].includes(row.cells[column]) ? { low: null, high: null } : range(row, column)),
      unit: oneOf(row, "UNIT_MEAS", ["metric tons"]),
      estimated,
      note: typographic(
        row.cells[statistic === "Production" ? "PROD_NOTES" : "RESERVES_NOTES"] ?? "",
      )
        .trim(),
    }))
  );
}

/** The carrier's UTF-8 holds Windows-1252 control codes where the publisher printed dashes and apostrophes. */
function typographic(text: string): string {
  return text.replaceAll("\u0096", "–").replaceAll("\u0097", "—").replaceAll("\u0092", "’");
}

function range(
  row: CsvRow,
  column: string,
): { readonly low: number | null; readonly high: number | null } {
  const text = typographic(row.cells[column]).replaceAll(",", "").trim();
  if (text === "") return { low: null, high: null };
  if (text === "—") return { low: 0, high: 0 };
  const open = /^>(\d+)$/.exec(text);
  if (open) return { low: Number(open[1]), high: null };
  const ends = /^(\d+(?:\.\d+)?)(?:\s*[–-]\s*(\d+(?:\.\d+)?))?$/.exec(text);
  if (!ends) throw cellError(row, column, "a number, a range, a dash or an empty cell");
  return { low: Number(ends[1]), high: Number(ends[2] ?? ends[1]) };
}
