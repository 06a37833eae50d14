/** Economy and shock -> prices, technology, spending -> equilibrium -> welfare; calibration. */
export { type BaselineFlows, baselineFlows } from "./baseline_flows.ts";
export { checkEconomy, LEVEL_TOLERANCE } from "./check_economy.ts";
export { checkShares, SHARE_TOLERANCE } from "./check_shares.ts";
export { type Economy, type EconomyShares, type EconomySize, economySize } from "./economy.ts";
export { economyFromShares, type LevelOptions } from "./economy_from_shares.ts";
export { checkClosure, type Closure, CLOSURES } from "./closure.ts";
export {
  type Equilibrium,
  equilibriumError,
  type FailedSolve,
  type ResidualName,
} from "./equilibrium.ts";
export { checkShock, type Quota, type Shock } from "./shock.ts";
export { solveEquilibrium, type SolveOptions } from "./solve_equilibrium.ts";
export { economyAfter } from "./economy_after.ts";
export { withoutLinkages } from "./without_linkages.ts";
export { withOneFactor } from "./with_one_factor.ts";
export { decompose, type Decomposition } from "./decompose.ts";
export { shockPart } from "./shock_part.ts";
export {
  embargo,
  endowment,
  exportDuty,
  exportQuota,
  type Labels,
  type Measure,
  productivity,
  resourceChange,
  tariff,
  tradeCost,
  transfer,
} from "./measures.ts";
export {
  loadScenario,
  MEASURE_FIELDS,
  parseScenario,
  type Scenario,
  scenarioShock,
} from "./scenario.ts";
export { shockOf } from "./shock_of.ts";
/** The same measures under one name: `shockOf(economy, shock.exportQuota("CHN", ["Nd", "Dy"], 0.6))`. */
export * as shock from "./measures.ts";
export {
  aggregateWorld,
  type AggregationMap,
  type WorldTableWithElements,
} from "./aggregate_world.ts";
export { calibrate, type Calibration, type CalibrationOptions } from "./calibrate.ts";
export { SMALLEST_VALUE_ADDED_SHARE } from "./calibration_flows.ts";
export { VALUE_ADDED } from "./divide_value_added.ts";
export {
  type CalibrationReport,
  calibrationText,
  type LargestChange,
} from "./calibration_report.ts";
export {
  type ElasticityRow,
  loadElasticities,
  type ModelElasticities,
  modelElasticities,
  parseElasticities,
  withElasticity,
  withSigmaBySector,
} from "./elasticities.ts";
export { type DutyChange, exportDutiesOf, type ExportDutyRate } from "./export_duties.ts";
export {
  type FactorShares,
  LABOUR_CAPITAL,
  labourCapitalShares,
  type LabourShareInputs,
} from "./factor_shares.ts";
export { smallEconomy } from "./small_economy.ts";
export {
  type CountryRow,
  countryRows,
  type MarketRow,
  marketRows,
  type ProducerRow,
  producerRows,
} from "./result_rows.ts";
export { type ResearchRow, researchRows } from "./research_rows.ts";
