/**
 * Matrix product A·B of flat row-major matrices, skipping the zeros of A
 * (market-share matrices are nearly diagonal, so this is close to O(n²) for them).
 *
 * @param a [rows][inner]
 * @param b [inner][columns]
 * @throws when the shapes do not fit
 */
export function multiply(a: Float64Array, b: Float64Array, inner: number): Float64Array {
  const rows = a.length / inner;
  const columns = b.length / inner;
  if (!Number.isInteger(rows) || !Number.isInteger(columns)) {
    throw new RangeError(`multiply: lengths ${a.length} and ${b.length} do not share ${inner}`);
  }
  const product = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    for (let k = 0; k < inner; k++) {
      const weight = a[i * inner + k];
      if (weight === 0) continue;
      const from = k * columns;
      const to = i * columns;
      for (let j = 0; j < columns; j++) product[to + j] += weight * b[from + j];
    }
  }
  return product;
}
