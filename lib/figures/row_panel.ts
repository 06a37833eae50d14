import * as Plot from "@observablehq/plot";
import { type Part, plotPart } from "./frame.ts";
import { FONT, INK } from "./theme.ts";
import { formatNumber, linearDomain, logDomain, logTicks } from "./number_format.ts";
import { textWidth, wrapText } from "./text.ts";

/** A chart of labelled rows over a shared value axis, labels in a column at the left. */
export interface RowPanelOptions {
  readonly width: number;
  /** Keys in the order drawn, top first. */
  readonly keys: readonly string[];
  readonly label: (key: string) => string;
  /** Every value the axis has to hold. */
  readonly values: readonly number[];
  readonly log: boolean;
  /** Marks; their y is the key of the row. */
  readonly marks: readonly Plot.Markish[];
  readonly caption?: string;
  /** Width in px of the label column; default {@link labelColumn} of these labels. */
  readonly column?: number;
  /** Domain that stands in for the one computed from `values`. */
  readonly domain?: readonly [number, number];
  /** Height in px of a row; default 38, room for two lines of a label. */
  readonly rowHeight?: number;
  /** About how many ticks a linear axis has; default: as many as there is room for. */
  readonly ticks?: number;
  /** Room in px at the right for numbers beside the marks; default 14. */
  readonly marginRight?: number;
}

const ROW_HEIGHT = 38;

/** "334413 Semiconductors…" from a code and a name; the code stays when the name is cut. */
export function codedLabel(code: string, name: string): string {
  return name.startsWith(code) ? name : `${code} ${name}`;
}

/** Width in px of a column for `labels`: at most `share` of the width, less when all are short. */
export function labelColumn(labels: readonly string[], width: number, share = 0.4): number {
  const widest = Math.max(...labels.map((label) => textWidth(label, FONT.tick)));
  return Math.round(Math.min(width * share, widest + 22));
}

/** Draws the rows; the axis is repeated at the top when the chart is taller than a screen. */
export function rowPanel(options: RowPanelOptions): Part {
  const { width, keys, log } = options;
  const column = options.column ?? labelColumn(keys.map(options.label), width);
  const marginRight = options.marginRight ?? 14;
  const domain = [
    ...(options.domain ??
      (log ? logDomain(options.values) : linearDomain(options.values))),
  ];
  const most = options.ticks ?? Math.max(3, Math.floor((width - column) / 62));
  const ticks = log ? logTicks(domain[0], domain[1], most) : most;
  const rowHeight = options.rowHeight ?? ROW_HEIGHT;
  const tall = keys.length > 16;
  const marginTop = tall ? 26 : 6;
  const labels = keys.map((key) => ({
    key,
    lines: wrapText(options.label(key), column - 14, FONT.tick, {
      maxLines: rowHeight < ROW_HEIGHT ? 1 : 2,
    }).join("\n"),
  }));
  const axis = { ticks, label: null, tickSize: 0, tickPadding: 6, tickFormat: axisFormat };
  return plotPart({
    width,
    height: marginTop + keys.length * rowHeight + 28,
    marginLeft: column,
    marginRight,
    marginTop,
    marginBottom: 28,
    x: { type: log ? "log" : "linear", domain, clamp: false },
    y: { type: "band", domain: keys, padding: 0, axis: null },
    marks: [
      Plot.gridX(
        typeof ticks === "number" ? { ticks, stroke: INK.line, strokeOpacity: 0.55 } : {
          ticks,
          stroke: INK.line,
          strokeOpacity: 0.55,
        },
      ),
      Plot.ruleY(labels, {
        y: "key",
        dy: rowHeight / 2,
        insetLeft: -column,
        stroke: INK.faint,
      }),
      Plot.axisX({ ...axis, anchor: "bottom" }),
      ...(tall ? [Plot.axisX({ ...axis, anchor: "top" })] : []),
      Plot.text(labels, {
        y: "key",
        text: "lines",
        frameAnchor: "left",
        textAnchor: "start",
        dx: -column,
        lineHeight: 1.15,
        fontSize: FONT.tick,
      }),
      ...options.marks,
    ],
  }, { caption: options.caption });
}

function axisFormat(value: number): string {
  return formatNumber(value, 3);
}
