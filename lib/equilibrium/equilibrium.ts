/**
 * A counterfactual equilibrium. Hats are new over baseline values; levels are in the baseline's
 * numeraire (world primary income unchanged). Source: README.md, Equations.
 */
export interface Equilibrium {
  /** Ŵ [country]: real income, Î / Π P̂^β. */
  readonly welfare: Float64Array;
  /** Î [country]: income including taxes, quota rents and the transfer. */
  readonly income: Float64Array;
  /** Π P̂^β [country]. */
  readonly consumerPrice: Float64Array;
  /** P̂ [country][sector] at purchaser prices; Infinity where nobody delivers any more. */
  readonly price: Float64Array;
  /** ĉ [country][sector] at producer prices; 0 where a producer with a specific resource lost all its sales. */
  readonly unitCost: Float64Array;
  /** X′ [country][sector], a level. */
  readonly expenditure: Float64Array;
  /** Y′ [country][sector], a level. */
  readonly revenue: Float64Array;
  /** s′ [country][sector], a level. */
  readonly elementShare: Float64Array;
  /** π′ [importer][exporter][sector], a level. */
  readonly tradeShare: Float64Array;
  /** ω′ [country][sector][element], a level. */
  readonly elementMix: Float64Array;
  /** ŵ [country][factor]; 1 for a factor without baseline income. */
  readonly wage: Float64Array;
  /** r̂ [country][sector]; 1 where there is no specific resource. */
  readonly resourceReturn: Float64Array;
  /** B̂R and B̂X [country][sector]. */
  readonly technology: { readonly element: Float64Array; readonly other: Float64Array };
  /** Wedge of each quota of the shock, ad valorem; 0 when slack, Infinity when the limit is 0. */
  readonly quotaWedge: readonly number[];
  /** Largest gap of each block of equations; all are at most the tolerance. */
  readonly residuals: Readonly<Record<ResidualName, number>>;
  /** Evaluations of the factor markets. */
  readonly iterations: number;
}

/**
 * Blocks of equations: prices and technology (log points), spending (relative to each cell), factor
 * and resource markets (log points), quotas (log points of excess or of unmet binding limits), the
 * numeraire (relative), Walras (world spending against world income, relative).
 */
export type ResidualName =
  | "prices"
  | "technology"
  | "spending"
  | "factors"
  | "resources"
  | "quotas"
  | "numeraire"
  | "walras";

/** What an error of non-convergence carries. */
export interface FailedSolve {
  readonly residuals: Readonly<Record<ResidualName, number>>;
  /** Best state reached: a starting point, not an equilibrium. */
  readonly lastState: Equilibrium;
}

/** An error (`name` is `"EquilibriumError"`) that says why, with the residuals and the last state. */
export function equilibriumError(
  reason: string,
  failed?: FailedSolve,
): Error & Partial<FailedSolve> {
  const residuals = failed === undefined ? "" : ` (residuals: ${
    Object.entries(failed.residuals)
      .map(([name, value]) => `${name} ${value.toExponential(1)}`)
      .join(", ")
  })`;
  const error = new Error(reason + residuals);
  error.name = "EquilibriumError";
  return Object.assign(error, failed ?? {});
}
