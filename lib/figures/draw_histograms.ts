import * as Plot from "@observablehq/plot";
import { axisLabel, checkLabel } from "./axis_label.ts";
import { frame, innerWidth, type Part, plotPart } from "./frame.ts";
import { checkHolds } from "./intervals.ts";
import { type LegendItem, legendPart } from "./legend.ts";
import { formatNumber } from "./number_format.ts";
import { checkRows, checkUnique, distinct } from "./rows.ts";
import { COLOUR, type FigureText, INK } from "./theme.ts";

/** One bar of the distribution of an outcome over draws. */
export interface HistogramRow {
  /** Outcome with its unit; one panel each, stacked, on an axis of its own. */
  readonly panel: string;
  readonly from: number;
  readonly to: number;
  /** Percent of the draws. */
  readonly percent: number;
}

/** What is marked in the distribution of an outcome. */
export interface HistogramMarks {
  readonly panel: string;
  /** Value with all inputs at their own values. */
  readonly central: number;
  readonly median: number;
  /** Ends of the interval. */
  readonly lower: number;
  readonly upper: number;
}

const PLOT_HEIGHT = 110;
const MARGIN = { left: 44, right: 14, top: 10, bottom: 32 } as const;
const INSIDE = COLOUR.sky;

/**
 * Distributions over draws, one panel per outcome: bars of percent of draws, a band for the interval, rules for the median (solid) and for the
 * value at the inputs' own values (dashed).
 * @throws {Error} on empty, missing or non-finite values, a bar without width, a panel without marks, or an interval out of order
 */
export function drawHistograms(
  rows: readonly HistogramRow[],
  marks: readonly HistogramMarks[],
  options: FigureText & { readonly intervalLabel: string },
): SVGSVGElement {
  const figure = "drawHistograms";
  checkRows(figure, rows, { panel: "text", from: "number", to: "number", percent: "nonnegative" });
  checkRows(figure, marks, {
    panel: "text",
    central: "number",
    median: "number",
    lower: "number",
    upper: "number",
  });
  checkUnique(figure, rows, ["panel", "from"]);
  checkUnique(figure, marks, ["panel"]);
  checkHolds(figure, rows, "from", "to");
  checkHolds(figure, marks, "lower", "upper", "median");
  checkLabel(figure, "intervalLabel", options?.intervalLabel);
  const width = innerWidth(options);
  const panels = distinct(rows, (row) => row.panel).map((panel) => {
    const own = marks.find((mark) => mark.panel === panel);
    if (own === undefined) throw new Error(`figure ${figure}, panel "${panel}": has no marks`);
    return panelPart(rows.filter((row) => row.panel === panel), own, width);
  });
  const items: LegendItem[] = [
    { label: options.intervalLabel, shape: "area", stroke: "none", fill: INSIDE },
    { label: "median", shape: "tick", strokeWidth: 2.4 },
    { label: "inputs at their own values", shape: "tick", strokeWidth: 2, dash: "4 3" },
  ];
  const [first] = marks;
  const alt = `Distributions of ${marks.length} outcomes; first: ${first.panel}, median ${
    formatNumber(first.median)
  } (${formatNumber(first.lower)} to ${formatNumber(first.upper)}).`;
  return frame(figure, options, alt, [
    legendPart(items, width),
    axisLabel("Vertical: % of draws", width),
    ...panels,
  ]);
}

function panelPart(rows: readonly HistogramRow[], mark: HistogramMarks, width: number): Part {
  const ends = [mark.central, ...rows.flatMap((row) => [row.from, row.to])];
  const domain = [Math.min(...ends), Math.max(...ends)];
  const inside = width - MARGIN.left - MARGIN.right;
  const most = Math.max(3, Math.floor(inside / 80));
  const bar = (
    fill: string,
    from: (row: HistogramRow) => number,
    to: (row: HistogramRow) => number,
  ) =>
    Plot.rectY(rows.filter((row) => to(row) > from(row)), {
      x1: from,
      x2: to,
      y1: () => 0,
      y2: "percent",
      fill,
    });
  return plotPart({
    width,
    height: MARGIN.top + PLOT_HEIGHT + MARGIN.bottom,
    marginLeft: MARGIN.left,
    marginRight: MARGIN.right,
    marginTop: MARGIN.top,
    marginBottom: MARGIN.bottom,
    x: { type: "linear", domain, axis: null },
    y: {
      type: "linear",
      domain: [0, 1.05 * Math.max(...rows.map((row) => row.percent))],
      axis: null,
    },
    marks: [
      Plot.gridY({ ticks: 3, stroke: INK.line, strokeOpacity: 0.5 }),
      Plot.axisX({
        ticks: most,
        tickSize: 0,
        tickPadding: 10,
        label: null,
        tickFormat: (value: number) => formatNumber(value),
      }),
      Plot.axisY({
        ticks: 3,
        tickSize: 0,
        tickPadding: 6,
        label: null,
        tickFormat: (value: number) => formatNumber(value),
      }),
      bar(INK.line, (row) => row.from, (row) => row.to),
      bar(INSIDE, (row) => Math.max(row.from, mark.lower), (row) => Math.min(row.to, mark.upper)),
      Plot.ruleY([0], { stroke: INK.muted, strokeWidth: 1.2 }),
      Plot.ruleX([mark.median], { stroke: INK.strong, strokeWidth: 2.4 }),
      Plot.ruleX([mark.central], { stroke: INK.strong, strokeWidth: 2, strokeDasharray: "4 3" }),
    ],
  }, { caption: mark.panel });
}
