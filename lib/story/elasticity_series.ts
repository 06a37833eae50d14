import { mean, quantileSorted } from "simple-statistics";

/** A row of a panel by sector and year, as `toRecords` of a data frame gives it. */
export type PanelRow = Readonly<Record<string, unknown>>;

/** Rows as columns, which is what the estimators take. */
export function columnsOfRows(
  rows: readonly PanelRow[],
): Record<string, (string | number | null)[]> {
  return Object.fromEntries(
    Object.keys(rows[0] ?? {}).map((
      name,
    ) => [name, rows.map((row) => row[name] as string | number)]),
  );
}

/** Half a patent on both sides: the log of a ratio that may have a zero. */
export function logDirection(row: PanelRow): number {
  return Math.log(
    (Number(row.patents_element) + 0.5) / (Number(row.patents_other) + 0.5),
  );
}

/**
 * A log series by year as an index: the median over sectors with the lowest and highest, 100 at each sector's own mean of the
 * first `base` years.
 */
export function indexSpread(
  rows: readonly PanelRow[],
  valueOf: (row: PanelRow) => number,
  { panel, group, base = 3 }: {
    readonly panel: string;
    readonly group: string;
    readonly base?: number;
  },
) {
  const first = Math.min(...rows.map((row) => Number(row.year)));
  const bySector = Map.groupBy(rows, (row) => row.sector);
  const level = new Map([...bySector].map(([sector, own]) => [
    sector,
    mean(own.filter((row) => Number(row.year) < first + base).map(valueOf)),
  ]));
  const byYear = [...Map.groupBy(rows, (row) => Number(row.year))].sort(([a], [b]) => a - b);
  return byYear.map(([year, own]) => {
    const values = own.map((row) => 100 * Math.exp(valueOf(row) - level.get(row.sector)!))
      .sort((a, b) => a - b);
    return {
      panel,
      group,
      year,
      value: quantileSorted(values, 0.5),
      lower: values[0],
      upper: values[values.length - 1],
    };
  });
}

/** Share of the movement of a log series within sectors that is common to all sectors in the year, 0 to 1. */
export function commonShare(rows: readonly PanelRow[], valueOf: (row: PanelRow) => number): number {
  const level = new Map(
    [...Map.groupBy(rows, (row) => row.sector)].map((
      [sector, own],
    ) => [sector, mean(own.map(valueOf))]),
  );
  const within = (row: PanelRow) => valueOf(row) - level.get(row.sector)!;
  const total = rows.reduce((sum, row) => sum + within(row) ** 2, 0);
  let common = 0;
  for (const own of Map.groupBy(rows, (row) => row.year).values()) {
    common += own.length * mean(own.map(within)) ** 2;
  }
  return total === 0 ? 0 : common / total;
}

/** What the relative prices look like, as a sentence. */
export function priceMovement(rows: readonly PanelRow[]): string {
  const price = (row: PanelRow) => Number(row.log_relative_price);
  const [top] = rows.toSorted((a, b) => price(b) - price(a));
  const peaks = [...Map.groupBy(rows, (row) => Number(row.year))]
    .map(([year, own]) => ({ year, level: mean(own.map(price)) }))
    .sort((a, b) => b.level - a.level);
  return `Relative element prices peak in ${peaks[0].year}, at ${
    Math.exp(price(top)).toFixed(0)
  } times the level of 2007 in ${String(top.sector).toLowerCase()}; ${
    (100 * commonShare(rows, price)).toFixed(0)
  } % of their movement within industries is common to all industries`;
}

/** Zeros and totals of a patent panel in one row. */
export function panelFacts(rows: readonly PanelRow[]) {
  const element = rows.map((row) => Number(row.patents_element));
  const other = rows.map((row) => Number(row.patents_other));
  const years = rows.map((row) => Number(row.year));
  const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
  return {
    sectors: new Set(rows.map((row) => row.sector)).size,
    years: `${Math.min(...years)} to ${Math.max(...years)}`,
    cells: rows.length,
    element: sum(element),
    other: sum(other),
    zeros: 100 * element.filter((value) => value === 0).length / rows.length,
    origin: [...new Set(rows.map((row) => String(row.origin ?? "given")))].join(", "),
  };
}
