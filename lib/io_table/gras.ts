/** Relative gap at which margins count as met: a hundred times what double precision leaves over sums of 10⁴ cells. */
export const GRAS_TOLERANCE = 1e-12;

/** A margin whose target is a small difference of large cells is judged against this part of the cells' size. */
const GROSS_WEIGHT = 1e-2;

/** Relative gap between the two sums of the margins that is still rounding. */
const SUM_TOLERANCE = 1e-12;

/** Sweeps after which feasible margins have converged in every table seen here (they need 5-200). */
const MAX_ITERATIONS = 10_000;

/** What {@link gras} needs. */
export interface GrasProblem {
  /** Prior matrix, row-major [rows][columns]; may hold negative cells. */
  readonly matrix: Float64Array;
  /** Wanted row sums [rows]. */
  readonly rowTotals: Float64Array | readonly number[];
  /**
   * Wanted column sums [columns]; their sum must equal that of `rowTotals`. `null` leaves a column's sum free:
   * its cells move with their rows only.
   */
  readonly columnTotals: Float64Array | readonly (number | null)[];
  /** Largest relative gap of any margin at convergence; default {@link GRAS_TOLERANCE}. */
  readonly tolerance?: number;
  /** Row and column sweeps before giving up; default 10,000. */
  readonly maxIterations?: number;
  /** Names used in error messages. */
  readonly rowLabels?: readonly string[];
  readonly columnLabels?: readonly string[];
}

/** A balanced matrix. */
export interface GrasResult {
  /** Row-major [rows][columns]; signs and zeros are those of the prior. */
  readonly matrix: Float64Array;
  readonly iterations: number;
  /** Largest relative gap between a margin of the result and its target. */
  readonly residual: number;
}

/**
 * Balances a matrix to given margins by GRAS, the generalised RAS that keeps signs:
 * positive cells become a·r·s, negative cells a/(r·s), zeros stay zero. For a non-negative
 * matrix this is RAS, whose result minimises Σ x·ln(x/a) over all matrices with these margins.
 *
 * Source: Junius and Oosterhaven (2003), Economic Systems Research 15(1); rows without positive or
 * without negative cells as in Lenzen, Wood and Gallego (2007), ESR 19(4). Every sweep costs
 * O(non-zero cells).
 *
 * @throws when shapes do not fit, a number is not finite, the margins cannot be met (names the row or
 * column), or the sweeps do not converge (names the worst margin)
 * @example
 * ```ts
 * const { matrix } = gras({
 *   matrix: Float64Array.of(1, 2, 3, 4),
 *   rowTotals: [4, 6],
 *   columnTotals: [5, 5],
 * });
 * ```
 */
export function gras(problem: GrasProblem): GrasResult {
  const { matrix, tolerance = GRAS_TOLERANCE, maxIterations = MAX_ITERATIONS } = problem;
  const rowTarget = Float64Array.from(problem.rowTotals);
  const free = Array.from(problem.columnTotals, (target) => target === null);
  const columnTarget = Float64Array.from(problem.columnTotals, (target) => target ?? 0);
  const names = marginNames(problem);
  checkShapes(matrix, rowTarget, columnTarget);
  const cells = nonZeroCells(matrix, rowTarget.length, columnTarget.length);
  checkFeasible(cells, rowTarget, columnTarget, free, names);

  const r = new Float64Array(rowTarget.length).fill(1);
  const s = new Float64Array(columnTarget.length).fill(1);
  const positive = new Float64Array(Math.max(r.length, s.length));
  const negative = new Float64Array(positive.length);
  let iterations = 0;
  for (;;) {
    weighRows(cells, s, positive, negative);
    const gap = largestGap(r, positive, negative, rowTarget);
    if (iterations > 0 && gap.relative <= tolerance) break;
    if (iterations === maxIterations || Number.isNaN(gap.relative)) {
      throw new RangeError(
        `gras: no convergence after ${iterations} sweeps; the largest gap is in ${
          names.row(gap.index)
        } (relative ${gap.relative.toExponential(2)}, tolerance ${tolerance}). ` +
          `The margins are probably infeasible for the zeros of the matrix.`,
      );
    }
    scaleToTargets(r, positive, negative, rowTarget, []);
    weighColumns(cells, r, positive, negative, s.length);
    scaleToTargets(s, positive, negative, columnTarget, free);
    iterations++;
  }
  const balanced = new Float64Array(matrix.length);
  for (let i = 0; i < r.length; i++) {
    for (let k = cells.start[i]; k < cells.start[i + 1]; k++) {
      const j = cells.column[k];
      const a = cells.value[k];
      balanced[i * s.length + j] = a > 0 ? a * r[i] * s[j] : a / (r[i] * s[j]);
    }
  }
  return {
    matrix: balanced,
    iterations,
    residual: residual(balanced, rowTarget, columnTarget, free),
  };
}

/** Cells other than 0, row by row. */
interface Cells {
  /** Where the cells of each row begin, and at the end their number [rows + 1]. */
  readonly start: Int32Array;
  readonly column: Int32Array;
  readonly value: Float64Array;
}

interface MarginNames {
  row(index: number): string;
  column(index: number): string;
}

function marginNames({ rowLabels, columnLabels }: GrasProblem): MarginNames {
  const name = (kind: string, labels: readonly string[] | undefined) => (index: number) =>
    labels ? `${kind} ${index} (${labels[index]})` : `${kind} ${index}`;
  return { row: name("row", rowLabels), column: name("column", columnLabels) };
}

function checkShapes(matrix: Float64Array, rowTarget: Float64Array, columnTarget: Float64Array) {
  const expected = rowTarget.length * columnTarget.length;
  if (matrix.length !== expected) {
    throw new RangeError(
      `gras: ${rowTarget.length} row totals and ${columnTarget.length} column totals need ` +
        `${expected} cells, got ${matrix.length}`,
    );
  }
  for (const [what, values] of Object.entries({ matrix, rowTarget, columnTarget })) {
    for (let k = 0; k < values.length; k++) {
      if (Number.isFinite(values[k])) continue;
      throw new RangeError(`gras: ${what}[${k}] is ${values[k]}, not finite`);
    }
  }
}

function nonZeroCells(matrix: Float64Array, rows: number, columns: number): Cells {
  let count = 0;
  for (let k = 0; k < matrix.length; k++) if (matrix[k] !== 0) count++;
  const cells = {
    start: new Int32Array(rows + 1),
    column: new Int32Array(count),
    value: new Float64Array(count),
  };
  let next = 0;
  for (let i = 0; i < rows; i++) {
    cells.start[i] = next;
    for (let j = 0; j < columns; j++) {
      const cell = matrix[i * columns + j];
      if (cell === 0) continue;
      cells.column[next] = j;
      cells.value[next++] = cell;
    }
  }
  cells.start[rows] = next;
  return cells;
}

/** Adds up the positive cells of each row (times the columns' multiplier) and the negative ones (divided by it). */
function weighRows(
  { start, column, value }: Cells,
  multiplier: Float64Array,
  positive: Float64Array,
  negative: Float64Array,
) {
  for (let i = 0; i < start.length - 1; i++) {
    let p = 0;
    let n = 0;
    for (let k = start[i]; k < start[i + 1]; k++) {
      if (value[k] > 0) p += value[k] * multiplier[column[k]];
      else n -= value[k] / multiplier[column[k]];
    }
    positive[i] = p;
    negative[i] = n;
  }
}

/** The same of each column, with the rows' multiplier. */
function weighColumns(
  { start, column, value }: Cells,
  multiplier: Float64Array,
  positive: Float64Array,
  negative: Float64Array,
  columns: number,
) {
  positive.fill(0, 0, columns);
  negative.fill(0, 0, columns);
  for (let i = 0; i < start.length - 1; i++) {
    const own = multiplier[i];
    for (let k = start[i]; k < start[i + 1]; k++) {
      if (value[k] > 0) positive[column[k]] += value[k] * own;
      else negative[column[k]] -= value[k] / own;
    }
  }
}

/** Sets each multiplier to the positive root of p·r − n/r = target (Junius and Oosterhaven eq. 8, repaired). */
function scaleToTargets(
  multiplier: Float64Array,
  positive: Float64Array,
  negative: Float64Array,
  target: Float64Array,
  free: readonly boolean[],
) {
  for (let i = 0; i < multiplier.length; i++) {
    if (free[i]) continue;
    const [p, n, u] = [positive[i], negative[i], target[i]];
    if (p === 0 && n === 0) continue;
    const root = Math.sqrt(u * u + 4 * p * n);
    // The two forms are equal; each avoids the cancellation of the other.
    if (p === 0) multiplier[i] = u === 0 ? Infinity : -n / u;
    else multiplier[i] = u >= 0 ? (u + root) / (2 * p) : 2 * n / (root - u);
  }
}

function largestGap(
  multiplier: Float64Array,
  positive: Float64Array,
  negative: Float64Array,
  target: Float64Array,
) {
  let index = 0;
  let relative = 0;
  for (let i = 0; i < multiplier.length; i++) {
    const up = positive[i] === 0 ? 0 : positive[i] * multiplier[i];
    const down = negative[i] === 0 ? 0 : negative[i] / multiplier[i];
    const gap = relativeGap(up - down, target[i], up + down);
    if (gap > relative || Number.isNaN(gap)) [index, relative] = [i, gap];
  }
  return { index, relative };
}

function relativeGap(sum: number, target: number, gross: number): number {
  const gap = Math.abs(sum - target);
  return gap === 0 ? 0 : gap / Math.max(Math.abs(target), GROSS_WEIGHT * gross);
}

function residual(
  matrix: Float64Array,
  rowTarget: Float64Array,
  columnTarget: Float64Array,
  free: readonly boolean[],
) {
  const columns = columnTarget.length;
  const column = new Float64Array(columns);
  const columnGross = new Float64Array(columns);
  let worst = 0;
  for (let i = 0; i < rowTarget.length; i++) {
    let row = 0;
    let rowGross = 0;
    for (let j = 0; j < columns; j++) {
      const cell = matrix[i * columns + j];
      const size = Math.abs(cell);
      row += cell;
      rowGross += size;
      column[j] += cell;
      columnGross[j] += size;
    }
    worst = Math.max(worst, relativeGap(row, rowTarget[i], rowGross));
  }
  for (let j = 0; j < columns; j++) {
    if (!free[j]) worst = Math.max(worst, relativeGap(column[j], columnTarget[j], columnGross[j]));
  }
  return worst;
}

function checkFeasible(
  cells: Cells,
  rowTarget: Float64Array,
  columnTarget: Float64Array,
  free: readonly boolean[],
  names: MarginNames,
) {
  const [rows, columns] = [rowTarget.length, columnTarget.length];
  const positive = new Float64Array(Math.max(rows, columns));
  const negative = new Float64Array(positive.length);
  weighRows(cells, new Float64Array(columns).fill(1), positive, negative);
  checkSigns(positive, negative, rowTarget, names.row);
  weighColumns(cells, new Float64Array(rows).fill(1), positive, negative, columns);
  checkSigns(positive, negative, columnTarget, names.column);
  if (free.includes(true)) return;
  const sum = (values: Float64Array) => values.reduce((partial, value) => partial + value, 0);
  const size = sum(rowTarget.map(Math.abs)) + sum(columnTarget.map(Math.abs));
  const gap = sum(rowTarget) - sum(columnTarget);
  if (Math.abs(gap) > SUM_TOLERANCE * size) {
    throw new RangeError(
      `gras: infeasible margins: row totals sum to ${sum(rowTarget)}, column totals to ${
        sum(columnTarget)
      }, a gap of ${gap}`,
    );
  }
}

/** @param positive sum of the positive cells of each margin @param negative that of the negative ones, without sign */
function checkSigns(
  positive: Float64Array,
  negative: Float64Array,
  target: Float64Array,
  name: (index: number) => string,
) {
  for (let i = 0; i < target.length; i++) {
    if (target[i] > 0 && positive[i] === 0 || target[i] < 0 && negative[i] === 0) {
      const cells = positive[i] > 0 || negative[i] > 0
        ? `only ${positive[i] > 0 ? "positive" : "negative"} cells`
        : "no cell but zeros";
      throw new RangeError(
        `gras: infeasible margin: ${name(i)} should sum to ${target[i]} but has ${cells}`,
      );
    }
  }
}
