/**
 * Publishers' originals: which there are, and how they come into the cache folder whole and checked.
 *
 * @module
 */
export * from "./arguments.ts";
export * from "./back_off.ts";
export * from "./cache_dir.ts";
export * from "./context.ts";
export * from "./download.ts";
export * from "./download_error.ts";
export {
  type Downloaded,
  downloadFile,
  type DownloadState,
  type FileOptions,
} from "./download_file.ts";
export { fileHash } from "./file_hash.ts";
export { main, type Terminal } from "./main.ts";
export * from "./original.ts";
export * from "./plan.ts";
export { type FileRecord, readRecord, recordPath } from "./records.ts";
