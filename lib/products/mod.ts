/**
 * Product-level trade at full size: BACI files -> integer-coded panel on disk, a year at a time -> PPML with
 * exporter-product, importer-product-year and exporter-year effects; and a generator of SIMULATED files.
 *
 * @module
 */
export {
  codeBaci,
  type CodedFolder,
  type CodedPanel,
  codeInMemory,
  type CodeProgress,
  openCodedFolder,
  readCodedPanel,
} from "./code_baci.ts";
export { type CodedRows } from "./code_year.ts";
export { type Amount, type Coverage, type YearCoverage } from "./coverage.ts";
export {
  type CodeLookup,
  type DropReason,
  type PanelChoice,
  type PanelCodes,
  panelCodes,
  type RevisionChoice,
} from "./panel_codes.ts";
export {
  type ProductConcordance,
  productConcordance,
  readProductConcordance,
  SHARE_TOLERANCE,
} from "./product_concordance.ts";
export {
  type ProductCoverage,
  productEventStudy,
  type ProductStudy,
  type ProductStudyOptions,
} from "./product_event_study.ts";
export {
  industryIntensities,
  type IndustryIntensity,
  type MappingReport,
  type ProductExposure,
  productExposure,
  type UnitIntensities,
} from "./product_exposure.ts";
export { simulateBaci, type SimulatedBaci, type SimulatedBaciOptions } from "./simulate_baci.ts";
export {
  baciSource,
  type BaciSourceOptions,
  type ProductSource,
  simulatedSource,
} from "./product_source.ts";
export { type RecoveredEffect, recoverEffect, type RecoveryOptions } from "./recover_effect.ts";
export { simulateCorrelation } from "./simulate_correlation.ts";
