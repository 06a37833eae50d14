import { FETCH_AGAIN, sourceError } from "./source_error.ts";

/** Checks the number of rows of a table whose shape is known. @throws SourceError naming the file. */
export function checkRowCount(
  file: string,
  rows: number,
  expected: number,
  shape: string,
  remedy: string = FETCH_AGAIN,
): void {
  if (rows === expected) return;
  throw sourceError({
    file,
    came: `${rows} rows`,
    expected: `${expected}: ${shape} (a truncated or other file?)`,
    remedy,
  });
}

/** Compares two texts by code unit, so that order does not depend on the machine's language. */
export function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Checks one well-known number of a source, which guards its unit. @throws SourceError naming the file and the number. */
export function checkAnchor(
  file: string,
  what: string,
  came: number | undefined,
  expected: number,
  unit: string,
): void {
  if (came === expected) return;
  throw sourceError({
    file,
    row: what,
    came: `${came ?? "nothing"}`,
    expected: `${expected} ${unit} (another unit or edition?)`,
    remedy: FETCH_AGAIN,
  });
}
