import type { DataTable } from "./data_table.ts";
import type { Design } from "./design.ts";
import type { Absorber, AbsorbOptions } from "./absorb.ts";
import type { EffectsCount } from "./effects_count.ts";
import type { Panel } from "./panel.ts";

/**
 * What every covariance needs of an estimation. The estimator solves Σ scores = 0 with
 * score_i = scoreWeight_i · residual_i · column_i, and its bread is the inverse of minus the
 * derivative of that sum.
 */
export interface Estimate {
  readonly method: "OLS" | "2SLS" | "Poisson";
  readonly design: Design;
  readonly table: DataTable;
  readonly panel: Panel | undefined;
  /** Coefficient names as printed [k]. */
  readonly names: readonly string[];
  readonly coefficients: Float64Array;
  /** Regressors with the effects out (for 2SLS: their projection on the instruments) [k][rows]. */
  readonly columns: readonly Float64Array[];
  /** y − fitted, on the scale of y [rows]. */
  readonly residuals: Float64Array;
  /** Weights given by the user; undefined for ones. */
  readonly weights: Float64Array | undefined;
  readonly weightsType: "analytic" | "frequency";
  /** Weights of the (last) least squares problem: the user's, times μ in a Poisson regression. */
  readonly hessianWeights: Float64Array | undefined;
  /** Row-major [k][k]. */
  readonly bread: Float64Array;
  /** Observations: rows, or the sum of frequency weights. */
  readonly nobs: number;
  readonly effectsCount: EffectsCount;
  /** Whether iid errors have a variance to estimate (not in a Poisson regression). */
  readonly hasDispersion: boolean;
  /** Outcome with the effects out [rows]; for a Poisson regression that of its last working outcome. */
  readonly outcome: Float64Array;
  /** Takes the effects out of further columns, with the options of this estimation. */
  readonly absorber: Absorber;
  readonly absorbOptions: AbsorbOptions;
  /** Present for 2SLS. */
  readonly instrumental: Instrumental | undefined;
}

/** Columns of a 2SLS estimation with the effects out, collinear ones removed. */
export interface Instrumental {
  readonly endogenousNames: readonly string[];
  readonly instrumentNames: readonly string[];
  readonly exogenousNames: readonly string[];
  readonly endogenous: readonly Float64Array[];
  readonly instruments: readonly Float64Array[];
  readonly exogenous: readonly Float64Array[];
}

/** Scores by row and coefficient, one array per coefficient [k][rows]. */
export function scoreColumns(
  { columns, residuals, weights }: Estimate,
): Float64Array[] {
  return columns.map((column) => {
    const scores = new Float64Array(residuals.length);
    for (let i = 0; i < scores.length; i++) {
      scores[i] = (weights ? weights[i] : 1) * residuals[i] * column[i];
    }
    return scores;
  });
}
