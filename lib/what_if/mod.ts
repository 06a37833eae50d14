/**
 * The what-if page: the model in the browser on a small number of regions. This door holds what is computed and said;
 * the page's programs (`what_if_worker.ts`, `page_program.ts`) and the one that writes it (`main.ts`) stay outside.
 *
 * @module
 */
export { type Region, regionMap, regionsOf } from "./regions.ts";
export { type PackedWorld, packWorld, unpackWorld, type WhatIfWorld } from "./what_if_world.ts";
export { whatIfChoices } from "./what_if_choices.ts";
export {
  checkSettings,
  CLOSURE_CHOICES,
  ELASTICITY_RANGES,
  SIZE_RANGES,
  type WhatIfChoices,
  type WhatIfSettings,
} from "./what_if_settings.ts";
export { settingsLink, settingsOfLink } from "./settings_link.ts";
export { LARGEST_RESIDUAL, type WhatIfAnswer, whatIfAnswer } from "./what_if_answer.ts";
export { headline, mainNumbers, measureWords, technologySentence } from "./what_if_words.ts";
export { answerCsv } from "./answer_csv.ts";
export { notebookCommand, scenarioFile } from "./scenario_file.ts";
export { SCENARIO_FILE } from "./scenario_file_name.ts";
export { compareWorlds, type ComparisonRow } from "./compare_worlds.ts";
export { WHAT_IF_DATA, WHAT_IF_FILE, WHAT_IF_SUMMARY, WHAT_IF_TITLE } from "./page_facts.ts";
