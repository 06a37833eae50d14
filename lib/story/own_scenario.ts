/**
 * The reader's own scenario without the rest of the story: a second door for the browser, which has no files and no
 * data frames.
 *
 * @module
 */
export { withPsi } from "./counterfactual_run.ts";
export { scatterRows } from "./counterfactual_sectors.ts";
export { joined, signedText, sizeText } from "./own_scenario_numbers.ts";
export {
  ALL_OTHERS,
  meanInside,
  meanOutside,
  type OwnAnalysis,
  ownAnalysis,
  ownCalibration,
  type OwnCountryRow,
} from "./own_scenario_rows.ts";
export {
  exportsOf,
  measureText,
  OWN_MEASURES,
  ownScenario,
  type OwnSettings,
} from "./own_scenario_settings.ts";
export {
  type NameOf,
  ownCountryColumns,
  ownInputColumns,
  ownSectorColumns,
} from "./own_scenario_columns.ts";
export { reproduceText, residualText } from "./own_scenario_provenance.ts";
export { closureText } from "./own_scenario_summary.ts";
export { ownMapTitle, ownPriceTitle, ownSectorTitle } from "./own_scenario_titles.ts";
export { firstWords } from "./words.ts";
