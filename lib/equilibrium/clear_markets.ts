import { anderson } from "@ree/numeric";
import { blockSteps, elementBlocks } from "./element_blocks.ts";
import type { Equilibrium } from "./equilibrium.ts";
import { evaluateMarkets, listMarkets, marketImage } from "./markets.ts";
import { newtonMarkets } from "./newton_markets.ts";
import type { Problem } from "./problem.ts";
import { reportEquilibrium } from "./report_equilibrium.ts";
import { allResiduals } from "./residuals.ts";
import { startFrom } from "./start.ts";
import { baselineState, type State } from "./state.ts";

/** Differences kept by the acceleration of the factor markets. */
const OUTER_DEPTH = 12;

/** Inner problems are solved to this part of the outer residual, within these bounds (log points). */
const INNER_PART = 0.02;
const LOOSEST_INNER = 1e-3;
/** The last inner solves are this part of the tolerance. */
const FINAL_PART = 0.02;
const MAX_SWEEPS = 500;

/** Longest move of any unknown in one step, log points. */
const LONGEST_STEP = 1;

/** A residual this many times the best one means that the last steps went wrong. */
const SETBACK = 10;

/** A tactic is given up after so many iterations without an improvement by a tenth. */
const PATIENCE = 20;
const IMPROVEMENT = 0.9;

/**
 * Far from the solution steps are shortened while the residual does not fall, and lengthened again when
 * it does: Newton steps across a quota's edge would otherwise go to and fro.
 */
const SLOW = 0.95;
const SLOWEST = 0.05;

/** With so few unknowns Newton's method is tried at once. */
const FEW_UNKNOWNS = 200;

/** How the unknowns are moved. */
interface Tactic {
  /** Newton steps on the elements' world markets (fast when elements are a small part of cost). */
  readonly blocks: boolean;
  /** Anderson mixing starts below this residual, log points; further away the map may bend too much. */
  readonly near: number;
  readonly damping: number;
}

/** Tried in turn from the best point so far; the first one solves nearly all problems, Newton follows. */
const TACTICS: readonly Tactic[] = [
  { blocks: true, near: 0.2, damping: 1 },
  { blocks: false, near: Infinity, damping: 1 },
  { blocks: true, near: Infinity, damping: 0.5 },
  { blocks: false, near: Infinity, damping: 0.5 },
];

/** What {@link clearMarkets} reached: an equilibrium, or the best state before it gave up. */
export interface Outcome {
  readonly converged: boolean;
  readonly equilibrium: Equilibrium;
  /** The unknowns there: a start for a problem with the same markets. */
  readonly unknowns: Float64Array;
}

/** Moves wages, returns, wedges and technology variables of one problem until all markets clear. */
export function clearMarkets(
  problem: Problem,
  options: {
    readonly tolerance: number;
    readonly maxIterations: number;
    readonly start?: Equilibrium | Float64Array;
    /** Rounding of the quotas' corner, for a step on the way; default 0, the exact rule. */
    readonly quotaWidth?: number;
    /** Try Newton's method when mixing stalls, however many unknowns there are. */
    readonly newton: boolean;
  },
): Outcome {
  const { tolerance, maxIterations } = options;
  const state = baselineState(problem);
  const markets = listMarkets(problem);
  state.quotaWidth = options.quotaWidth ?? 0;
  const { start } = options;
  const unknowns = start === undefined
    ? new Float64Array(markets.kinds.length)
    : start instanceof Float64Array
    ? Float64Array.from(start)
    : startFrom(problem, state, markets, start);
  const mixer = anderson(unknowns.length, OUTER_DEPTH);
  const image = new Float64Array(unknowns.length);
  const before = new Float64Array(unknowns.length);
  const best = Float64Array.from(unknowns);
  const blocks = elementBlocks(problem, markets);
  const tightest = FINAL_PART * tolerance;
  let [bestGap, lastGap, tactic, waited, pace] = [Infinity, Infinity, 0, 0, 1];
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
        return {
          converged: true,
          equilibrium: reportEquilibrium(problem, state, residuals, iteration),
          unknowns,
        };
      }
    }
    waited = gap < IMPROVEMENT * bestGap ? 0 : waited + 1;
    if (!(gap <= SETBACK * bestGap) || waited > PATIENCE) {
      tactic++;
      waited = 0;
      pace = 1;
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
    pace = gap > SLOW * lastGap ? Math.max(SLOWEST, pace * 0.6) : Math.min(1, pace * 1.4);
    lastGap = gap;
    const { blocks: newton, near, damping } = TACTICS[tactic];
    before.set(unknowns);
    marketImage(markets, state.quotaWidth, unknowns, damping, image);
    if (newton) blockSteps(problem, state, markets, blocks, unknowns, image, damping);
    if (gap < near) mixer.advance(unknowns, image);
    else {
      for (let m = 0; m < image.length; m++) unknowns[m] += pace * (image[m] - unknowns[m]);
      mixer.reset();
    }
    shorten(before, unknowns);
  }
  iteration--;
  if (options.newton || unknowns.length <= FEW_UNKNOWNS) {
    iteration += newtonMarkets(problem, state, markets, best, {
      tolerance,
      maxIterations: maxIterations - iteration,
    }).iterations;
  }
  evaluateMarkets(problem, state, markets, best, { tolerance: tightest, maxSweeps: MAX_SWEEPS });
  const residuals = allResiduals(problem, state, markets, best);
  return {
    converged: Object.values(residuals).every((value) => value <= tolerance),
    equilibrium: reportEquilibrium(problem, state, residuals, iteration),
    unknowns: best,
  };
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
