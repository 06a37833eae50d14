import * as Plot from "@observablehq/plot";
import { frame, innerWidth } from "./frame.ts";
import { formatNumber, linearDomain, logDomain } from "./number_format.ts";
import { labelColumn, rowPanel } from "./row_panel.ts";
import { checkRows, checkUnique, distinct } from "./rows.ts";
import { COLOUR, type FigureText, FONT } from "./theme.ts";

/** A central value with its interval. */
export interface BandRow {
  readonly label: string;
  readonly central: number;
  readonly lower: number;
  readonly upper: number;
  /** Panel the row belongs to. */
  readonly group?: string | null;
}

/** Options of {@link bandChart}. */
export interface BandChartOptions extends FigureText {
  /** Log axis; default false. */
  readonly log?: boolean;
  /** "rank" (default) puts the largest central value first, "given" keeps the order of the rows. */
  readonly order?: "rank" | "given";
}

/**
 * Central values with intervals, ranked, in one panel per group, the central number printed at the
 * right.
 * @throws {Error} on empty, missing or non-finite values, a repeated label, or an interval that does
 * not hold its central value
 */
export function bandChart(rows: readonly BandRow[], options: BandChartOptions): SVGSVGElement {
  const log = options.log ?? false;
  const number = log ? "positive" : "number";
  checkRows("bandChart", rows, {
    label: "text",
    central: number,
    lower: number,
    upper: number,
    group: "text?",
  });
  checkUnique("bandChart", rows, ["label", "group"]);
  rows.forEach((row, i) => {
    if (!(row.lower <= row.central && row.central <= row.upper)) {
      throw new Error(
        `figure bandChart, row ${i}, columns lower, central, upper: expected lower <= central <= upper, got ${row.lower}, ${row.central}, ${row.upper}`,
      );
    }
  });
  const ordered = options.order === "given"
    ? [...rows]
    : [...rows].sort((a, b) => b.central - a.central || (a.label < b.label ? -1 : 1));
  const values = rows.flatMap((row) => [row.lower, row.upper]);
  const domain = log ? logDomain(values) : linearDomain(values);
  const width = innerWidth(options);
  const column = labelColumn(rows.map((row) => row.label), width);
  const panels = distinct(rows, (row) => row.group ?? undefined).map((group) => {
    const own = ordered.filter((row) => (row.group ?? undefined) === group);
    return rowPanel({
      width,
      keys: own.map((row) => row.label),
      label: (key) => key,
      values: [],
      domain,
      log,
      caption: group,
      column,
      marginRight: 66,
      marks: [
        Plot.link(own, {
          x1: "lower",
          x2: "upper",
          y: "label",
          stroke: COLOUR.blue,
          strokeWidth: 6,
          strokeOpacity: 0.35,
        }),
        Plot.dot(own, { x: "central", y: "label", r: 5.5, fill: COLOUR.blue }),
        Plot.text(own, {
          y: "label",
          text: (row: BandRow) => formatNumber(row.central),
          frameAnchor: "right",
          textAnchor: "end",
          dx: 64,
          fontSize: FONT.tick,
          fontVariant: "tabular-nums",
        }),
      ],
    });
  });
  const top = ordered[0];
  const alt = `Dots with intervals for ${rows.length} rows; first: ${top.label}, ${
    formatNumber(top.central)
  } (${formatNumber(top.lower)} to ${formatNumber(top.upper)}).`;
  return frame("bandChart", options, alt, panels);
}
