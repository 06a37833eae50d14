/** A sparse matrix by rows (compressed sparse rows). */
export interface SparseMatrix {
  readonly rows: number;
  readonly columns: number;
  /** Entries of row i lie at rowStart[i] .. rowStart[i+1]. */
  readonly rowStart: Int32Array;
  readonly column: Int32Array;
  readonly value: Float64Array;
}

/**
 * The non-zero entries of a dense matrix.
 *
 * @param dense row-major [rows][columns]
 * @throws when the length is not rows x columns
 */
export function sparseFromDense(dense: Float64Array, rows: number, columns: number): SparseMatrix {
  if (dense.length !== rows * columns) {
    throw new RangeError(`expected ${rows} x ${columns} numbers, got ${dense.length}`);
  }
  const rowStart = new Int32Array(rows + 1);
  for (let i = 0; i < rows; i++) {
    let count = 0;
    for (let j = 0; j < columns; j++) if (dense[i * columns + j] !== 0) count++;
    rowStart[i + 1] = rowStart[i] + count;
  }
  const column = new Int32Array(rowStart[rows]);
  const value = new Float64Array(rowStart[rows]);
  let next = 0;
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      const entry = dense[i * columns + j];
      if (entry === 0) continue;
      column[next] = j;
      value[next++] = entry;
    }
  }
  return { rows, columns, rowStart, column, value };
}

/** vᵀ·M for a row vector v [rows]; returns [columns]. O(non-zeros). */
export function leftMultiply(vector: Float64Array, matrix: SparseMatrix): Float64Array {
  const product = new Float64Array(matrix.columns);
  for (let i = 0; i < matrix.rows; i++) {
    const weight = vector[i];
    if (weight === 0) continue;
    for (let k = matrix.rowStart[i]; k < matrix.rowStart[i + 1]; k++) {
      product[matrix.column[k]] += weight * matrix.value[k];
    }
  }
  return product;
}
