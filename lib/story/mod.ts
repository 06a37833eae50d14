/** What the notebooks say of their results: rows of tables, and findings as sentences with the numbers in them. */
export {
  concentrationByYear,
  type DutyFact,
  dutySchedule,
  endUseTables,
  pricePeak,
  type QuotaFact,
  quotaYears,
} from "./event_rows.ts";
export {
  describeWorld,
  exposureTable,
  medianByYear,
  sensitivityFinding,
  sensitivityRows,
  worldFinding,
  worldSectorSpread,
  yearFinding,
  type YearValue,
} from "./intensity_findings.ts";
export {
  applicationRows,
  carveOutSteps,
  type CheckRow,
  compareReadings,
  describeBalance,
  describeCarveOut,
  intermediateShare,
  outputFromFinalDemand,
} from "./table_steps.ts";
export {
  eventRows,
  eventSummary,
  instrumentRow,
  percentChange,
  percentInterval,
  signCount,
  specificationList,
  specificationRows,
  specificationTable,
} from "./event_study_rows.ts";
export {
  besideThePaper,
  boundsFinding,
  describePanel,
  drawsColumns,
  drawsRow,
  eventFinding,
  eventSummaryColumns,
  inferenceColumns,
  instrumentColumns,
  leaveOneOutColumns,
  leaveOneOutRow,
  panelColumns,
  paperColumns,
  plainReading,
  variantRow,
} from "./event_study_words.ts";
export { mapRows, pathFinding, sectorExposure, sumByUnitYear } from "./outcome_paths.ts";
export { checkText, sentenceNames, shortName, sourceName } from "./words.ts";
export {
  comparisonColumns,
  comparisonRow,
  rejectionColumns,
  rejectionOf,
  rejectionRow,
} from "./validation_rows.ts";
