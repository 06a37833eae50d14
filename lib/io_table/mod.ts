/** Make and Use -> symmetric table -> rare earth rows -> balance -> requirements -> intensity. */
export { type BalancedTable, balanceMakeUse, type MakeAndUse } from "./balance_make_use.ts";
export {
  type CarvedTable,
  carveOutElements,
  type ElementPurchase,
  type ElementSplits,
} from "./carve_out.ts";
export {
  type ApplicationIndustry,
  type ApplicationUse,
  elementPurchases,
  type ElementShare,
  industryDistribution,
  type IndustryShare,
  type PurchaseFactors,
} from "./element_purchases.ts";
export {
  CONCENTRATIONS,
  type Concentrations,
  drawWeights,
  drawWorldSplits,
  type Weights,
} from "./draw_weights.ts";
export { gras, GRAS_TOLERANCE, type GrasProblem, type GrasResult } from "./gras.ts";
export {
  type Band,
  type DrawOptions,
  type IntensityBands,
  type IntensityDraw,
  intensityDraws,
  visitDraws,
} from "./intensity_draws.ts";
export {
  elementIntensities,
  type ElementIntensity,
  type IntensitySummary,
  PER_MILLION,
  rankIndustries,
} from "./intensity_summary.ts";
export {
  type BalanceReport,
  balanceReport,
  checkBalanced,
  commodityOutput,
  type Gap,
  industryOutput,
  type IoTable,
} from "./io_table.ts";
export { type ExposureRow, type IntensityRow, priceExposure } from "./price_exposure.ts";
export { type CompanionRule, completePrices, type ElementPrice } from "./price_panel.ts";
export { type PurchaseRequirements, purchaseRequirements } from "./purchase_requirements.ts";
export {
  industryCoefficients,
  intensityFrame,
  type IntensityMatrices,
  intensityMatrices,
  reeIntensity,
} from "./ree_intensity.ts";
export {
  bandTable,
  purchaseTable,
  usIntensityTable,
  worldIntensityTable,
} from "./result_frames.ts";
export { type SymmetricOptions, type SymmetricTable, symmetricTable } from "./symmetric_table.ts";
export { technicalCoefficients } from "./technical_coefficients.ts";
export { embodied, totalRequirements } from "./total_requirements.ts";
export {
  ELEMENTS,
  elementShares,
  PRICE_YEARS,
  pricePanel,
  pricesOf,
  type PurchaseFacts,
  type PurchaseJudgements,
  type UsReeOptions,
  type UsReeTable,
  usReeTable,
} from "./us_ree_table.ts";
export { applicationUse, type EndUse, type UseWeight } from "./us_use.ts";
export { weightSensitivity, type WeightVariant } from "./weight_sensitivity.ts";
export { type WorldIntensity, worldIntensity } from "./world_intensity.ts";
export { type WorldFlows } from "./world_layout.ts";
export { type SectorShare, type WorldSplits } from "./world_purchases.ts";
export { type MineOutput, type WorldSplitInputs, worldSplits } from "./world_splits.ts";
export { type WorldCarveOutReport, type WorldReeTable } from "./carve_world.ts";
export { worldReeTable } from "./world_ree_table.ts";
export { carveInput, type WorldInputTable } from "./carve_input.ts";
export { type CarveInputOptions, type CriticalInput, type InputUser } from "./critical_input.ts";
export { type InputFacts, inputOfFacts } from "./input_of_facts.ts";
