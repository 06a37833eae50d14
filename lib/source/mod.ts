/**
 * Choice of data in the notebooks: the shipped tables, publishers' originals or files of one's own, as one parameter. Each function
 * gives the same typed tables whichever is chosen, with what was used.
 *
 * @module
 */
export {
  filesOf,
  type FindOptions,
  findSources,
  type FoundFile,
  type SourceChoice,
} from "./find_sources.ts";
export { type ChosenMakeUse, chosenMakeUse } from "./make_use.ts";
export { type ChoiceItem, parseChoice, SHIPPED } from "./parse_choice.ts";
export { type ChosenPatents, chosenPatents } from "./patents.ts";
export { type ChosenFacts, chosenFacts } from "./prices.ts";
export { chosenCountryYears, chosenManufacturing } from "./productivity.ts";
export { recogniseFile } from "./recognise_file.ts";
export { type ChosenExports, chosenExports } from "./sector_exports.ts";
export * from "./source_kinds.ts";
export { type UsedData, type UsedFile, usedFiles, usedText } from "./used_data.ts";
export { usedEarlier } from "./used_earlier.ts";
export { type ChosenWorld, chosenWorldTable } from "./world_table.ts";
