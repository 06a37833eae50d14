/** What is known of a complete file in the cache; kept beside it as `FILE.record.json`. */
export interface FileRecord {
  /** Address without keys. */
  readonly download: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly etag: string | null;
  readonly lastModified: string | null;
  /** ISO date and time of the download. */
  readonly fetched: string;
}

/** What is known of a half file, `FILE.part`; kept beside it as `FILE.part.json`. */
export interface PartRecord {
  readonly download: string;
  /** Validators: the rest is only asked for while they hold. */
  readonly etag: string | null;
  readonly lastModified: string | null;
  /** Size of the whole file, where the server said it. */
  readonly total: number | null;
}

export const recordPath = (path: string): string => `${path}.record.json`;
export const partPath = (path: string): string => `${path}.part`;
export const partRecordPath = (path: string): string => `${path}.part.json`;
/** Where a file goes that is not the one expected. */
export const changedPath = (path: string): string => `${path}.changed`;

/** A record, or null when there is none or it does not read (a kill while it was written). */
export function readRecord<T extends FileRecord | PartRecord>(path: string): T | null {
  try {
    return JSON.parse(Deno.readTextFileSync(path)) as T;
  } catch (cause) {
    if (cause instanceof Deno.errors.NotFound || cause instanceof SyntaxError) return null;
    throw cause;
  }
}

/** Writes a record whole or not at all. */
export function writeRecord(path: string, record: FileRecord | PartRecord): void {
  const temporary = `${path}.tmp`;
  Deno.writeTextFileSync(temporary, JSON.stringify(record, null, 2) + "\n");
  Deno.renameSync(temporary, path);
}

/** Removes files that may not be there. */
export function removeFiles(...paths: readonly string[]): void {
  for (const path of paths) {
    try {
      Deno.removeSync(path);
    } catch (cause) {
      if (!(cause instanceof Deno.errors.NotFound)) throw cause;
    }
  }
}
