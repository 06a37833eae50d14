import { fPvalue } from "@ree/numeric";
import type { Fit } from "./fit.ts";
import { jointMeat, quadraticForm } from "./iv_diagnostics.ts";
import { crossVector, leastSquares } from "./least_squares.ts";

/** A set of values of a coefficient that a test does not reject. */
export interface ConfidenceSet {
  /** Disjoint intervals in ascending order; bounds may be ±Infinity. */
  readonly intervals: readonly (readonly [low: number, high: number])[];
  readonly shape: "interval" | "union of intervals" | "two rays" | "ray" | "whole line" | "empty";
  readonly level: number;
  /** The set in words. */
  readonly statement: string;
}

/** Anderson-Rubin inference on the coefficient of one endogenous variable. */
export interface AndersonRubin {
  /** Test that the coefficient equals `value`. */
  test(value: number): { readonly statistic: number; readonly pvalue: number };
  /** Values not rejected at 1 − level (default level 0.95). */
  confidenceSet(level?: number): ConfidenceSet;
}

/** Points of the grid over the real line (through the tangent) between which crossings are bisected. */
const GRID = 4_001;

/**
 * Anderson and Rubin (1949) under the fit's covariance: the instruments must not explain
 * y − x·β. The size is right however weak the instruments; the set can be unbounded or empty.
 *
 * With iid errors or one instrument the set solves a quadratic inequality exactly; else its bounds
 * are bracketed on a grid that covers the line and bisected (two crossings between grid points
 * would be missed).
 *
 * @param y, x, z with exogenous variables and effects partialled out
 */
export function andersonRubin(
  fit: Fit,
  y: Float64Array,
  x: Float64Array,
  z: readonly Float64Array[],
): AndersonRubin {
  const { estimate: { weights, nobs }, vcovDetails: { parameters, clusters, choice } } = fit;
  const count = z.length;
  const zy = crossVector(z, y, weights);
  const zx = crossVector(z, x, weights);
  const residuals = [y, x].map((column) => leastSquares(column, z, weights).residuals);
  const meat = jointMeat(fit, z, residuals);
  const order = 2 * count;
  const variance = (value: number) => {
    const v = new Float64Array(count * count);
    for (let i = 0; i < count; i++) {
      for (let j = 0; j < count; j++) {
        const cross = meat[i * order + count + j] + meat[(count + i) * order + j];
        v[i * count + j] = meat[i * order + j] - value * cross +
          value * value * meat[(count + i) * order + count + j];
      }
    }
    return v;
  };
  const statistic = (value: number) =>
    quadraticForm(zy.map((entry, l) => entry - value * zx[l]), variance(value)) / count;
  const atInfinity = () => {
    const v = new Float64Array(count * count);
    for (let i = 0; i < count; i++) {
      for (let j = 0; j < count; j++) {
        v[i * count + j] = meat[(count + i) * order + count + j];
      }
    }
    return quadraticForm(zx, v) / count;
  };
  const denominator = clusters.length > 0
    ? Math.min(...clusters) - 1
    : nobs - (parameters - 1 + count);
  return {
    test: (value) => {
      const f = statistic(value);
      return { statistic: f, pvalue: fPvalue(f, count, denominator) };
    },
    confidenceSet(level = 0.95) {
      const critical = fQuantile(level, count, denominator);
      if (choice.type === "iid" || count === 1) {
        // δ'Q⁻¹δ ≤ critical·L·v(β) with δ and v polynomials: fit the quadratic through three points.
        const scale = choice.type === "iid" ? traceScale(variance, count) : undefined;
        const gap = (value: number) => {
          const v = variance(value);
          const size = scale ? v[0] / scale : v[0];
          return (statistic(value) - critical) * size;
        };
        return fromQuadratic(gap, fit, level);
      }
      return fromGrid((value) => statistic(value) - critical, atInfinity() - critical, fit, level);
    },
  };
}

/** With iid errors the variance is σ²(β)·Z'Z: the first entry stands for σ² up to this constant. */
function traceScale(variance: (value: number) => Float64Array, count: number): number {
  const v = variance(0);
  return count > 0 && v[0] > 0 ? v[0] : 1;
}

/** The set where a quadratic function is ≤ 0, recovered exactly from three of its values. */
function fromQuadratic(gap: (value: number) => number, fit: Fit, level: number): ConfidenceSet {
  const [centre, step] = centreAndStep(fit);
  const [low, middle, high] = [gap(centre - step), gap(centre), gap(centre + step)];
  const a = (low + high) / 2 - middle;
  const b = (high - low) / 2;
  const discriminant = b * b - 4 * a * middle;
  const at = (t: number) => centre + step * t;
  if (discriminant < 0) return confidenceSet(a > 0 ? [] : [[-Infinity, Infinity]], level);
  if (a === 0) {
    if (b === 0) return confidenceSet(middle <= 0 ? [[-Infinity, Infinity]] : [], level);
    const root = at(-middle / b);
    return confidenceSet(b > 0 ? [[-Infinity, root]] : [[root, Infinity]], level);
  }
  // The stable pair of roots.
  const q = -(b + Math.sign(b || 1) * Math.sqrt(discriminant)) / 2;
  const roots = [at(q / a), at(q === 0 ? 0 : middle / q)].sort((r, s) => r - s);
  return confidenceSet(
    a > 0 ? [[roots[0], roots[1]]] : [[-Infinity, roots[0]], [roots[1], Infinity]],
    level,
  );
}

function fromGrid(
  gap: (value: number) => number,
  gapAtInfinity: number,
  fit: Fit,
  level: number,
): ConfidenceSet {
  const [centre, step] = centreAndStep(fit);
  const at = (k: number) => centre + step * Math.tan((k / (GRID - 1) - 0.5) * Math.PI);
  const intervals: [number, number][] = [];
  let open: number | undefined = gapAtInfinity <= 0 ? -Infinity : undefined;
  let previous = -Infinity;
  let inside = gapAtInfinity <= 0;
  for (let k = 1; k < GRID; k++) {
    const value = k === GRID - 1 ? Infinity : at(k);
    const now = (k === GRID - 1 ? gapAtInfinity : gap(value)) <= 0;
    if (now !== inside) {
      const crossing = bisect(
        gap,
        Number.isFinite(previous) ? previous : at(1) * 1e3 - 1e3 * step,
        Number.isFinite(value) ? value : at(GRID - 2) * 1e3 + 1e3 * step,
        inside,
      );
      if (now) open = crossing;
      else {
        intervals.push([open!, crossing]);
        open = undefined;
      }
      inside = now;
    }
    previous = value;
  }
  if (open !== undefined) intervals.push([open, Infinity]);
  return confidenceSet(intervals, level);
}

function bisect(gap: (value: number) => number, from: number, to: number, inside: boolean): number {
  let [a, b] = [from, to];
  for (let step = 0; step < 200; step++) {
    const middle = (a + b) / 2;
    if (middle === a || middle === b) break;
    if ((gap(middle) <= 0) === inside) a = middle;
    else b = middle;
  }
  return (a + b) / 2;
}

function centreAndStep(fit: Fit): [number, number] {
  const name = fit.coefNames.find((text) => text.startsWith("fit_"))!;
  return [fit.coef(name), fit.se(name)];
}

/** Names the shape of a set of intervals. */
export function confidenceSet(
  intervals: readonly (readonly [number, number])[],
  level: number,
): ConfidenceSet {
  const unboundedBelow = intervals[0]?.[0] === -Infinity;
  const unboundedAbove = intervals.at(-1)?.[1] === Infinity;
  const shape = intervals.length === 0
    ? "empty"
    : intervals.length === 1
    ? unboundedBelow && unboundedAbove
      ? "whole line"
      : unboundedBelow || unboundedAbove
      ? "ray"
      : "interval"
    : intervals.length === 2 && unboundedBelow && unboundedAbove
    ? "two rays"
    : "union of intervals";
  const percent = `${+(100 * level).toFixed(4)} % confidence set`;
  const text = intervals.map(([low, high]) => `[${format(low)}, ${format(high)}]`).join(" ∪ ");
  const statement = shape === "empty"
    ? `${percent}: empty (the model is rejected at every value)`
    : shape === "whole line"
    ? `${percent}: the whole line (the data do not identify the coefficient)`
    : `${percent}: ${text}${unboundedBelow || unboundedAbove ? " (unbounded)" : ""}`;
  return { intervals, shape, level, statement };
}

function format(value: number): string {
  return Number.isFinite(value) ? String(+value.toPrecision(6)) : value < 0 ? "−∞" : "∞";
}

/** Quantile of the F distribution by bisection. */
export function fQuantile(level: number, numerator: number, denominator: number): number {
  let [low, high] = [0, 1];
  while (fPvalue(high, numerator, denominator) > 1 - level) high *= 2;
  for (let step = 0; step < 200 && high - low > 1e-15 * high; step++) {
    const middle = (low + high) / 2;
    if (fPvalue(middle, numerator, denominator) > 1 - level) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
