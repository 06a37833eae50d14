/** Readers of publishers' original files. */
export type { BeaLevel } from "./bea_sheet.ts";
export * from "./bea_workbook.ts";
export * from "./exiobase.ts";
export * from "./icio.ts";
export * from "./long_world.ts";
export * from "./published_number.ts";
export * from "./wiod_workbook.ts";
export type { WorldCoverage, WorldReading } from "./world_assembly.ts";
export { zipNames } from "./zip_member.ts";
export { PRECISE, type WorldTolerance } from "./world_checks.ts";
export * from "./world_source.ts";
export { longWorldLines, writeLongWorld } from "./write_long_world.ts";
