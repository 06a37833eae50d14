import { type BeaCodes, beaSchema, checkBeaYear, loadBeaCodes, readBeaCodes } from "./bea_codes.ts";
import { checkCodes, checkColumns, checkMakeUse, checkRows, checkUnits } from "./bea_checks.ts";
import { block, type CodedMatrix, readCodedMatrix } from "./coded_matrix.ts";
import { DATA_DIR } from "./data_dir.ts";
import { numberColumn, readParquetTable, textColumn } from "./parquet_table.ts";
import { inside } from "./read_source.ts";
import { BUILD_AGAIN, FETCH_AGAIN, sourceError } from "./source_error.ts";

/**
 * Make and Use of one benchmark year at producers' prices, before redefinitions, with the import matrix where the
 * BEA published one. Industries and commodities are different code sets; matrices are row-major.
 */
export interface MakeUseTable {
  /** 2007, 2012 or 2017. */
  readonly year: number;
  /** Current dollars, producers' prices. */
  readonly unit: "million USD";
  readonly industries: readonly string[];
  readonly industryNames: readonly string[];
  readonly commodities: readonly string[];
  readonly commodityNames: readonly string[];
  /** BEA codes F01000 … F10S00; imports F05000 as published (negative). */
  readonly finalUses: readonly string[];
  /** V00100 compensation, V00200 taxes less subsidies, V00300 gross operating surplus. */
  readonly valueAddedRows: readonly string[];
  /** [industry][commodity] */
  readonly make: Float64Array;
  /** [commodity][industry]; a few cells are negative (S00600 sells own products). */
  readonly use: Float64Array;
  /** [commodity][finalUse] */
  readonly finalUse: Float64Array;
  /** [valueAddedRow][industry] */
  readonly valueAdded: Float64Array;
  /**
   * Import matrix, 2012 and 2017; null for 2007. Its own F05000 column is minus the sum of the rest of the row (at
   * foreign port value plus duties), so it differs from F05000 of the Use table for 4200ID (duties) and for margins.
   */
  readonly imports: { readonly use: Float64Array; readonly finalUse: Float64Array } | null;
}

/** Names of the publisher's files of one year; `imports` is null for 2007. */
export function makeUseFiles(
  year: number,
): { readonly make: string; readonly use: string; readonly imports: string | null } {
  checkBeaYear(year);
  const schema = beaSchema(year) === 2017 ? "_17sch" : "";
  return {
    make: `Detail_Make_${year}_BeforeRedef${schema}.csv`,
    use: `Detail_Use_${year}_PRO_BeforeRedef${schema}.csv`,
    imports: year === 2007 ? null : `Detail_Import_${year}_BeforeRedef${schema}.csv`,
  };
}

/**
 * Make, Use and Import tables of `year` from the publisher's files.
 *
 * @param dir folder with the BEA CSV files (`bea_io`)
 * @param year 2007, 2012 or 2017
 * @throws SourceError naming file, row and column when a file is missing, truncated, renamed or in another unit: every
 * published total (T001, T004 to T008) must equal the sum of its parts within {@linkcode ROUNDING_MUSD}
 * @see https://www.bea.gov/industry/benchmark-input-output-data
 */
export function readMakeUse(dir: string, year: number): MakeUseTable {
  const files = makeUseFiles(year);
  const codes = readBeaCodes(dir, year);
  const make = readCodedMatrix(inside(dir, files.make));
  const use = readCodedMatrix(inside(dir, files.use));
  const imports = files.imports === null ? null : readCodedMatrix(inside(dir, files.imports));
  const industries = codes.industry.codes;
  const commodities = codes.commodity.codes;
  const finalUses = codes["final use"].codes;
  const valueAddedRows = codes["value added"].codes;
  // The 2017 Use file has lost the names of its two last totals.
  const totals = year === 2017
    ? { finalUse: "NA", commodity: "NA.1" }
    : { finalUse: "T004", commodity: "T007" };

  checkCodes(make, "row", make.rows, [...industries, "T007"]);
  checkCodes(make, "column", make.columns, [...commodities, "T008"]);
  checkCodes(use, "row", use.rows, [...commodities, ...valueAddedRows, "T005", "T006", "T008"]);
  checkCodes(use, "column", use.columns, [
    ...industries,
    ...finalUses,
    "T001",
    totals.finalUse,
    totals.commodity,
  ]);

  const table: MakeUseTable = {
    ...labels(year, codes),
    make: block(make, industries, commodities),
    use: block(use, commodities, industries),
    finalUse: block(use, commodities, finalUses),
    valueAdded: block(use, valueAddedRows, industries),
    imports: imports === null ? null : importBlocks(imports, codes),
  };

  checkUnits(table, use.file, make.file, imports?.file);
  checkRows(use, commodities, industries, "T001");
  checkRows(use, commodities, finalUses, totals.finalUse);
  checkRows(use, commodities, ["T001", totals.finalUse], totals.commodity);
  checkColumns(use, [...industries, ...finalUses], commodities, "T005");
  checkColumns(use, industries, valueAddedRows, "T006");
  checkColumns(use, industries, ["T005", "T006"], "T008");
  if (imports !== null) {
    checkRows(imports, commodities, industries, "T001");
    checkRows(imports, commodities, finalUses, "T004");
  }
  checkRows(make, industries, commodities, "T008");
  checkColumns(make, commodities, industries, "T007");
  checkMakeUse(table, inside(dir, files.use), FETCH_AGAIN);
  return table;
}

/**
 * The same table from the project's `data/bea_make_use_YEAR.parquet` and `data/bea_codes.csv`.
 *
 * @throws SourceError when a derived table is missing or its accounts do not balance
 */
export function loadMakeUse(year: number, dataDir: string = DATA_DIR): MakeUseTable {
  const codes = loadBeaCodes(year, dataDir);
  const path = inside(dataDir, `bea_make_use_${year}.parquet`);
  const frame = readParquetTable(path, ["part", "row", "column", "value"]);
  const parts = textColumn(frame, "part");
  const rows = textColumn(frame, "row");
  const columns = textColumn(frame, "column");
  const values = numberColumn(frame, "value");
  const layout = makeUseLayout(year, codes);
  const arrays = new Map<string, Float64Array>();
  const places = new Map<string, Place>(layout.map(({ part, rows, columns }) => {
    const array = new Float64Array(rows.length * columns.length);
    arrays.set(part, array);
    const row = new Map(rows.map((code, i) => [code, i]));
    const column = new Map(columns.map((code, j) => [code, j]));
    return [part, { array, row, column, width: columns.length }];
  }));
  for (let k = 0; k < values.length; k++) {
    const place = places.get(parts[k]);
    const i = place?.row.get(rows[k]);
    const j = place?.column.get(columns[k]);
    if (place === undefined || i === undefined || j === undefined) {
      throw sourceError({
        file: path,
        row: k + 1,
        came: `${parts[k]} ${rows[k]} ${columns[k]}`,
        expected: `a part and codes of ${year} in bea_codes.csv`,
        remedy: BUILD_AGAIN,
      });
    }
    place.array[i * place.width + j] = values[k];
  }
  const part = (name: MakeUsePart) => arrays.get(name) as Float64Array;
  const table: MakeUseTable = {
    ...labels(year, codes),
    make: part("make"),
    use: part("use"),
    finalUse: part("final use"),
    valueAdded: part("value added"),
    imports: year === 2007 ? null : { use: part("import use"), finalUse: part("import final use") },
  };
  checkMakeUse(table, path, BUILD_AGAIN);
  return table;
}

/** Where the cells of one part go. */
interface Place {
  readonly array: Float64Array;
  readonly row: ReadonlyMap<string, number>;
  readonly column: ReadonlyMap<string, number>;
  readonly width: number;
}

/** Name of a matrix in the derived table. */
export type MakeUsePart =
  | "make"
  | "use"
  | "final use"
  | "value added"
  | "import use"
  | "import final use";

/** Codes of rows and columns of every part of a year's derived table, in the order in which it is written. */
export function makeUseLayout(
  year: number,
  codes: BeaCodes,
): readonly {
  readonly part: MakeUsePart;
  readonly rows: readonly string[];
  readonly columns: readonly string[];
}[] {
  const industries = codes.industry.codes;
  const commodities = codes.commodity.codes;
  const finalUses = codes["final use"].codes;
  const domestic = [
    { part: "make", rows: industries, columns: commodities },
    { part: "use", rows: commodities, columns: industries },
    { part: "final use", rows: commodities, columns: finalUses },
    { part: "value added", rows: codes["value added"].codes, columns: industries },
  ] as const;
  if (year === 2007) return domestic;
  return [
    ...domestic,
    { part: "import use", rows: commodities, columns: industries },
    { part: "import final use", rows: commodities, columns: finalUses },
  ];
}

function labels(year: number, codes: BeaCodes) {
  return {
    year,
    unit: "million USD",
    industries: codes.industry.codes,
    industryNames: codes.industry.names,
    commodities: codes.commodity.codes,
    commodityNames: codes.commodity.names,
    finalUses: codes["final use"].codes,
    valueAddedRows: codes["value added"].codes,
  } as const;
}

function importBlocks(
  imports: CodedMatrix,
  codes: BeaCodes,
): NonNullable<MakeUseTable["imports"]> {
  const industries = codes.industry.codes;
  const commodities = codes.commodity.codes;
  const finalUses = codes["final use"].codes;
  checkCodes(imports, "row", imports.rows, commodities);
  checkCodes(imports, "column", imports.columns, [...industries, ...finalUses, "T001", "T004"]);
  return {
    use: block(imports, commodities, industries),
    finalUse: block(imports, commodities, finalUses),
  };
}
