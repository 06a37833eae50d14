import assert from "node:assert/strict";
import {
  cholesky,
  choleskyInverse,
  choleskySolve,
  multiply,
  randomStream,
  symmetricEigen,
  symmetricFunction,
} from "@ree/numeric";

/** Backward error of order-12 factorisations with entries of order 10. */
const TOLERANCE = 1e-11;

function randomGram(order: number, seed: number, rank = order): Float64Array {
  const random = randomStream(seed);
  const factor = Float64Array.from({ length: order * rank }, () => random.normal());
  const gram = new Float64Array(order * order);
  for (let i = 0; i < order; i++) {
    for (let j = 0; j < order; j++) {
      for (let k = 0; k < rank; k++) {
        gram[i * order + j] += factor[i * rank + k] * factor[j * rank + k];
      }
    }
  }
  return gram;
}

function assertClose(actual: Float64Array, expected: ArrayLike<number>) {
  assert.equal(actual.length, expected.length);
  actual.forEach((value, i) =>
    assert.ok(
      Math.abs(value - expected[i]) < TOLERANCE * Math.max(1, Math.abs(expected[i])),
      `entry ${i}: ${value}, expected ${expected[i]}`,
    )
  );
}

Deno.test("cholesky solves and inverts a positive definite matrix", () => {
  const order = 12;
  const gram = randomGram(order, 1, 30);
  const factor = cholesky(gram, order);
  assert.equal(factor.rank, order);
  const wanted = Float64Array.from({ length: order }, (_, i) => i - 3);
  assertClose(choleskySolve(factor, multiply(gram, wanted, order)), wanted);
  const identity = multiply(gram, choleskyInverse(factor), order);
  const unit = Float64Array.from({ length: order ** 2 }, (_, k) => k % (order + 1) === 0 ? 1 : 0);
  assertClose(identity, unit);
});

Deno.test("cholesky marks the later of two dependent columns and solves on the others", () => {
  // Column 2 = column 0 + column 1.
  const gram = Float64Array.of(2, 1, 3, 1, 2, 3, 3, 3, 6);
  const factor = cholesky(gram, 3);
  assert.deepEqual([...factor.dependent], [0, 0, 1]);
  assert.equal(factor.rank, 2);
  assertClose(choleskySolve(factor, [4, 5, 9]), [1, 2, 0]);
});

Deno.test("eigenvectors rebuild the matrix, and its square root squares to it", () => {
  const order = 12;
  const gram = randomGram(order, 2);
  const eigen = symmetricEigen(gram, order);
  assertClose(symmetricFunction(eigen, (value) => value), gram);
  const root = symmetricFunction(eigen, (value) => Math.sqrt(Math.max(value, 0)));
  assertClose(multiply(root, root, order), gram);
  for (let k = 1; k < order; k++) assert.ok(eigen.values[k] >= eigen.values[k - 1]);
});

Deno.test("eigenvalues of a matrix known by hand", () => {
  assertClose(symmetricEigen(Float64Array.of(2, 1, 1, 2), 2).values, [1, 3]);
});

Deno.test("a random stream repeats with its seed and has the moments of its laws", () => {
  const [a, b] = [randomStream(7), randomStream(7)];
  const draws = 20_000;
  let [sum, square, uniform] = [0, 0, 0];
  for (let i = 0; i < draws; i++) {
    const value = a.normal();
    assert.equal(value, b.normal());
    sum += value;
    square += value * value;
  }
  for (let i = 0; i < draws; i++) uniform += a.uniform();
  // Four standard errors.
  assert.ok(Math.abs(sum / draws) < 4 / Math.sqrt(draws));
  assert.ok(Math.abs(square / draws - 1) < 4 * Math.SQRT2 / Math.sqrt(draws));
  assert.ok(Math.abs(uniform / draws - 0.5) < 4 / Math.sqrt(12 * draws));
  assert.notEqual(randomStream(8).uniform(), randomStream(7).uniform());
  assert.throws(() => randomStream(0.5), /not an integer/);
});

Deno.test("eigenvalues of a rank-deficient 20 x 20 covariance converge, the missing ones at zero", () => {
  const order = 20;
  for (const rank of [3, 7]) {
    const gram = randomGram(order, rank, rank);
    const eigen = symmetricEigen(gram, order);
    for (let k = 0; k < order - rank; k++) assert.ok(Math.abs(eigen.values[k]) < TOLERANCE);
    assert.ok(eigen.values[order - rank] > 0.1);
    assertClose(symmetricFunction(eigen, (value) => value), gram);
  }
});
