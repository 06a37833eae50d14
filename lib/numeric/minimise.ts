/** Where a minimisation ended. */
export interface Minimum {
  readonly point: Float64Array;
  readonly value: number;
  /** Largest component of the gradient in absolute value. */
  readonly gradientNorm: number;
  readonly steps: number;
  readonly converged: boolean;
}

/** Options of {@linkcode minimise}. */
export interface MinimiseOptions {
  /** Stop when no component of the gradient is larger (default 1e-6). */
  readonly tolerance?: number;
  readonly maxSteps?: number;
  /** Pairs of steps kept (default 10). */
  readonly memory?: number;
}

/** Armijo's condition on the decrease of the value. */
const DECREASE = 1e-4;
const MAX_HALVINGS = 40;

/**
 * Minimises a smooth function without bounds by L-BFGS with backtracking.
 *
 * Source: Nocedal and Wright (2006), Numerical Optimization, algorithms 7.4 and 7.5.
 *
 * @param evaluate value at a point, which also writes the gradient there
 * @param start left untouched
 * @throws when the value at the start is not finite
 */
export function minimise(
  evaluate: (point: Float64Array, gradient: Float64Array) => number,
  start: Float64Array,
  options: MinimiseOptions = {},
): Minimum {
  const { tolerance = 1e-6, maxSteps = 1000, memory = 10 } = options;
  const size = start.length;
  let point = Float64Array.from(start);
  let gradient = new Float64Array(size);
  let value = evaluate(point, gradient);
  if (!Number.isFinite(value)) {
    throw new RangeError(`minimise: the value at the start is ${value}, expected a finite number`);
  }
  const pairs: { readonly s: Float64Array; readonly y: Float64Array; readonly sy: number }[] = [];
  let steps = 0;
  for (; steps < maxSteps && largest(gradient) > tolerance; steps++) {
    let direction = quasiNewtonDirection(gradient, pairs);
    let slope = dot(direction, gradient);
    if (!(slope < 0)) {
      pairs.length = 0;
      direction = gradient.map((g) => -g);
      slope = -dot(gradient, gradient);
    }
    // Without curvature known, a first step of length one at most.
    let length = pairs.length === 0 ? Math.min(1, 1 / Math.sqrt(-slope)) : 1;
    const nextPoint = new Float64Array(size);
    const nextGradient = new Float64Array(size);
    let nextValue = NaN;
    let halvings = 0;
    for (; halvings < MAX_HALVINGS; halvings++, length /= 2) {
      for (let i = 0; i < size; i++) nextPoint[i] = point[i] + length * direction[i];
      nextValue = evaluate(nextPoint, nextGradient);
      if (nextValue <= value + DECREASE * length * slope) break;
    }
    if (halvings === MAX_HALVINGS) break;
    const s = nextPoint.map((x, i) => x - point[i]);
    const y = nextGradient.map((g, i) => g - gradient[i]);
    const sy = dot(s, y);
    if (sy > 1e-12 * dot(y, y)) {
      pairs.push({ s, y, sy });
      if (pairs.length > memory) pairs.shift();
    }
    [point, gradient, value] = [nextPoint, nextGradient, nextValue];
  }
  const gradientNorm = largest(gradient);
  return { point, value, gradientNorm, steps, converged: gradientNorm <= tolerance };
}

/** −H·gradient, with H the inverse Hessian as the kept pairs of steps suggest it. */
function quasiNewtonDirection(
  gradient: Float64Array,
  pairs: readonly { readonly s: Float64Array; readonly y: Float64Array; readonly sy: number }[],
): Float64Array {
  const direction = gradient.map((g) => -g);
  const weights: number[] = [];
  for (let k = pairs.length - 1; k >= 0; k--) {
    const { s, y, sy } = pairs[k];
    weights[k] = dot(s, direction) / sy;
    for (let i = 0; i < direction.length; i++) direction[i] -= weights[k] * y[i];
  }
  const last = pairs.at(-1);
  const scale = last === undefined ? 1 : last.sy / dot(last.y, last.y);
  for (let i = 0; i < direction.length; i++) direction[i] *= scale;
  pairs.forEach(({ s, y, sy }, k) => {
    const correction = weights[k] - dot(y, direction) / sy;
    for (let i = 0; i < direction.length; i++) direction[i] += correction * s[i];
  });
  return direction;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

function largest(values: Float64Array): number {
  let most = 0;
  for (const value of values) most = Math.max(most, Math.abs(value));
  return most;
}
