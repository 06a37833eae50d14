import * as Plot from "@observablehq/plot";
import { axisLabel, checkLabel } from "./axis_label.ts";
import { dodge } from "./dodge.ts";
import { frame, innerWidth, type Part, plotPart } from "./frame.ts";
import { formatNumber, linearDomain } from "./number_format.ts";
import { checkRows, checkUnique, distinct } from "./rows.ts";
import { COLOUR, type FigureText, FONT, INK } from "./theme.ts";
import { textWidth } from "./text.ts";

/** One point of a curve. */
export interface CurveRow {
  /** Name of the curve, printed at its end. */
  readonly group: string;
  readonly x: number;
  readonly y: number;
  /** Panel the point belongs to; panels share the x axis. */
  readonly panel?: string | null;
}

/** Options of {@link curvePlot}. */
export interface CurvePlotOptions extends FigureText {
  /** What the axes measure, with units. */
  readonly xLabel: string;
  readonly yLabel: string;
  /** A vertical line with a word on each side of it. */
  readonly divide?: { readonly x: number; readonly left: string; readonly right: string };
}

const STYLE: readonly { stroke: string; dash: string }[] = [
  { stroke: COLOUR.blue, dash: "none" },
  { stroke: COLOUR.vermillion, dash: "8 4" },
  { stroke: COLOUR.black, dash: "2 3" },
  { stroke: COLOUR.green, dash: "9 3 2 3" },
];
const HEIGHT = 240;

/**
 * Curves over a numeric axis, one panel per outcome, each curve named at its end, with a rule at y = 0.
 * @throws {Error} on empty, missing or non-finite values, a repeated point, more than four curves, or
 * axes without words
 */
export function curvePlot(rows: readonly CurveRow[], options: CurvePlotOptions): SVGSVGElement {
  const figure = "curvePlot";
  checkRows(figure, rows, { group: "text", x: "number", y: "number", panel: "text?" });
  checkUnique(figure, rows, ["panel", "group", "x"]);
  checkLabel(figure, "xLabel", options?.xLabel);
  checkLabel(figure, "yLabel", options?.yLabel);
  const groups = distinct(rows, (row) => row.group);
  if (groups.length > STYLE.length) {
    throw new Error(
      `figure ${figure}, column "group": at most ${STYLE.length}, got ${groups.join(", ")}`,
    );
  }
  const width = innerWidth(options);
  const xs = rows.map((row) => row.x);
  const panels = distinct(rows, (row) => row.panel ?? undefined).map((panel) =>
    curvePanel(rows.filter((row) => (row.panel ?? undefined) === panel), groups, {
      width,
      x: [Math.min(...xs), Math.max(...xs)],
      caption: panel,
      divide: options.divide,
    })
  );
  const last = rows[rows.length - 1];
  const alt = `Curves of ${groups.join(", ")}; the last point is ${formatNumber(last.x)}, ${
    formatNumber(last.y)
  }.`;
  return frame(figure, options, alt, [
    axisLabel(`Vertical: ${options.yLabel}`, width),
    ...panels,
    axisLabel(`Horizontal: ${options.xLabel}`, width, { gap: 4 }),
  ]);
}

interface PanelSetting {
  readonly width: number;
  readonly x: readonly [number, number];
  readonly caption?: string;
  readonly divide?: CurvePlotOptions["divide"];
}

function curvePanel(
  rows: readonly CurveRow[],
  groups: readonly string[],
  { width, x, caption, divide }: PanelSetting,
): Part {
  const y = linearDomain([0, ...rows.map((row) => row.y)], 0.08);
  const marginRight = 16 + Math.max(...groups.map((group) => textWidth(group, FONT.label, true)));
  const sorted = rows.toSorted((a, b) => a.x - b.x);
  const present = groups.filter((group) => rows.some((row) => row.group === group));
  const ends = present.map((group) => sorted.findLast((row) => row.group === group)!);
  const toPx = (value: number) => (1 - (value - y[0]) / (y[1] - y[0])) * HEIGHT;
  const labelPx = dodge(ends.map((end) => toPx(end.y)), 18, 6, HEIGHT - 6);
  const side = (text: string, anchor: "start" | "end", dx: number) =>
    Plot.text([text], {
      x: () => divide!.x,
      y: () => y[1],
      text: (word: string) => word,
      textAnchor: anchor,
      dx,
      dy: 10,
      fontSize: FONT.tick,
      fill: INK.muted,
      stroke: INK.paper,
      strokeWidth: 4,
    });
  const axis = {
    tickSize: 0,
    tickPadding: 6,
    label: null,
    tickFormat: (value: number) => formatNumber(value),
  };
  return plotPart({
    width,
    height: HEIGHT + 36,
    marginLeft: 52,
    marginRight,
    marginTop: 8,
    marginBottom: 28,
    x: { type: "linear", domain: [...x], axis: null },
    y: { type: "linear", domain: [...y], axis: null },
    marks: [
      Plot.gridX({ ticks: 6, stroke: INK.line, strokeOpacity: 0.5 }),
      Plot.gridY({ ticks: 5, stroke: INK.line, strokeOpacity: 0.5 }),
      Plot.axisX({ ticks: 6, ...axis }),
      Plot.axisY({ ticks: 5, ...axis }),
      Plot.ruleY([0], { stroke: INK.muted, strokeWidth: 1.3 }),
      ...(divide ? [Plot.ruleX([divide.x], { stroke: INK.muted, strokeDasharray: "4 4" })] : []),
      ...present.flatMap((group, k): Plot.Markish[] => {
        const style = STYLE[groups.indexOf(group)];
        return [
          Plot.line(sorted.filter((row) => row.group === group), {
            x: "x",
            y: "y",
            stroke: style.stroke,
            strokeWidth: 2.4,
            strokeDasharray: style.dash,
          }),
          Plot.text([ends[k]], {
            x: "x",
            y: () => y[0] + (1 - labelPx[k] / HEIGHT) * (y[1] - y[0]),
            text: "group",
            textAnchor: "start",
            dx: 8,
            fontSize: FONT.label,
            fontWeight: 600,
            fill: style.stroke,
          }),
        ];
      }),
      ...(divide ? [side(divide.left, "end", -8), side(divide.right, "start", 8)] : []),
    ],
  }, { caption });
}
