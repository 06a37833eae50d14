import type { DataFrame, Facts, MakeUseTable, WorldTable } from "@ree/data";

/** A column of a derived table, as described in data/README.md. */
export interface ColumnNote {
  readonly name: string;
  /** Unit, or "" for codes, names and texts. */
  readonly unit: string;
  readonly description: string;
}

/** What the builders of tables may ask for; everything is read once and checked when it is read. */
export interface BuildContext {
  /** Folder with the source files. */
  readonly sourceDir: string;
  /** Path of a source file, e.g. `source("facts/ree_prices.csv")`. */
  source(file: string): string;
  makeUse(year: number): MakeUseTable;
  worldTable(year: number): Promise<WorldTable>;
  /** Facts, checked against the BEA codes of all years. */
  facts(): Facts;
}

/** Text of a CSV or JSON file, or a frame that is written as parquet. */
export type TableContent = string | DataFrame;

/**
 * Status of a table's numbers. `real`: the publisher's, selected or transcribed; `derived`: computed from them;
 * `recalled`: quoted from memory of the literature; `judged`: our judgement; `simulated`: artificial, drawn from a model.
 */
export type Badge = "real" | "derived" | "recalled" | "judged" | "simulated";

/** One derived table: to add a table to the build is to add one such record. */
export interface DerivedTable {
  /** File under `data/`, ending in `.csv` or `.json` (content is text; JSON holds one record) or `.parquet` (content is a frame). */
  readonly file: string;
  readonly description: string;
  readonly columns: readonly ColumnNote[];
  /** Source files, relative to the source folder; each must belong to a publisher of `sources.ts`. */
  readonly sources: readonly string[];
  readonly badge: Badge;
  /** For hand-judged, recalled or theoretical numbers: how they were obtained. */
  readonly reading?: string;
  build(context: BuildContext): TableContent | Promise<TableContent>;
}

/** A table written by hand under `data/judged/`: described in the README, never built. */
export interface JudgedTable {
  /** File under `data/`, e.g. `judged/events.csv`. */
  readonly file: string;
  readonly description: string;
  readonly columns: readonly ColumnNote[];
  readonly reading: string;
}
