import { columnSums, rowSums } from "@ree/numeric";

/**
 * A balanced commodity-by-industry table (supply and use in one), values in million USD.
 * After the carve-out the elements are its last commodities.
 */
export interface IoTable {
  readonly year: number;
  readonly unit: "million USD";
  readonly industries: readonly string[];
  /** Ordinary commodities, then the elements. */
  readonly commodities: readonly string[];
  /** The rare earth elements that have a row of their own; none before the carve-out. */
  readonly elements: readonly string[];
  readonly finalUses: readonly string[];
  readonly valueAddedRows: readonly string[];
  /** Domestic supply V, row-major [industry][commodity]. */
  readonly make: Float64Array;
  /** Intermediate use U [commodity][industry]. */
  readonly use: Float64Array;
  /** Final use [commodity][finalUse]; imports are a negative column. */
  readonly finalUse: Float64Array;
  /** Value added [valueAddedRow][industry]. */
  readonly valueAdded: Float64Array;
}

/** The largest gap of an accounting identity. */
export interface Gap {
  /** Code of the industry or commodity with the largest gap. */
  readonly code: string;
  /** Uses minus supply there, million USD. */
  readonly gap: number;
  /** Absolute gap as a share of gross flows there. */
  readonly relative: number;
}

/** How far a table is from its identities. */
export interface BalanceReport {
  /** Intermediate use + value added = output. */
  readonly industry: Gap;
  /** Intermediate + final use = domestic supply (imports being negative final use). */
  readonly commodity: Gap;
}

/** Gross output of each industry [industry], million USD. */
export function industryOutput(table: IoTable): Float64Array {
  return rowSums(table.make, table.commodities.length);
}

/** Domestic supply of each commodity [commodity], million USD. */
export function commodityOutput(table: IoTable): Float64Array {
  return columnSums(table.make, table.commodities.length);
}

/**
 * The largest gaps of the two identities of a table.
 *
 * @throws when a matrix does not have the shape that the labels say (names it)
 */
export function balanceReport(table: IoTable): BalanceReport {
  checkTableShapes(table);
  const industries = table.industries.length;
  const size = table.use.map(Math.abs);
  return {
    industry: largestGap(
      table.industries,
      sum(columnSums(table.use, industries), columnSums(table.valueAdded, industries)),
      industryOutput(table),
      columnSums(size, industries),
    ),
    commodity: largestGap(
      table.commodities,
      sum(rowSums(table.use, industries), rowSums(table.finalUse, table.finalUses.length)),
      commodityOutput(table),
      rowSums(size, industries),
    ),
  };
}

/**
 * Refuses a table whose identities do not hold.
 *
 * @param tolerance largest admitted gap as a share of gross flows of an industry or commodity
 * @throws naming the industry or commodity and the size of the gap
 */
export function checkBalanced(table: IoTable, tolerance: number): BalanceReport {
  const report = balanceReport(table);
  for (const [what, { code, gap, relative }] of Object.entries(report)) {
    if (!(relative <= tolerance)) {
      throw new RangeError(
        `table ${table.year}: ${what} ${code} is out of balance by ${gap} million USD ` +
          `(${relative.toExponential(2)} of its flows, tolerance ${tolerance})`,
      );
    }
  }
  return report;
}

/** The position of a code in a list of labels; throws with the nearest ones when it is not there. */
export function position(labels: readonly string[], code: string, what: string): number {
  const found = labels.indexOf(code);
  if (found >= 0) return found;
  const alike = labels
    .map((label) => ({ label, shared: sharedStart(label, code) }))
    .filter(({ shared }) => shared >= 3)
    .sort((x, y) => y.shared - x.shared)
    .slice(0, 6)
    .map(({ label }) => label);
  throw new RangeError(
    `unknown ${what} ${code}` +
      (alike.length > 0 ? `; codes that begin alike: ${alike.join(", ")}` : ""),
  );
}

/** Number of characters with which two codes begin alike. */
function sharedStart(a: string, b: string): number {
  let shared = 0;
  while (shared < a.length && a[shared] === b[shared]) shared++;
  return shared;
}

function checkTableShapes(table: IoTable) {
  const { industries, commodities, finalUses, valueAddedRows } = table;
  const shapes: [string, Float64Array, number][] = [
    ["make", table.make, industries.length * commodities.length],
    ["use", table.use, commodities.length * industries.length],
    ["finalUse", table.finalUse, commodities.length * finalUses.length],
    ["valueAdded", table.valueAdded, valueAddedRows.length * industries.length],
  ];
  for (const [name, matrix, expected] of shapes) {
    if (matrix.length !== expected) {
      throw new RangeError(
        `table ${table.year}: ${name} has ${matrix.length} cells, its labels say ${expected}`,
      );
    }
    const bad = matrix.findIndex((value) => !Number.isFinite(value));
    if (bad >= 0) throw new RangeError(`table ${table.year}: ${name}[${bad}] is ${matrix[bad]}`);
  }
}

function sum(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, i) => value + b[i]);
}

function largestGap(
  codes: readonly string[],
  uses: Float64Array,
  supply: Float64Array,
  gross: Float64Array,
): Gap {
  let worst: Gap = { code: codes[0], gap: 0, relative: 0 };
  codes.forEach((code, i) => {
    const gap = uses[i] - supply[i];
    const relative = gap === 0 ? 0 : Math.abs(gap) / Math.max(Math.abs(supply[i]), gross[i]);
    if (relative > worst.relative || Number.isNaN(relative)) worst = { code, gap, relative };
  });
  return worst;
}
