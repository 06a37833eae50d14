import type { Solved } from "./alternating_projections.ts";

/** Steps by which the error estimate lags behind: the error then was the sum of the gains since. */
const ESTIMATE_LAG = 4;

/**
 * Preconditioned conjugate gradients on S·x = s, S symmetric positive semi-definite and consistent,
 * preconditioned by its diagonal. Stops when the energy norm of the error (the weighted norm of the
 * error in fitted values) is estimated to be below `tolerance`·`scale`.
 *
 * Source: Hestenes and Stiefel (1952); error estimate of Strakoš and Tichý (2002), ETNA 13, eq. 3.9.
 *
 * @param multiply out = S·v
 */
export function conjugateGradients(
  multiply: (v: Float64Array, out: Float64Array) => void,
  diagonal: Float64Array,
  rightHandSide: Float64Array,
  start: Float64Array,
  scale: number,
  tolerance: number,
  maxSteps: number,
): Solved {
  const size = rightHandSide.length;
  const x = start.slice();
  const residual = new Float64Array(size);
  const direction = new Float64Array(size);
  const product = new Float64Array(size);
  let largest = 0;
  for (let j = 0; j < size; j++) largest = Math.max(largest, diagonal[j]);
  const inverse = diagonal.map((value) => value > 1e-13 * largest ? 1 / value : 0);
  multiply(x, product);
  let rho = 0;
  for (let j = 0; j < size; j++) {
    residual[j] = rightHandSide[j] - product[j];
    direction[j] = inverse[j] * residual[j];
    rho += direction[j] * residual[j];
  }
  const target = (tolerance * scale) ** 2;
  const gains: number[] = [];
  for (let step = 0; step < maxSteps; step++) {
    // Without any gradient left there is nothing to gain, whatever the scale.
    if (!(rho > 1e-30 * scale * scale)) return { x, iterations: step, converged: true };
    multiply(direction, product);
    let energy = 0;
    for (let j = 0; j < size; j++) energy += direction[j] * product[j];
    if (!(energy > 0)) return { x, iterations: step, converged: true };
    const alpha = rho / energy;
    let next = 0;
    for (let j = 0; j < size; j++) {
      x[j] += alpha * direction[j];
      residual[j] -= alpha * product[j];
      next += inverse[j] * residual[j] * residual[j];
    }
    gains.push(alpha * rho);
    if (gains.length > ESTIMATE_LAG) gains.shift();
    if (gains.length === ESTIMATE_LAG && gains.reduce((sum, gain) => sum + gain, 0) <= target) {
      return { x, iterations: step + 1, converged: true };
    }
    const beta = next / rho;
    rho = next;
    for (let j = 0; j < size; j++) direction[j] = inverse[j] * residual[j] + beta * direction[j];
  }
  return { x, iterations: maxSteps, converged: false };
}
