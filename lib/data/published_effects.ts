import { join } from "node:path";
import { checkUnique, optionalNumber, readCsvTable, requiredText } from "./csv_table.ts";
import { DATA_DIR } from "./data_dir.ts";
import { sourceError } from "./source_error.ts";

/** An effect that a publication reports, to be read beside the model's. */
export interface PublishedEffect {
  readonly study: string;
  /** What happened or was simulated. */
  readonly event: string;
  /** What was measured. */
  readonly effect: string;
  /** Ends of the reported range, in `unit`; both null where only a direction is known. */
  readonly low: number | null;
  readonly high: number | null;
  readonly unit: string;
  readonly note: string;
  readonly source: string;
  /** "direct (abstract)", or "recalled, to be verified". */
  readonly reading: string;
}

const FILE = "published_effects.csv";
const REMEDY = "correct the file; `git checkout` restores the committed one";
const KEY = ["study", "event", "effect"];

/**
 * Published effects from `data/judged/published_effects.csv`.
 *
 * @param dataDir the project's data folder
 * @throws SourceError naming file, row and column of a cell that does not read, and rows with half a
 * range, a range without unit, or ends in the wrong order
 */
export function loadPublishedEffects(dataDir: string = DATA_DIR): PublishedEffect[] {
  const table = readCsvTable(join(dataDir, "judged", FILE), KEY, {
    remedy: REMEDY,
  });
  checkUnique(table.rows, KEY);
  return table.rows.map((row) => {
    const [low, high] = [optionalNumber(row, "low"), optionalNumber(row, "high")];
    const { unit, note } = row.cells;
    const bad = (low === null) !== (high === null) ||
      (low !== null && (unit === "" || !(low <= high!)));
    if (bad) {
      throw sourceError({
        file: row.file,
        row: row.line,
        column: "low, high, unit",
        came: `"${row.cells.low}", "${row.cells.high}", "${unit}"`,
        expected: "two numbers in order with a unit, or no numbers",
        remedy: REMEDY,
      });
    }
    return {
      study: requiredText(row, "study"),
      event: requiredText(row, "event"),
      effect: requiredText(row, "effect"),
      low,
      high,
      unit,
      note,
      source: requiredText(row, "source"),
      reading: requiredText(row, "reading"),
    };
  });
}
