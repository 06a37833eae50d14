import { checkEconomy } from "./check_economy.ts";
import { clearMarkets, type Outcome } from "./clear_markets.ts";
import { checkClosure, type Closure } from "./closure.ts";
import type { Economy } from "./economy.ts";
import { type Equilibrium, equilibriumError } from "./equilibrium.ts";
import { failureReason } from "./failure_reason.ts";
import { buildProblem } from "./problem.ts";
import { checkShock, type Shock } from "./shock.ts";
import { closurePart, gradualShock } from "./shock_part.ts";

/** Settings of a solve. */
export interface SolveOptions {
  /** How technology responds; default `{ kind: "fixed" }`. */
  readonly closure?: Closure;
  /** Largest residual of any block at a solution; default 1e-11. */
  readonly tolerance?: number;
  /** Evaluations of the factor markets before giving up; default 4,000. */
  readonly maxIterations?: number;
  /** Equilibrium of a similar shock to start from; default the baseline. */
  readonly start?: Equilibrium;
}

const DEFAULT_TOLERANCE = 1e-11;
const DEFAULT_ITERATIONS = 4000;

/** Steps of a shock that is not reached at once, and the tolerance at which they count as reached. */
const FIRST_STEP = 1 / 4;
const SMALLEST_STEP = 1 / 512;
const ON_THE_WAY = 1e-5;

/** Widths of the quotas' corner, log points, in the order in which a rounded problem is sharpened. */
const WIDTHS = [1, 0.5, 0.25, 0.1, 0.04, 0.015, 0.005, 0.001, 0];

/**
 * The equilibrium of an economy after a shock: README.md, Equations with a closure of section 3.
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
  return reach(economy, shock, closure, { tolerance, maxIterations, start: options.start });
}

interface Goal {
  readonly tolerance: number;
  readonly maxIterations: number;
  readonly start?: Equilibrium;
}

/**
 * Goes to the shock at once. Where that fails: with the corners of the quotas rounded less and less;
 * then in steps of the shock, each starting from the one before, halved when it does not converge.
 */
function reach(economy: Economy, shock: Shock, closure: Closure, goal: Goal): Equilibrium {
  let iterations = 0;
  const attempt = (
    part: number,
    options: {
      readonly start?: Equilibrium | Float64Array;
      readonly width?: number;
      readonly newton?: boolean;
    },
  ) => {
    const { start, width = 0, newton = false } = options;
    const outcome = clearMarkets(
      buildProblem(economy, gradualShock(economy, shock, part), closurePart(closure, part)),
      {
        tolerance: part === 1 && width === 0 ? goal.tolerance : ON_THE_WAY,
        maxIterations: Math.max(0, goal.maxIterations - iterations),
        start,
        quotaWidth: width,
        newton,
      },
    );
    iterations += outcome.equilibrium.iterations;
    return outcome;
  };
  const finish = (outcome: Outcome) => ({ ...outcome.equilibrium, iterations });
  let last = attempt(1, { start: goal.start });
  if (last.converged) return finish(last);

  if (shock.quotas !== undefined && shock.quotas.length > 0 && iterations < goal.maxIterations) {
    let from: Float64Array | undefined;
    for (const width of WIDTHS) {
      const outcome = attempt(1, { start: from, width, newton: width === 0 });
      if (width === 0) {
        if (outcome.converged) return finish(outcome);
        last = outcome;
      } else if (outcome.converged) from = outcome.unknowns;
      else if (from === undefined) break;
    }
  }

  // Embargoes close markets only at the end, so that unknowns of steps may differ: start by label.
  let from: Equilibrium | undefined;
  let [part, step] = [0, FIRST_STEP];
  while (part < 1 && step >= SMALLEST_STEP && iterations < goal.maxIterations) {
    const next = Math.min(1, part + step);
    const outcome = attempt(next, { start: from, newton: next === 1 });
    if (outcome.converged) {
      from = outcome.equilibrium;
      part = next;
      step *= 2;
    } else step /= 2;
    if (next === 1) last = outcome;
  }
  if (part === 1) return finish(last);
  const equilibrium = finish(last);
  const followed = from === undefined
    ? ""
    : `; the shock could be followed to ${(100 * part).toPrecision(3)} % of its size`;
  const reason = failureReason(economy, closure, from ?? equilibrium);
  throw equilibriumError(
    `no convergence to ${goal.tolerance} in ${iterations} iterations${followed}` +
      (reason === "" ? "" : `; ${reason}`),
    { residuals: equilibrium.residuals, lastState: equilibrium },
  );
}
