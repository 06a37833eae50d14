import { namedError } from "./named_error.ts";

/** Whole records in one piece of memory; valid until the next block is asked for. */
export interface RecordBlock {
  readonly bytes: Uint8Array;
  /** Offsets just after each record, its line end included; record i starts where record i − 1 ends. */
  readonly ends: Int32Array;
  readonly count: number;
  /** Number of the block's first record in the file, from 0; the header counts. */
  readonly first: number;
}

/** How records are told apart. */
export interface RecordShape {
  /** Byte between fields; quotes count only at the start of a field. Null: a record is a line, quotes are text. */
  readonly delimiter: number | null;
}

const QUOTE = 34;
const NEWLINE = 10;
const BLOCK = 4 << 20;
/** A record longer than this means a quote that is never closed. */
const LONGEST_RECORD = 64 << 20;

/**
 * Cuts a stream of bytes into records: lines, or delimited records whose quoted fields may hold line ends. Memory stays
 * near 8 MB however long the file is.
 *
 * @throws PatentInputError at a record without end, naming it
 */
export async function* recordBlocks(
  name: string,
  chunks: AsyncIterable<Uint8Array>,
  shape: RecordShape,
): AsyncGenerator<RecordBlock> {
  let buffer = new Uint8Array(2 * BLOCK);
  let filled = 0;
  let first = 0;
  const ends: number[] = [];
  const cut = (last: boolean): RecordBlock | null => {
    ends.length = 0;
    const done = recordEnds(buffer, filled, shape.delimiter, ends);
    const rest = filled - (ends.at(-1) ?? 0);
    if (last && rest > 0) {
      if (done.insideQuotes) throw unclosed(name, first + ends.length);
      ends.push(filled);
    }
    return ends.length === 0
      ? null
      : { bytes: buffer, ends: Int32Array.from(ends), count: ends.length, first };
  };
  const dropRead = () => {
    const read = ends.at(-1) ?? 0;
    buffer.copyWithin(0, read, filled);
    filled -= read;
    first += ends.length;
    ends.length = 0;
  };
  let start = true;
  for await (const chunk of chunks) {
    let from = 0;
    if (start && chunk.length >= 3) {
      if (chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf) from = 3;
      start = false;
    }
    while (from < chunk.length) {
      const taken = Math.min(chunk.length - from, buffer.length - filled);
      buffer.set(chunk.subarray(from, from + taken), filled);
      filled += taken;
      from += taken;
      if (filled < buffer.length) continue;
      const block = cut(false);
      if (block !== null) {
        yield block;
        dropRead();
      } else {
        if (buffer.length >= LONGEST_RECORD) throw unclosed(name, first);
        const larger = new Uint8Array(2 * buffer.length);
        larger.set(buffer);
        buffer = larger;
      }
    }
  }
  const block = cut(true);
  if (block !== null) yield block;
}

/** Ends of the whole records in bytes[0, to), and whether the rest stands inside quotes. */
function recordEnds(
  bytes: Uint8Array,
  to: number,
  delimiter: number | null,
  ends: number[],
): { readonly insideQuotes: boolean } {
  if (delimiter === null) {
    for (let i = bytes.indexOf(NEWLINE); i >= 0 && i < to; i = bytes.indexOf(NEWLINE, i + 1)) {
      ends.push(i + 1);
    }
    return { insideQuotes: false };
  }
  let fieldStart = true;
  for (let i = 0; i < to; i++) {
    const byte = bytes[i];
    if (byte === QUOTE && fieldStart) {
      i = closingQuote(bytes, i + 1, to);
      if (i < 0) return { insideQuotes: true };
      fieldStart = false;
    } else {
      if (byte === NEWLINE) ends.push(i + 1);
      fieldStart = byte === delimiter || byte === NEWLINE;
    }
  }
  return { insideQuotes: false };
}

/** Offset of the quote that closes a field, doubled ones aside; −1 when it is not in bytes[from, to). */
function closingQuote(bytes: Uint8Array, from: number, to: number): number {
  for (let i = bytes.indexOf(QUOTE, from); i >= 0 && i < to; i = bytes.indexOf(QUOTE, i + 2)) {
    // A quote that ends the data may be the first of two: the next block will tell, or the end of the file.
    if (bytes[i + 1] !== QUOTE || i + 1 >= to) return i;
  }
  return -1;
}

/**
 * Fields of the delimited record in bytes[start, end), unquoted, doubled quotes made single.
 */
export function recordFields(
  bytes: Uint8Array,
  start: number,
  end: number,
  delimiter: number,
): string[] {
  let stop = end;
  if (stop > start && bytes[stop - 1] === NEWLINE) stop--;
  if (stop > start && bytes[stop - 1] === 13) stop--;
  const fields: string[] = [];
  for (let i = start; i <= stop;) {
    if (i < stop && bytes[i] === QUOTE) {
      const close = closingQuote(bytes, i + 1, stop);
      const last = close < 0 ? stop : close;
      const next = nextDelimiter(bytes, last, stop, delimiter);
      // Text after the closing quote belongs to the field too, where a table is not quoted by the rules.
      const after = decoder.decode(bytes.subarray(Math.min(last + 1, next), next));
      fields.push(decoder.decode(bytes.subarray(i + 1, last)).replaceAll('""', '"') + after);
      i = next + 1;
    } else {
      const next = nextDelimiter(bytes, i, stop, delimiter);
      fields.push(decoder.decode(bytes.subarray(i, next)));
      i = next + 1;
    }
  }
  return fields;
}

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

function nextDelimiter(bytes: Uint8Array, from: number, stop: number, delimiter: number): number {
  for (let i = from; i < stop; i++) if (bytes[i] === delimiter) return i;
  return stop;
}

function unclosed(name: string, record: number): Error {
  return namedError(
    "PatentInputError",
    `${name}, record ${record + 1}: a quoted field is never closed (the file looks truncated)`,
  );
}
