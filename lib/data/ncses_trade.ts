import { checkAnchor, checkRowCount, compareText } from "./complete.ts";
import { checkUnique, integerCell, numberCell, oneOf, readCsvTable } from "./csv_table.ts";
import { DATA_DIR } from "./data_dir.ts";
import { economyIso3 } from "./economies.ts";
import { numberColumn, readParquetTable, textColumn } from "./parquet_table.ts";
import { inside } from "./read_source.ts";

/** Trade of a country in a group of R&D-intensive goods. */
export interface TradeFlow {
  /** `KTI` holds the two other groups: never add them. */
  readonly productGroup: string;
  readonly flow: "Exports" | "Imports";
  readonly economy: string;
  /** ISO 3166 alpha-3. */
  readonly iso3: string;
  /** 2003 to 2018. */
  readonly year: number;
  /** Million current USD. */
  readonly valueMusd: number;
}

/** Source file of the trade by R&D group. */
export const TRADE_FILE = "exports_imports_rd_groups_2003_2018.csv";

/** Product groups; KTI (knowledge- and technology-intensive) = high + medium-high. */
export const TRADE_GROUPS: readonly string[] = [
  "KTI",
  "high R&D intensive",
  "medium-high R&D intensive",
];

const FLOWS = ["Exports", "Imports"] as const;
/** 33 lines per group, flow and year: 20 countries, 12 aggregates, and the flow's own heading. */
const SOURCE_ROWS = 3 * 2 * 33 * 16;
const ECONOMY_COUNT = 20;

/**
 * Exports and imports by R&D group, country and year: single countries only (20 of them), ordered by group, flow, country code
 * and year. EU countries' flows include trade inside the EU.
 *
 * @param dir folder with the NCSES files (`ncses`)
 * @throws SourceError at a missing or truncated file, an unknown economy or group, or a cell that is not a number
 * @see https://ncses.nsf.gov/indicators
 */
export function readTradeFlows(dir: string): readonly TradeFlow[] {
  const path = inside(dir, TRADE_FILE);
  const table = readCsvTable(path, [
    "product_group",
    "flow",
    "economy",
    "depth",
    "year",
    "value_musd",
  ]);
  checkRowCount(path, table.rows.length, SOURCE_ROWS, "3 groups x 2 flows x 33 lines x 16 years");
  const anchor = table.rows.find((row) =>
    row.cells.product_group === "KTI" && row.cells.flow === "Exports" &&
    row.cells.economy === "World" && row.cells.year === "2003"
  );
  checkAnchor(
    path,
    "KTI, Exports, World, 2003",
    anchor && numberCell(anchor, "value_musd"),
    3_682_046,
    "million USD",
  );
  const rows = table.rows.filter((row) => economyIso3(row) !== null);
  checkUnique(rows, ["product_group", "flow", "economy", "year"]);
  checkRowCount(
    path,
    rows.length,
    3 * 2 * ECONOMY_COUNT * 16,
    "3 groups x 2 flows x 20 countries x 16 years",
  );
  return rows
    .map((row): TradeFlow => ({
      productGroup: oneOf(row, "product_group", TRADE_GROUPS),
      flow: oneOf(row, "flow", FLOWS),
      economy: row.cells.economy,
      iso3: economyIso3(row) as string,
      year: integerCell(row, "year", 2003, 2018),
      valueMusd: numberCell(row, "value_musd"),
    }))
    .sort((a, b) =>
      TRADE_GROUPS.indexOf(a.productGroup) - TRADE_GROUPS.indexOf(b.productGroup) ||
      compareText(a.flow, b.flow) || compareText(a.iso3, b.iso3) || a.year - b.year
    );
}

/** The same flows from the project's `data/ncses_trade.parquet`. */
export function loadTradeFlows(dataDir: string = DATA_DIR): readonly TradeFlow[] {
  const frame = readParquetTable(inside(dataDir, "ncses_trade.parquet"), [
    "product_group",
    "flow",
    "economy",
    "iso3",
    "year",
    "value_musd",
  ]);
  const flow = textColumn(frame, "flow");
  const economy = textColumn(frame, "economy");
  const iso3 = textColumn(frame, "iso3");
  const year = numberColumn(frame, "year");
  const valueMusd = numberColumn(frame, "value_musd");
  return textColumn(frame, "product_group").map((productGroup, i) => ({
    productGroup,
    flow: flow[i] as TradeFlow["flow"],
    economy: economy[i],
    iso3: iso3[i],
    year: year[i],
    valueMusd: valueMusd[i],
  }));
}
