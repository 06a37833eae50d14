/** Event studies of the export restrictions: panels, fixed specifications, inference, robustness. */
export {
  effectsOf,
  type EventPanel,
  type EventYears,
  QUOTA_CUT,
  RESTRICTING,
  standardDeviationOverUnits,
} from "./event_panel.ts";
export { eventPanel, type PanelSource } from "./from_frame.ts";
export {
  inference,
  type InferenceDraws,
  type InferenceRow,
  intervalText,
  shiftInference,
} from "./inference.ts";
export { type InstrumentedEffect, instrumentedEffect, logged } from "./instrument.ts";
export {
  exposureDraws,
  leaveOneOut,
  placeboEvents,
  placeboYears,
  type Variant,
} from "./robustness.ts";
export { type ErrorDesign, type Rejections, type SizeOptions, sizeStudy } from "./size_study.ts";
export { weightDraws } from "./weight_draws.ts";
export { abroad, differenceColumns, estimate, eventFit } from "./run.ts";
export {
  mostExposed,
  priceFit,
  resultOf,
  runSpecifications,
  type Specification,
  type SpecificationResult,
  SPECIFICATIONS,
} from "./specifications.ts";
