import { type BeaCodes, beaSchema, checkBeaYear, loadBeaCodes, readBeaCodes } from "./bea_codes.ts";
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

/**
 * Largest accepted gap between a published total and the sum of its parts, in million USD. Some 400 cells rounded to
 * 1 each add up to a standard deviation of 6; the largest gap in the published tables is 33 (imports of 5241XX, 2012).
 */
export const ROUNDING_MUSD = 40;

/** Largest accepted gap between an industry's output and its inputs plus value added; 13 is the largest published. */
export const BALANCE_MUSD = 20;

/** Published value added of all industries, million USD: guards the unit of the whole table. */
export const PUBLISHED_VALUE_ADDED: Readonly<Record<number, number>> = {
  2007: 14_451_858,
  2012: 16_253_968,
  2017: 19_612_103,
};

/** Published gross output of all industries, million USD: guards the unit of the Make table. */
export const PUBLISHED_OUTPUT: Readonly<Record<number, number>> = {
  2007: 26_238_500,
  2012: 29_222_821,
  2017: 34_468_130,
};

/** The import matrix is valued otherwise than the Use table's F05000: totals differ by 2.6 % (2012) and 2.3 % (2017). */
const IMPORT_RATIO = [0.9, 1.1] as const;

/** Accepted gap of summed value added to the published grand total: 405 rounded cells per row. */
const VALUE_ADDED_MUSD = 100;

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

/** Compares the totals of each file with published ones, so that a file in another unit is called that. */
function checkUnits(
  table: MakeUseTable,
  useFile: string,
  makeFile: string,
  importFile: string | undefined,
): void {
  checkValueAdded(table, useFile, FETCH_AGAIN);
  const output = total(table.make);
  const published = PUBLISHED_OUTPUT[table.year];
  if (Math.abs(output / published - 1) > 0.01) {
    throw sourceError({
      file: makeFile,
      column: "T008",
      came: `gross output of ${output} in all`,
      expected: `${published} million USD for ${table.year} (another unit or year?)`,
      remedy: FETCH_AGAIN,
    });
  }
  if (table.imports === null || importFile === undefined) return;
  const width = table.finalUses.length;
  const column = table.finalUses.indexOf("F05000");
  const inColumn = (values: Float64Array) => total(values.filter((_, k) => k % width === column));
  const ratio = inColumn(table.imports.finalUse) / inColumn(table.finalUse);
  const [low, high] = IMPORT_RATIO;
  if (ratio < low || ratio > high) {
    throw sourceError({
      file: importFile,
      column: "F05000",
      came: `${ratio.toPrecision(4)} times the imports of the Use table`,
      expected: `${low} to ${high} times (another unit or year?)`,
      remedy: FETCH_AGAIN,
    });
  }
}

function total(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}

/**
 * Checks what must hold without the published totals: value added of the year, output = inputs + value added for each
 * industry, made = used for each commodity.
 */
function checkMakeUse(table: MakeUseTable, file: string, remedy: string): void {
  const industries = table.industries.length;
  const commodities = table.commodities.length;
  const finalUses = table.finalUses.length;
  checkValueAdded(table, file, remedy);
  for (let j = 0; j < industries; j++) {
    let output = 0;
    for (let c = 0; c < commodities; c++) output += table.make[j * commodities + c];
    let cost = 0;
    for (let c = 0; c < commodities; c++) cost += table.use[c * industries + j];
    for (let v = 0; v < table.valueAddedRows.length; v++) {
      cost += table.valueAdded[v * industries + j];
    }
    if (Math.abs(output - cost) > BALANCE_MUSD) {
      throw sourceError({
        file,
        column: table.industries[j],
        came: `inputs and value added of ${cost}`,
        expected: `the output of the Make table, ${output}, within ${BALANCE_MUSD} million USD`,
        remedy,
      });
    }
  }
  for (let c = 0; c < commodities; c++) {
    let made = 0;
    for (let j = 0; j < industries; j++) made += table.make[j * commodities + c];
    let used = 0;
    for (let j = 0; j < industries; j++) used += table.use[c * industries + j];
    for (let f = 0; f < finalUses; f++) used += table.finalUse[c * finalUses + f];
    if (Math.abs(made - used) > ROUNDING_MUSD) {
      throw sourceError({
        file,
        row: table.commodities[c],
        came: `uses of ${used}`,
        expected: `the Make table's ${made}, within ${ROUNDING_MUSD} million USD`,
        remedy,
      });
    }
  }
}

function checkValueAdded(table: MakeUseTable, file: string, remedy: string): void {
  const valueAdded = total(table.valueAdded);
  const published = PUBLISHED_VALUE_ADDED[table.year];
  if (Math.abs(valueAdded - published) > VALUE_ADDED_MUSD) {
    throw sourceError({
      file,
      row: table.valueAddedRows.join(" + "),
      came: `value added of ${valueAdded} in all`,
      expected: `${published} million USD for ${table.year} (another unit, year or schema?)`,
      remedy,
    });
  }
}

function checkCodes(
  matrix: CodedMatrix,
  side: "row" | "column",
  came: readonly string[],
  expected: readonly string[],
): void {
  const known = new Set(expected);
  const present = new Set(came);
  const missing = expected.find((code) => !present.has(code));
  const unknown = came.find((code) => !known.has(code));
  if (missing === undefined && unknown === undefined) return;
  const both = missing !== undefined && unknown !== undefined;
  throw sourceError({
    file: matrix.file,
    [side]: missing ?? unknown,
    came: both ? `${side} "${unknown}" in its place` : missing ? `no such ${side}` : "the code",
    expected: missing ? `a ${side} ${missing}` : `only ${side}s of the publisher's code list`,
    remedy: FETCH_AGAIN,
  });
}

/** Checks that in every one of `rows` the cells of `parts` add up to the cell of `total`. */
function checkRows(
  matrix: CodedMatrix,
  rows: readonly string[],
  parts: readonly string[],
  total: string,
): void {
  const cells = block(matrix, rows, parts);
  const totals = block(matrix, rows, [total]);
  for (let i = 0; i < rows.length; i++) {
    let sum = 0;
    for (let j = 0; j < parts.length; j++) sum += cells[i * parts.length + j];
    checkTotal(matrix.file, rows[i], total, totals[i], sum);
  }
}

/** Checks that in every one of `columns` the cells of `parts` add up to the cell of `total`. */
function checkColumns(
  matrix: CodedMatrix,
  columns: readonly string[],
  parts: readonly string[],
  total: string,
): void {
  const cells = block(matrix, parts, columns);
  const totals = block(matrix, [total], columns);
  for (let j = 0; j < columns.length; j++) {
    let sum = 0;
    for (let i = 0; i < parts.length; i++) sum += cells[i * columns.length + j];
    checkTotal(matrix.file, total, columns[j], totals[j], sum);
  }
}

function checkTotal(file: string, row: string, column: string, total: number, sum: number): void {
  if (Math.abs(total - sum) <= ROUNDING_MUSD) return;
  throw sourceError({
    file,
    row,
    column,
    came: `a published total of ${total}`,
    expected: `the sum of its parts, ${sum}, within ${ROUNDING_MUSD} million USD ` +
      "(a changed cell, or part of the file in another unit)",
    remedy: FETCH_AGAIN,
  });
}
