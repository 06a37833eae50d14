/** From judged and estimated inputs to intervals of outcomes, and which input's uncertainty matters. */
export {
  type SobolIndex,
  type SobolIndices,
  sobolIndices,
  type SobolOptions,
  type SobolSample,
} from "./sobol_indices.ts";
export {
  BASE_PARTS,
  type ColumnGroup,
  type SaltelliDesign,
  saltelliDesign,
} from "./saltelli_design.ts";
export { judgedQuantile, type JudgedRange } from "./judged_quantile.ts";
export { parameterColumns, parameterDraw } from "./parameter_draw.ts";
export {
  type DrawnInputs,
  INPUT_GROUPS,
  type InputGroup,
  type InputGroupName,
  type InputSampler,
  inputSampler,
  type UncertainInputs,
} from "./drawn_inputs.ts";
export {
  DRAWN_CLOSURES,
  MITIGATION,
  type OutcomeChoice,
  type OutcomeLabel,
  outcomeLabels,
} from "./drawn_outcomes.ts";
export {
  type DrawResult,
  type UncertainModel,
  uncertainModel,
  type UncertainModelOptions,
} from "./uncertain_model.ts";
export {
  EQUAL_DUTY,
  loadUncertainWorld,
  QUOTA_CUT,
  uncertainWorld,
  type UncertainWorldData,
  type UncertainWorldOptions,
} from "./uncertain_world.ts";
export {
  type Draw,
  readUncertainty,
  runUncertainty,
  type RunUncertaintyOptions,
  type UncertaintyDesign,
  type UncertaintyRun,
  uncertaintySweep,
} from "./run_uncertainty.ts";
export {
  countDraws,
  decomposeOutcome,
  type DrawCount,
  histogram,
  type HistogramBar,
  independentValues,
  type OutcomeInterval,
  outcomeIntervals,
  outcomeValues,
} from "./summary.ts";
export {
  decompositions,
  distributionRows,
  headlineOutcomes,
  INPUT_LABELS,
  inputColumns,
  inputRows,
  intervalColumns,
  intervalRows,
  measureColumns,
  type MeasuredUncertainty,
  measureRows,
  type OutcomeDecomposition,
  outcomeText,
  stabilityColumns,
  stabilityRows,
  varianceShareRows,
} from "./uncertainty_rows.ts";
export {
  centreText,
  drawCountText,
  endsText,
  intervalFinding,
  leadFinding,
  leadingInput,
  mattersText,
  measureFinding,
  originText,
} from "./uncertainty_words.ts";
export { drawRecords, uncertaintyResults } from "./saved_results.ts";
export {
  DEFAULT_MEASURES,
  defaultFiles,
  type DefaultMeasure,
  type ExtendedRun,
  extendRun,
  loadDefaultDraws,
  type SavedDraws,
} from "./default_draws.ts";
