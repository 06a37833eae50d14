import { type DataTable, numberColumn } from "./data_table.ts";
import { groupColumn } from "./groups.ts";

/** Finds for each row the row of the same unit some periods away. */
export interface Panel {
  readonly unit: string;
  readonly time: string;
  /** Row of the same unit `periods` earlier (later when negative), −1 when there is none. */
  earlier(periods: number): Int32Array;
}

/**
 * Reads the panel structure from two columns: the unit and the time. Whole-number times are as far
 * apart as their difference says, so gaps stay gaps; other times are numbered in their order.
 *
 * @throws when a unit has two rows at one time (names them)
 */
export function readPanel(table: DataTable, unit: string, time: string): Panel {
  const units = groupColumn(table, unit);
  const times = groupColumn(table, time);
  const levels = Array.from({ length: times.count }, (_, k) => times.level(k));
  const whole = levels.every((level) => Number.isInteger(level));
  const clock = Float64Array.from(levels, (level, k) => whole ? Number(level) : k);
  const rowAt = new Map<number, number>();
  const span = times.count;
  for (let i = 0; i < table.rows; i++) {
    if (units.codes[i] < 0 || times.codes[i] < 0) continue;
    const key = units.codes[i] * span + times.codes[i];
    if (rowAt.has(key)) {
      throw new RangeError(
        `panel: unit ${unit} = ${units.level(units.codes[i])} has two rows at ${time} = ` +
          `${times.level(times.codes[i])} (rows ${rowAt.get(key)! + 1} and ${i + 1})`,
      );
    }
    rowAt.set(key, i);
  }
  const codeOf = new Map<number, number>();
  clock.forEach((value, code) => codeOf.set(value, code));
  return {
    unit,
    time,
    earlier(periods) {
      const rows = new Int32Array(table.rows).fill(-1);
      for (let i = 0; i < table.rows; i++) {
        if (units.codes[i] < 0 || times.codes[i] < 0) continue;
        const code = codeOf.get(clock[times.codes[i]] - periods);
        if (code === undefined) continue;
        rows[i] = rowAt.get(units.codes[i] * span + code) ?? -1;
      }
      return rows;
    },
  };
}

/** Checks that a column is usable as numbers; re-exported reading for lags. */
export function lagged(
  table: DataTable,
  values: ReturnType<typeof numberColumn>,
  rows: Int32Array,
): { values: Float64Array; missing: Uint8Array } {
  const result = new Float64Array(table.rows);
  const missing = new Uint8Array(table.rows);
  for (let i = 0; i < table.rows; i++) {
    const from = rows[i];
    if (from < 0 || values.missing?.[from]) {
      missing[i] = 1;
      result[i] = NaN;
    } else result[i] = values.values[from];
  }
  return { values: result, missing };
}
