/**
 * Source files and derived tables: where they are, how they are read, what their columns mean, and checks.
 * `readX` parses a publisher's file, `loadX` the project's derived table; both give the same record.
 *
 * @module
 */
export { BALANCE_MUSD, type MakeUseGaps, ROUNDING_MUSD } from "./bea_checks.ts";
export * from "./bea_codes.ts";
export * from "./bea_make_use.ts";
export * from "./concord_world.ts";
export * from "./concordance.ts";
export { CROSSWALK_FILES, CROSSWALK_YEAR } from "./crosswalk_files.ts";
export * from "./country_codes.ts";
export * from "./critical_inputs.ts";
export * from "./csv_table.ts";
export * from "./data_dir.ts";
export * from "./economies.ts";
export * from "./elements.ts";
export * from "./facts.ts";
export { type KnownCodes, MIX_TOLERANCE_PERCENT } from "./facts_checks.ts";
export * from "./facts_types.ts";
export * from "./hs_sectors.ts";
export * from "./industry_crosswalk.ts";
export * from "./json_lines.ts";
export * from "./io/mod.ts";
export * from "./judged.ts";
export { KLEMS_VARIABLES, type KlemsField } from "./klems/klems_variables.ts";
export * from "./klems/read_klems.ts";
export * from "./magnetic_moment.ts";
export { readMcsRelease } from "./mcs_release.ts";
export * from "./monthly_prices.ts";
export * from "./naics_crosswalk.ts";
export * from "./naics_to_bea.ts";
export * from "./nber_ces.ts";
export * from "./ncses_patents.ts";
export * from "./ncses_trade.ts";
export * from "./ncses_value_added.ts";
export * from "./parquet_table.ts";
export * from "./patent_texts.ts";
export * from "./penn_workbook.ts";
export * from "./penn_world.ts";
export * from "./productivity.ts";
export * from "./published_effects.ts";
export * from "./input_distributions.ts";
export * from "./rare_earths.ts";
export * from "./ree_production.ts";
export * from "./source_error.ts";
export * from "./trade/baci.ts";
export * from "./trade/baci_codes.ts";
export * from "./trade/baci_folder.ts";
export {
  BACI_COLUMNS,
  checkWorldTrade,
  WHOLE_YEAR_ROWS,
  WORLD_TRADE_THOUSAND_USD,
} from "./trade/baci_format.ts";
export * from "./trade/baci_year.ts";
export * from "./trade/comtrade.ts";
export * from "./trade/convert_baci_year.ts";
export * from "./trade/convert_revision.ts";
export * from "./trade/hs_correlation.ts";
export * from "./trade/long_trade.ts";
export {
  HS_REVISIONS,
  type TradeCoverage,
  type TradeFlow,
  type TradeReading,
} from "./trade/trade_flow.ts";
export * from "./trade/unpack_baci.ts";
export * from "./usgs_figures.ts";
export * from "./usgs_history.ts";
export * from "./wiod.ts";
export * from "./wiod_labels.ts";
export * from "./wiod_panel.ts";
export * from "./wiod_tolerance.ts";
export * from "./wipo_fields.ts";
