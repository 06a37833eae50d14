import * as Plot from "@observablehq/plot";
import { axisLabel, checkLabel } from "./axis_label.ts";
import { frame, innerWidth, type Part, plotPart } from "./frame.ts";
import {
  anyOpen,
  checkHolds,
  type Interval,
  intervalWords,
  OPEN_END_KEY,
  openEnds,
  within,
  withoutOpenEnds,
  zeroDomain,
} from "./intervals.ts";
import { type LegendItem, legendPart } from "./legend.ts";
import { formatNumber } from "./number_format.ts";
import { checkRows, checkUnique, distinct } from "./rows.ts";
import { tickMargin, valueTicks } from "./time_panel.ts";
import { COLOUR, type FigureText, FONT, INK } from "./theme.ts";
import { textWidth } from "./text.ts";

/** Robust interval of the effect after the event at one M̄ (Rambachan and Roth 2023, relative magnitudes). */
export interface SensitivityBoundsRow {
  /** Outcome; one panel each. */
  readonly panel?: string | null;
  /** M̄, at least 0. */
  readonly m: number;
  /** Ends of the interval; −Infinity and Infinity are drawn as arrows. */
  readonly lower: number;
  readonly upper: number;
}

/** The confidence interval under parallel trends. */
export interface OriginalInterval extends Interval {
  readonly panel?: string | null;
}

/** Where the interval of a panel starts to include zero. */
export interface BreakdownValue {
  readonly panel?: string | null;
  /** M̄ at the border; null when the rows include zero at every M̄, or at none. */
  readonly m: number | null;
}

/** Options of {@link sensitivityBounds}. */
export interface SensitivityBoundsOptions extends FigureText {
  /** Unit of the effect, printed above each panel. */
  readonly unit: string;
  /** At most one a panel; drawn at the left. */
  readonly original?: readonly OriginalInterval[];
  /** At most one a panel; its words are checked against the rows. */
  readonly breakdown?: readonly BreakdownValue[];
}

const FIGURE = "sensitivityBounds";
const PLOT_HEIGHT = 200;
const ORIGINAL = "original";
const X_LABEL =
  "M̄: how large deviations from parallel trends may be after the event, relative to the largest before the event (1 is as large)";

const ROBUST = COLOUR.blue;
const FRAGILE = COLOUR.vermillion;

const panelOf = (row: { readonly panel?: string | null }) => row.panel ?? undefined;
const includesZero = ({ lower, upper }: Interval) => lower <= 0 && upper >= 0;

/** Scale of M̄, with a place for the original interval at the left of the smallest M̄. */
interface MScale {
  readonly domain: [number, number];
  readonly original: number;
  /** Half the width of a cap, in units of M̄; caps of neighbours do not touch. */
  readonly cap: number;
  readonly ticks: readonly number[];
}

/**
 * Intervals of the effect after the event as the allowed deviation from parallel trends grows, one
 * panel per outcome, with the M̄ from which zero is included.
 * @throws {Error} on empty, missing or non-finite values other than open ends, a repeated M̄ and
 * panel, ends out of order, an unknown panel, or a breakdown value the rows contradict
 */
export function sensitivityBounds(
  rows: readonly SensitivityBoundsRow[],
  options: SensitivityBoundsOptions,
): SVGSVGElement {
  check(rows, options);
  const original = options.original ?? [];
  const width = innerWidth(options);
  const outcomes = distinct(rows, panelOf).map((name) => {
    const own = rows.filter((row) => panelOf(row) === name).sort((a, b) => a.m - b.m);
    const before = original.filter((row) => panelOf(row) === name);
    const y = { domain: zeroDomain([...own, ...before].flatMap((r) => [r.lower, r.upper])) };
    const ticks = valueTicks({ y, plotHeight: PLOT_HEIGHT });
    const breakdown = options.breakdown?.find((row) => panelOf(row) === name);
    return { name, own, before, y, ticks, breakdown };
  });
  const marginLeft = Math.max(
    ...outcomes.map(({ ticks }) => tickMargin(ticks.map((tick) => formatNumber(tick)))),
  );
  const scale = mScale(rows.map((row) => row.m), width - marginLeft - 8, original.length > 0);
  const parts = outcomes.flatMap((outcome): Part[] => {
    const { name, own, before, y, ticks, breakdown } = outcome;
    const words = breakdown && breakdownWords(own, breakdown);
    const intervals = [
      ...before.map((row) => ({ ...row, at: scale.original, colour: COLOUR.black })),
      ...own.map((row) => ({ ...row, at: row.m, colour: includesZero(row) ? FRAGILE : ROBUST })),
    ];
    const ends = intervals.flatMap((row) => [
      ...(Number.isFinite(row.lower) ? [{ ...row, end: row.lower }] : []),
      ...(Number.isFinite(row.upper) ? [{ ...row, end: row.upper }] : []),
    ]);
    const panel = plotPart({
      width,
      height: (words ? 26 : 10) + PLOT_HEIGHT + 26,
      marginLeft,
      marginRight: 8,
      marginTop: words ? 26 : 10,
      marginBottom: 26,
      x: { type: "linear", domain: scale.domain, axis: null },
      y: { type: "linear", domain: y.domain, axis: null },
      marks: [
        Plot.gridY([...ticks], { stroke: INK.line, strokeOpacity: 0.5 }),
        Plot.axisY({
          ticks,
          tickFormat: (value: number) => formatNumber(value),
          tickSize: 0,
          tickPadding: 5,
          label: null,
        }),
        Plot.ruleY([y.domain[0]], { stroke: INK.muted }),
        Plot.axisX([...(original.length ? [scale.original] : []), ...scale.ticks], {
          tickFormat: (m: number) => m === scale.original ? ORIGINAL : formatNumber(m),
          tickSize: 4,
          tickPadding: 4,
          label: null,
        }),
        Plot.ruleY([0], { stroke: INK.strong, strokeWidth: 1.2 }),
        ...(words ? breakdownMarks(words, breakdown.m, scale, width - marginLeft - 8) : []),
        ...[false, true].map((fragile) =>
          Plot.ruleX(intervals.filter((row) => (row.colour === FRAGILE) === fragile), {
            x: "at",
            y1: (row: Interval) => within(row, y.domain).lower,
            y2: (row: Interval) => within(row, y.domain).upper,
            stroke: "colour",
            strokeWidth: 3.5,
            strokeDasharray: fragile ? "5 2.5" : undefined,
          })
        ),
        Plot.ruleY(ends, {
          y: "end",
          x1: (row: { at: number }) => row.at - scale.cap,
          x2: (row: { at: number }) => row.at + scale.cap,
          stroke: "colour",
          strokeWidth: 2.5,
        }),
        ...openEnds(intervals, y.domain, "y"),
      ],
    });
    return [axisLabel(options.unit, width, { caption: name }), { ...panel, gap: 2 }];
  });
  const bar = (label: string, stroke: string, dash?: string): LegendItem => ({
    label,
    shape: "tick",
    stroke,
    dash,
    strokeWidth: 3.5,
  });
  const items: LegendItem[] = [
    ...(original.length ? [bar("original interval", COLOUR.black)] : []),
    ...(rows.every(includesZero) ? [] : [bar("bounds exclude zero", ROBUST)]),
    ...(rows.some(includesZero) ? [bar("bounds include zero", FRAGILE, "5 2.5")] : []),
    ...(anyOpen([...rows, ...original]) ? [OPEN_END_KEY] : []),
  ];
  const alt = `Intervals against M̄; ${
    outcomes.map(({ name, own, breakdown }) => {
      const top = own[own.length - 1];
      return `${name ? `${name}: ` : ""}at M̄ = ${formatNumber(top.m)} ${intervalWords(top)}${
        breakdown ? `, ${breakdownWords(own, breakdown)}` : ""
      }`;
    }).join("; ")
  }.`;
  return frame(FIGURE, options, alt, [
    legendPart(items, width),
    ...parts,
    axisLabel(X_LABEL, width, { gap: 4 }),
  ]);
}

function mScale(values: readonly number[], plotWidth: number, withOriginal: boolean): MScale {
  const ms = distinct(values, (m) => m).sort((a, b) => a - b);
  const lo = ms[0], hi = ms[ms.length - 1];
  const half = textWidth(ORIGINAL, FONT.tick) / 2;
  const left = withOriginal ? half + 4 + half + 22 : 20;
  const perPx = (hi - lo || 1) / (plotWidth - left - 20);
  const labelPx = Math.max(...ms.map((m) => textWidth(formatNumber(m), FONT.tick))) + 10;
  // Thinned from the left, so that the smallest M̄, usually 0, keeps its number.
  const ticks = ms.reduce<number[]>(
    (kept, m) => kept.length && (m - kept[kept.length - 1]) / perPx < labelPx ? kept : [...kept, m],
    [],
  );
  return {
    domain: [lo - left * perPx, Math.max(hi, lo + (hi === lo ? 1 : 0)) + 20 * perPx],
    original: lo - (half + 22) * perPx,
    cap: Math.min(6 * perPx, ...ms.slice(1).map((m, i) => 0.4 * (m - ms[i]))),
    ticks,
  };
}

/** "includes zero from M̄ = 0.5", in the words that the rows bear out. */
function breakdownWords(own: readonly SensitivityBoundsRow[], { m }: BreakdownValue): string {
  if (own.every(includesZero)) return "always includes zero";
  if (m === null) return `excludes zero up to M̄ = ${formatNumber(own[own.length - 1].m)}`;
  const border = own.find((row) => row.m === m);
  return border && !includesZero(border)
    ? `excludes zero up to M̄ = ${formatNumber(m)}`
    : `includes zero from M̄ = ${formatNumber(m)}`;
}

/** A rule at the breakdown value and its words above the frame, kept inside it. */
function breakdownMarks(
  words: string,
  m: number | null,
  scale: MScale,
  plotWidth: number,
): Plot.Markish[] {
  const [lo, hi] = scale.domain;
  const ruled = m !== null && words !== "always includes zero" && m <= hi;
  const half = textWidth(words, FONT.tick, true) / 2;
  const px = ruled
    ? Math.max(half, Math.min(plotWidth - half, (m - lo) / (hi - lo) * plotWidth))
    : 0;
  return [
    ...(ruled
      ? [Plot.ruleX([m], { stroke: INK.strong, strokeWidth: 1.4, strokeDasharray: "2 3" })]
      : []),
    Plot.text([words], {
      x: () => lo + px / plotWidth * (hi - lo),
      frameAnchor: "top",
      textAnchor: ruled ? "middle" : "start",
      text: (text: string) => text,
      dy: -14,
      fontSize: FONT.tick,
      fontWeight: 600,
      fill: INK.strong,
    }),
  ];
}

function check(rows: readonly SensitivityBoundsRow[], options: SensitivityBoundsOptions): void {
  const bounds = { panel: "text?", lower: "number", upper: "number" } as const;
  checkRows(FIGURE, withoutOpenEnds(rows, "lower", "upper"), { ...bounds, m: "nonnegative" });
  checkUnique(FIGURE, rows, ["panel", "m"]);
  checkHolds(FIGURE, rows, "lower", "upper");
  checkLabel(FIGURE, "unit", options?.unit);
  const { original = [], breakdown = [] } = options;
  if (original.length) {
    const name = `${FIGURE}, option original`;
    checkRows(name, withoutOpenEnds(original, "lower", "upper"), bounds);
    checkUnique(name, original, ["panel"]);
    checkHolds(name, original, "lower", "upper");
    checkPanels(name, original, rows);
  }
  if (breakdown.length) {
    const name = `${FIGURE}, option breakdown`;
    checkRows(name, breakdown, { panel: "text?", m: "nonnegative?" });
    checkUnique(name, breakdown, ["panel"]);
    checkPanels(name, breakdown, rows);
    breakdown.forEach((value, i) => checkBreakdown(name, i, value, rows));
  }
}

function checkPanels(
  figure: string,
  given: readonly { readonly panel?: string | null }[],
  rows: readonly SensitivityBoundsRow[],
): void {
  const known = distinct(rows, panelOf);
  given.forEach((row, i) => {
    if (!known.includes(panelOf(row))) {
      throw new Error(
        `figure ${figure}, row ${i}, column "panel": expected one of ${
          known.map((name) => name ?? "(none)").join(", ")
        }, got ${row.panel ?? "none"}`,
      );
    }
  });
}

function checkBreakdown(
  figure: string,
  i: number,
  value: BreakdownValue,
  rows: readonly SensitivityBoundsRow[],
): void {
  const own = rows.filter((row) => panelOf(row) === panelOf(value));
  const { m } = value;
  if (m === null || m === undefined) {
    if (own.every(includesZero) || !own.some(includesZero)) return;
    throw new Error(
      `figure ${figure}, row ${i}, column "m": missing, but the rows include zero at some M̄ and exclude it at others`,
    );
  }
  const against = own.find((row) => row.m !== m && includesZero(row) !== row.m > m);
  if (against) {
    throw new Error(
      `figure ${figure}, row ${i}, column "m": ${m}, but the interval at M̄ = ${against.m} ${
        includesZero(against) ? "includes" : "excludes"
      } zero`,
    );
  }
}
