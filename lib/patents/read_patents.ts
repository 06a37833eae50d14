import pl from "nodejs-polars";
import { openBytes } from "./byte_source.ts";
import { tableBatches } from "./delimited_table.ts";
import { messageOf, namedError } from "./named_error.ts";
import { type Patent, patentText } from "./patent.ts";
import { type PatentColumns, patentColumns, patentFromValues } from "./patent_fields.ts";
import { findRareEarth, mentionsRareEarth } from "./prefilter.ts";
import { recordBlocks } from "./record_blocks.ts";

/** Options of {@linkcode readPatents}. */
export interface ReadOptions {
  /** Only patents whose title or abstract speaks of rare earths (default false). */
  readonly prefilter?: boolean;
  /** Bytes read so far, unpacked; for Parquet, rows. */
  readonly onProgress?: (read: number) => void;
}

/**
 * Streams patents from a file: JSON Lines (`.jsonl`, `.ndjson`), CSV, TSV (quoted or not; all of these also as `.gz` or
 * `.zip`) or Parquet. Columns are found by name, see {@linkcode PATENT_COLUMNS}; lists are separated by `;`. Memory does
 * not grow with the file.
 *
 * @throws PatentInputError naming file, row and what was expected
 */
export async function* readPatents(
  path: string,
  options: ReadOptions = {},
): AsyncGenerator<Patent> {
  const name = path.replace(/\.(gz|zip)$/i, "");
  if (/\.parquet$/i.test(path)) yield* readParquet(path, options);
  else if (/\.(jsonl|ndjson)$/i.test(name)) yield* readJsonLines(path, options);
  else if (/\.(csv|tsv|txt)$/i.test(name)) yield* readDelimited(path, options);
  else {
    throw namedError(
      "PatentInputError",
      `${path}: expected a file .jsonl, .ndjson, .csv, .tsv, .txt (also with .gz or .zip) or .parquet`,
    );
  }
}

async function* readDelimited(path: string, options: ReadOptions): AsyncGenerator<Patent> {
  const found: Patent[] = [];
  let fields: PatentColumns | null = null;
  const batches = tableBatches(path, {
    required: [],
    rareEarths: options.prefilter ? {} : undefined,
    onBytes: options.onProgress,
    row(cells, columns, number) {
      fields ??= patentColumns(path, columns.keys());
      const patent = patentFromValues(
        (column) => cells[columns.get(column)!],
        fields,
        `${path}, row ${number}`,
      );
      if (!options.prefilter || mentionsRareEarth(patentText(patent))) found.push(patent);
    },
  });
  for await (const _ of batches) yield* found.splice(0);
}

async function* readJsonLines(path: string, options: ReadOptions): AsyncGenerator<Patent> {
  const source = await openBytes(path);
  const decoder = new TextDecoder();
  let total = 0;
  for await (const block of recordBlocks(path, source.chunks, { delimiter: null })) {
    const { bytes, ends, count, first } = block;
    for (let i = 0; i < count; i++) {
      const start = i === 0 ? 0 : ends[i - 1];
      if (options.prefilter && !worthParsing(bytes, start, ends[i])) continue;
      const line = decoder.decode(bytes.subarray(start, ends[i])).trim();
      if (line === "") continue;
      const where = `${path}, line ${first + i + 1}`;
      const value = parseObject(line, where);
      const columns = patentColumns(where, Object.keys(value));
      const patent = patentFromValues((column) => value[column], columns, where);
      if (!options.prefilter || mentionsRareEarth(patentText(patent))) yield patent;
    }
    total += ends[count - 1];
    options.onProgress?.(total);
  }
}

/** Whether the raw bytes of a JSON line may speak of rare earths: \u escapes can hide anything. */
function worthParsing(bytes: Uint8Array, start: number, end: number): boolean {
  if (findRareEarth(bytes, start, end) >= 0) return true;
  for (let i = bytes.indexOf(92, start); i >= 0 && i < end; i = bytes.indexOf(92, i + 2)) {
    if (bytes[i + 1] === 117 || bytes[i + 1] === 110 || bytes[i + 1] === 116) return true;
  }
  return false;
}

function parseObject(line: string, where: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (cause) {
    throw namedError("PatentInputError", `${where}: not JSON (${messageOf(cause)})`);
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw namedError("PatentInputError", `${where}: expected a JSON object`);
  }
  return value as Readonly<Record<string, unknown>>;
}

const PARQUET_ROWS = 20_000;

async function* readParquet(path: string, options: ReadOptions): AsyncGenerator<Patent> {
  try {
    await Deno.stat(path);
  } catch {
    throw namedError("PatentInputError", `${path}: no such file`);
  }
  let columns: PatentColumns | null = null;
  for (let offset = 0;; offset += PARQUET_ROWS) {
    let rows: Record<string, unknown>[];
    try {
      const lazy = pl.scanParquet(path);
      columns ??= patentColumns(path, lazy.columns);
      const names = Object.values(columns);
      rows = (await lazy.select(...names).slice(offset, PARQUET_ROWS).collect()).toRecords();
    } catch (cause) {
      if (cause instanceof Error && cause.name === "PatentInputError") throw cause;
      throw namedError("PatentInputError", `${path}: not Parquet (${messageOf(cause)})`, cause);
    }
    for (let i = 0; i < rows.length; i++) {
      const where = `${path}, row ${offset + i + 1}`;
      const patent = patentFromValues((column) => rows[i][column], columns, where);
      if (!options.prefilter || mentionsRareEarth(patentText(patent))) yield patent;
    }
    options.onProgress?.(offset + rows.length);
    if (rows.length < PARQUET_ROWS) return;
  }
}
