import {
  cellError,
  checkUnique,
  integerCell,
  numberCell,
  oneOf,
  readCsvTable,
  requiredText,
} from "./csv_table.ts";

/** Price of a series in a month. */
export interface MonthlyPrice {
  /** Element or product, e.g. `Nd`. */
  readonly series: string;
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  /** USD per kg. */
  readonly price: number;
  /** What is priced, e.g. `oxide, FOB China`. */
  readonly basis: string;
  readonly source: string;
}

/** Columns of a monthly price CSV; others are ignored. */
export const MONTHLY_PRICE_COLUMNS = [
  "month",
  "series",
  "price",
  "unit",
  "basis",
  "source",
] as const;

const USD_PER_KG: Readonly<Record<string, number>> = {
  "USD/kg": 1,
  "USD/t": 1e-3,
  "USD/lb": 1 / 0.45359237,
};

/** Monthly prices with what their reader met. */
export interface MonthlyPriceReading {
  /** By series, basis and month. */
  readonly prices: readonly MonthlyPrice[];
  /** Months missing between the first and the last of each series and basis. */
  readonly gaps: readonly { readonly series: string; readonly months: readonly string[] }[];
}

/**
 * Monthly prices from a CSV: `month` as YYYY-MM, `unit` USD/kg, USD/t, USD/lb, or CNY/kg and CNY/t, which need
 * `usdPerCny`. Each series, basis and month once.
 *
 * @param usdPerCny dollars per yuan in a year; only asked for rows in yuan
 * @throws SourceError naming line and column at a missing column, another form of month, an unknown unit, a price that is not above
 * 0, or a repeated month
 */
export function readMonthlyPrices(
  path: string,
  usdPerCny?: (year: number) => number,
): MonthlyPriceReading {
  const table = readCsvTable(path, MONTHLY_PRICE_COLUMNS);
  checkUnique(table.rows, ["series", "basis", "month"]);
  const prices = table.rows.map((row): MonthlyPrice => {
    const parts = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(row.cells.month);
    if (parts === null) throw cellError(row, "month", "a month as YYYY-MM");
    const year = Number(parts[1]);
    const unit = oneOf(row, "unit", [...Object.keys(USD_PER_KG), "CNY/kg", "CNY/t"]);
    const price = numberCell(row, "price");
    if (!(price > 0)) throw cellError(row, "price", "a price above 0");
    if (unit.startsWith("CNY") && usdPerCny === undefined) {
      throw cellError(row, "unit", "USD, or the argument usdPerCny");
    }
    const rate = unit.startsWith("CNY") ? usdPerCny?.(year) ?? NaN : 1;
    return {
      series: requiredText(row, "series"),
      year,
      month: integerCell({ ...row, cells: { month: parts[2] } }, "month", 1, 12),
      price: price * rate * (USD_PER_KG[unit.replace("CNY", "USD")]),
      basis: requiredText(row, "basis"),
      source: requiredText(row, "source"),
    };
  });
  const index = ({ year, month }: MonthlyPrice) => year * 12 + month - 1;
  const bySeries = Map.groupBy(prices, ({ series, basis }) => `${series}, ${basis}`);
  const sorted = [...bySeries.values()].flatMap((rows) =>
    rows.toSorted((a, b) => index(a) - index(b))
  );
  const gaps = [...bySeries].flatMap(([series, rows]) => {
    const present = new Set(rows.map(index));
    const months: string[] = [];
    for (let m = Math.min(...present); m <= Math.max(...present); m++) {
      if (present.has(m)) continue;
      months.push(`${Math.floor(m / 12)}-${String(m % 12 + 1).padStart(2, "0")}`);
    }
    return months.length === 0 ? [] : [{ series, months }];
  });
  return { prices: sorted, gaps };
}
