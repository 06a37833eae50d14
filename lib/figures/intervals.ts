import * as Plot from "@observablehq/plot";
import type { LegendItem } from "./legend.ts";
import { formatNumber, linearDomain } from "./number_format.ts";
import { INK } from "./theme.ts";

/** The ends of an interval; −Infinity and Infinity say that it has no end on that side. */
export interface Interval {
  readonly lower: number;
  readonly upper: number;
}

/** `rows` with allowed open ends (−Infinity in `lower`, Infinity in `upper`) replaced by 0, for {@link checkRows}. */
export function withoutOpenEnds<Row extends object>(
  rows: readonly Row[],
  lower: keyof Row & string,
  upper: keyof Row & string,
): readonly Row[] {
  if (!Array.isArray(rows)) return rows;
  return rows.map((row: Row) => ({
    ...row,
    ...(row[lower] === -Infinity ? { [lower]: 0 } : {}),
    ...(row[upper] === Infinity ? { [upper]: 0 } : {}),
  }));
}

/**
 * Refuses intervals that are half given, out of order, or miss their value.
 * @param value column the interval must hold; without it the ends must only be in order
 * @throws {Error} when one end is missing, or the interval does not hold its value
 */
export function checkHolds<Row extends object>(
  figure: string,
  rows: readonly Row[],
  lower: keyof Row & string,
  upper: keyof Row & string,
  value?: keyof Row & string,
): void {
  rows.forEach((row, i) => {
    const lo = row[lower] as number | null | undefined;
    const hi = row[upper] as number | null | undefined;
    if (lo == null && hi == null) return;
    if (lo == null || hi == null) {
      throw new Error(
        `figure ${figure}, row ${i}, columns ${lower}, ${upper}: give both or neither`,
      );
    }
    const inside = value === undefined ? [] : [row[value] as number];
    const given = [lo, ...inside, hi];
    if (given.some((x, k) => k > 0 && given[k - 1] > x)) {
      const columns = [lower, ...(value === undefined ? [] : [value]), upper];
      throw new Error(
        `figure ${figure}, row ${i}, columns ${columns.join(", ")}: expected ${
          columns.join(" <= ")
        }, got ${given.join(", ")}`,
      );
    }
  });
}

/** Whether an end of one of `intervals` is infinite. */
export function anyOpen(intervals: readonly Interval[]): boolean {
  return intervals.some((row) => row.lower === -Infinity || row.upper === Infinity);
}

/** A linear domain that holds zero and every finite one of `values`, with room for arrows when an end is open. */
export function zeroDomain(values: readonly number[]): [number, number] {
  const finite = values.filter(Number.isFinite);
  // Zero never lies on the edge of the frame, where its line would be lost in the axis.
  const [lo, hi] = linearDomain([0, ...finite], finite.length < values.length ? 0.16 : 0.07);
  const margin = (hi - lo || 1) * 0.07;
  return [lo === 0 ? -margin : lo, hi === 0 ? margin : hi];
}

/** `interval` cut to `domain`, so that an open end reaches the edge. */
export function within(interval: Interval, domain: readonly [number, number]): Interval {
  return {
    lower: Math.max(interval.lower, domain[0]),
    upper: Math.min(interval.upper, domain[1]),
  };
}

/** An interval at a place of the other axis. */
export interface PlacedInterval extends Interval {
  /** Position on the axis the interval does not run along. */
  readonly at: number | string;
  readonly colour: string;
}

/** Arrow heads where open intervals leave the frame. @param along the axis the intervals run along */
export function openEnds(
  intervals: readonly PlacedInterval[],
  domain: readonly [number, number],
  along: "x" | "y",
): Plot.Markish[] {
  const across = along === "x" ? "y" : "x";
  const head = (own: readonly PlacedInterval[], end: number, rotate: number, inset: number) =>
    Plot.dot(own, {
      [across]: "at",
      [along]: () => end,
      [along === "x" ? "dx" : "dy"]: inset,
      symbol: "triangle2",
      rotate,
      r: 5,
      fill: "colour",
      stroke: null,
    });
  const below = intervals.filter((row) => row.lower === -Infinity);
  const above = intervals.filter((row) => row.upper === Infinity);
  return [
    ...(below.length
      ? [head(below, domain[0], along === "x" ? -90 : 180, along === "x" ? 5 : -5)]
      : []),
    ...(above.length
      ? [head(above, domain[1], along === "x" ? 90 : 0, along === "x" ? -5 : 5)]
      : []),
  ];
}

/** Explains {@link openEnds}. */
export const OPEN_END_KEY: LegendItem = {
  label: "no finite end on this side",
  shape: "triangle",
  stroke: "none",
  fill: INK.strong,
};

/** "0.1 to 0.3" for an alt text; "unbounded" stands for an open end. */
export function intervalWords({ lower, upper }: Interval): string {
  const words = (x: number) => Number.isFinite(x) ? formatNumber(x) : "unbounded";
  return `${words(lower)} to ${words(upper)}`;
}
