import type { Column, Data } from "@ree/econometrics";

/** A patent panel as columns: what the estimators read. Unknown cells of optional columns are null. */
export interface PatentCells {
  readonly sector: readonly string[];
  readonly year: readonly number[];
  readonly patentsElement: Float64Array;
  readonly patentsOther: Float64Array;
  readonly logRelativePrice: Float64Array;
  /** Technology stocks, when the panel has both columns. */
  readonly stock: { readonly element: Float64Array; readonly other: Float64Array } | undefined;
  /** Knowledge stocks at the start of the year, when the panel has both columns. */
  readonly knowledge: { readonly element: Float64Array; readonly other: Float64Array } | undefined;
  readonly instruments: readonly Float64Array[];
}

/**
 * Reads and checks a patent panel.
 *
 * Required columns: `sector` (text or number), `year`, `patents_element`, `patents_other` (≥ 0), `log_relative_price`.
 * Optional: `stock_element`, `stock_other` (> 0), `knowledge_element`, `knowledge_other` (> 0) and the named instruments.
 * Rows may be in any order and years may have gaps; the result is ordered by sector (numbers within names by value) and year.
 *
 * @throws RangeError naming sector and year at a missing or impossible cell or a repeated sector-year
 */
export function readPatentCells(panel: Data, instruments: readonly string[]): PatentCells {
  const columns = columnsOf(panel);
  const cells = (name: string): Column => {
    if (Object.hasOwn(columns, name)) return columns[name];
    throw new RangeError(
      `patent panel: no column "${name}"; it has ${Object.keys(columns).join(", ")}`,
    );
  };
  const has = (...names: string[]) => names.every((name) => Object.hasOwn(columns, name));
  const sectors = Array.from(cells("sector") as ArrayLike<unknown>, String);
  const years = Array.from(cells("year") as ArrayLike<unknown>, Number);
  if (sectors.length === 0) throw new RangeError("patent panel: no rows");
  const order = rowOrder(sectors, years);
  const place = (i: number) => `sector ${sectors[i]}, year ${years[i]}`;
  years.forEach((year, i) => {
    if (Number.isInteger(year)) return;
    throw new RangeError(`patent panel: row ${i} of sector ${sectors[i]} has year ${year}`);
  });
  order.forEach((i, k) => {
    const before = order[k - 1];
    if (k > 0 && sectors[i] === sectors[before] && years[i] === years[before]) {
      throw new RangeError(`patent panel: ${place(i)} occurs twice`);
    }
  });
  const numbers = (name: string, expected: string, holds: (value: number) => boolean) => {
    const column = cells(name) as ArrayLike<unknown>;
    return Float64Array.from(order, (i) => {
      const cell = column[i];
      const value = cell === null || cell === undefined || cell === "" ? NaN : Number(cell);
      if (Number.isFinite(value) && holds(value)) return value;
      throw new RangeError(
        `patent panel: ${name} of ${place(i)} is ${cell ?? "missing"}, expected ${expected}`,
      );
    });
  };
  const pair = (element: string, other: string) =>
    has(element, other)
      ? {
        element: numbers(element, "more than 0", (value) => value > 0),
        other: numbers(other, "more than 0", (value) => value > 0),
      }
      : undefined;
  return {
    sector: order.map((i) => sectors[i]),
    year: order.map((i) => years[i]),
    patentsElement: numbers("patents_element", "0 or more", (value) => value >= 0),
    patentsOther: numbers("patents_other", "0 or more", (value) => value >= 0),
    logRelativePrice: numbers("log_relative_price", "a finite number", () => true),
    stock: pair("stock_element", "stock_other"),
    knowledge: pair("knowledge_element", "knowledge_other"),
    instruments: instruments.map((name) => numbers(name, "a finite number", () => true)),
  };
}

function rowOrder(sectors: readonly string[], years: readonly number[]): number[] {
  const rank = new Map(
    [...new Set(sectors)].sort((a, b) => a.localeCompare(b, "en", { numeric: true }))
      .map((sector, k) => [sector, k]),
  );
  return sectors.map((_, i) => i).sort((a, b) =>
    rank.get(sectors[a])! - rank.get(sectors[b])! || years[a] - years[b]
  );
}

function columnsOf(panel: Data): Readonly<Record<string, Column>> {
  const frame = panel as { columns?: unknown; getColumn?: unknown };
  if (typeof frame.getColumn !== "function" || !Array.isArray(frame.columns)) {
    return panel as Readonly<Record<string, Column>>;
  }
  const getColumn = (name: string) =>
    (panel as { getColumn(name: string): { toArray(): Column } }).getColumn(name).toArray();
  return Object.fromEntries(frame.columns.map((name: string) => [name, getColumn(name)]));
}
