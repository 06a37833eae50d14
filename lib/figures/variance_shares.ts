import * as Plot from "@observablehq/plot";
import { axisLabel } from "./axis_label.ts";
import { frame, innerWidth } from "./frame.ts";
import { checkHolds } from "./intervals.ts";
import { type LegendItem, legendPart } from "./legend.ts";
import { formatNumber, linearDomain } from "./number_format.ts";
import { labelColumn, rowPanel } from "./row_panel.ts";
import { checkRows, checkUnique, distinct } from "./rows.ts";
import { COLOUR, type FigureText, FONT, INK } from "./theme.ts";

/** Shares of an outcome's variance that belong to one group of inputs, in percent, with intervals. */
export interface VarianceShareRow {
  /** Outcome; one panel each, stacked. */
  readonly panel: string;
  /** Group of inputs. */
  readonly label: string;
  readonly first: number;
  readonly firstLower: number;
  readonly firstUpper: number;
  readonly total: number;
  readonly totalLower: number;
  readonly totalUpper: number;
}

const FIRST = COLOUR.blue;
const TOTAL = COLOUR.orange;
/** Room in px above and below the two bars of a row of 38 px. */
const INSET = 6;
const HALF = 7;

/**
 * First-order (upper bar) and total (lower bar) shares of variance by group of inputs, with whiskers for their intervals, in one panel per
 * outcome on one axis; the order of the rows is kept.
 * @throws {Error} on empty, missing or non-finite values, a repeated label in a panel, or an interval that is out of order
 */
export function varianceShares(
  rows: readonly VarianceShareRow[],
  options: FigureText,
): SVGSVGElement {
  const figure = "varianceShares";
  checkRows(figure, rows, {
    panel: "text",
    label: "text",
    first: "number",
    firstLower: "number",
    firstUpper: "number",
    total: "number",
    totalLower: "number",
    totalUpper: "number",
  });
  checkUnique(figure, rows, ["panel", "label"]);
  // An estimate may lie outside its percentile interval; only the ends have an order.
  checkHolds(figure, rows, "firstLower", "firstUpper");
  checkHolds(figure, rows, "totalLower", "totalUpper");
  const width = innerWidth(options);
  const domain = linearDomain([
    0,
    100,
    ...rows.flatMap((row) => [row.first, row.firstLower, row.firstUpper]),
    ...rows.flatMap((row) => [row.total, row.totalLower, row.totalUpper]),
  ]);
  const column = labelColumn(rows.map((row) => row.label), width);
  const panels = distinct(rows, (row) => row.panel).map((panel) => {
    const own = rows.filter((row) => row.panel === panel);
    return rowPanel({
      width,
      keys: own.map((row) => row.label),
      label: (key) => key,
      values: [],
      domain,
      log: false,
      caption: panel,
      column,
      marginRight: 76,
      marks: [
        Plot.barX(own, {
          x1: () => 0,
          x2: "first",
          y: "label",
          insetTop: INSET,
          insetBottom: 38 - INSET - 2 * HALF + 2,
          fill: FIRST,
        }),
        Plot.barX(own, {
          x1: () => 0,
          x2: "total",
          y: "label",
          insetTop: 38 - INSET - 2 * HALF + 2,
          insetBottom: INSET,
          fill: TOTAL,
        }),
        Plot.ruleX([0], { stroke: INK.strong, strokeWidth: 1.2 }),
        Plot.ruleX([100], { stroke: INK.muted, strokeDasharray: "3 3" }),
        whisker(own, "firstLower", "firstUpper", -HALF),
        whisker(own, "totalLower", "totalUpper", HALF),
        Plot.text(own, {
          y: "label",
          text: (row: VarianceShareRow) => `${percent(row.first)} · ${percent(row.total)}`,
          frameAnchor: "right",
          textAnchor: "end",
          dx: 72,
          fontSize: FONT.tick,
          fontVariant: "tabular-nums",
        }),
      ],
    });
  });
  const items: LegendItem[] = [
    { label: "first order: the input alone", shape: "area", stroke: "none", fill: FIRST },
    { label: "total: with its interactions", shape: "area", stroke: "none", fill: TOTAL },
    { label: "95 % interval", shape: "line", stroke: INK.strong, strokeWidth: 1.8 },
  ];
  const [first] = rows;
  const alt = `Shares of variance for ${rows.length} rows; first: ${first.panel}, ${first.label}, ${
    formatNumber(first.first)
  } % alone (${formatNumber(first.firstLower)} to ${formatNumber(first.firstUpper)}), ${
    formatNumber(first.total)
  } % in total.`;
  return frame(figure, options, alt, [
    legendPart(items, width),
    ...panels,
    axisLabel("% of the outcome's variance; at the right: first order · total", width, { gap: 2 }),
  ]);
}

function percent(value: number): string {
  const rounded = Math.round(value) + 0;
  return rounded < 0 ? `−${-rounded}` : String(rounded);
}

function whisker(
  rows: readonly VarianceShareRow[],
  lower: keyof VarianceShareRow,
  upper: keyof VarianceShareRow,
  dy: number,
): Plot.Markish {
  return Plot.link(rows, {
    x1: lower,
    x2: upper,
    y: "label",
    dy,
    stroke: INK.strong,
    strokeWidth: 1.8,
  });
}
