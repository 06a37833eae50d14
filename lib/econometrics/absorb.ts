import { type Cholesky, cholesky, choleskySolve } from "@ree/numeric";
import { alternatingProjections, type Solved } from "./alternating_projections.ts";
import { conjugateGradients } from "./conjugate_gradients.ts";
import type { Effect } from "./effects.ts";
import {
  blockSums,
  type EffectsSystem,
  subtractBlocks,
  type SystemBuilder,
  systemBuilder,
} from "./effects_system.ts";
import {
  denseSchur,
  fillCost,
  headSolution,
  type Schur,
  schur,
  schurRightHandSide,
  type SparseSchur,
  sparseSchur,
} from "./schur.ts";

/** How effects are absorbed; "auto" chooses, and is what to use. */
export type AbsorptionMethod = "auto" | "direct" | "projections" | "conjugate-gradients";

/** Choices of {@link Absorber.absorb}. */
export interface AbsorbOptions {
  /** Wanted accuracy of the absorbed columns, relative to their weighted norm; default 1e-8. */
  readonly tolerance?: number;
  /** Sweeps or steps per column before giving up; default 10,000. */
  readonly maxIterations?: number;
  readonly method?: AbsorptionMethod;
  /** Coefficients to start from, from an earlier call on similar weights. */
  readonly start?: readonly Float64Array[];
  /** The weights are unlike those of later calls, which then learn nothing from this one. */
  readonly oddWeights?: boolean;
}

/** Columns with the effects taken out. */
export interface Absorbed {
  /** Residuals of each column on the effects [rows]; new arrays. */
  readonly columns: readonly Float64Array[];
  /** What to pass as `start` next time. */
  readonly start: readonly Float64Array[];
  readonly method: Exclude<AbsorptionMethod, "auto">;
  /** Largest number of sweeps or steps any column took. */
  readonly iterations: number;
}

/** Takes effects out of columns, for one design and changing weights. */
export interface Absorber {
  /**
   * @param columns [rows] each; left untouched
   * @param weights [rows], positive; undefined for ones
   * @throws when a column does not converge
   */
  absorb(
    columns: readonly Float64Array[],
    weights: Float64Array | undefined,
    options?: AbsorbOptions,
  ): Absorbed;
}

export const ABSORPTION_TOLERANCE = 1e-8;
const MAX_ITERATIONS = 10_000;
/** Multiplications that a dense factorisation may cost: some 30 ms, plus what 20 passes over the rows cost. */
const DENSE_BUDGET = 2e7;
const DENSE_BUDGET_PER_ROW = 20;
/** Accelerated sweeps after which projections count as stalled and conjugate gradients take over. */
const STALL_SWEEPS = 8;
/** Implicit steps after which forming S explicitly is considered. */
const IMPLICIT_STEPS = 40;
/** S is formed when that costs at most as much as this many implicit products. */
const FORMATION_BUDGET = 60;

/**
 * Prepares the absorption of fixed effects (levels and varying slopes).
 *
 * One effect is subtracted directly. With more, the normal equations of the effects are solved in
 * coefficient space with the largest effect eliminated: by a dense Cholesky factor when the rest is
 * small; else by alternating projections with Irons-Tuck acceleration, handing over to
 * preconditioned conjugate gradients when these stall (after 8 sweeps), which form the eliminated
 * system explicitly when it is sparse (worker-firm graphs).
 */
export function absorber(effects: readonly Effect[], rows: number): Absorber {
  if (effects.length === 0) {
    return {
      absorb: (columns) => ({
        columns: columns.map((column) => column.slice()),
        start: [],
        method: "direct",
        iterations: 0,
      }),
    };
  }
  // Built when first needed: who drops rows before that asks for another absorber.
  let builder: SystemBuilder | undefined;
  let last: { weights: Float64Array | undefined; solver: Solver; odd: boolean } | undefined;
  return {
    absorb(columns, weights, options = {}) {
      // Weights are compared by identity: a caller changes them by passing another array.
      if (!last || last.weights !== weights) {
        // A graph that was slow and sparse under other weights is so under these.
        const slow = last?.solver.sparse !== undefined && !last.odd;
        builder ??= systemBuilder(effects, rows);
        last = {
          weights,
          solver: solverFor(builder.build(weights)),
          odd: options.oddWeights ?? false,
        };
        if (slow) last.solver.sparse = sparseSchur(last.solver.schur);
      }
      return absorbColumns(last.solver, columns, options);
    },
  };
}

/** A system and what has been prepared for it so far. */
interface Solver {
  readonly system: EffectsSystem;
  readonly schur: Schur;
  dense?: Cholesky;
  sparse?: SparseSchur;
  cost?: number;
}

function solverFor(system: EffectsSystem): Solver {
  return { system, schur: schur(system) };
}

function absorbColumns(
  solver: Solver,
  columns: readonly Float64Array[],
  options: AbsorbOptions,
): Absorbed {
  const { system } = solver;
  const method = chooseMethod(solver, options.method ?? "auto");
  let iterations = 0;
  let used: Absorbed["method"] = method === "auto" ? "projections" : method;
  const start: Float64Array[] = [];
  const absorbed = columns.map((column, position) => {
    const result = centred(system, column);
    const from = options.start?.[position];
    if (system.restSize === 0) {
      subtractHead(system, result);
      start.push(new Float64Array(0));
      return result;
    }
    if (method === "direct") {
      const total = new Float64Array(system.restSize);
      // The second pass is iterative refinement, spared when little accuracy is asked for.
      const passes = (options.tolerance ?? ABSORPTION_TOLERANCE) > ABSORPTION_TOLERANCE ? 1 : 2;
      for (let pass = 0; pass < passes; pass++) {
        const x = solveDirectly(solver, result);
        for (let j = 0; j < x.length; j++) total[j] += x[j];
      }
      start.push(total);
      return result;
    }
    const solved = solveIteratively(solver, result, method, from, options);
    iterations = Math.max(iterations, solved.iterations);
    if (solved.method === "conjugate-gradients") used = solved.method;
    start.push(solved.x);
    return result;
  });
  return { columns: absorbed, start, method: used, iterations };
}

function chooseMethod(solver: Solver, wanted: AbsorptionMethod): AbsorptionMethod {
  const { system } = solver;
  if (system.restSize === 0) return "direct";
  if (wanted !== "auto") return wanted;
  if (solver.dense) return "direct";
  const factorisation = system.restSize ** 3 / 3;
  const budget = DENSE_BUDGET + DENSE_BUDGET_PER_ROW * system.rows;
  if (factorisation > budget) return "auto";
  solver.cost ??= fillCost(system);
  return factorisation + solver.cost <= budget ? "direct" : "auto";
}

/** A copy of the column minus its weighted mean: what is left loses no digits to a large mean. */
function centred({ weights, head, rows }: EffectsSystem, column: Float64Array): Float64Array {
  const result = column.slice();
  if (head[0].basis !== null) return result; // without levels the mean is not in the span
  let [sum, mass] = [0, 0];
  if (weights) {
    for (let i = 0; i < rows; i++) {
      sum += weights[i] * column[i];
      mass += weights[i];
    }
  } else {
    for (let i = 0; i < rows; i++) sum += column[i];
    mass = rows;
  }
  const mean = sum / mass;
  for (let i = 0; i < rows; i++) result[i] -= mean;
  return result;
}

function subtractHead(system: EffectsSystem, column: Float64Array) {
  const sums = blockSums(system, system.head, system.headSize, column);
  subtractBlocks(system.head, headSolution(system, sums, undefined), column);
}

function solveDirectly(solver: Solver, column: Float64Array): Float64Array {
  const { system } = solver;
  const { restSize } = system;
  solver.dense ??= cholesky(
    denseSchur(solver.schur),
    restSize,
    undefined,
    solver.schur.restDiagonal,
  );
  const headSums = blockSums(system, system.head, system.headSize, column);
  const restSums = blockSums(system, system.rest, restSize, column);
  const x = choleskySolve(solver.dense, schurRightHandSide(solver.schur, headSums, restSums));
  subtractBlocks(system.head, headSolution(system, headSums, x), column);
  subtractBlocks(system.rest, x, column);
  return x;
}

function solveIteratively(
  solver: Solver,
  column: Float64Array,
  method: AbsorptionMethod,
  from: Float64Array | undefined,
  options: AbsorbOptions,
): Solved & { method: "projections" | "conjugate-gradients" } {
  const { system } = solver;
  const { restSize } = system;
  const tolerance = options.tolerance ?? ABSORPTION_TOLERANCE;
  const limit = options.maxIterations ?? MAX_ITERATIONS;
  const headSums = blockSums(system, system.head, system.headSize, column);
  const restSums = blockSums(system, system.rest, restSize, column);
  const scale = Math.sqrt(headResidualSquare(system, headSums, column));
  const usable = from?.length === restSize ? from : new Float64Array(restSize);
  let solved: Solved = { x: usable, iterations: 0, converged: false };
  let used: "projections" | "conjugate-gradients" = "projections";
  if (method === "projections" || (method === "auto" && !solver.sparse)) {
    const sweeps = method === "projections" ? limit : STALL_SWEEPS;
    solved = alternatingProjections(
      system,
      headSums,
      restSums,
      usable,
      scale,
      tolerance,
      sweeps,
    );
  }
  if (!solved.converged && method !== "projections") {
    used = "conjugate-gradients";
    const rightHandSide = schurRightHandSide(solver.schur, headSums, restSums);
    solved = krylov(solver, rightHandSide, solved, scale, tolerance, limit);
  }
  if (!solved.converged) {
    throw new RangeError(
      `the absorption of the effects did not converge in ${limit} iterations ` +
        "(raise fixefIter or fixefTol)",
    );
  }
  subtractBlocks(system.head, headSolution(system, headSums, solved.x), column);
  subtractBlocks(system.rest, solved.x, column);
  return { ...solved, method: used };
}

function krylov(
  solver: Solver,
  rightHandSide: Float64Array,
  start: Solved,
  scale: number,
  tolerance: number,
  limit: number,
): Solved {
  const { diagonal } = solver.schur;
  const run = (multiply: Schur["multiply"], x: Float64Array, steps: number) =>
    conjugateGradients(multiply, diagonal, rightHandSide, x, scale, tolerance, steps);
  if (solver.sparse) return run(sparseProduct(solver.sparse), start.x, limit);
  const first = run(solver.schur.multiply, start.x, Math.min(limit, IMPLICIT_STEPS));
  if (first.converged || first.iterations >= limit) return first;
  const { system } = solver;
  const cells = [...system.headRest, ...system.restRest]
    .reduce((sum, { value }) => sum + value.length, 0);
  solver.cost ??= fillCost(system);
  if (solver.cost > FORMATION_BUDGET * cells) {
    // Restarting would forget the search directions, so the steps are done again in one run.
    return run(solver.schur.multiply, start.x, limit);
  }
  solver.sparse = sparseSchur(solver.schur);
  return run(sparseProduct(solver.sparse), first.x, limit);
}

function sparseProduct({ rowStart, column, value }: SparseSchur): Schur["multiply"] {
  return (x, out) => {
    for (let j = 0; j < out.length; j++) {
      let sum = 0;
      for (let k = rowStart[j]; k < rowStart[j + 1]; k++) sum += value[k] * x[column[k]];
      out[j] = sum;
    }
  };
}

/** Below this share of a column's square, what the head leaves is round-off. */
const HEAD_ROUND_OFF = 1e-12;

/** Weighted sum of squares of the column with only the head absorbed. */
function headResidualSquare(
  { weights, head, rows }: EffectsSystem,
  headSums: Float64Array,
  column: Float64Array,
): number {
  let square = 0;
  if (weights) { for (let i = 0; i < rows; i++) square += weights[i] * column[i] * column[i]; }
  else for (let i = 0; i < rows; i++) square += column[i] * column[i];
  const floor = HEAD_ROUND_OFF * square;
  for (const { size, inverse, offset } of head) {
    for (let g = 0; g < size; g++) square -= headSums[offset + g] ** 2 * inverse[g];
  }
  return Math.max(square, floor);
}
