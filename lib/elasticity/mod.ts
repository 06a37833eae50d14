/**
 * From prices and patents to elasticities of substitution: prices and instrument, slopes by sector, σ, pooling; simulation with
 * known σ and Monte Carlo. The equations are this project's own.
 *
 * @module
 */
export { type CountOptions, type CountRows, countSlopes } from "./count_slopes.ts";
export { DEFAULT_ESTIMATION, defaultEstimates } from "./default_estimates.ts";
export { type Design } from "./design_rows.ts";
export {
  type ElasticityDiagnostics,
  type PooledElasticity,
  type PsiUsed,
  type ReportedTest,
  type SectorBootstrap,
  type SectorElasticity,
} from "./elasticity_fit.ts";
export { type EstimationChoices } from "./estimate_columns.ts";
export { type ElasticityFit, estimateElasticities } from "./estimate_elasticities.ts";
export { loadPatentPanel, SIMULATED_PATENTS_FILE } from "./load_patent_panel.ts";
export {
  monteCarlo,
  type MonteCarloOptions,
  type MonteCarloResult,
  type MonteCarloSummary,
} from "./monte_carlo.ts";
export { type MonteCarloRow, type MonteCarloTask } from "./monte_carlo_replication.ts";
export { type HyperPoint, type PartialPooling, partialPooling } from "./partial_pooling.ts";
export { priceIndex, type PriceIndexOptions } from "./price_index.ts";
export { type RelativePriceOptions, relativePricePanel } from "./relative_price_panel.ts";
export {
  flowSlope,
  sigmaFromFlowSlope,
  type SigmaFromSlope,
  sigmaFromStockSlope,
  sigmaVarianceFromFlowSlope,
  sigmaVarianceFromStockSlope,
  stockSlope,
} from "./sigma_from_slope.ts";
export {
  type GivenPrices,
  type PriceProcess,
  type SimulationOptions,
} from "./simulate_patent_columns.ts";
export {
  type PanelSimulationOptions,
  SIMULATED,
  simulatePatentPanel,
} from "./simulate_patent_panel.ts";
export { SIMULATED_PATENTS, simulatedPatents } from "./simulated_patents.ts";
export {
  type DistanceMeasure,
  type ElementDistances,
  elementDistances,
  hardToReplace,
  NO_CANDIDATES,
  type ReplacementMeasure,
  type ReplacementScore,
  type SubstituteProperties,
} from "./substitutability.ts";
export {
  type InstrumentOptions,
  substitutabilityInstrument,
} from "./substitutability_instrument.ts";
export { type AggregateUse, aggregateUse, WORLD_SERIES } from "./aggregate_use.ts";
export { impliedTechnology, type RelativeUse } from "./implied_technology.ts";
export { type PosteriorSlopes, posteriorSlopes } from "./posterior_slopes.ts";
export {
  checkedEstimates,
  DEFAULT_ELASTICITIES_FILE,
  type EstimatedElasticities,
  estimatedElasticities,
  type EstimatedSigma,
  type EstimateOrigin,
  loadEstimatedElasticities,
  type SigmaDraws,
  sigmaDraws,
} from "./estimated_elasticities.ts";
export { industriesByWorldSector, type SectorMember, worldSigma } from "./world_sigma.ts";
