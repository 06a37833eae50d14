/** Rare earth patents: prefilter, labels by a language model or a baseline, evaluation, panels. */
export * from "./budget.ts";
export { type RunTokens, runTokens } from "./dry_run.ts";
export * from "./endpoint.ts";
export * from "./endpoint_settings.ts";
export * from "./label_answer.ts";
export { labelPatents, unsavedOutcomes } from "./label_patents.ts";
export type { LabelProgress, LabelRunOptions, LabelRunSummary } from "./label_patents.ts";
export * from "./label_store.ts";
export { STORE_VERSION, type StoreOptions } from "./store_database.ts";
export * from "./labels.ts";
export * from "./patent.ts";
export * from "./prompt.ts";
export * from "./retry.ts";
export * from "./token_bucket.ts";
export {
  elementsMentioned,
  findRareEarth,
  mentionsRareEarth,
  type RareEarthMention,
  rareEarthMentions,
} from "./prefilter.ts";
export { PATENT_COLUMNS } from "./patent_fields.ts";
export { type ReadOptions, readPatents } from "./read_patents.ts";
export {
  PATENTSVIEW_TABLES,
  type PatentsViewOptions,
  readStaged,
  type StagedPatents,
  stagePatentsView,
} from "./patentsview.ts";
export * from "./baseline.ts";
export * from "./confusion_matrix.ts";
export * from "./corrected_counts.ts";
export { trainCrossFitted } from "./cross_fitted_baseline.ts";
export * from "./cross_validate.ts";
export * from "./labelled_texts.ts";
export { textFeatures } from "./text_features.ts";
export { accountsConcordance } from "./accounts_concordance.ts";
export * from "./concordance.ts";
export * from "./correct_panel.ts";
export * from "./label_panel.ts";
export * from "./patent_stocks.ts";
export { technologyField } from "./technology_field.ts";
export * from "./evaluation.ts";
export * from "./label_with_baseline.ts";
export * from "./labelled_patents.ts";
