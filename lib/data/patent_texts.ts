import { DATA_DIR } from "./data_dir.ts";
import { type JsonRow, readJsonLines } from "./json_lines.ts";
import { inside } from "./read_source.ts";
import { sourceError } from "./source_error.ts";

/** Columns of `data/judged/patent_texts.jsonl`. */
export const PATENT_TEXT_COLUMNS = [
  "id",
  "title",
  "abstract",
  "year",
  "primary",
  "labels",
  "elements",
  "evidence",
  "group",
  "style",
  "hard",
  "second",
] as const;

/** How a text reads: as written in English, or as translated by a machine. */
export type PatentTextStyle = "native" | "machine-translated";

/** A patent-like text written for this project, labelled by `lib/patents/label_guide.md`. */
export interface PatentText {
  readonly id: string;
  readonly title: string;
  readonly abstract: string;
  /** An invented year of publication. */
  readonly year: number;
  /** The one label of the main purpose. */
  readonly primary: string;
  /** All labels that apply, the primary one first. */
  readonly labels: readonly string[];
  /** Symbols of the rare earths concerned that the text names. */
  readonly elements: readonly string[];
  /** Passage of title or abstract that shows why the primary label is right. */
  readonly evidence: string;
  /** Near-duplicates (family members, second translations) share it: the id of one of them. */
  readonly group: string;
  readonly style: PatentTextStyle;
  /** Written as a trap or a borderline case. */
  readonly hard: boolean;
  /** Primary label of a second reader who knew only text and guide; null: not read a second time. */
  readonly second: string | null;
}

const REMEDY = "correct data/judged/patent_texts.jsonl";

/**
 * The project's labelled patent-like texts, in the order of the file. None is a real patent.
 *
 * @param dataDir the project's data folder
 * @throws SourceError naming row and column of a value of another type, or an id that comes twice
 */
export function loadPatentTexts(dataDir: string = DATA_DIR): readonly PatentText[] {
  const path = inside(dataDir, "judged", "patent_texts.jsonl");
  const seen = new Set<string>();
  return readJsonLines(path, PATENT_TEXT_COLUMNS, REMEDY).map((row) => {
    const text = patentText(row);
    if (seen.has(text.id)) throw fault(row, "id", "an id that no other row has");
    seen.add(text.id);
    return text;
  });
}

function patentText(row: JsonRow): PatentText {
  const { year, style, hard, second } = row.cells;
  if (!Number.isInteger(year)) throw fault(row, "year", "a whole number");
  if (style !== "native" && style !== "machine-translated") {
    throw fault(row, "style", '"native" or "machine-translated"');
  }
  if (typeof hard !== "boolean") throw fault(row, "hard", "true or false");
  return {
    id: text(row, "id"),
    title: text(row, "title"),
    abstract: text(row, "abstract"),
    year: Number(year),
    primary: text(row, "primary"),
    labels: texts(row, "labels"),
    elements: texts(row, "elements"),
    evidence: text(row, "evidence"),
    group: text(row, "group"),
    style,
    hard,
    second: second === null ? null : text(row, "second"),
  };
}

function text(row: JsonRow, column: string): string {
  const value = row.cells[column];
  if (typeof value !== "string" || value.trim() === "") throw fault(row, column, "text");
  return value;
}

function texts(row: JsonRow, column: string): readonly string[] {
  const value = row.cells[column];
  if (!Array.isArray(value) || !value.every((entry) => typeof entry === "string")) {
    throw fault(row, column, "a list of texts");
  }
  return value;
}

function fault(row: JsonRow, column: string, expected: string): Error {
  const came = JSON.stringify(row.cells[column]);
  return sourceError({ file: row.file, row: row.line, column, came, expected, remedy: REMEDY });
}
