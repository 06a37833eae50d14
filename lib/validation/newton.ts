import { lu, luSolve } from "@ree/numeric";

/** What a Newton run reached. */
export interface NewtonResult {
  readonly point: Float64Array;
  /** Largest residual. */
  readonly gap: number;
}

const DIFFERENCE = 1e-7;

/** Newton's method with a finite-difference Jacobian and step halving. */
export function newton(
  residual: (x: Float64Array) => Float64Array,
  start: Float64Array,
  maxSteps = 60,
): NewtonResult {
  const n = start.length;
  let point = Float64Array.from(start);
  let value = residual(point);
  let gap = norm(value);
  for (let step = 0; step < maxSteps && gap > 3e-14; step++) {
    const jacobian = new Float64Array(n * n);
    for (let k = 0; k < n; k++) {
      const moved = Float64Array.from(point);
      moved[k] += DIFFERENCE;
      const other = residual(moved);
      for (let i = 0; i < n; i++) jacobian[i * n + k] = (other[i] - value[i]) / DIFFERENCE;
    }
    let direction: Float64Array;
    try {
      direction = luSolve(lu(jacobian), value);
    } catch {
      break;
    }
    let [length, improved] = [1, false];
    for (let halving = 0; halving < 12; halving++, length /= 2) {
      const trial = point.map((x, k) => x - length * direction[k]);
      const trialValue = residual(trial);
      const trialGap = norm(trialValue);
      if (trialGap < gap) {
        [point, value, gap, improved] = [trial, trialValue, trialGap, true];
        break;
      }
    }
    if (!improved) break;
  }
  return { point, gap };
}

function norm(values: Float64Array): number {
  let largest = 0;
  for (const value of values) {
    if (Number.isNaN(value)) return Infinity;
    largest = Math.max(largest, Math.abs(value));
  }
  return largest;
}
