import { type EffectsSystem, toColumns, toRows } from "./effects_system.ts";

/**
 * The system left for the rest after the head is eliminated: S·x = s with
 * S = A_rr − A_rh·D_h⁻¹·A_hr and s = b_r − A_rh·D_h⁻¹·b_h.
 */
export interface Schur {
  readonly system: EffectsSystem;
  /** Diagonal of S [restSize]. */
  readonly diagonal: Float64Array;
  /** Diagonal of A_rr [restSize]: what S's diagonal is small against when a coefficient is not identified. */
  readonly restDiagonal: Float64Array;
  /** S·x */
  multiply(x: Float64Array, out: Float64Array): void;
}

/** Prepares the implicit product with S: two passes over the cells in which groups meet. */
export function schur(system: EffectsSystem): Schur {
  const { head, rest, headRest, restRest, headSize, restSize } = system;
  const restDiagonal = new Float64Array(restSize);
  for (const block of rest) restDiagonal.set(block.diagonal, block.offset);
  const headInverse = new Float64Array(headSize);
  for (const block of head) headInverse.set(block.inverse, block.offset);
  const diagonal = restDiagonal.slice();
  for (const { row, column, rowStart, columnOf, value } of headRest) {
    for (let g = 0; g < row.size; g++) {
      const inverse = row.inverse[g];
      for (let k = rowStart[g]; k < rowStart[g + 1]; k++) {
        diagonal[column.offset + columnOf[k]] -= value[k] * value[k] * inverse;
      }
    }
  }
  const t = new Float64Array(headSize);
  const single = headRest.length === 1 && restRest.length === 0 ? headRest[0] : undefined;
  return {
    system,
    diagonal,
    restDiagonal,
    multiply(x, out) {
      for (let j = 0; j < restSize; j++) out[j] = restDiagonal[j] * x[j];
      if (single) {
        // Both directions while a row's cells are in the cache.
        const { row, column, rowStart, columnOf, value } = single;
        const at = column.offset;
        for (let g = 0; g < row.size; g++) {
          const [from, to] = [rowStart[g], rowStart[g + 1]];
          let sum = 0;
          for (let k = from; k < to; k++) sum += value[k] * x[at + columnOf[k]];
          sum *= row.inverse[g];
          for (let k = from; k < to; k++) out[at + columnOf[k]] -= value[k] * sum;
        }
        return;
      }
      t.fill(0);
      toRows(headRest, x, t, 1);
      for (let g = 0; g < headSize; g++) t[g] *= headInverse[g];
      toColumns(headRest, t, out, -1);
      toRows(restRest, x, out, 1);
      toColumns(restRest, x, out, 1);
    },
  };
}

/** s = b_r − A_rh·D_h⁻¹·b_h. */
export function schurRightHandSide(
  { system }: Schur,
  headSums: Float64Array,
  restSums: Float64Array,
): Float64Array {
  const t = headSolution(system, headSums, undefined);
  const s = restSums.slice();
  toColumns(system.headRest, t, s, -1);
  return s;
}

/** Head coefficients D_h⁻¹·(b_h − A_hr·x). */
export function headSolution(
  { head, headRest }: EffectsSystem,
  headSums: Float64Array,
  x: Float64Array | undefined,
): Float64Array {
  const t = headSums.slice();
  if (x) toRows(headRest, x, t, -1);
  for (const { size, inverse, offset } of head) {
    for (let g = 0; g < size; g++) t[offset + g] *= inverse[g];
  }
  return t;
}

/** Multiplications that forming S costs: Σ over head groups of (groups met)². */
export function fillCost({ headRest, head }: EffectsSystem): number {
  let cost = 0;
  for (const block of head) {
    const crosses = headRest.filter(({ row }) => row === block);
    for (let g = 0; g < block.size; g++) {
      let met = 0;
      for (const { rowStart } of crosses) met += rowStart[g + 1] - rowStart[g];
      cost += met * met;
    }
  }
  return cost;
}

/** S as a dense matrix, row-major [restSize][restSize]. */
export function denseSchur({ system, restDiagonal }: Schur): Float64Array {
  const { restSize, restRest } = system;
  const dense = new Float64Array(restSize * restSize);
  for (let j = 0; j < restSize; j++) dense[j * restSize + j] = restDiagonal[j];
  for (const { row, column, rowStart, columnOf, value } of restRest) {
    for (let g = 0; g < row.size; g++) {
      const i = row.offset + g;
      for (let k = rowStart[g]; k < rowStart[g + 1]; k++) {
        const j = column.offset + columnOf[k];
        dense[i * restSize + j] += value[k];
        dense[j * restSize + i] += value[k];
      }
    }
  }
  const { head, headRest } = system;
  const at = new Int32Array(restSize);
  const met = new Float64Array(restSize);
  for (const block of head) {
    const crosses = headRest.filter(({ row }) => row === block);
    for (let g = 0; g < block.size; g++) {
      let count = 0;
      for (const { column, rowStart, columnOf, value } of crosses) {
        for (let k = rowStart[g]; k < rowStart[g + 1]; k++) {
          at[count] = column.offset + columnOf[k];
          met[count++] = value[k];
        }
      }
      const inverse = block.inverse[g];
      for (let a = 0; a < count; a++) {
        const scaled = met[a] * inverse;
        const row = at[a] * restSize;
        for (let b = 0; b < count; b++) dense[row + at[b]] -= scaled * met[b];
      }
    }
  }
  return dense;
}

/** S in compressed rows (symmetric, all entries stored). */
export interface SparseSchur {
  readonly rowStart: Int32Array;
  readonly column: Int32Array;
  readonly value: Float64Array;
}

/** Forms S explicitly: worth it when few groups meet, so that S is much smaller than the data. */
export function sparseSchur({ system, restDiagonal }: Schur): SparseSchur {
  const { restSize, headRest, restRest } = system;
  const transposed = headRest.map(transpose);
  const acrossRest = restRest.map(transpose);
  const rowStart = new Int32Array(restSize + 1);
  let column = new Int32Array(Math.max(16, 8 * restSize));
  let value = new Float64Array(column.length);
  const sum = new Float64Array(restSize);
  const seen = new Int32Array(restSize).fill(-1);
  const list = new Int32Array(restSize);
  let cells = 0;
  for (let j = 0; j < restSize; j++) {
    let count = 0;
    seen[j] = j;
    list[count++] = j;
    sum[j] = restDiagonal[j];
    for (let c = 0; c < headRest.length; c++) {
      const { row, column: home } = headRest[c];
      const h = j - home.offset;
      if (h < 0 || h >= home.size) continue;
      const { start, row: rowsOf, value: values } = transposed[c];
      for (const other of headRest) {
        if (other.row !== row) continue;
        const { rowStart: from, columnOf, value: cell } = other;
        const offset = other.column.offset;
        for (let k = start[h]; k < start[h + 1]; k++) {
          const g = rowsOf[k];
          const scaled = values[k] * row.inverse[g];
          for (let m = from[g]; m < from[g + 1]; m++) {
            const i = offset + columnOf[m];
            if (seen[i] !== j) {
              seen[i] = j;
              list[count++] = i;
              sum[i] = 0;
            }
            sum[i] -= scaled * cell[m];
          }
        }
      }
    }
    const add = (i: number, entry: number) => {
      if (seen[i] !== j) {
        seen[i] = j;
        list[count++] = i;
        sum[i] = 0;
      }
      sum[i] += entry;
    };
    for (let c = 0; c < restRest.length; c++) {
      const { row, column: home, rowStart: start, columnOf, value: entry } = restRest[c];
      const g = j - row.offset;
      if (g >= 0 && g < row.size) {
        for (let k = start[g]; k < start[g + 1]; k++) add(home.offset + columnOf[k], entry[k]);
      }
      const h = j - home.offset;
      if (h >= 0 && h < home.size) {
        const turned = acrossRest[c];
        for (let k = turned.start[h]; k < turned.start[h + 1]; k++) {
          add(row.offset + turned.row[k], turned.value[k]);
        }
      }
    }
    if (cells + count > column.length) {
      const larger = 2 * (cells + count);
      const [columns, values] = [new Int32Array(larger), new Float64Array(larger)];
      columns.set(column.subarray(0, cells));
      values.set(value.subarray(0, cells));
      [column, value] = [columns, values];
    }
    for (let k = 0; k < count; k++) {
      column[cells] = list[k];
      value[cells++] = sum[list[k]];
    }
    rowStart[j + 1] = cells;
  }
  return { rowStart, column: column.slice(0, cells), value: value.slice(0, cells) };
}

function transpose({ row, column, rowStart, columnOf, value }: EffectsSystem["headRest"][number]) {
  const start = new Int32Array(column.size + 1);
  for (let k = 0; k < columnOf.length; k++) start[columnOf[k] + 1]++;
  for (let h = 0; h < column.size; h++) start[h + 1] += start[h];
  const next = start.slice();
  const rows = new Int32Array(columnOf.length);
  const values = new Float64Array(columnOf.length);
  for (let g = 0; g < row.size; g++) {
    for (let k = rowStart[g]; k < rowStart[g + 1]; k++) {
      const to = next[columnOf[k]]++;
      rows[to] = g;
      values[to] = value[k];
    }
  }
  return { start, row: rows, value: values };
}
