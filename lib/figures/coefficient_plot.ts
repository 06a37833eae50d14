import * as Plot from "@observablehq/plot";
import { axisLabel, checkLabel } from "./axis_label.ts";
import { frame, innerWidth } from "./frame.ts";
import {
  anyOpen,
  checkHolds,
  intervalWords,
  OPEN_END_KEY,
  openEnds,
  within,
  withoutOpenEnds,
  zeroDomain,
} from "./intervals.ts";
import { type LegendItem, legendPart } from "./legend.ts";
import { formatNumber } from "./number_format.ts";
import { labelColumn, rowPanel } from "./row_panel.ts";
import { checkRows, checkUnique, distinct } from "./rows.ts";
import { COLOUR, type FigureText, FONT, INK } from "./theme.ts";
import { textWidth } from "./text.ts";

/** The coefficient of one specification. */
export interface CoefficientRow {
  /** Outcome; one panel each, stacked. */
  readonly panel?: string | null;
  /** Name of the specification; rows keep the order given. */
  readonly label: string;
  /** In the unit of the options. */
  readonly estimate: number;
  /** Ends of the 95 % interval; −Infinity and Infinity are drawn as arrows. */
  readonly lower: number;
  readonly upper: number;
  /** Observations, printed under the estimate. */
  readonly n?: number | null;
  /** The baseline specification. */
  readonly highlight?: boolean;
}

/** Options of {@link coefficientPlot}. */
export interface CoefficientPlotOptions extends FigureText {
  /** Unit of the estimates, printed under the axis. */
  readonly unit: string;
  /** False gives each panel its own axis, for outcomes of very different size; default true. */
  readonly sharedScale?: boolean;
}

const BASELINE = COLOUR.blue;
const OTHER = INK.muted;

const colour = (row: CoefficientRow) => row.highlight ? BASELINE : OTHER;

/** Digits of a count are never rounded away. */
const countText = (n: number) => `N ${formatNumber(n, 15)}`;

/** Writes numbers of one column with the same decimals, at most three unless a number needs more. */
function columnFormat(values: readonly number[]): (value: number) => string {
  const decimalsOf = (value: number) => formatNumber(value).split(".")[1]?.length ?? 0;
  const decimals = Math.min(3, Math.max(...values.map(decimalsOf)));
  return (value) =>
    decimals === 0 || decimalsOf(value) > decimals
      ? formatNumber(value)
      : `${value < 0 ? "−" : ""}${Math.abs(value).toFixed(decimals)}`;
}

/**
 * Coefficients of several specifications with 95 % intervals, one panel per outcome, estimate and
 * number of observations printed at the right.
 * @throws {Error} on empty, missing or non-finite values other than open ends, a repeated label and
 * panel, or an interval that misses its estimate
 */
export function coefficientPlot(
  rows: readonly CoefficientRow[],
  options: CoefficientPlotOptions,
): SVGSVGElement {
  const figure = "coefficientPlot";
  checkRows(figure, withoutOpenEnds(rows, "lower", "upper"), {
    panel: "text?",
    label: "text",
    estimate: "number",
    lower: "number",
    upper: "number",
    n: "nonnegative?",
  });
  checkUnique(figure, rows, ["panel", "label"]);
  checkLabel(figure, "unit", options?.unit);
  checkHolds(figure, rows, "lower", "upper", "estimate");
  const width = innerWidth(options);
  const domainOf = (own: readonly CoefficientRow[]) =>
    zeroDomain(own.flatMap((row) => [row.estimate, row.lower, row.upper]));
  const common = domainOf(rows);
  const column = labelColumn(rows.map((row) => row.label), width, 0.38);
  const estimateText = columnFormat(rows.map((row) => row.estimate));
  const numbers = rows.flatMap((row) => [
    textWidth(estimateText(row.estimate), FONT.tick, true),
    row.n == null ? 0 : textWidth(countText(row.n), FONT.note),
  ]);
  const marginRight = Math.ceil(Math.max(...numbers)) + 12;
  const panels = distinct(rows, (row) => row.panel ?? undefined).map((name) => {
    const own = rows.filter((row) => (row.panel ?? undefined) === name);
    const domain = options.sharedScale === false ? domainOf(own) : common;
    const beside = {
      y: "label",
      frameAnchor: "right",
      textAnchor: "end",
      dx: marginRight,
      fontVariant: "tabular-nums",
    } as const;
    return rowPanel({
      width,
      keys: own.map((row) => row.label),
      label: (key) => key,
      values: [],
      domain,
      log: false,
      caption: name,
      column,
      marginRight,
      marks: [
        Plot.barX(own.filter((row) => row.highlight), {
          x1: domain[0],
          x2: domain[1],
          y: "label",
          insetLeft: -column,
          insetRight: -marginRight,
          fill: BASELINE,
          fillOpacity: 0.09,
        }),
        Plot.ruleX([0], { stroke: INK.strong, strokeWidth: 1.2 }),
        Plot.link(own, {
          x1: (row: CoefficientRow) => within(row, domain).lower,
          x2: (row: CoefficientRow) => within(row, domain).upper,
          y: "label",
          stroke: colour,
          strokeWidth: 3,
          strokeOpacity: 0.6,
        }),
        ...openEnds(
          own.map((row) => ({ ...row, at: row.label, colour: colour(row) })),
          domain,
          "x",
        ),
        ...(["circle", "diamond"] as const).map((symbol) =>
          Plot.dot(own.filter((row) => Boolean(row.highlight) === (symbol === "diamond")), {
            x: "estimate",
            y: "label",
            symbol,
            r: symbol === "diamond" ? 6.5 : 5,
            fill: colour,
            stroke: INK.paper,
            strokeWidth: 1,
          })
        ),
        ...[true, false].map((counted) =>
          Plot.text(own.filter((row) => (row.n != null) === counted), {
            ...beside,
            text: (row: CoefficientRow) => estimateText(row.estimate),
            dy: counted ? -8 : 0,
            fontSize: FONT.tick,
            fontWeight: 600,
          })
        ),
        Plot.text(own.filter((row) => row.n != null), {
          ...beside,
          text: (row: CoefficientRow) => countText(row.n!),
          dy: 8,
          fontSize: FONT.note,
          fill: INK.muted,
        }),
      ],
    });
  });
  const dot = (label: string, shape: "circle" | "diamond", fill: string): LegendItem => ({
    label,
    shape,
    stroke: fill,
    fill,
  });
  const items: LegendItem[] = [
    ...(rows.some((row) => row.highlight) ? [dot("baseline", "diamond", BASELINE)] : []),
    ...(rows.every((row) => row.highlight) ? [] : [dot("estimate", "circle", OTHER)]),
    { label: "95 % interval", shape: "line", stroke: OTHER, strokeWidth: 3, opacity: 0.6 },
    ...(anyOpen(rows) ? [OPEN_END_KEY] : []),
  ];
  const main = rows.find((row) => row.highlight) ?? rows[0];
  const alt = `Estimates with 95 % intervals for ${rows.length} rows; ${
    main.highlight ? "baseline" : "first"
  }: ${main.label}, ${formatNumber(main.estimate)} (${intervalWords(main)}).`;
  return frame(figure, options, alt, [
    legendPart(items, width),
    ...panels,
    axisLabel(options.unit, width, { gap: 2, indent: column }),
  ]);
}
