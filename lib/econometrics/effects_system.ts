import type { Effect } from "./effects.ts";

/**
 * One block of the normal equations of the effects, D'WD: a coefficient per group that multiplies
 * `basis` (1 when null). The blocks of one effect are orthogonal to each other.
 */
export interface Block {
  /** Position of the effect in the system, effects sorted by falling number of groups. */
  readonly effect: number;
  readonly codes: Int32Array;
  readonly size: number;
  /** Multiplier of each row; null for a level. Slopes are orthonormal within each group. */
  readonly basis: Float64Array | null;
  /** Diagonal of D'WD for this block [size]. */
  readonly diagonal: Float64Array;
  /** 1/diagonal, 0 where the diagonal vanishes. */
  readonly inverse: Float64Array;
  /** Where the block starts in a stacked vector of its part (head or rest). */
  readonly offset: number;
}

/** Which groups of two effects meet, by rows of the larger one, and the row of the data → cell map. */
interface Meeting {
  readonly rowEffect: number;
  readonly columnEffect: number;
  readonly rowStart: Int32Array;
  readonly column: Int32Array;
  readonly cellOf: Int32Array;
}

/** An off-diagonal block of D'WD in compressed rows. */
export interface CrossBlock {
  readonly row: Block;
  readonly column: Block;
  readonly rowStart: Int32Array;
  readonly columnOf: Int32Array;
  readonly value: Float64Array;
}

/**
 * Normal equations D'WD·a = D'Wy of the effects, split into the head (blocks of the effect with the
 * most groups, whose part is diagonal and is eliminated) and the rest.
 */
export interface EffectsSystem {
  readonly rows: number;
  readonly weights: Float64Array | undefined;
  readonly head: readonly Block[];
  readonly rest: readonly Block[];
  readonly headSize: number;
  readonly restSize: number;
  /** Cross blocks head × rest. */
  readonly headRest: readonly CrossBlock[];
  /** Cross blocks among the rest. */
  readonly restRest: readonly CrossBlock[];
}

/** Builds {@link EffectsSystem}s that differ only in their weights. */
export interface SystemBuilder {
  readonly rows: number;
  /** @param weights [rows], positive; undefined for ones */
  build(weights: Float64Array | undefined): EffectsSystem;
}

/** A slope whose part orthogonal to the earlier ones is below this share of its square is none. */
const DEGENERATE_SLOPE = 1e-12;

/**
 * Finds once which groups meet, so that systems for new weights (each step of a Poisson regression)
 * cost one pass over the rows.
 *
 * @param effects at least one
 */
export function systemBuilder(effects: readonly Effect[], rows: number): SystemBuilder {
  const sorted = [...effects].sort((a, b) => b.groups.count - a.groups.count);
  const meetings: Meeting[] = [];
  for (let q = 0; q < sorted.length - 1; q++) {
    const order = rowsByGroup(sorted[q], rows);
    for (let r = q + 1; r < sorted.length; r++) meetings.push(meet(sorted, q, r, order));
  }
  return { rows, build: (weights) => buildSystem(sorted, meetings, rows, weights) };
}

function rowsByGroup({ groups: { codes, count } }: Effect, rows: number) {
  const start = new Int32Array(count + 1);
  for (let i = 0; i < rows; i++) start[codes[i] + 1]++;
  for (let g = 0; g < count; g++) start[g + 1] += start[g];
  const next = start.slice();
  const order = new Int32Array(rows);
  for (let i = 0; i < rows; i++) order[next[codes[i]]++] = i;
  return { start, order };
}

function meet(
  effects: readonly Effect[],
  rowEffect: number,
  columnEffect: number,
  { start, order }: { start: Int32Array; order: Int32Array },
): Meeting {
  const rows = order.length;
  const rowCount = effects[rowEffect].groups.count;
  const { codes, count } = effects[columnEffect].groups;
  const rowStart = new Int32Array(rowCount + 1);
  const column = new Int32Array(rows);
  const cellOf = new Int32Array(rows);
  const lastCell = new Int32Array(count).fill(-1);
  let cells = 0;
  for (let g = 0; g < rowCount; g++) {
    const first = cells;
    for (let k = start[g]; k < start[g + 1]; k++) {
      const i = order[k];
      const h = codes[i];
      let cell = lastCell[h];
      if (cell < first) {
        cell = cells++;
        lastCell[h] = cell;
        column[cell] = h;
      }
      cellOf[i] = cell;
    }
    rowStart[g + 1] = cells;
  }
  return { rowEffect, columnEffect, rowStart, column: column.slice(0, cells), cellOf };
}

function buildSystem(
  effects: readonly Effect[],
  meetings: readonly Meeting[],
  rows: number,
  weights: Float64Array | undefined,
): EffectsSystem {
  const head: Block[] = [];
  const rest: Block[] = [];
  let [headSize, restSize] = [0, 0];
  effects.forEach((effect, position) => {
    for (const { basis, diagonal } of effectBasis(effect, rows, weights)) {
      const { codes, count: size } = effect.groups;
      const inverse = diagonal.map((value) => value > 0 ? 1 / value : 0);
      const offset = position === 0 ? headSize : restSize;
      const block = { effect: position, codes, size, basis, diagonal, inverse, offset };
      if (position === 0) {
        head.push(block);
        headSize += size;
      } else {
        rest.push(block);
        restSize += size;
      }
    }
  });
  const blocks = [...head, ...rest];
  const crosses = meetings.flatMap((meeting) =>
    blocks.filter(({ effect }) => effect === meeting.rowEffect).flatMap((row) =>
      blocks.filter(({ effect }) => effect === meeting.columnEffect)
        .map((column) => cross(meeting, row, column, weights))
    )
  );
  return {
    rows,
    weights,
    head,
    rest,
    headSize,
    restSize,
    headRest: crosses.filter(({ row }) => row.effect === 0),
    restRest: crosses.filter(({ row }) => row.effect !== 0),
  };
}

function cross(
  { rowStart, column: columnOf, cellOf }: Meeting,
  row: Block,
  column: Block,
  weights: Float64Array | undefined,
): CrossBlock {
  const value = new Float64Array(columnOf.length);
  const [a, b] = [row.basis, column.basis];
  if (a === null && b === null) {
    if (weights) { for (let i = 0; i < cellOf.length; i++) value[cellOf[i]] += weights[i]; }
    else for (let i = 0; i < cellOf.length; i++) value[cellOf[i]]++;
  } else {
    for (let i = 0; i < cellOf.length; i++) {
      value[cellOf[i]] += (weights ? weights[i] : 1) * (a ? a[i] : 1) * (b ? b[i] : 1);
    }
  }
  return { row, column, rowStart, columnOf, value };
}

/** The level and the slopes of an effect, made orthogonal within each group under the weights. */
function effectBasis(
  { groups: { codes, count }, level, slopes }: Effect,
  rows: number,
  weights: Float64Array | undefined,
): { basis: Float64Array | null; diagonal: Float64Array }[] {
  const found: { basis: Float64Array | null; diagonal: Float64Array }[] = [];
  const mass = new Float64Array(count);
  if (weights) { for (let i = 0; i < rows; i++) mass[codes[i]] += weights[i]; }
  else for (let i = 0; i < rows; i++) mass[codes[i]]++;
  if (level) found.push({ basis: null, diagonal: mass });
  for (const slope of slopes) {
    const basis = Float64Array.from(slope.values);
    const before = groupDot(codes, count, weights, basis, basis);
    for (let pass = 0; pass < 2; pass++) { // the second pass removes the round-off of the first
      for (const earlier of found) {
        const dot = groupDot(codes, count, weights, basis, earlier.basis);
        for (let i = 0; i < rows; i++) {
          const g = codes[i];
          if (earlier.diagonal[g] === 0) continue;
          basis[i] -= dot[g] / earlier.diagonal[g] * (earlier.basis ? earlier.basis[i] : 1);
        }
      }
    }
    const square = groupDot(codes, count, weights, basis, basis);
    const diagonal = new Float64Array(count);
    for (let g = 0; g < count; g++) {
      diagonal[g] = square[g] > DEGENERATE_SLOPE * before[g] ? 1 : 0;
    }
    for (let i = 0; i < rows; i++) {
      basis[i] = diagonal[codes[i]] === 0 ? 0 : basis[i] / Math.sqrt(square[codes[i]]);
    }
    found.push({ basis, diagonal });
  }
  return found;
}

function groupDot(
  codes: Int32Array,
  count: number,
  weights: Float64Array | undefined,
  a: Float64Array,
  b: Float64Array | null,
): Float64Array {
  const dot = new Float64Array(count);
  for (let i = 0; i < codes.length; i++) {
    dot[codes[i]] += (weights ? weights[i] : 1) * a[i] * (b ? b[i] : 1);
  }
  return dot;
}

/** D'Wy for some blocks, stacked. */
export function blockSums(
  system: EffectsSystem,
  blocks: readonly Block[],
  size: number,
  column: Float64Array,
): Float64Array {
  const { weights } = system;
  const sums = new Float64Array(size);
  for (const { codes, basis, offset } of blocks) {
    if (basis) {
      for (let i = 0; i < codes.length; i++) {
        sums[offset + codes[i]] += (weights ? weights[i] : 1) * basis[i] * column[i];
      }
    } else if (weights) {
      for (let i = 0; i < codes.length; i++) sums[offset + codes[i]] += weights[i] * column[i];
    } else {
      for (let i = 0; i < codes.length; i++) sums[offset + codes[i]] += column[i];
    }
  }
  return sums;
}

/** column − D·a over some blocks, in place. */
export function subtractBlocks(
  blocks: readonly Block[],
  coefficients: Float64Array,
  column: Float64Array,
) {
  for (const { codes, basis, offset } of blocks) {
    if (basis) {
      for (let i = 0; i < codes.length; i++) {
        column[i] -= coefficients[offset + codes[i]] * basis[i];
      }
    } else {
      for (let i = 0; i < codes.length; i++) column[i] -= coefficients[offset + codes[i]];
    }
  }
}

/** out += sign · A·x for cross blocks, from their columns to their rows. */
export function toRows(
  crosses: readonly CrossBlock[],
  x: Float64Array,
  out: Float64Array,
  sign: number,
) {
  for (const { row, column, rowStart, columnOf, value } of crosses) {
    const from = column.offset;
    for (let g = 0; g < row.size; g++) {
      let sum = 0;
      for (let k = rowStart[g]; k < rowStart[g + 1]; k++) sum += value[k] * x[from + columnOf[k]];
      out[row.offset + g] += sign * sum;
    }
  }
}

/** out += sign · Aᵀ·t for cross blocks, from their rows to their columns. */
export function toColumns(
  crosses: readonly CrossBlock[],
  t: Float64Array,
  out: Float64Array,
  sign: number,
) {
  for (const { row, column, rowStart, columnOf, value } of crosses) {
    const to = column.offset;
    for (let g = 0; g < row.size; g++) {
      const scaled = sign * t[row.offset + g];
      if (scaled === 0) continue;
      for (let k = rowStart[g]; k < rowStart[g + 1]; k++) {
        out[to + columnOf[k]] += value[k] * scaled;
      }
    }
  }
}
