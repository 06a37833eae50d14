/**
 * The build of `data/`: the catalogue of derived tables and the command that writes them.
 *
 * @module
 */
export * from "./arguments.ts";
export * from "./build_data.ts";
export * from "./catalogue.ts";
export * from "./csv_text.ts";
export * from "./data_readme.ts";
export * from "./derived_table.ts";
export * from "./frames.ts";
export { main } from "./main.ts";
export * from "./sources.ts";
export type { SourceEntry } from "./sources_json.ts";
export { judgedTables } from "./tables/judged.ts";
