import assert from "node:assert/strict";
import { minimise } from "@ree/numeric";

/** Gradients below 1e-8 leave points of well-scaled problems right to six digits. */
const POINT_TOLERANCE = 1e-6;

Deno.test("a quadratic is minimised at its centre", () => {
  const centre = [3, -2, 0.5, 10];
  const weights = [1, 100, 0.1, 7];
  const { point, converged } = minimise(
    (x, gradient) => {
      let value = 0;
      x.forEach((xi, i) => {
        value += weights[i] * (xi - centre[i]) ** 2;
        gradient[i] = 2 * weights[i] * (xi - centre[i]);
      });
      return value;
    },
    new Float64Array(4),
    { tolerance: 1e-8 },
  );
  assert.ok(converged);
  centre.forEach((c, i) => assert.ok(Math.abs(point[i] - c) < POINT_TOLERANCE));
});

Deno.test("Rosenbrock's valley is followed to its end", () => {
  const { point, value, converged } = minimise(
    ([x, y], gradient) => {
      gradient[0] = -2 * (1 - x) - 400 * x * (y - x * x);
      gradient[1] = 200 * (y - x * x);
      return (1 - x) ** 2 + 100 * (y - x * x) ** 2;
    },
    Float64Array.of(-1.2, 1),
    { tolerance: 1e-8 },
  );
  assert.ok(converged && value < 1e-12);
  assert.ok(Math.abs(point[0] - 1) < POINT_TOLERANCE && Math.abs(point[1] - 1) < POINT_TOLERANCE);
});

Deno.test("too few steps are reported as not converged, and a value that is no number is refused", () => {
  const bowl = (x: Float64Array, gradient: Float64Array) => {
    gradient[0] = 4 * x[0] ** 3;
    return x[0] ** 4;
  };
  assert.equal(minimise(bowl, Float64Array.of(5), { maxSteps: 2 }).converged, false);
  assert.throws(() => minimise(() => NaN, Float64Array.of(0)), /value at the start is NaN/);
});
