import { anderson } from "@ree/numeric";
import { checkEconomy } from "./check_economy.ts";
import { checkClosure, type Closure } from "./closure.ts";
import type { Economy } from "./economy.ts";
import { type Equilibrium, equilibriumError } from "./equilibrium.ts";
import { evaluateMarkets, listMarkets, marketImage, type Markets } from "./markets.ts";
import { buildProblem, type Problem } from "./problem.ts";
import { reportEquilibrium } from "./report_equilibrium.ts";
import { allResiduals } from "./residuals.ts";
import { blockSteps, elementBlocks } from "./element_blocks.ts";
import { checkShock, type Shock } from "./shock.ts";
import { startFrom } from "./start.ts";
import { baselineState, type State } from "./state.ts";

/** Settings of a solve. */
export interface SolveOptions {
  /** How technology responds; default `{ kind: "fixed" }`. */
  readonly closure?: Closure;
  /** Largest residual of any block at a solution; default 1e-11. */
  readonly tolerance?: number;
  /** Evaluations of the factor markets before giving up; default 1,000. */
  readonly maxIterations?: number;
  /** Equilibrium of a similar shock to start from; default the baseline. */
  readonly start?: Equilibrium;
}

const DEFAULT_TOLERANCE = 1e-11;
const DEFAULT_ITERATIONS = 1000;

/** Differences kept by the acceleration of the factor markets. */
const OUTER_DEPTH = 12;

/** Inner problems are solved to this part of the outer residual, within these bounds (log points). */
const INNER_PART = 0.02;
const LOOSEST_INNER = 1e-3;
/** The last inner solves are this part of the tolerance. */
const FINAL_PART = 0.1;
const MAX_SWEEPS = 500;

/** Longest move of any unknown in one step, log points. */
const LONGEST_STEP = 1;

/** A residual this many times the best one means that the last steps went wrong. */
const SETBACK = 10;

/** A tactic is given up after so many iterations without an improvement by a tenth. */
const PATIENCE = 15;
const IMPROVEMENT = 0.9;

/** How the unknowns are moved. */
interface Tactic {
  /** Newton steps on the elements' world markets (fast when elements are a small part of cost). */
  readonly blocks: boolean;
  /** Anderson mixing starts below this residual, log points; further away the map may bend too much. */
  readonly near: number;
  readonly damping: number;
}

/** Tried in turn from the best point so far; the first one solves nearly all problems. */
const TACTICS: readonly Tactic[] = [
  { blocks: true, near: 0.2, damping: 1 },
  { blocks: false, near: Infinity, damping: 1 },
  { blocks: true, near: Infinity, damping: 0.5 },
  { blocks: false, near: Infinity, damping: 0.5 },
  { blocks: true, near: 0.02, damping: 0.25 },
  { blocks: false, near: Infinity, damping: 0.2 },
  { blocks: false, near: 0.05, damping: 0.1 },
  { blocks: true, near: 0.01, damping: 0.05 },
];

/**
 * The equilibrium of an economy after a shock: model.md section 2 with a closure of section 3.
 *
 * Prices (equations 1 to 6) and spending (7 to 9) are solved matrix-free at given factor prices,
 * returns, quota wedges and technology variables, and these are moved by Anderson mixing until every
 * factor market, resource market and quota clears. One sweep over prices or spending costs
 * O(N²J + NJ²). Complementarity of quotas is exact: a slack quota has a wedge of exactly 0.
 *
 * @returns only states in which ALL blocks of equations hold to the tolerance
 * @throws RangeError when economy, shock, closure or an option is invalid (named)
 * @throws EquilibriumError when no equilibrium can exist (an essential input without supplier) or the
 * solve does not converge; the latter carries `residuals` and `lastState`
 * @example
 * ```ts
 * const economy = smallEconomy();
 * const shock = shockOf(economy, exportQuota("CHN", ["heavy"], 0.6));
 * const { welfare } = solveEquilibrium(economy, shock, { closure: { kind: "entry" } });
 * ```
 */
export function solveEquilibrium(
  economy: Economy,
  shock: Shock,
  options: SolveOptions = {},
): Equilibrium {
  const {
    closure = { kind: "fixed" },
    tolerance = DEFAULT_TOLERANCE,
    maxIterations = DEFAULT_ITERATIONS,
  } = options;
  if (!(tolerance >= 1e-13 && tolerance < 1)) {
    throw new RangeError(`tolerance is ${tolerance}; expected 1e-13 to 1`);
  }
  if (!(Number.isInteger(maxIterations) && maxIterations > 0)) {
    throw new RangeError(`maxIterations is ${maxIterations}; expected a positive whole number`);
  }
  checkEconomy(economy);
  checkShock(economy, shock);
  checkClosure(economy, closure);
  const problem = buildProblem(economy, shock, closure);
  const state = baselineState(problem);
  const markets = listMarkets(problem);
  const unknowns = options.start === undefined
    ? new Float64Array(markets.kinds.length)
    : startFrom(problem, state, markets, options.start);
  return clearMarkets({ problem, state, markets, unknowns, tolerance, maxIterations });
}

interface Solve {
  readonly problem: Problem;
  readonly state: State;
  readonly markets: Markets;
  readonly unknowns: Float64Array;
  readonly tolerance: number;
  readonly maxIterations: number;
}

function clearMarkets(solve: Solve): Equilibrium {
  const { problem, state, markets, unknowns, tolerance, maxIterations } = solve;
  const mixer = anderson(unknowns.length, OUTER_DEPTH);
  const image = new Float64Array(unknowns.length);
  const before = new Float64Array(unknowns.length);
  const best = Float64Array.from(unknowns);
  const blocks = elementBlocks(problem, markets);
  const tightest = FINAL_PART * tolerance;
  let [bestGap, lastGap, tactic, waited] = [Infinity, Infinity, 0, 0];
  let iteration = 0;
  while (iteration++ < maxIterations && tactic < TACTICS.length) {
    const inner = Math.max(tightest, Math.min(LOOSEST_INNER, INNER_PART * lastGap));
    let gap = evaluateMarkets(problem, state, markets, unknowns, {
      tolerance: inner,
      maxSweeps: MAX_SWEEPS,
    });
    if (gap <= tolerance && inner > tightest) {
      gap = evaluateMarkets(problem, state, markets, unknowns, {
        tolerance: tightest,
        maxSweeps: MAX_SWEEPS,
      });
    }
    if (gap <= tolerance) {
      const residuals = allResiduals(problem, state, markets, unknowns);
      if (Object.values(residuals).every((value) => value <= tolerance)) {
        return reportEquilibrium(problem, state, residuals, iteration);
      }
    }
    waited = gap < IMPROVEMENT * bestGap ? 0 : waited + 1;
    if (!(gap <= SETBACK * bestGap) || waited > PATIENCE) {
      tactic++;
      waited = 0;
      unknowns.set(best);
      resetState(problem, state);
      mixer.reset();
      lastGap = Infinity;
      bestGap = Infinity;
      continue;
    }
    if (gap < bestGap) {
      bestGap = gap;
      best.set(unknowns);
    }
    lastGap = gap;
    const { blocks: newton, near, damping } = TACTICS[tactic];
    before.set(unknowns);
    marketImage(markets, unknowns, damping, image);
    if (newton) blockSteps(problem, state, markets, blocks, unknowns, image, damping);
    if (gap < near) mixer.advance(unknowns, image);
    else {
      unknowns.set(image);
      mixer.reset();
    }
    shorten(before, unknowns);
  }
  iteration--;
  evaluateMarkets(problem, state, markets, best, { tolerance: tightest, maxSweeps: MAX_SWEEPS });
  const residuals = allResiduals(problem, state, markets, best);
  throw equilibriumError(
    `no convergence to ${tolerance} in ${iteration} iterations`,
    { residuals, lastState: reportEquilibrium(problem, state, residuals, iteration) },
  );
}

/** Scales a step so that no unknown moves further than the longest step. */
function shorten(from: Float64Array, to: Float64Array) {
  let longest = 0;
  for (let m = 0; m < to.length; m++) longest = Math.max(longest, Math.abs(to[m] - from[m]));
  if (longest <= LONGEST_STEP) return;
  const part = LONGEST_STEP / longest;
  for (let m = 0; m < to.length; m++) to[m] = from[m] + part * (to[m] - from[m]);
}

/** Prices and spending may be useless after a bad step: start them afresh. */
function resetState({ economy }: Problem, state: State) {
  state.lnPrice.fill(0);
  state.priceMixer.reset();
  state.spendingMixer.reset();
  for (let at = 0; at < state.spending.length; at++) {
    state.spending[at] = economy.expenditure[at] > 0 ? 1 : 0;
  }
}
