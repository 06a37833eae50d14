import {
  cellError,
  type CsvRow,
  type CsvTable,
  numberCell,
  oneOf,
  optionalNumber,
} from "./csv_table.ts";
import { sourceError } from "./source_error.ts";

/** Codes that the facts may name. */
export interface KnownCodes {
  readonly industries?: readonly string[];
  readonly commodities?: readonly string[];
}

/** Largest accepted gap of shares to 100 %: shares have one decimal, and at most eight are added. */
export const MIX_TOLERANCE_PERCENT = 0.4;

/** Largest accepted gap between half-year quotas and the year's total, tonnes: each is rounded to 1. */
const QUOTA_TOLERANCE_TONNES = 1;

/** Element shares of each application must add up to 100. @throws SourceError naming the application. */
export function checkElementMix(table: CsvTable): void {
  checkSums(table, ["application"], table.rows);
}

/** US end-use shares are complete lists and must add up to 100; other regions' are partial. */
export function checkEndUseShares(table: CsvTable): void {
  const american = table.rows.filter((row) => row.cells.region === "USA");
  checkSums(table, ["region", "year"], american);
}

function checkSums(table: CsvTable, key: readonly string[], rows: readonly CsvRow[]): void {
  const groups = Map.groupBy(rows, (row) => key.map((name) => row.cells[name]).join(" "));
  for (const [name, group] of groups) {
    let sum = 0;
    for (const row of group) sum += numberCell(row, "share_percent");
    if (Math.abs(sum - 100) <= MIX_TOLERANCE_PERCENT) continue;
    throw sourceError({
      file: table.file,
      row: `${group[0].line} to ${group[group.length - 1].line} (${name})`,
      column: "share_percent",
      came: `a sum of ${Number(sum.toFixed(6))}`,
      expected: `100 within ${MIX_TOLERANCE_PERCENT}`,
      remedy: "correct the shares against their source, or add a row for the rest",
    });
  }
}

/** Where both half-years and the year's total are given they must agree. */
export function checkQuotas(table: CsvTable): void {
  const totals = table.rows.filter((row) =>
    row.cells.group === "total" && row.cells.reading !== "conflict"
  );
  for (const row of totals.filter((row) => row.cells.period === "year")) {
    const half = (period: string) => {
      const found = totals.find((other) =>
        other.cells.year === row.cells.year && other.cells.period === period
      );
      return found === undefined ? null : optionalNumber(found, "tonnes");
    };
    const first = half("H1");
    const second = half("H2");
    const total = optionalNumber(row, "tonnes");
    if (first === null || second === null || total === null) continue;
    if (Math.abs(first + second - total) <= QUOTA_TOLERANCE_TONNES) continue;
    throw cellError(row, "tonnes", `the sum of both half-years, ${first + second}`);
  }
}

/** Every application of `table` must be among those of `uses`, and the other way round. */
export function checkSameApplications(uses: CsvTable, table: CsvTable): void {
  const known = [...new Set(uses.rows.map((row) => row.cells.application))];
  const named = new Set<string>();
  for (const row of table.rows) {
    named.add(
      oneOf(row, "application", known, `use a name that ${uses.file} has, or add the row there`),
    );
  }
  const missing = uses.rows.find((row) => !named.has(row.cells.application));
  if (missing !== undefined) {
    throw cellError(missing, "application", `an application that ${table.file} has rows for`);
  }
}

/** Every code named must exist: BEA industry and commodity (in all benchmark years), WIOD sector, WIPO field. */
export function checkApplicationIndustries(
  table: CsvTable,
  known: KnownCodes & { readonly sectors: readonly string[]; readonly fields: readonly string[] },
): void {
  const list = "codes are listed in data/bea_codes.csv";
  for (const row of table.rows) {
    const industry = row.cells.bea_detail_industry;
    if (known.industries && !known.industries.includes(industry)) {
      throw cellError(
        row,
        "bea_detail_industry",
        "a BEA detail industry of 2007, 2012 and 2017",
        list,
      );
    }
    for (const code of row.cells.host_commodities.split(";")) {
      if (known.commodities && !known.commodities.includes(code)) {
        throw sourceError({
          file: row.file,
          row: row.line,
          column: "host_commodities",
          came: `"${code}"`,
          expected: "BEA detail commodities of 2007, 2012 and 2017, separated by semicolons",
          remedy: list,
        });
      }
    }
    oneOf(row, "wiod2013_sector", known.sectors, "sectors are listed in data/wiod_labels.csv");
    oneOf(row, "wipo_field", known.fields, "spell the field as data/ncses_patents.parquet does");
  }
}
