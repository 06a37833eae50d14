import assert from "node:assert/strict";
import { anderson } from "@ree/numeric";

/** A random linear contraction x ← Mx + b of the given order with row sums of M equal to `rate`. */
function contraction(order: number, rate: number, seed: number) {
  let state = seed;
  const next = () => (state = (state * 1103515245 + 12345) % 2147483648) / 2147483648;
  const matrix = Float64Array.from({ length: order * order }, next);
  for (let i = 0; i < order; i++) {
    let sum = 0;
    for (let j = 0; j < order; j++) sum += matrix[i * order + j];
    for (let j = 0; j < order; j++) matrix[i * order + j] *= rate / sum;
  }
  const shift = Float64Array.from({ length: order }, next);
  return (x: Float64Array) =>
    x.map((_, i) => {
      let sum = shift[i];
      for (let j = 0; j < order; j++) sum += matrix[i * order + j] * x[j];
      return sum;
    });
}

Deno.test("anderson solves a linear map of order n exactly in n + 1 steps, as GMRES does", () => {
  const g = contraction(6, 0.95, 5);
  const mixer = anderson(6, 6);
  const x = new Float64Array(6);
  for (let k = 0; k < 8; k++) mixer.advance(x, g(x));
  g(x).forEach((image, i) => assert.ok(Math.abs(image - x[i]) < 1e-10, `${image - x[i]}`));
});

Deno.test("anderson needs far fewer steps than plain iteration, and converges where that diverges", () => {
  const steps = (advance: (x: Float64Array, image: Float64Array) => void) => {
    const g = contraction(50, 0.99, 7);
    const x = new Float64Array(50);
    for (let k = 1; k <= 5000; k++) {
      const image = g(x);
      if (image.every((value, i) => Math.abs(value - x[i]) < 1e-12)) return k;
      advance(x, image);
    }
    return Infinity;
  };
  const mixer = anderson(50, 5);
  assert.ok(steps(mixer.advance) < 40);
  assert.ok(steps((x, image) => x.set(image)) > 1000);

  const x = Float64Array.of(0.5, -0.3); // x ← −2x + 1 diverges without mixing
  const second = anderson(2, 2);
  for (let k = 0; k < 4; k++) second.advance(x, x.map((value) => 1 - 2 * value));
  x.forEach((value) => assert.ok(Math.abs(value - 1 / 3) < 1e-12));
});

Deno.test("anderson survives a map that stands still and a reset", () => {
  const mixer = anderson(3, 2);
  const x = Float64Array.of(1, 2, 3);
  for (let k = 0; k < 3; k++) mixer.advance(x, Float64Array.of(1, 2, 3));
  assert.deepEqual([...x], [1, 2, 3]);
  mixer.reset();
  mixer.advance(x, Float64Array.of(4, 5, 6));
  assert.deepEqual([...x], [4, 5, 6]);
});

Deno.test("anderson refuses sizes and depths that are not positive whole numbers", () => {
  assert.throws(() => anderson(0, 2), /size must be a positive whole number, got 0/);
  assert.throws(() => anderson(3, 1.5), /depth must be a positive whole number, got 1.5/);
});

Deno.test("after a restart anderson still knows the slope of the map", () => {
  const mixer = anderson(2, 2);
  const map = (shift: number) => (x: Float64Array) =>
    Float64Array.of(0.9 * x[0] + 0.05 * x[1] + shift, 0.8 * x[1] + shift);
  const x = new Float64Array(2);
  for (let k = 0; k < 4; k++) mixer.advance(x, map(1)(x));
  mixer.restart();
  mixer.advance(x, map(1.1)(x)); // one step solves the shifted problem
  map(1.1)(x).forEach((image, i) => assert.ok(Math.abs(image - x[i]) < 1e-9, `${image - x[i]}`));
});
