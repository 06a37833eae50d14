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
} from "./intervals.ts";
import { type LegendItem, legendPart } from "./legend.ts";
import { formatNumber, linearDomain } from "./number_format.ts";
import { labelColumn, rowPanel } from "./row_panel.ts";
import { checkRows, checkUnique } from "./rows.ts";
import { COLOUR, type FigureText, FONT, INK } from "./theme.ts";

/** An estimate of one unit before and after shrinking it towards a common mean. */
export interface CaterpillarRow {
  readonly label: string;
  /** The unit's own estimate and interval; −Infinity and Infinity are drawn as arrows. */
  readonly own: number;
  readonly ownLower: number;
  readonly ownUpper: number;
  /** The shrunken estimate and interval. */
  readonly central: number;
  readonly lower: number;
  readonly upper: number;
  /** The true value, where it is known. */
  readonly truth?: number | null;
}

/** Options of {@link caterpillarPlot}. */
export interface CaterpillarPlotOptions extends FigureText {
  /** What the axis measures. */
  readonly unit: string;
  /** The pooled mean with its interval, drawn as a band behind all rows. */
  readonly pooled: { readonly mean: number; readonly lower: number; readonly upper: number };
  /** Ends of the axis; what lies outside is cut and marked with an arrow. Default: all finite values. */
  readonly domain?: readonly [number, number];
}

/**
 * Estimates of units in the order given, each with its own interval and the shrunken one over it, the pooled mean as a band and
 * true values, where known, as diamonds. The shrunken number is printed at the right.
 * @throws {Error} on empty, missing or non-finite values other than open ends, a repeated label, an
 * interval that misses its estimate, or an axis without words
 */
export function caterpillarPlot(
  rows: readonly CaterpillarRow[],
  options: CaterpillarPlotOptions,
): SVGSVGElement {
  const figure = "caterpillarPlot";
  checkRows(
    figure,
    withoutOpenEnds(withoutOpenEnds(rows, "ownLower", "ownUpper"), "lower", "upper"),
    {
      label: "text",
      own: "number",
      ownLower: "number",
      ownUpper: "number",
      central: "number",
      lower: "number",
      upper: "number",
      truth: "number?",
    },
  );
  checkUnique(figure, rows, ["label"]);
  checkLabel(figure, "unit", options?.unit);
  checkHolds(figure, rows, "ownLower", "ownUpper", "own");
  checkHolds(figure, rows, "lower", "upper", "central");
  const { pooled } = options;
  const finite = [
    ...rows.flatMap((row) => [
      row.own,
      row.ownLower,
      row.ownUpper,
      row.lower,
      row.upper,
      ...(row.truth == null ? [] : [row.truth]),
    ]),
    pooled.lower,
    pooled.upper,
  ].filter(Number.isFinite);
  const domain = options.domain ?? linearDomain(finite, 0.05);
  // What the axis cuts off gets the arrow of an open end.
  const cut = (lower: number, upper: number) => ({
    lower: lower < domain[0] ? -Infinity : lower,
    upper: upper > domain[1] ? Infinity : upper,
  });
  const drawn = rows.map((row) => ({
    ...row,
    ownInterval: cut(row.ownLower, row.ownUpper),
    interval: cut(row.lower, row.upper),
  }));
  const inside = (value: number) => value >= domain[0] && value <= domain[1];
  const width = innerWidth(options);
  const column = labelColumn(rows.map((row) => row.label), width, 0.36);
  const known = drawn.filter((row) => row.truth != null && inside(row.truth));
  const arrows = drawn.flatMap((row) => [
    { ...row.ownInterval, at: row.label, colour: INK.muted },
    { ...row.interval, at: row.label, colour: COLOUR.blue as string },
  ]);
  const band = within(cut(pooled.lower, pooled.upper), domain);
  const panel = rowPanel({
    width,
    keys: rows.map((row) => row.label),
    label: (key) => key,
    values: [],
    domain,
    log: false,
    column,
    marginRight: 52,
    marks: [
      Plot.rect([band], {
        x1: "lower",
        x2: "upper",
        fill: COLOUR.sky,
        fillOpacity: 0.22,
      }),
      Plot.ruleX([pooled.mean], { stroke: COLOUR.blue, strokeWidth: 1.4, strokeDasharray: "5 4" }),
      Plot.link(drawn, {
        x1: (row) => within(row.ownInterval, domain).lower,
        x2: (row) => within(row.ownInterval, domain).upper,
        y: "label",
        stroke: INK.muted,
        strokeWidth: 1.5,
      }),
      Plot.link(drawn, {
        x1: (row) => within(row.interval, domain).lower,
        x2: (row) => within(row.interval, domain).upper,
        y: "label",
        stroke: COLOUR.blue,
        strokeWidth: 6,
        strokeOpacity: 0.4,
      }),
      ...openEnds(arrows, domain, "x"),
      Plot.dot(drawn.filter((row) => inside(row.own)), {
        x: "own",
        y: "label",
        r: 4,
        fill: INK.paper,
        stroke: INK.muted,
        strokeWidth: 1.6,
      }),
      Plot.dot(drawn, { x: "central", y: "label", r: 5, fill: COLOUR.blue }),
      ...(known.length
        ? [Plot.dot(known, {
          x: "truth",
          y: "label",
          symbol: "diamond",
          r: 5.5,
          fill: COLOUR.vermillion,
          stroke: INK.paper,
          strokeWidth: 1,
        })]
        : []),
      Plot.text(drawn, {
        y: "label",
        text: (row) => formatNumber(row.central),
        frameAnchor: "right",
        textAnchor: "end",
        dx: 50,
        fontSize: FONT.tick,
        fontVariant: "tabular-nums",
      }),
    ],
  });
  const dot = (label: string, shape: "circle" | "diamond", stroke: string, fill: string) =>
    ({ label, shape, stroke, fill }) satisfies LegendItem;
  const items: LegendItem[] = [
    dot("shrunken, with 95 % interval", "circle", COLOUR.blue, COLOUR.blue),
    dot("own estimate, with 95 % interval", "circle", INK.muted, INK.paper),
    { label: "pooled mean and its interval", shape: "line", stroke: COLOUR.blue, dash: "5 4" },
    ...(known.length ? [dot("true value", "diamond", COLOUR.vermillion, COLOUR.vermillion)] : []),
    ...(anyOpen(arrows)
      ? [{ ...OPEN_END_KEY, label: "goes on beyond the axis, or has no end" }]
      : []),
  ];
  const [first] = rows;
  const alt = `Estimates of ${rows.length} rows; first: ${first.label}, own ${
    formatNumber(first.own)
  } (${intervalWords({ lower: first.ownLower, upper: first.ownUpper })}), shrunken ${
    formatNumber(first.central)
  } (${intervalWords(first)}); pooled mean ${formatNumber(pooled.mean)}.`;
  return frame(figure, options, alt, [
    legendPart(items, width),
    panel,
    axisLabel(options.unit, width, { gap: 2, indent: column }),
  ]);
}
