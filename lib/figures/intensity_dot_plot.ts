import * as Plot from "@observablehq/plot";
import { frame, innerWidth } from "./frame.ts";
import { legendPart } from "./legend.ts";
import { formatNumber } from "./number_format.ts";
import { checkRows, checkUnique } from "./rows.ts";
import { codedLabel, rowPanel } from "./row_panel.ts";
import { COLOUR, type FigureText, INK } from "./theme.ts";

/** Rare earth intensity of one industry, in the unit named in the subtitle (say USD per 1,000 USD of output). */
export interface IntensityRow {
  /** Industry code; must be unique. */
  readonly industry: string;
  /** Industry name. */
  readonly label: string;
  /** Intensity of the industry's own purchases. */
  readonly direct: number;
  /** Intensity with all suppliers' purchases. */
  readonly total: number;
  /** Ends of the 90 % band of `total`; both or neither. */
  readonly lower?: number | null;
  readonly upper?: number | null;
}

/** Options of {@link intensityDotPlot}. */
export interface IntensityDotPlotOptions extends FigureText {
  /** Log axis (default true); rows with a value of 0 then keep only their other dot. */
  readonly log?: boolean;
}

/**
 * Ranked dot plot of direct (hollow) and total (filled) rare earth intensity, highest total first.
 * @throws {Error} on empty, missing, negative or non-finite values, repeated industries, or a band
 * that does not hold its total
 */
export function intensityDotPlot(
  rows: readonly IntensityRow[],
  options: IntensityDotPlotOptions,
): SVGSVGElement {
  const log = options.log ?? true;
  checkRows("intensityDotPlot", rows, {
    industry: "text",
    label: "text",
    direct: "nonnegative",
    total: log ? "positive" : "nonnegative",
    lower: log ? "positive?" : "nonnegative?",
    upper: log ? "positive?" : "nonnegative?",
  });
  checkUnique("intensityDotPlot", rows, ["industry"]);
  rows.forEach((row, i) => {
    if ((row.lower == null) !== (row.upper == null)) {
      throw new Error(
        `figure intensityDotPlot, row ${i}, columns lower, upper: give both or neither`,
      );
    }
    if (row.lower != null && !(row.lower <= row.total && row.total <= row.upper!)) {
      throw new Error(
        `figure intensityDotPlot, row ${i}, columns lower, upper: the band must hold total`,
      );
    }
  });
  const ranked = [...rows].sort((a, b) => b.total - a.total || (a.industry < b.industry ? -1 : 1));
  const direct = ranked.filter((row) => !log || row.direct > 0);
  const banded = ranked.filter((row) => row.lower != null);
  const values = [
    ...direct.map((row) => row.direct),
    ...ranked.map((row) => row.total),
    ...banded.flatMap((row) => [row.lower!, row.upper!]),
  ];
  const names = new Map(ranked.map((row) => [row.industry, codedLabel(row.industry, row.label)]));
  const width = innerWidth(options);
  const panel = rowPanel({
    width,
    keys: ranked.map((row) => row.industry),
    label: (key) => names.get(key)!,
    values: log ? values : [0, ...values],
    log,
    marks: [
      Plot.link(direct, {
        x1: "direct",
        x2: "total",
        y: "industry",
        stroke: INK.line,
        strokeDasharray: "2 3",
      }),
      Plot.link(banded, {
        x1: "lower",
        x2: "upper",
        y: "industry",
        stroke: COLOUR.blue,
        strokeWidth: 4,
        strokeOpacity: 0.35,
      }),
      Plot.dot(ranked, { x: "total", y: "industry", r: 5.5, fill: COLOUR.blue }),
      Plot.dot(direct, {
        x: "direct",
        y: "industry",
        r: 6,
        stroke: COLOUR.vermillion,
        strokeWidth: 2,
      }),
    ],
  });
  const legend = legendPart([
    { label: "total (with suppliers)", shape: "circle", stroke: COLOUR.blue, fill: COLOUR.blue },
    { label: "direct", shape: "circle", stroke: COLOUR.vermillion },
    ...(banded.length
      ? [{
        label: "90 % band of the total",
        shape: "line" as const,
        stroke: COLOUR.blue,
        strokeWidth: 4,
        opacity: 0.35,
      }]
      : []),
  ], width);
  const first = ranked[0];
  const alt = `Ranked dot plot of ${ranked.length} industries; highest total: ${first.label}, ${
    formatNumber(first.total)
  }.`;
  return frame("intensityDotPlot", options, alt, [legend, panel]);
}
