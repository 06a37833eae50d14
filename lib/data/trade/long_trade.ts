import { delimitedFile } from "../io/csv_records.ts";
import { publishedValue } from "../io/published_number.ts";
import { sourceError } from "../source_error.ts";
import { isChosen, tradeCounter, type TradeReading } from "./trade_flow.ts";

/** Columns of a long trade CSV, in any order; others are ignored. */
export const LONG_TRADE_COLUMNS = [
  "year",
  "exporter",
  "importer",
  "product",
  "value",
  "unit",
  "tonnes",
] as const;

const UNITS: Readonly<Record<string, number>> = {
  "USD": 1,
  "thousand USD": 1e3,
  "million USD": 1e6,
};

/**
 * Trade flows from a long CSV, so that any source can be used: one line per year, exporter, importer and product; `unit` is USD,
 * thousand USD or million USD; `tonnes` may be empty.
 *
 * @param revision revision of the product codes, e.g. `HS12`
 * @throws SourceError naming line and column at a missing column, an unknown unit, a repeated flow or a cell that is no number
 */
export async function readLongTrade(
  path: string,
  revision: string,
  options: { readonly products?: readonly string[] } = {},
): Promise<TradeReading> {
  const { file, lines } = await delimitedFile(path, {
    member: { pattern: /\.csv$/i, name: "one CSV file" },
  });
  const counter = tradeCounter(file);
  let at: ReadonlyMap<string, number> | null = null;
  let count = 0;
  for await (const { cells, line } of lines) {
    if (at === null) {
      at = new Map(cells.map((name, i) => [name.trim(), i]));
      const missing = LONG_TRADE_COLUMNS.find((name) => !at?.has(name));
      if (missing !== undefined) throw wrong(file, 1, missing, cells.join(), "this column");
      continue;
    }
    count += 1;
    const text = (name: typeof LONG_TRADE_COLUMNS[number]) => cells[at?.get(name) ?? -1].trim();
    for (const name of ["exporter", "importer", "product"] as const) {
      if (text(name) === "") throw wrong(file, line, name, "", "a code");
    }
    const year = Number(text("year"));
    if (!Number.isInteger(year)) throw wrong(file, line, "year", text("year"), "a year");
    const factor = UNITS[text("unit")];
    if (factor === undefined) {
      throw wrong(file, line, "unit", text("unit"), `one of ${Object.keys(UNITS).join(", ")}`);
    }
    const value = publishedValue(text("value"));
    const tonnes = publishedValue(text("tonnes"));
    if (value?.kind !== "number") throw wrong(file, line, "value", text("value"), "a number");
    if (tonnes === null) throw wrong(file, line, "tonnes", text("tonnes"), "a number or nothing");
    if (!isChosen(text("product"), options.products)) continue;
    counter.add({
      year,
      exporter: text("exporter"),
      importer: text("importer"),
      product: text("product"),
      valueUsd: value.value * factor,
      tonnes: tonnes.kind === "number" ? tonnes.value : null,
    }, line);
  }
  return counter.reading({ source: "long CSV", revision, lines: count, notes: [] });
}

function wrong(file: string, row: number, column: string, came: string, expected: string): Error {
  return sourceError({
    file,
    row,
    column,
    came: `"${came}"`,
    expected,
    remedy: "correct the line",
  });
}
