/** Row sums of a flat row-major matrix [rows][columns]; returns [rows]. */
export function rowSums(matrix: Float64Array, columns: number): Float64Array {
  const rows = matrix.length / columns;
  const sums = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    let sum = 0;
    for (let k = i * columns; k < (i + 1) * columns; k++) sum += matrix[k];
    sums[i] = sum;
  }
  return sums;
}

/** Column sums of a flat row-major matrix [rows][columns]; returns [columns]. */
export function columnSums(matrix: Float64Array, columns: number): Float64Array {
  const sums = new Float64Array(columns);
  for (let start = 0; start < matrix.length; start += columns) {
    for (let j = 0; j < columns; j++) sums[j] += matrix[start + j];
  }
  return sums;
}

/** Sum of all entries. */
export function total(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}
