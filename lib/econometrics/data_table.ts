import type pl from "nodejs-polars";
import { didYouMean } from "./nearest_names.ts";

/** Values of one column when the data do not come from polars. */
export type Column =
  | Float64Array
  | Float32Array
  | Int32Array
  | Int16Array
  | Int8Array
  | Uint32Array
  | Uint16Array
  | Uint8Array
  | BigInt64Array
  | BigUint64Array
  | readonly (number | string | boolean | bigint | Date | null | undefined)[];

/** Data of an estimation: a polars data frame, or columns by name, all of one length. */
export type Data = pl.DataFrame | Readonly<Record<string, Column>>;

/** Uniform access to the columns of either kind of data. */
export interface DataTable {
  readonly rows: number;
  readonly names: readonly string[];
  /**
   * A column as it is stored; never to be written to, it may share memory with the data frame.
   *
   * @throws when there is no such column (lists the nearest names)
   */
  column(name: string): Column;
}

/**
 * Opens data for reading by column.
 *
 * @throws when the columns differ in length
 */
export function dataTable(data: Data): DataTable {
  if (isFrame(data)) {
    const names = data.columns;
    return {
      rows: data.height,
      names,
      column: (name) => {
        if (!names.includes(name)) throw unknownColumn(name, names);
        return seriesValues(data.getColumn(name));
      },
    };
  }
  const names = Object.keys(data);
  const rows = names.length === 0 ? 0 : data[names[0]].length;
  for (const name of names) {
    if (data[name].length !== rows) {
      throw new RangeError(
        `data: column "${name}" has ${data[name].length} rows, "${names[0]}" has ${rows}`,
      );
    }
  }
  return {
    rows,
    names,
    column: (name) => {
      if (!Object.hasOwn(data, name)) throw unknownColumn(name, names);
      return data[name];
    },
  };
}

function unknownColumn(name: string, names: readonly string[]): RangeError {
  return new RangeError(`there is no column "${name}"; ${didYouMean(name, names)}`);
}

function isFrame(data: Data): data is pl.DataFrame {
  return typeof (data as pl.DataFrame).getColumn === "function" &&
    Array.isArray((data as pl.DataFrame).columns);
}

const TYPED = /Float|Int/;

function seriesValues(series: pl.Series): Column {
  if (TYPED.test(String(series.dtype)) && series.nullCount() === 0) {
    return series.toTypedArray() as Column;
  }
  return series.toArray() as Column;
}

/** Numbers of a column and which rows have none. */
export interface Numbers {
  readonly values: Float64Array;
  /** 1 where the cell is null; undefined when none is. Null cells hold NaN in `values`. */
  readonly missing: Uint8Array | undefined;
}

/**
 * A column as numbers; truth values become 0 and 1, null cells are marked missing.
 *
 * @throws when the column holds text or dates
 */
export function numberColumn(table: DataTable, name: string): Numbers {
  const column = table.column(name);
  if (column instanceof Float64Array) return { values: column, missing: undefined };
  if (column instanceof BigInt64Array || column instanceof BigUint64Array) {
    return { values: fromBigInts(column), missing: undefined };
  }
  if (ArrayBuffer.isView(column)) {
    return { values: Float64Array.from(column as ArrayLike<number>), missing: undefined };
  }
  const values = new Float64Array(column.length);
  let missing: Uint8Array | undefined;
  for (let i = 0; i < column.length; i++) {
    const cell = column[i];
    if (cell === null || cell === undefined) {
      missing ??= new Uint8Array(column.length);
      missing[i] = 1;
      values[i] = NaN;
    } else if (typeof cell === "string" || cell instanceof Date) {
      throw new TypeError(
        `column "${name}" holds ${typeof cell === "string" ? "text" : "dates"}, expected numbers` +
          ` (i(${name}) makes one dummy variable per value)`,
      );
    } else {
      values[i] = Number(cell);
    }
  }
  return { values, missing };
}

/** 64-bit integers as doubles through their 32-bit halves: some ten times faster than Number(bigint). */
function fromBigInts(column: BigInt64Array | BigUint64Array): Float64Array {
  const values = new Float64Array(column.length);
  const low = new Uint32Array(column.buffer, column.byteOffset, 2 * column.length);
  const high = column instanceof BigInt64Array
    ? new Int32Array(column.buffer, column.byteOffset, 2 * column.length)
    : low;
  for (let i = 0; i < values.length; i++) {
    values[i] = high[2 * i + 1] * 4294967296 + low[2 * i];
  }
  return values;
}
