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
export { eventResult, intensityResult, validationResult } from "./summary_results.ts";
export { foldText, joined, signedText, sizeText } from "./own_scenario_numbers.ts";
export { orExplain, refusalOf, refusalText } from "./own_scenario_refusal.ts";
export {
  type InputRow,
  losersAndGainers,
  meanInside,
  meanOutside,
  type OwnAnalysis,
  ownAnalysis,
  ownCalibration,
  type OwnCountryRow,
  type OwnSectorRow,
  type SigmaRow,
  sigmaRows,
} from "./own_scenario_rows.ts";
export {
  allInputsText,
  checkCountries,
  exportsOf,
  largestSeller,
  type MeasureNames,
  measureText,
  OWN_MEASURES,
  ownScenario,
  type OwnSettings,
  type ScenarioRoles,
  scenarioRoles,
} from "./own_scenario_settings.ts";
export {
  inputEntryColumns,
  inputEntryRows,
  ownCountryColumns,
  ownCountryTable,
  ownInputColumns,
  ownPriceRows,
  ownSectorBands,
  ownSectorColumns,
  ownSigmaColumns,
} from "./own_scenario_columns.ts";
export {
  carvedText,
  inputProvenance,
  type InputSource,
  reproduceText,
  residualText,
} from "./own_scenario_provenance.ts";
export {
  closureText,
  ownResults,
  ownSummary,
  type OwnSummaryOptions,
} from "./own_scenario_summary.ts";
export {
  ownMapTitle,
  ownPriceTitle,
  ownSectorTitle,
  ownSigmaTitle,
} from "./own_scenario_titles.ts";
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
export {
  countryName,
  mapRows,
  pathFinding,
  sectorExposure,
  sumByUnitYear,
  yearsAfterText,
} from "./outcome_paths.ts";
export {
  checkText,
  firstWords,
  scientificText,
  sentenceNames,
  shortName,
  sourceName,
} from "./words.ts";
export {
  answerColumns,
  answerFinding,
  answerRow,
  crossColumns,
  crossRows,
  gapBands,
  kiteColumns,
  kiteRow,
  largestOfChecks,
  pathErrorColumns,
  pathErrorFinding,
  refusalFinding,
  toleranceNote,
} from "./model_validation.ts";
export {
  comparisonColumns,
  comparisonRow,
  rejectionColumns,
  rejectionOf,
  rejectionRow,
} from "./validation_rows.ts";
export {
  closuresAbroad,
  equivalentDuties,
  largestGap,
  type NamedClosure,
  persistence,
  pick,
  type Run,
  run,
  runAll,
  withPsi,
  withSigma,
} from "./counterfactual_run.ts";
export {
  type ElementPrices,
  elementPrices,
  type ForeignSupply,
  foreignSupply,
  hasOtherSellers,
  meanPrice,
} from "./counterfactual_prices.ts";
export {
  channelRows,
  mitigationPercent,
  mitigationRows,
  welfareBands,
  type WelfareChange,
  welfareOf,
  welfareTable,
} from "./counterfactual_welfare.ts";
export {
  elementContent,
  intensitySlope,
  type IntensiveSector,
  intensiveSectors,
  scatterRows,
  sectorAbroad,
  type SectorChange,
  sectorsAbroad,
} from "./counterfactual_sectors.ts";
export { closureRow } from "./counterfactual_rows.ts";
export {
  type ElementCut,
  elementCut,
  elementCutTable,
  singleElementCuts,
} from "./counterfactual_elements.ts";
export {
  type PathOptions,
  type PathPoint,
  pathPoints,
  type PathRun,
  pathRuns,
  pathTable,
  quotaPath,
  type QuotaYear,
  type ShippedFact,
} from "./counterfactual_path.ts";
export {
  type ExpansionOptions,
  type ExpansionRow,
  expansionRows,
  expansionTable,
} from "./counterfactual_channels.ts";
export { type ResearchCell, researchCells } from "./counterfactual_research.ts";
export {
  atEnd,
  elasticityTable,
  sigmaPsiGrid,
  SYMBOLS,
  tornadoFinding,
  type TornadoRow,
  tornadoRows,
} from "./counterfactual_sensitivity.ts";
export {
  type ComparableRuns,
  type PriceGap,
  priceGaps,
  priceRatios,
  publishedRows,
  type Quotation,
  type YearPrice,
} from "./counterfactual_checks.ts";
export {
  channelColumns,
  elementColumns,
  expansionColumns,
  outcomeColumns,
  pathColumns,
  priceColumns,
  priceGapColumns,
  priceRatioColumns,
  publishedColumns,
  rangeText,
  wedgeRange,
  welfareColumns,
  withWedge,
} from "./counterfactual_columns.ts";
export { counterfactualReading } from "./counterfactual_reading.ts";
export {
  expansionFinding,
  exportsTitle,
  mitigationFinding,
  priceFinding,
  signedNumber,
  spanRow,
} from "./counterfactual_words.ts";
export { channelFinding, expansionTitle, removalFinding } from "./counterfactual_channel_words.ts";
export {
  gridFinding,
  priceGapFinding,
  priceRatioFinding,
  researchFinding,
} from "./counterfactual_check_words.ts";
export {
  elementFinding,
  embargoFinding,
  licenceFinding,
  quotaPathFinding,
  slopeFinding,
  supplyFinding,
  welfareFinding,
} from "./counterfactual_findings.ts";
export { labelColumns, labelRows } from "./patent_labels.ts";
export {
  type ExampleText,
  type ExampleView,
  highlightedExamples,
  shortestByLabel,
} from "./patent_examples.ts";
export { prefilterColumns, prefilterFinding, prefilterRows } from "./patent_prefilter.ts";
export { featureColumns, featureRows } from "./patent_features.ts";
export {
  agreementColumns,
  agreementRow,
  confusionCells,
  confusionFinding,
  intervalText,
  type JudgedText,
  labelScoreColumns,
  labelScoreRows,
  scoreBands,
  scoreFinding,
  secondPass,
  type SplitEvaluation,
  splitEvaluations,
} from "./patent_scores.ts";
export {
  countByLabel,
  type CountedText,
  elementCells,
  savingSum,
  yearCells,
} from "./patent_counts.ts";
export {
  correctionColumns,
  correctionFinding,
  correctionRows,
  type CorrectionTrial,
  type CorrectionTrialOptions,
  correctionTrials,
} from "./patent_correction.ts";
export {
  elasticityColumns,
  elasticityFrame,
  type ElasticityRow,
  elasticityRows,
  panelCells,
  panelFinding,
  simulatedPatents,
  stockColumns,
  stockRows,
  withRelativePrices,
} from "./patent_panels.ts";
export { costColumns, type CostOptions, costRows } from "./patent_costs.ts";
export { withSavingPatents } from "./patent_event_panel.ts";
export {
  labelSample,
  type ModelSample,
  sampleByLabel,
  type SampledText,
  sampleFinding,
  type SampleOptions,
  sampleRows,
} from "./patent_sample.ts";
export { signFinding, slopeCurves } from "./elasticity_idea.ts";
export {
  commonShare,
  indexSpread,
  logDirection,
  panelFacts,
  type PanelRow,
  priceMovement,
} from "./elasticity_series.ts";
export {
  caterpillarFinding,
  caterpillarRows,
  sectorPoints,
  sectorRow,
  shrinkageFinding,
  sigmaSteps,
  trueSigma,
  unusableFinding,
  unusableSectors,
} from "./elasticity_sectors.ts";
export {
  choiceFinding,
  choicePlotRows,
  choicesWithout,
  estimationChoices,
  runChoice,
  shuffleYears,
  withPrices,
} from "./elasticity_choices.ts";
export {
  instrumentDiagnosticsColumns,
  instrumentDiagnosticsRow,
  instrumentedFits,
  instrumentFinding,
} from "./elasticity_instrument.ts";
export {
  biasFinding,
  biasRows,
  monteCarloColumns,
  monteCarloStudies,
  monteCarloTable,
  runStudies,
} from "./elasticity_monte_carlo.ts";
export {
  aggregateReading,
  shortRunColumns,
  shortRunSlopes,
  technologyFinding,
  technologyPaths,
} from "./elasticity_aggregate.ts";
export {
  sigmaDrawsNote,
  sigmaIntervals,
  sigmaUncertainty,
  sigmaUncertaintyFinding,
} from "./counterfactual_sigma.ts";
export {
  NO_SWEEP,
  sweepBands,
  type SweepCell,
  sweepCells,
  sweepColumns,
  sweepFinding,
  type SweepRow,
} from "./counterfactual_sweep.ts";
export {
  differenceRow,
  type FlowStep,
  flowSteps,
  mappingRows,
  recoveryRows,
  recoverySummary,
  relationRows,
  truthRows,
  unmatchedRows,
} from "./product_trade_rows.ts";
export {
  flowColumns,
  mappingColumns,
  productDifferenceColumns,
  productFinding,
  recoveryColumns,
  recoveryFinding,
  recoveryReading,
  relationColumns,
  simulatedMark,
  truthColumns,
  unmatchedColumns,
  unmatchedReading,
} from "./product_trade_words.ts";
