/**
 * Econometrics with fixed effects: formula -> design -> absorption -> estimate -> covariance -> table,
 * event study, shift-share and few-cluster inference.
 *
 * Defaults, which are fixest's (0.12) unless said otherwise:
 * - covariance: clustered by the panel unit (`panelId`), else by the first effect, else iid (fixest 0.13
 *   made iid the default everywhere; every fit and table says which covariance it has);
 * - small-sample correction: `adj`, `fixefK: "nested"`, `clusterAdj`, `clusterDf: "min"`, `tDf: "min"`;
 *   degrees of freedom count Σ groups − (effects − 1), exactly so with `fixefForceExact`;
 * - t statistics have min G − 1 degrees of freedom with clusters, else n − K; Poisson is normal;
 * - rows alone in a group of an effect are dropped, repeatedly (as reghdfe and fixest ≥ 0.13;
 *   `fixefRm: "none"` keeps them); rows with empty cells are dropped; NaN and ±∞ are errors;
 * - absorption to 1e-8 of each variable's norm in fitted values, Poisson to 1e-8 of the deviance and one
 *   step more; collinear variables are dropped in the order of the formula and listed.
 */
export {
  type Absorbed,
  type Absorber,
  absorber,
  type AbsorbOptions,
  ABSORPTION_TOLERANCE,
  type AbsorptionMethod,
} from "./absorb.ts";
export { type Column, type Data } from "./data_table.ts";
export { type Effect } from "./effects.ts";
export { connectedComponents, countEffects, type EffectsCount } from "./effects_count.ts";
export { type Estimate } from "./estimate.ts";
export { type Expression, expressionText } from "./expression.ts";
export { type FactorTerm } from "./factor_terms.ts";
export { type EstimationOptions, feols } from "./feols.ts";
export { type DegreesOfFreedom, type Fit, type FitStatistics, type Interval } from "./fit.ts";
export { type EffectTerm, type Formula, parseFormula } from "./formula.ts";
export { type DroppedRows, type Report } from "./report.ts";
export { DEFAULT_SSC, type Ssc, type SscOptions } from "./ssc.ts";
export { rowLeverages, type Vcov } from "./vcov.ts";
export { type VcovChoice, type VcovSpec } from "./vcov_spec.ts";
export { fepois, type PoissonOptions } from "./fepois.ts";
export { type SeparationCheck } from "./separation.ts";
export { type AndersonRubin, type ConfidenceSet } from "./anderson_rubin.ts";
export {
  type EffectiveF,
  type FirstStage,
  type IvDiagnostics,
  ivDiagnostics,
  type TestResult,
} from "./iv_diagnostics.ts";
export {
  type EventAverage,
  type EventStudy,
  eventStudy,
  type EventStudyOptions,
  type EventTime,
} from "./event_study.ts";
export {
  breakdownMbar,
  type EventPath,
  relativeMagnitudes,
  type RobustInterval,
} from "./relative_magnitudes.ts";
export { supTCritical } from "./sup_t.ts";
export {
  type PermutationInference,
  type PermutationOptions,
  permuteShocks,
} from "./permutation.ts";
export {
  type ShiftShareInference,
  shiftShareInference,
  type ShiftShareOptions,
} from "./shift_share.ts";
export {
  type Concentration,
  shareConcentration,
  type ShareMatrix,
  type ShiftShareSpec,
  type ShockPaths,
} from "./shift_share_design.ts";
export {
  type ShockLevelOptions,
  type ShockLevelRegression,
  shockLevelRegression,
  type ShockRow,
} from "./shift_share_shock_level.ts";
export { type WildBootstrap, wildBootstrap, type WildBootstrapOptions } from "./wild_bootstrap.ts";
export { type WildWeights } from "./wild_bootstrap_draws.ts";
export { type RegressionTable, table, type TableOptions, type TableRow } from "./table.ts";
export { fitFromJson, fitToJson, type ReadFit, type SavedFit } from "./saved_fit.ts";
export { summaryText } from "./summary_text.ts";
