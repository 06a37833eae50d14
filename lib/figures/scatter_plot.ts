import * as Plot from "@observablehq/plot";
import { axisLabel, checkLabel } from "./axis_label.ts";
import { frame, innerWidth, type Part, plotPart } from "./frame.ts";
import { formatNumber, linearDomain, logDomain, logTicks } from "./number_format.ts";
import { type LabelBox, placeLabels } from "./place_labels.ts";
import { checkRows, checkUnique, distinct } from "./rows.ts";
import { textBlock } from "./text.ts";
import { COLOUR, type FigureText, FONT, INK } from "./theme.ts";

/** One labelled point. */
export interface ScatterRow {
  readonly label: string;
  readonly x: number;
  readonly y: number;
  /** Panel the point belongs to; panels share both axes. */
  readonly panel?: string | null;
}

/** Options of {@link scatterPlot}. */
export interface ScatterPlotOptions extends FigureText {
  /** What the axes measure, with units. */
  readonly xLabel: string;
  readonly yLabel: string;
  /** Log axis of x; default false. */
  readonly logX?: boolean;
}

const PLOT_HEIGHT = 250;
const MARGIN = { left: 58, right: 14, top: 8, bottom: 28 } as const;
const RADIUS = 5;

/**
 * Labelled points in one panel per group, all on the same axes, with a rule at y = 0. Labels stand
 * beside their points and never over another label or point; where there is no room for all, points
 * further up in the rows get theirs first.
 * @throws {Error} on empty, missing or non-finite values, an x of 0 or less on a log axis, a repeated
 * label in a panel, or axes without words
 */
export function scatterPlot(
  rows: readonly ScatterRow[],
  options: ScatterPlotOptions,
): SVGSVGElement {
  const log = options.logX ?? false;
  checkRows("scatterPlot", rows, {
    label: "text",
    x: log ? "positive" : "number",
    y: "number",
    panel: "text?",
  });
  checkUnique("scatterPlot", rows, ["label", "panel"]);
  checkLabel("scatterPlot", "xLabel", options.xLabel);
  checkLabel("scatterPlot", "yLabel", options.yLabel);
  const width = innerWidth(options);
  const xs = rows.map((row) => row.x);
  const x = log ? logDomain(xs) : linearDomain(xs);
  const y = linearDomain([0, ...rows.map((row) => row.y)], 0.08);
  const panels = distinct(rows, (row) => row.panel ?? undefined).map((panel) =>
    scatterPanel(rows.filter((row) => (row.panel ?? undefined) === panel), {
      width,
      x,
      y,
      log,
      caption: panel,
    })
  );
  const [first] = rows;
  const alt = `Scatter of ${rows.length} points; first: ${first.label}, ${
    formatNumber(first.x)
  } and ${formatNumber(first.y)}.`;
  return frame("scatterPlot", options, alt, [
    axisLabel(`Vertical: ${options.yLabel}`, width),
    ...panels,
    axisLabel(`Horizontal: ${options.xLabel}`, width, { gap: 4 }),
  ]);
}

interface PanelSetting {
  readonly width: number;
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
  readonly log: boolean;
  readonly caption?: string;
}

function scatterPanel(rows: readonly ScatterRow[], setting: PanelSetting): Part {
  const { width, x, y, log } = setting;
  const height = MARGIN.top + PLOT_HEIGHT + MARGIN.bottom;
  const inside = width - MARGIN.left - MARGIN.right;
  const most = Math.max(3, Math.floor(inside / 80));
  const ticks = log ? logTicks(x[0], x[1], most) : most;
  const scale = log ? Math.log : (value: number) => value;
  const px = (value: number) =>
    MARGIN.left + inside * (scale(value) - scale(x[0])) / (scale(x[1]) - scale(x[0]));
  const py = (value: number) => MARGIN.top + PLOT_HEIGHT * (y[1] - value) / (y[1] - y[0]);
  const part = plotPart({
    width,
    height,
    marginLeft: MARGIN.left,
    marginRight: MARGIN.right,
    marginTop: MARGIN.top,
    marginBottom: MARGIN.bottom,
    x: { type: log ? "log" : "linear", domain: [...x], axis: null },
    y: { type: "linear", domain: [...y], axis: null },
    marks: [
      Plot.gridX({ ticks, stroke: INK.line, strokeOpacity: 0.5 }),
      Plot.gridY({ ticks: 5, stroke: INK.line, strokeOpacity: 0.5 }),
      Plot.axisX({
        ticks,
        tickSize: 0,
        tickPadding: 6,
        label: null,
        tickFormat: (value: number) => formatNumber(value),
      }),
      Plot.axisY({
        ticks: 5,
        tickSize: 0,
        tickPadding: 6,
        label: null,
        tickFormat: (value: number) => formatNumber(value),
      }),
      Plot.ruleY([0], { stroke: INK.muted, strokeWidth: 1.3 }),
      Plot.dot(rows, {
        x: "x",
        y: "y",
        r: RADIUS,
        fill: COLOUR.blue,
        fillOpacity: 0.75,
        stroke: INK.paper,
        strokeWidth: 0.8,
      }),
    ],
  }, { caption: setting.caption });
  const points = rows.map((row) => ({ label: row.label, x: px(row.x), y: py(row.y) }));
  const labels = placeLabels(points, {
    size: FONT.tick,
    radius: RADIUS,
    left: MARGIN.left,
    right: width,
    top: 0,
    bottom: MARGIN.top + PLOT_HEIGHT,
  });
  return { ...part, svg: part.svg + labels.map(labelText).join("") };
}

function labelText({ label, x, baseline, anchor }: LabelBox): string {
  return textBlock([label], x, baseline, {
    size: FONT.tick,
    fill: INK.strong,
    anchor,
    halo: 3,
  });
}
