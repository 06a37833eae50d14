import {
  cellError,
  checkUnique,
  type CsvRow,
  integerCell,
  optionalNumber,
  readCsvTable,
  requiredText,
} from "./csv_table.ts";
import type { ManufacturingYear } from "./productivity.ts";

/** A manufacturing industry in a year, from the full NBER-CES database: real quantities and published productivity. */
export interface NberCesYear extends ManufacturingYear {
  /** Thousands of employees. */
  readonly employment: number;
  /** Nominal shipments, materials (with energy) and value added, million USD. */
  readonly shipmentsNominal: number;
  readonly materialsNominal: number;
  readonly valueAddedNominal: number;
  /** Five-factor TFP index (1 in the base year of the release), as published. */
  readonly tfp: number;
}

/** Rows of the database with what the reader met. */
export interface NberCesReading {
  /** By industry and year. */
  readonly rows: readonly NberCesYear[];
  readonly coverage: {
    readonly file: string;
    readonly industries: number;
    readonly years: readonly number[];
    /** Rows without one of the needed values (industries that a classification does not observe), left out. */
    readonly incomplete: number;
  };
}

const NEEDED = [
  "emp",
  "prodh",
  "vship",
  "matcost",
  "vadd",
  "invest",
  "cap",
  "piship",
  "pimat",
  "piinv",
  "tfp5",
] as const;

/**
 * The NBER-CES Manufacturing Industry Database as published (`nberces5818v1_n2012.csv`: NAICS 2012 by year, lower-case
 * columns, million USD, deflators with base 1). Real output is `vship / piship`, real materials `matcost / pimat`, real
 * investment `invest / piinv`; capital `cap` is real already; hours are `prodh`.
 *
 * @throws SourceError naming line and column at a missing column, a repeated industry and year, a code that is not of six digits, or
 * a deflator that is not above 0
 * @see https://www.nber.org/research/data/nber-ces-manufacturing-industry-database
 */
export function readNberCes(path: string): NberCesReading {
  const table = readCsvTable(path, ["naics", "year", ...NEEDED]);
  checkUnique(table.rows, ["naics", "year"]);
  const rows: NberCesYear[] = [];
  for (const row of table.rows) {
    const record = nberYear(row);
    if (record !== null) rows.push(record);
  }
  rows.sort((a, b) => Number(a.naics) - Number(b.naics) || a.year - b.year);
  return {
    rows,
    coverage: {
      file: path,
      industries: new Set(rows.map(({ naics }) => naics)).size,
      years: [...new Set(rows.map(({ year }) => year))].sort((a, b) => a - b),
      incomplete: table.rows.length - rows.length,
    },
  };
}

function nberYear(row: CsvRow): NberCesYear | null {
  const naics = requiredText(row, "naics").trim();
  integerCell(row, "naics", 300_000, 399_999);
  const year = integerCell(row, "year", 1958, 2100);
  const values = NEEDED.map((name) => optionalNumber(row, name, "NA"));
  if (values.includes(null)) return null;
  const [emp, prodh, vship, matcost, vadd, invest, cap, piship, pimat, piinv, tfp] =
    values as number[];
  for (const [name, value] of [["piship", piship], ["pimat", pimat], ["piinv", piinv]] as const) {
    if (!(value > 0)) throw cellError(row, name, "a deflator above 0");
  }
  return {
    naics,
    year,
    output: vship / piship,
    capital: cap,
    materials: matcost / pimat,
    investment: invest / piinv,
    hours: prodh,
    employment: emp,
    shipmentsNominal: vship,
    materialsNominal: matcost,
    valueAddedNominal: vadd,
    tfp,
  };
}
