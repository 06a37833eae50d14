/** What a column must hold; a question mark lets it be absent (undefined or null). */
export type ColumnRule =
  | "text"
  | "text?"
  | "number"
  | "number?"
  | "positive"
  | "positive?"
  | "nonnegative"
  | "nonnegative?";

/**
 * Refuses rows that would draw a wrong picture.
 * @throws {Error} naming figure, row (from 0) and column, when there are no rows, a column is
 * missing, text is empty, or a number is not finite or has the wrong sign
 */
export function checkRows<Row extends object>(
  figure: string,
  rows: readonly Row[],
  rules: Partial<Record<keyof Row & string, ColumnRule>>,
): void {
  if (!Array.isArray(rows) || rows.length === 0) {
    throw new Error(`figure ${figure}: expected at least one row, got ${describe(rows)}`);
  }
  const columns = Object.entries(rules) as [keyof Row & string, ColumnRule][];
  rows.forEach((row, i) => {
    for (const [column, rule] of columns) {
      const value: unknown = row[column];
      const optional = rule.endsWith("?");
      if (value === undefined || value === null) {
        if (optional) continue;
        const known = Object.keys(row).join(", ");
        throw new Error(
          `figure ${figure}, row ${i}, column "${column}": missing; the row has ${known}`,
        );
      }
      const wanted = expectation(rule.replace("?", ""), value);
      if (wanted) {
        throw new Error(
          `figure ${figure}, row ${i}, column "${column}": expected ${wanted}, got ${
            describe(value)
          }`,
        );
      }
    }
  });
}

/** @throws {Error} when two rows share the same values of `columns`, which would be drawn over each other */
export function checkUnique<Row extends object>(
  figure: string,
  rows: readonly Row[],
  columns: readonly (keyof Row & string)[],
): void {
  const seen = new Map<string, number>();
  rows.forEach((row, i) => {
    const key = JSON.stringify(columns.map((c) => row[c] ?? null));
    const before = seen.get(key);
    if (before !== undefined) {
      throw new Error(
        `figure ${figure}, row ${i}, columns ${columns.join(", ")}: same as row ${before} (${key})`,
      );
    }
    seen.set(key, i);
  });
}

function expectation(rule: string, value: unknown): string | undefined {
  if (rule === "text") {
    return typeof value === "string" && value.trim() !== "" ? undefined : "non-empty text";
  }
  if (typeof value !== "number" || !Number.isFinite(value)) return "a finite number";
  if (rule === "positive" && value <= 0) return "a number above 0 (log scale)";
  if (rule === "nonnegative" && value < 0) return "a number of at least 0";
  return undefined;
}

function describe(value: unknown): string {
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (typeof value === "string") return `the text ${JSON.stringify(value)}`;
  if (typeof value === "bigint") return `the bigint ${value}n`;
  return String(value);
}

/** The distinct values of `pick` in order of first appearance. */
export function distinct<Row, Value>(rows: readonly Row[], pick: (row: Row) => Value): Value[] {
  return [...new Set(rows.map(pick))];
}
