import assert from "node:assert/strict";
import { lu, luSolve, luSolveTransposed, solveInPlace } from "@ree/numeric";

/** Backward error of a solve of order 40 with entries of order 1. */
const SOLVE_TOLERANCE = 1e-12;

function randomMatrix(order: number, seed: number): Float64Array {
  let state = seed;
  const next = () => (state = (state * 1103515245 + 12345) % 2147483648) / 2147483648 - 0.5;
  return Float64Array.from({ length: order * order }, next);
}

Deno.test("luSolve solves A x = b and luSolveTransposed solves xᵀ A = bᵀ", () => {
  const order = 40;
  const a = randomMatrix(order, 3);
  const b = Float64Array.from({ length: order }, (_, i) => i - 7);
  const factors = lu(a);
  const x = luSolve(factors, b);
  const y = luSolveTransposed(factors, b);
  for (let i = 0; i < order; i++) {
    let [row, column] = [0, 0];
    for (let j = 0; j < order; j++) {
      row += a[i * order + j] * x[j];
      column += a[j * order + i] * y[j];
    }
    assert.ok(Math.abs(row - b[i]) < SOLVE_TOLERANCE * order * 40, `row ${i}: ${row}`);
    assert.ok(Math.abs(column - b[i]) < SOLVE_TOLERANCE * order * 40, `column ${i}: ${column}`);
  }
});

Deno.test("lu pivots: a zero on the diagonal is no obstacle", () => {
  const x = luSolve(lu(Float64Array.of(0, 1, 1, 0)), Float64Array.of(2, 3));
  assert.deepEqual([...x], [3, 2]);
});

Deno.test("lu refuses singular, non-square and non-finite matrices by name", () => {
  assert.throws(() => lu(Float64Array.of(1, 2, 2, 4)), /singular at column 1/);
  assert.throws(() => lu(new Float64Array(6)), /n² numbers, got 6/);
  assert.throws(() => lu(Float64Array.of(1, NaN, 0, 1)), /NaN is not a finite number/);
});

Deno.test("lu leaves the matrix it is given untouched", () => {
  const a = Float64Array.of(4, 1, 2, 3);
  lu(a);
  assert.deepEqual([...a], [4, 1, 2, 3]);
});

Deno.test("solveInPlace agrees with luSolve and reports singular matrices", () => {
  const order = 12;
  const a = randomMatrix(order, 9);
  const b = Float64Array.from({ length: order }, (_, i) => i - 3);
  const expected = luSolve(lu(a), b);
  const x = Float64Array.from(b);
  assert.ok(solveInPlace(Float64Array.from(a), x, order));
  x.forEach((value, i) => assert.ok(Math.abs(value - expected[i]) < 1e-10));
  assert.equal(solveInPlace(Float64Array.of(1, 2, 2, 4), Float64Array.of(1, 1), 2), false);
});
