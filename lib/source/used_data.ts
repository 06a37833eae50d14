import { fileHash, type FileRecord, readRecord, recordPath } from "@ree/download";
import { basename, join } from "node:path";

/** A file that was read. */
export interface UsedFile {
  /** Name without folder. */
  readonly name: string;
  readonly bytes: number;
  /** Lower-case hexadecimal. */
  readonly sha256: string;
}

/** What a notebook used for one purpose. */
export interface UsedData {
  /** Purpose, e.g. "World table". */
  readonly what: string;
  /** Publisher or source, e.g. "OECD ICIO". */
  readonly source: string;
  readonly files: readonly UsedFile[];
  /** Year or years, size, unit. */
  readonly coverage: string;
  /** What the reader met and what was done to it. */
  readonly notes: readonly string[];
}

/**
 * Name, size and SHA-256 of a file; of a folder, those of its files. A file of the cache folder must still be the one that was
 * downloaded.
 *
 * @throws RangeError when there is no such file, or it has changed since the download
 */
export async function usedFiles(path: string): Promise<readonly UsedFile[]> {
  if (Deno.statSync(path).isDirectory) {
    const names = [...Deno.readDirSync(path)].filter(({ isFile }) => isFile);
    const parts = names.map(({ name }) => name).sort().map((name) => usedFiles(join(path, name)));
    return (await Promise.all(parts)).flat();
  }
  const hash = await fileHash(path);
  if (hash === null) throw new RangeError(`${path}: no such file`);
  const record = readRecord<FileRecord>(recordPath(path));
  if (record !== null && record.sha256 !== hash.sha256) {
    throw new RangeError(
      `${path}: SHA-256 ${hash.sha256}, but ${record.sha256} when it was downloaded on ` +
        `${record.fetched}; fetch it again, or remove ${
          basename(recordPath(path))
        } when the change is meant`,
    );
  }
  return [{ name: basename(path), ...hash }];
}

/** Hexadecimal digits shown of a SHA-256. */
const DIGITS = 12;

/** Files named one by one; more are counted. */
const NAMED = 4;

/** What a notebook used, as Markdown: one line for each purpose. */
export function usedText(used: readonly UsedData[]): string {
  return ["**Data used**", "", ...used.map(line)].join("\n");
}

function line({ what, source, files, coverage, notes }: UsedData): string {
  const named = files.slice(0, NAMED).map(({ name, sha256 }) =>
    `\`${name}\` SHA-256 ${sha256.slice(0, DIGITS)}…`
  );
  const more = files.length > NAMED ? [`and ${files.length - NAMED} more files`] : [];
  const listed = [...named, ...more];
  return `- *${what}*: ${source}${listed.length === 0 ? "" : ` (${listed.join(", ")})`}. ` +
    `${[coverage, ...notes].filter((text) => text !== "").map(sentence).join(" ")}`;
}

function sentence(text: string): string {
  const first = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(first) ? first : `${first}.`;
}
