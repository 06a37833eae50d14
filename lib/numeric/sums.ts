/** Row sums of a flat row-major matrix [rows][columns]; returns [rows]. */
export function rowSums(matrix: Float64Array, columns: number): Float64Array {
  const rows = matrix.length / columns;
  const sums = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) sums[i] += matrix[i * columns + j];
  }
  return sums;
}

/** Column sums of a flat row-major matrix [rows][columns]; returns [columns]. */
export function columnSums(matrix: Float64Array, columns: number): Float64Array {
  const sums = new Float64Array(columns);
  for (let k = 0; k < matrix.length; k++) sums[k % columns] += matrix[k];
  return sums;
}

/** Sum of all entries. */
export function total(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}
