import { readBytes } from "./read_source.ts";
import { FETCH_AGAIN, sourceError } from "./source_error.ts";

/** One object of a JSON Lines file, which remembers where it stood. */
export interface JsonRow {
  readonly file: string;
  /** Line number (the first line is 1). */
  readonly line: number;
  readonly cells: Readonly<Record<string, unknown>>;
}

/**
 * Objects of a JSON Lines file, each with exactly the keys `columns`.
 *
 * @param remedy last clause of error messages
 * @throws SourceError when the file is missing, has no complete last line, or a line is not such an object
 */
export function readJsonLines(
  path: string,
  columns: readonly string[],
  remedy: string = FETCH_AGAIN,
): readonly JsonRow[] {
  const lines = new TextDecoder("utf-8", { fatal: true }).decode(readBytes(path, remedy))
    .split("\n");
  if (lines.pop() !== "") {
    throw sourceError({
      file: path,
      row: lines.length + 1,
      came: "a last line without a line end",
      expected: "a complete last line (the file looks truncated)",
      remedy,
    });
  }
  const wanted = [...columns].sort().join(", ");
  return lines.map((text, index) => {
    const row: JsonRow = { file: path, line: index + 1, cells: parseObject(text) ?? {} };
    const keys = Object.keys(row.cells).sort().join(", ");
    if (keys !== wanted) {
      throw sourceError({
        file: path,
        row: row.line,
        came: keys === "" ? `"${text.slice(0, 40)}"` : `keys ${keys}`,
        expected: `one JSON object with keys ${wanted}`,
        remedy,
      });
    }
    return row;
  });
}

function parseObject(text: string): Readonly<Record<string, unknown>> | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  const isRecord = typeof value === "object" && value !== null && !Array.isArray(value);
  return isRecord ? value as Readonly<Record<string, unknown>> : null;
}
