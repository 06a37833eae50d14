import {
  cellError,
  type CsvRow,
  integerCell,
  oneOf,
  optionalNumber,
  readCsvTable,
  requiredText,
  textCell,
} from "./csv_table.ts";
import { checkRowCount } from "./complete.ts";
import { DATA_DIR } from "./data_dir.ts";
import { inside } from "./read_source.ts";
import { BUILD_AGAIN } from "./source_error.ts";

/** A figure of the USGS Mineral Commodity Summaries 2026: mine production, reserves or a price. */
export interface UsgsFigure {
  /** RARE EARTHS, RARE EARTHS (Heavy), SCANDIUM or YTTRIUM. */
  readonly chapter: string;
  readonly statistic: "Production" | "Reserves" | "Price";
  /** What exactly, in the publisher's words. */
  readonly item: string;
  /** Country, `Other countries` or `World total` (rounded; never add it). For prices the chapter's country. */
  readonly country: string;
  readonly year: number;
  /** Ends of the range, equal for one number; null where the publisher gives none. An em dash is zero. */
  readonly low: number | null;
  readonly high: number | null;
  /** `metric tons` (of oxide equivalent) or `dollars per kilogram`. */
  readonly unit: string;
  readonly estimated: boolean;
  readonly note: string;
}

/** Source file of the USGS figures. */
export const USGS_FILE = "usgs_mcs2026_rare_earths.csv";

/** Columns of `data/usgs_rare_earths.csv`. */
export const USGS_COLUMNS = [
  "chapter",
  "statistic",
  "item",
  "country",
  "year",
  "low",
  "high",
  "unit",
  "estimated",
  "note",
] as const;

const STATISTICS = ["Production", "Reserves", "Price"] as const;

/**
 * Rows of production, reserves and prices, in the publisher's order.
 *
 * @param dir folder with the production files (`ree_production`)
 * @throws SourceError at a missing or truncated file or a value that is neither number, range, dash nor empty
 * @see https://www.usgs.gov/centers/national-minerals-information-center/mineral-commodity-summaries
 */
export function readUsgsFigures(dir: string): readonly UsgsFigure[] {
  const path = inside(dir, USGS_FILE);
  const table = readCsvTable(path, [
    "MCS chapter",
    "Country",
    "Statistics",
    "Statistics_detail",
    "Unit",
    "Year",
    "Value",
    "Notes",
  ]);
  checkRowCount(path, table.rows.length, 286, "286 rows of the 2026 data release");
  return table.rows
    .filter((row) => (STATISTICS as readonly string[]).includes(row.cells.Statistics))
    .map((row) => {
      const notes = typographic(textCell(row, "Notes")).split(" -- ");
      return {
        chapter: requiredText(row, "MCS chapter"),
        statistic: oneOf(row, "Statistics", STATISTICS),
        item: typographic(requiredText(row, "Statistics_detail")).replace(/\s+/g, " ").trim(),
        country: requiredText(row, "Country"),
        year: integerCell(row, "Year", 2021, 2025),
        ...range(row),
        unit: oneOf(row, "Unit", ["metric tons", "dollars per kilogram"]),
        estimated: notes[0] === "Estimated.",
        note: (notes[0] === "Estimated." ? notes.slice(1) : notes).join(" ").trim(),
      };
    });
}

/** The same figures from the project's `data/usgs_rare_earths.csv`. */
export function loadUsgsFigures(dataDir: string = DATA_DIR): readonly UsgsFigure[] {
  const path = inside(dataDir, "usgs_rare_earths.csv");
  return readCsvTable(path, USGS_COLUMNS, { remedy: BUILD_AGAIN }).rows.map((row) => ({
    chapter: requiredText(row, "chapter"),
    statistic: oneOf(row, "statistic", STATISTICS),
    item: requiredText(row, "item"),
    country: requiredText(row, "country"),
    year: integerCell(row, "year", 2021, 2025),
    low: optionalNumber(row, "low"),
    high: optionalNumber(row, "high"),
    unit: requiredText(row, "unit"),
    estimated: oneOf(row, "estimated", ["true", "false"]) === "true",
    note: textCell(row, "note"),
  }));
}

/** The carrier's UTF-8 holds Windows-1252 control codes where the publisher printed dashes and apostrophes. */
function typographic(text: string): string {
  return text.replaceAll("\u0096", "–").replaceAll("\u0097", "—").replaceAll("\u0092", "’");
}

function range(row: CsvRow): { readonly low: number | null; readonly high: number | null } {
  const text = typographic(row.cells.Value).replaceAll(",", "").trim();
  if (text === "") return { low: null, high: null };
  if (text === "—") return { low: 0, high: 0 };
  const open = /^>(\d+)$/.exec(text);
  if (open) return { low: Number(open[1]), high: null };
  const ends = /^(\d+(?:\.\d+)?)(?:\s*[–-]\s*(\d+(?:\.\d+)?))?$/.exec(text);
  if (!ends) throw cellError(row, "Value", "a number, a range, a dash or an empty cell");
  return { low: Number(ends[1]), high: Number(ends[2] ?? ends[1]) };
}
