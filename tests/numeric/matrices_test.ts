import assert from "node:assert/strict";
import { columnSums, leftMultiply, multiply, rowSums, sparseFromDense, total } from "@ree/numeric";

Deno.test("multiply agrees with the hand-computed product of unequal shapes", () => {
  const a = Float64Array.of(1, 0, 2, -1, 3, 1); // 2 x 3
  const b = Float64Array.of(3, 1, 2, 1, 1, 0); // 3 x 2
  assert.deepEqual([...multiply(a, b, 3)], [5, 1, 4, 2]);
  assert.throws(() => multiply(a, b, 4), /do not share 4/);
});

Deno.test("a sparse matrix multiplies as the dense one", () => {
  const dense = Float64Array.of(0, 2, 0, 1, 0, -3);
  const product = leftMultiply(Float64Array.of(2, 5), sparseFromDense(dense, 2, 3));
  assert.deepEqual([...product], [5, 4, -15]);
  assert.throws(() => sparseFromDense(dense, 2, 2), /expected 2 x 2/);
});

Deno.test("row sums, column sums and the total agree", () => {
  const matrix = Float64Array.of(1, 2, 3, 4, 5, 6);
  assert.deepEqual([...rowSums(matrix, 3)], [6, 15]);
  assert.deepEqual([...columnSums(matrix, 3)], [5, 7, 9]);
  assert.equal(total(matrix), 21);
});
