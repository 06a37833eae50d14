import { type EffectsSystem, toColumns } from "./effects_system.ts";
import { headSolution } from "./schur.ts";

/** Outcome of an iterative solve. */
export interface Solved {
  /** Coefficients of the rest [restSize]. */
  readonly x: Float64Array;
  /** Sweeps or conjugate gradient steps. */
  readonly iterations: number;
  readonly converged: boolean;
}

/**
 * Method of alternating projections in coefficient space (block Gauss-Seidel on the normal
 * equations) with Irons-Tuck acceleration after every second sweep.
 *
 * Source: Gaure (2013), Computational Statistics & Data Analysis 66; acceleration of Irons and Tuck
 * (1969) as used by Berge (2018), CREA Discussion Paper 13.
 *
 * @param scale weighted norm of the column with the head absorbed
 * @param tolerance fitted values are wanted to this accuracy relative to `scale`
 */
export function alternatingProjections(
  system: EffectsSystem,
  headSums: Float64Array,
  restSums: Float64Array,
  start: Float64Array,
  scale: number,
  tolerance: number,
  maxSweeps: number,
): Solved {
  const weights = restWeights(system);
  let x: Float64Array = start.slice();
  let sweeps = 0;
  while (sweeps < maxSweeps) {
    const first = sweep(system, headSums, restSums, x);
    const second = sweep(system, headSums, restSums, first);
    sweeps += 2;
    let [step, before, cross, curvature] = [0, 0, 0, 0];
    for (let j = 0; j < x.length; j++) {
      const one = first[j] - x[j];
      const two = second[j] - first[j];
      const change = two - one;
      step += weights[j] * two * two;
      before += weights[j] * one * one;
      cross += weights[j] * two * change;
      curvature += weights[j] * change * change;
    }
    // Geometric decay at this rate leaves step/(1 − rate) still to go.
    const rate = before > 0 ? Math.min(Math.sqrt(step / before), 0.999999) : 0;
    if (Math.sqrt(step) <= tolerance * scale * (1 - rate)) {
      return { x: second, iterations: sweeps, converged: true };
    }
    if (curvature > 0) {
      const factor = cross / curvature;
      for (let j = 0; j < x.length; j++) second[j] -= factor * (second[j] - first[j]);
    }
    x = second;
  }
  return { x, iterations: sweeps, converged: false };
}

function restWeights({ rest, restSize }: EffectsSystem): Float64Array {
  const weights = new Float64Array(restSize);
  for (const block of rest) weights.set(block.diagonal, block.offset);
  return weights;
}

function sweep(
  system: EffectsSystem,
  headSums: Float64Array,
  restSums: Float64Array,
  x: Float64Array,
): Float64Array {
  const { rest, restRest, headRest } = system;
  const head = headSolution(system, headSums, x);
  const sums = restSums.slice();
  toColumns(headRest, head, sums, -1);
  const next = x.slice();
  for (const block of rest) {
    const { offset, size, inverse } = block;
    const own = sums.subarray(offset, offset + size);
    for (const { row, column, rowStart, columnOf, value } of restRest) {
      if (row === block) {
        for (let g = 0; g < size; g++) {
          let sum = 0;
          for (let k = rowStart[g]; k < rowStart[g + 1]; k++) {
            sum += value[k] * next[column.offset + columnOf[k]];
          }
          own[g] -= sum;
        }
      } else if (column === block) {
        for (let g = 0; g < row.size; g++) {
          const scaled = next[row.offset + g];
          for (let k = rowStart[g]; k < rowStart[g + 1]; k++) own[columnOf[k]] -= value[k] * scaled;
        }
      }
    }
    for (let h = 0; h < size; h++) next[offset + h] = own[h] * inverse[h];
  }
  return next;
}
