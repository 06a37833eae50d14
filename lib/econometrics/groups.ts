import { type DataTable, numberColumn } from "./data_table.ts";

/** Rows sorted into groups by one or several columns. */
export interface Groups {
  /** As printed, `country^year`. */
  readonly name: string;
  /** Group of each row, 0 .. count − 1; −1 where a cell is missing. */
  readonly codes: Int32Array;
  readonly count: number;
  /** What group `code` stands for: a value of the column, or the values joined by "_". */
  level(code: number): number | string | boolean;
}

/** Ranges of integers up to this many times the rows are coded by direct addressing. */
const DIRECT_FACTOR = 4;
const DIRECT_FLOOR = 1_000_000;

/**
 * Codes the values of a column as integers, in ascending order of the values
 * (numbers by size, texts by code point, false before true, dates by time). NaN counts as missing.
 */
export function groupColumn(table: DataTable, name: string): Groups {
  const column = table.column(name);
  if (!ArrayBuffer.isView(column)) {
    const first = column.find((cell) => cell !== null && cell !== undefined);
    if (typeof first === "string") return textGroups(name, column as readonly string[]);
    if (typeof first === "boolean") {
      const groups = numberGroups(name, numberColumn(table, name).values);
      return { ...groups, level: (code) => groups.level(code) === 1 };
    }
    if (first instanceof Date) {
      return textGroups(
        name,
        (column as readonly (Date | null)[]).map((cell) => cell?.toISOString().slice(0, 10)),
      );
    }
  }
  return numberGroups(name, numberColumn(table, name).values);
}

function textGroups(name: string, column: readonly (string | null | undefined)[]): Groups {
  const found = new Map<string, number>();
  const codes = new Int32Array(column.length);
  for (let i = 0; i < column.length; i++) {
    const cell = column[i];
    if (cell === null || cell === undefined) {
      codes[i] = -1;
      continue;
    }
    let code = found.get(cell);
    if (code === undefined) {
      code = found.size;
      found.set(cell, code);
    }
    codes[i] = code;
  }
  const levels = [...found.keys()].sort();
  const rank = new Int32Array(levels.length);
  levels.forEach((level, position) => rank[found.get(level)!] = position);
  for (let i = 0; i < codes.length; i++) if (codes[i] >= 0) codes[i] = rank[codes[i]];
  return { name, codes, count: levels.length, level: (code) => levels[code] };
}

function numberGroups(name: string, values: Float64Array): Groups {
  let [low, high, whole] = [Infinity, -Infinity, true];
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (value < low) low = value;
    if (value > high) high = value;
    if (whole && !Number.isInteger(value) && !Number.isNaN(value)) whole = false;
  }
  const span = high - low + 1;
  if (whole && span <= Math.max(DIRECT_FLOOR, DIRECT_FACTOR * values.length)) {
    return directGroups(name, values, low, span);
  }
  const levels = Float64Array.from(new Set(values)).sort().filter((value) => !Number.isNaN(value));
  const rank = new Map<number, number>();
  levels.forEach((level, position) => rank.set(level, position));
  const codes = new Int32Array(values.length);
  for (let i = 0; i < values.length; i++) codes[i] = rank.get(values[i]) ?? -1;
  return { name, codes, count: levels.length, level: (code) => levels[code] };
}

function directGroups(name: string, values: Float64Array, low: number, span: number): Groups {
  const code = new Int32Array(span);
  for (let i = 0; i < values.length; i++) {
    if (values[i] === values[i]) code[values[i] - low] = 1;
  }
  let count = 0;
  for (let k = 0; k < span; k++) code[k] = code[k] === 1 ? count++ : -1;
  const levels = new Float64Array(count);
  for (let k = 0; k < span; k++) if (code[k] >= 0) levels[code[k]] = low + k;
  const codes = new Int32Array(values.length);
  for (let i = 0; i < values.length; i++) {
    codes[i] = values[i] === values[i] ? code[values[i] - low] : -1;
  }
  return { name, codes, count, level: (at) => levels[at] };
}

/** Groups by the combinations that occur of several codings of the same rows. */
export function combineGroups(parts: readonly Groups[]): Groups {
  return parts.slice(1).reduce(combineTwo, parts[0]);
}

function combineTwo(a: Groups, b: Groups): Groups {
  const rows = a.codes.length;
  const codes = new Int32Array(rows);
  const cells = a.count * b.count;
  const keys: number[] = [];
  const code = (key: number, known: number | undefined) => {
    if (known !== undefined && known >= 0) return known;
    keys.push(key);
    return keys.length - 1;
  };
  if (cells <= Math.max(DIRECT_FLOOR, DIRECT_FACTOR * rows)) {
    const seen = new Int32Array(cells).fill(-1);
    for (let i = 0; i < rows; i++) {
      const key = a.codes[i] * b.count + b.codes[i];
      codes[i] = a.codes[i] < 0 || b.codes[i] < 0 ? -1 : seen[key] = code(key, seen[key]);
    }
  } else {
    const seen = new Map<number, number>();
    for (let i = 0; i < rows; i++) {
      if (a.codes[i] < 0 || b.codes[i] < 0) {
        codes[i] = -1;
        continue;
      }
      const key = a.codes[i] * b.count + b.codes[i];
      const known = seen.get(key);
      codes[i] = code(key, known);
      if (known === undefined) seen.set(key, codes[i]);
    }
  }
  return {
    name: `${a.name}^${b.name}`,
    codes,
    count: keys.length,
    level: (at) => {
      const first = Math.floor(keys[at] / b.count);
      return `${a.level(first)}_${b.level(keys[at] - first * b.count)}`;
    },
  };
}

/** The same groups on some of the rows, groups without rows removed, order kept. */
export function selectGroups(groups: Groups, keep: Int32Array): Groups {
  const seen = new Int32Array(groups.count);
  for (let i = 0; i < keep.length; i++) {
    const code = groups.codes[keep[i]];
    if (code >= 0) seen[code] = 1;
  }
  let count = 0;
  const original = new Int32Array(groups.count);
  for (let g = 0; g < groups.count; g++) {
    if (seen[g]) {
      original[count] = g;
      seen[g] = count++;
    } else seen[g] = -1;
  }
  const codes = new Int32Array(keep.length);
  for (let i = 0; i < keep.length; i++) {
    const code = groups.codes[keep[i]];
    codes[i] = code < 0 ? -1 : seen[code];
  }
  return { name: groups.name, codes, count, level: (code) => groups.level(original[code]) };
}

/** Whether every group of `inner` lies in one group of `outer` (rows of both in the same order). */
export function isNested(inner: Groups, outer: Groups): boolean {
  if (inner.count < outer.count) return false;
  const home = new Int32Array(inner.count).fill(-1);
  for (let i = 0; i < inner.codes.length; i++) {
    const group = inner.codes[i];
    if (home[group] === -1) home[group] = outer.codes[i];
    else if (home[group] !== outer.codes[i]) return false;
  }
  return true;
}
