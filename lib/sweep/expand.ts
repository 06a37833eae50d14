import normalQuantile from "@stdlib/stats-base-dists-normal-quantile";
import { sobolSequence } from "@ree/numeric";
import type { Axis, Distribution, Draws, Parameters, Scalar } from "./design.ts";

/** One run of a plan. */
export interface Run {
  /** Number of the run, from 0. */
  readonly run: number;
  /** Number of the draw, from 0: runs of a draw share its drawn parameters and its seed. */
  readonly draw: number;
  /** Seed for whatever the run draws itself; depends on plan and draw only. */
  readonly seed: number;
  readonly parameters: Parameters;
}

/** Seed of a draw: that of the design, spread; the same rule as the estimator's Monte Carlo studies. */
export function runSeed(seed: number, draw: number): number {
  return seed * 1_000_003 + draw;
}

/** Values of an axis. */
export function axisValues(axis: Axis): readonly Scalar[] {
  if (!("from" in axis)) return axis;
  const { from, to, count, scale = "linear" } = axis;
  return Array.from({ length: count }, (_, k) => between(from, to, k / (count - 1), scale));
}

/** A grid by number of its cell; axes in alphabetical order, the last one fastest. */
export interface Grid {
  readonly cells: number;
  readonly names: readonly string[];
  cell(index: number): Parameters;
}

/** The grid of axes; without axes it has one empty cell. */
export function gridOf(axes: Readonly<Record<string, Axis>>): Grid {
  const names = Object.keys(axes).sort();
  const values = names.map((name) => axisValues(axes[name]));
  return {
    names,
    cells: values.reduce((product, { length }) => product * length, 1),
    cell(index) {
      const parameters: Record<string, Scalar> = {};
      let rest = index;
      for (let k = names.length - 1; k >= 0; k--) {
        parameters[names[k]] = values[k][rest % values[k].length];
        rest = Math.floor(rest / values[k].length);
      }
      return parameters;
    },
  };
}

/** Drawn parameters of draws that need no file. */
export function drawnParameters(
  draws: Extract<Draws, { readonly type: "replications" | "sobol" }>,
  seed: number,
): (draw: number) => Parameters {
  if (draws.type === "replications") return () => ({});
  const names = Object.keys(draws.distributions).sort();
  const sobol = sobolSequence(names.length, seed);
  return (draw) => {
    const point = sobol.point(draw);
    return Object.fromEntries(
      names.map((name, k) => [name, quantile(draws.distributions[name], point[k])]),
    );
  };
}

function quantile(distribution: Distribution, u: number): Scalar {
  if ("values" in distribution) {
    const { values } = distribution;
    return values[Math.min(values.length - 1, Math.floor(u * values.length))];
  }
  if ("mean" in distribution) {
    const { mean, sd } = distribution;
    return sd === 0 ? mean : normalQuantile(u, mean, sd);
  }
  const { low, high, scale = "linear" } = distribution;
  return between(low, high, u, scale);
}

function between(from: number, to: number, part: number, scale: "linear" | "log"): number {
  if (part === 0) return from;
  if (part === 1) return to;
  return scale === "log"
    ? Math.exp(Math.log(from) + part * (Math.log(to) - Math.log(from)))
    : from + part * (to - from);
}
