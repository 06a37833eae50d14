/**
 * Independent checks of the equilibrium solver, for tests and the validation notebook: the model in
 * levels, the model's equations one by one, and random economies (SIMULATED) to try them on. No other
 * part of lib uses it except the stories that report it.
 */
export { type CornerCase, cornerCase } from "./corner_case.ts";
export { equationGaps } from "./equation_gaps.ts";
export { levelDifferences } from "./level_differences.ts";
export { levelEquilibrium } from "./level_equilibrium.ts";
export {
  type LevelQuota,
  type LevelState,
  type LevelSystem,
  levelSystem,
  type LevelTechnology,
  type Primitives,
} from "./level_model.ts";
export { newton, type NewtonResult } from "./newton.ts";
export { type RandomCase, randomCase } from "./random_case.ts";
export { type RandomEconomy, randomEconomy, type RandomOptions } from "./random_economy.ts";
export { type AnswerCheck, largestDifference } from "./answer_check.ts";
export {
  type CrossCheck,
  equationCrossChecks,
  levelCrossChecks,
  type PathError,
  pathErrors,
} from "./cross_checks.ts";
export { invariances } from "./invariances.ts";
export { nestedModels } from "./nested_models.ts";
export { welfareFormulas } from "./welfare_formulas.ts";
