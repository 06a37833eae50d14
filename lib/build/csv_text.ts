/** A CSV cell: null becomes an empty cell. */
export type CsvCell = string | number | boolean | null;

/**
 * CSV text with a header, `\n` line ends, and quotes only where needed. Numbers are written in full precision.
 *
 * @throws RangeError when a row is not as long as the header or a number is not finite
 */
export function csvText(columns: readonly string[], rows: readonly (readonly CsvCell[])[]): string {
  const lines = [columns, ...rows].map((row, i) => {
    if (row.length !== columns.length) {
      throw new RangeError(`row ${i}: ${row.length} cells, expected ${columns.length}`);
    }
    return row.map((cell) => csvCell(cell)).join(",");
  });
  return lines.join("\n") + "\n";
}

function csvCell(cell: CsvCell): string {
  if (cell === null) return "";
  if (typeof cell === "number" && !Number.isFinite(cell)) {
    throw new RangeError(`number ${cell}: expected a finite number`);
  }
  const text = String(cell);
  return /[",\n\r]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
