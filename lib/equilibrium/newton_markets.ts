import { type Lu, lu, luSolve } from "@ree/numeric";
import { evaluateMarkets, type Markets } from "./markets.ts";
import type { Problem } from "./problem.ts";
import { lnWedgeOf } from "./quota_rule.ts";
import type { State } from "./state.ts";

/** Step of the finite differences, log points, and the inner tolerance that makes them meaningful. */
const DIFFERENCE = 1e-5;
const INNER = 1e-12;
const MAX_SWEEPS = 500;

/** With more unknowns a Jacobian by differences costs too much (it takes one evaluation for each). */
const MOST_UNKNOWNS = 700;
const MAX_JACOBIANS = 8;

/** The same Jacobian is used again while a step leaves less than this part of the residual. */
const GOOD_STEP = 0.3;
const MAX_HALVINGS = 10;

/** Longest step of any unknown, log points. */
const LONGEST_STEP = 1;

/**
 * The slow and sure way: semismooth Newton on all unknowns at once, Jacobian by finite differences,
 * step halving. For problems on which mixing stalls (quotas at the edge of binding, rigid demand).
 *
 * @param unknowns start; becomes the best point found
 * @returns evaluations of the factor markets, those for Jacobians included
 */
export function newtonMarkets(
  problem: Problem,
  state: State,
  markets: Markets,
  unknowns: Float64Array,
  options: { readonly tolerance: number; readonly maxIterations: number },
): { readonly iterations: number } {
  const size = unknowns.length;
  let iterations = 0;
  if (size > MOST_UNKNOWNS) return { iterations };
  const gapOf = (point: Float64Array, residual: Float64Array) => {
    const gap = evaluateMarkets(problem, state, markets, point, {
      tolerance: INNER,
      maxSweeps: MAX_SWEEPS,
    });
    let worst = Number.isNaN(gap) ? Infinity : 0;
    for (let m = 0; m < size; m++) {
      const from = markets.kinds[m] === "quotas" ? lnWedgeOf(point[m], state.quotaWidth) : point[m];
      residual[m] = from + markets.excess[m] - point[m]; // the normal map of markets.ts, unscaled
      worst = Math.max(worst, Math.abs(residual[m]));
    }
    return worst;
  };
  const residual = new Float64Array(size);
  const trialResidual = new Float64Array(size);
  const trial = new Float64Array(size);
  const step = new Float64Array(size);
  const jacobian = differences(markets, size);
  let gap = gapOf(unknowns, residual);
  for (let count = 0; count < MAX_JACOBIANS && gap > options.tolerance / 4; count++) {
    if (!Number.isFinite(gap) || iterations + size > options.maxIterations) break;
    iterations += size;
    const factors = jacobian(gapOf, unknowns, residual);
    if (factors === undefined) break;
    for (let good = true; good && gap > options.tolerance / 4;) {
      if (iterations >= options.maxIterations) return { iterations };
      luSolve(factors, residual, step);
      let longest = 0;
      for (const value of step) longest = Math.max(longest, Math.abs(value));
      let length = Math.min(1, LONGEST_STEP / longest);
      let reached = Infinity;
      for (let halving = 0; halving < MAX_HALVINGS; halving++, length /= 2) {
        for (let m = 0; m < size; m++) trial[m] = unknowns[m] - length * step[m];
        reached = gapOf(trial, trialResidual);
        iterations++;
        if (reached < gap * (1 - 0.1 * length)) break;
      }
      good = reached < GOOD_STEP * gap;
      if (!(reached < gap)) {
        if (count > 0 || reached === Infinity) return { iterations };
        break;
      }
      unknowns.set(trial);
      residual.set(trialResidual);
      gap = reached;
    }
  }
  return { iterations };
}

/** What the Jacobian is taken of: fills the residual at a point and returns its largest entry. */
type Residual = (point: Float64Array, residual: Float64Array) => number;

/**
 * Factors of the Jacobian, with the redundant market replaced by "mean return unchanged"; all buffers
 * are made at the first call and used again.
 */
function differences(markets: Markets, size: number) {
  const isReturn = markets.kinds.map((kind) => kind === "factors" || kind === "resources");
  const returns = isReturn.filter((yes) => yes).length;
  let buffers: { matrix: Float64Array; moved: Float64Array; other: Float64Array } | undefined;
  let factors: Lu | undefined;
  return (gapOf: Residual, unknowns: Float64Array, residual: Float64Array): Lu | undefined => {
    buffers ??= {
      matrix: new Float64Array(size * size),
      moved: new Float64Array(size),
      other: new Float64Array(size),
    };
    const { matrix, moved, other } = buffers;
    for (let k = 0; k < size; k++) {
      moved.set(unknowns);
      moved[k] += DIFFERENCE;
      if (!Number.isFinite(gapOf(moved, other))) return undefined;
      for (let m = 0; m < size; m++) {
        matrix[m * size + k] = (other[m] - residual[m]) / DIFFERENCE;
        // Returns matter up to a common factor and their markets add up to 0: without this the matrix
        // would be singular in exactly that direction.
        if (isReturn[m] && isReturn[k]) matrix[m * size + k] -= 1 / returns;
      }
    }
    try {
      factors = lu(matrix, factors);
      return factors;
    } catch {
      return undefined;
    }
  };
}
