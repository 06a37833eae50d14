import { openBytes } from "./byte_source.ts";
import { namedError } from "./named_error.ts";
import { findRareEarth } from "./prefilter.ts";
import { recordBlocks, recordFields } from "./record_blocks.ts";

/** A streamed table: its header and what to do with its rows. */
export interface TableScan {
  /** Columns that must be there. */
  readonly required: readonly string[];
  /** Byte between fields; guessed from the file's name when left out (tab, or comma for `.csv`). */
  readonly delimiter?: "\t" | ",";
  /** Whether a record is worth taking apart; every record when left out. */
  readonly wanted?: (bytes: Uint8Array, start: number, end: number) => boolean;
  /**
   * Instead of `wanted`: only records that speak of rare earths somewhere, found in one pass over the block, together
   * with those that `also` names.
   */
  readonly rareEarths?: {
    readonly also?: (bytes: Uint8Array, start: number, end: number) => boolean;
  };
  /** Takes a row's fields, the column positions, and the row's number (the header is row 1). */
  readonly row: (
    fields: readonly string[],
    columns: ReadonlyMap<string, number>,
    number: number,
  ) => void;
  /** Bytes read so far, unpacked, after every block. */
  readonly onBytes?: (bytes: number) => void;
}

/** What a scan saw. */
export interface ScanCount {
  readonly rows: number;
  readonly bytes: number;
}

/**
 * Streams a delimited table (plain, `.gz` or `.zip`) with a header, quoted fields that may hold line ends and
 * delimiters, and doubled quotes.
 *
 * @throws PatentInputError when a required column is missing or a row taken apart has another length than the header
 */
export async function scanTable(path: string, scan: TableScan): Promise<ScanCount> {
  let count: ScanCount = { rows: 0, bytes: 0 };
  for await (const batch of tableBatches(path, scan)) count = batch;
  return count;
}

/** The same, giving way to the caller after every block. */
export async function* tableBatches(path: string, scan: TableScan): AsyncGenerator<ScanCount> {
  const source = await openBytes(path);
  const delimiter = (scan.delimiter ?? (/\.csv$/i.test(source.name) ? "," : "\t")).charCodeAt(0);
  let columns: Map<string, number> | null = null;
  let total = 0;
  let rows = 0;
  for await (const block of recordBlocks(path, source.chunks, { delimiter })) {
    const { bytes, ends, count, first } = block;
    let from = 0;
    if (columns === null) {
      columns = readHeader(path, recordFields(bytes, 0, ends[0], delimiter), scan.required);
      from = 1;
    }
    const take = (record: number) => {
      const fields = recordFields(
        bytes,
        record === 0 ? 0 : ends[record - 1],
        ends[record],
        delimiter,
      );
      const number = first + record + 1;
      if (fields.length === 1 && fields[0] === "") return;
      if (fields.length !== columns!.size) {
        throw namedError(
          "PatentInputError",
          `${path}, row ${number}: ${fields.length} fields, expected ${
            columns!.size
          } as in the header`,
        );
      }
      scan.row(fields, columns!, number);
    };
    if (scan.rareEarths === undefined) takeWanted(block, from, scan.wanted, take);
    else takeRareEarths(block, from, scan.rareEarths.also, take);
    rows += count - from;
    total += ends[count - 1];
    scan.onBytes?.(total);
    yield { rows, bytes: total };
  }
  if (columns === null) throw namedError("PatentInputError", `${path}: the file is empty`);
}

type Block = { readonly bytes: Uint8Array; readonly ends: Int32Array; readonly count: number };

function takeWanted(
  { bytes, ends, count }: Block,
  from: number,
  wanted: TableScan["wanted"],
  take: (record: number) => void,
): void {
  for (let i = from; i < count; i++) {
    const start = i === 0 ? 0 : ends[i - 1];
    if (wanted === undefined || wanted(bytes, start, ends[i])) take(i);
  }
}

function takeRareEarths(
  { bytes, ends, count }: Block,
  from: number,
  also: ((bytes: Uint8Array, start: number, end: number) => boolean) | undefined,
  take: (record: number) => void,
): void {
  const last = ends[count - 1];
  let record = from;
  const takeOthers = (until: number) => {
    for (; record < until; record++) {
      if (also?.(bytes, record === 0 ? 0 : ends[record - 1], ends[record])) take(record);
    }
  };
  let at = from === 0 ? 0 : ends[from - 1];
  while (at < last) {
    const found = findRareEarth(bytes, at, last);
    if (found < 0) break;
    const holder = recordAt(ends, count, found - 1);
    if (also !== undefined) takeOthers(holder);
    record = holder + 1;
    take(holder);
    at = ends[holder];
  }
  if (also !== undefined) takeOthers(count);
}

/** The record that holds a byte. */
function recordAt(ends: Int32Array, count: number, byte: number): number {
  let [low, high] = [0, count - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ends[middle] > byte) high = middle;
    else low = middle + 1;
  }
  return low;
}

function readHeader(
  path: string,
  names: readonly string[],
  required: readonly string[],
): Map<string, number> {
  const columns = new Map(names.map((name, i) => [name.trim(), i]));
  if (columns.size !== names.length) {
    throw namedError(
      "PatentInputError",
      `${path}: a column name comes twice in ${names.join(", ")}`,
    );
  }
  for (const name of required) {
    if (columns.has(name)) continue;
    throw namedError(
      "PatentInputError",
      `${path}, row 1: columns ${names.join(", ").slice(0, 500)}; expected a column ${name}`,
    );
  }
  return columns;
}
