import { join } from "node:path";
import {
  cellError,
  checkUnique,
  type CsvRow,
  integerCell,
  numberCell,
  oneOf,
  readCsvTable,
  requiredText,
} from "./csv_table.ts";
import { DATA_DIR } from "./data_dir.ts";

/** What a row of `data/judged/critical_inputs.csv` says about its input. */
export const CRITICAL_INPUT_ITEMS = [
  "host",
  "amount",
  "price",
  "world_gdp",
  "supplier",
  "user",
  "user_country",
] as const;

/** One number about a critical input, with where it comes from. */
export interface CriticalInputRow {
  readonly input: string;
  readonly item: typeof CRITICAL_INPUT_ITEMS[number];
  /** Sector of a host or user, country of a supplier, "c14 JPN" of a user country, year of the others. */
  readonly label: string;
  /** null for a host. */
  readonly value: number | null;
  readonly unit: string;
  readonly source: string;
  /** How the number was obtained: "recalled, to be verified", "our judgement". */
  readonly reading: string;
}

/** A critical input as the table describes it: size, suppliers and users. */
export interface CriticalInputFacts {
  readonly name: string;
  /** WIOD sector that sells the input in the published table. */
  readonly host: string;
  /** Year of amount, price and world GDP. */
  readonly year: number;
  readonly tonnes: number;
  readonly usdPerKg: number;
  /** World GDP of the year, trillion USD at current prices: scales the value to the table's year. */
  readonly worldGdp: number;
  /** Share in world supply by country; countries that the world table does not show are in RoW. */
  readonly suppliers: Readonly<Record<string, number>>;
  readonly users: readonly {
    readonly sector: string;
    readonly share: number;
    /** Shares of countries within the sector; absent where the table says nothing. */
    readonly countries?: Readonly<Record<string, number>>;
  }[];
  readonly rows: readonly CriticalInputRow[];
}

const REMEDY = "correct the file; `git checkout` restores the committed one";

/**
 * Reads the table of critical inputs.
 *
 * @param path default `data/judged/critical_inputs.csv`
 * @returns one record per input, in the order of the file
 * @throws SourceError naming file, row and column of a cell that does not read; RangeError naming the input and
 * the row that it lacks
 */
export function loadCriticalInputs(
  path = join(DATA_DIR, "judged", "critical_inputs.csv"),
): CriticalInputFacts[] {
  const key = ["input", "item", "label"];
  const columns = [...key, "value", "unit", "source", "reading"];
  const table = readCsvTable(path, columns, { remedy: REMEDY });
  checkUnique(table.rows, key);
  const groups = Map.groupBy(table.rows, (row) => requiredText(row, "input"));
  return [...groups].map(([name, rows]) => inputFacts(name, rows));
}

/**
 * The inputs of some names.
 *
 * @throws RangeError for a name that the table does not have, listing those it has
 */
export function pickCriticalInputs(
  facts: readonly CriticalInputFacts[],
  names: readonly string[],
): CriticalInputFacts[] {
  return names.map((name) => {
    const found = facts.find((one) => one.name === name);
    if (found === undefined) {
      const known = facts.map((one) => one.name).join(", ");
      throw new RangeError(`unknown critical input "${name}"; expected one of ${known}`);
    }
    return found;
  });
}

function inputFacts(name: string, lines: readonly CsvRow[]): CriticalInputFacts {
  const file = lines[0].file;
  const of = (item: CriticalInputRow["item"]) => lines.filter((row) => row.cells.item === item);
  for (const row of lines) oneOf(row, "item", CRITICAL_INPUT_ITEMS, REMEDY);
  const one = (item: CriticalInputRow["item"]) => {
    const found = of(item);
    if (found.length !== 1) {
      throw new RangeError(`${file}: ${name} has ${found.length} rows "${item}"; expected one`);
    }
    return found[0];
  };
  const positive = (item: "amount" | "price" | "world_gdp", unit: string) => {
    const row = one(item);
    oneOf(row, "unit", [unit], REMEDY);
    const value = numberCell(row, "value");
    if (!(value > 0)) throw cellError(row, "value", "a number above 0", REMEDY);
    return { value, year: integerCell(row, "label", 1900, 2100) };
  };
  const shares = (item: "supplier" | "user") => {
    const rows = of(item);
    if (rows.length === 0) {
      throw new RangeError(`${file}: ${name} has no row "${item}"; expected at least one`);
    }
    return rows.map((row) => [requiredText(row, "label"), numberCell(row, "value")] as const);
  };
  const [amount, price] = [positive("amount", "t"), positive("price", "USD/kg")];
  const gdp = positive("world_gdp", "trillion USD");
  if (price.year !== amount.year || gdp.year !== amount.year) {
    throw new RangeError(
      `${file}: ${name} has its amount of ${amount.year}, its price of ${price.year} and world GDP of ${gdp.year}; ` +
        "expected one year",
    );
  }
  const users = shares("user");
  const countries = userCountries(name, of("user_country"), users.map(([sector]) => sector));
  return {
    name,
    host: requiredText(one("host"), "label"),
    year: amount.year,
    tonnes: amount.value,
    usdPerKg: price.value,
    worldGdp: gdp.value,
    suppliers: Object.fromEntries(shares("supplier")),
    users: users.map(([sector, share]) => ({ sector, share, ...countries.get(sector) })),
    rows: lines.map(describe),
  };
}

/** Country shares by sector, from labels such as "c14 JPN". */
function userCountries(name: string, rows: readonly CsvRow[], sectors: readonly string[]) {
  const found = new Map<string, { countries: Record<string, number> }>();
  for (const row of rows) {
    const [sector, country, ...rest] = requiredText(row, "label").split(" ");
    if (country === undefined || rest.length > 0 || !sectors.includes(sector)) {
      throw cellError(
        row,
        "label",
        `a user sector of ${name} (${sectors.join(", ")}), a space and a country`,
        REMEDY,
      );
    }
    const own = found.get(sector) ?? { countries: {} };
    own.countries[country] = numberCell(row, "value");
    found.set(sector, own);
  }
  return found;
}

function describe(row: CsvRow): CriticalInputRow {
  const item = oneOf(row, "item", CRITICAL_INPUT_ITEMS, REMEDY);
  return {
    input: row.cells.input,
    item,
    label: requiredText(row, "label"),
    value: item === "host" ? null : numberCell(row, "value"),
    unit: row.cells.unit,
    source: requiredText(row, "source"),
    reading: requiredText(row, "reading"),
  };
}
