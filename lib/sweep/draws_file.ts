import { closeSync, openSync, readSync } from "node:fs";
import { checkRow, type Parameters } from "./design.ts";

/** A draw in a file of JSON lines and the byte at which its line begins. */
export interface FiledDraw {
  readonly parameters: Parameters;
  readonly offset: number;
}

const PIECE = 1 << 16;

/**
 * Draws of a file of JSON lines, one by one; empty lines are passed over.
 *
 * @param from byte at which a line begins
 * @throws RangeError naming file and line (counted from `from`) of what is no record of scalars
 */
export function* readDraws(path: string, from = 0): Generator<FiledDraw> {
  let first: unknown;
  let line = 0;
  for (const { bytes, offset } of lines(path, from)) {
    line++;
    const text = decoder.decode(bytes).trim();
    if (text === "") continue;
    let row: unknown;
    try {
      row = JSON.parse(text);
    } catch {
      throw new RangeError(`${path}, line ${line}: came ${text.slice(0, 60)}, expected JSON`);
    }
    first ??= row;
    yield { parameters: checkRow(row, [first], `${path}, line ${line}`), offset };
  }
}

const decoder = new TextDecoder("utf-8", { fatal: true });

function* lines(path: string, from: number): Generator<{ bytes: Uint8Array; offset: number }> {
  const file = openSync(path, "r");
  try {
    const piece = new Uint8Array(PIECE);
    let rest = new Uint8Array(0);
    let [offset, at] = [from, from];
    for (;;) {
      const count = readSync(file, piece, 0, PIECE, at);
      if (count === 0) break;
      at += count;
      const all = new Uint8Array(rest.length + count);
      all.set(rest);
      all.set(piece.subarray(0, count), rest.length);
      let start = 0;
      for (let end = all.indexOf(10); end >= 0; end = all.indexOf(10, start)) {
        yield { bytes: all.subarray(start, end), offset: offset + start };
        start = end + 1;
      }
      rest = all.slice(start);
      offset += start;
    }
    if (rest.length > 0) yield { bytes: rest, offset };
  } finally {
    closeSync(file);
  }
}
