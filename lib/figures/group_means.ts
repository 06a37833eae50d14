import * as Plot from "@observablehq/plot";
import { dodge } from "./dodge.ts";
import { eventKey, type FigureEvent, placeEvents } from "./events.ts";
import { frame, innerWidth } from "./frame.ts";
import type { KeyShape } from "./legend.ts";
import { formatNumber, linearDomain } from "./number_format.ts";
import { checkRows, checkUnique, distinct } from "./rows.ts";
import { MID_YEAR, timePanel, yearSpan } from "./time_panel.ts";
import { COLOUR, type FigureText, FONT, INK } from "./theme.ts";
import { textWidth } from "./text.ts";

/** Mean of one group of sectors in one year, indexed by the caller. */
export interface GroupMeanRow {
  readonly year: number;
  /** "high", "low", or another name; printed at the end of the line. */
  readonly group: string;
  readonly value: number;
  /** Ends of the confidence band; both or neither. */
  readonly lower?: number | null;
  readonly upper?: number | null;
  /** Outcome; one panel each. */
  readonly panel?: string | null;
}

/** Options of {@link groupMeans}. */
export interface GroupMeansOptions extends FigureText {
  /** Level of the horizontal line of reference; default 100, null for none. */
  readonly reference?: number | null;
}

const STYLE: readonly { stroke: string; dash: string; symbol: KeyShape }[] = [
  { stroke: COLOUR.vermillion, dash: "none", symbol: "circle" },
  { stroke: COLOUR.blue, dash: "7 4", symbol: "square" },
  { stroke: COLOUR.black, dash: "2 3", symbol: "diamond" },
  { stroke: COLOUR.green, dash: "9 3 2 3", symbol: "triangle" },
];

const MID = (row: GroupMeanRow) => row.year + MID_YEAR;

/**
 * Means by group over the years with dated events, one panel per outcome.
 * @throws {Error} on empty, missing or non-finite values, a repeated group, year and panel, a band
 * that does not hold its value, or more than four groups
 */
export function groupMeans(
  rows: readonly GroupMeanRow[],
  events: readonly FigureEvent[],
  options: GroupMeansOptions,
): SVGSVGElement {
  checkRows("groupMeans", rows, {
    year: "number",
    group: "text",
    value: "number",
    lower: "number?",
    upper: "number?",
    panel: "text?",
  });
  checkUnique("groupMeans", rows, ["panel", "group", "year"]);
  rows.forEach((row, i) => {
    const both = row.lower != null && row.upper != null;
    if (!both && (row.lower != null || row.upper != null)) {
      throw new Error(`figure groupMeans, row ${i}, columns lower, upper: give both or neither`);
    }
    if (both && !(row.lower! <= row.value && row.value <= row.upper!)) {
      throw new Error(
        `figure groupMeans, row ${i}, columns lower, upper: the band must hold value`,
      );
    }
  });
  const groups = distinct(rows, (row) => row.group);
  if (groups.length > STYLE.length) {
    throw new Error(
      `figure groupMeans, column "group": at most ${STYLE.length}, got ${groups.join(", ")}`,
    );
  }
  const width = innerWidth(options);
  const years = yearSpan(rows.map((row) => row.year));
  const placed = placeEvents("groupMeans", events, years);
  const marginRight = 14 + Math.max(...groups.map((g) => textWidth(g, FONT.label, true)));
  const reference = options.reference === undefined ? 100 : options.reference;
  const panels = distinct(rows, (row) => row.panel ?? undefined).map((name, i) => {
    const own = rows.filter((row) => (row.panel ?? undefined) === name)
      .sort((a, b) => a.year - b.year);
    const domain = linearDomain([
      ...own.flatMap((row) => [row.value, row.lower ?? row.value, row.upper ?? row.value]),
      ...(reference === null ? [] : [reference]),
    ]);
    const plotHeight = 230;
    const toPx = (v: number) => (1 - (v - domain[0]) / (domain[1] - domain[0])) * plotHeight;
    const present = groups.filter((group) => own.some((row) => row.group === group));
    const ends = present.map((group) => own.filter((row) => row.group === group).at(-1)!);
    const labelPx = dodge(ends.map((end) => toPx(end.value)), 18, 4, plotHeight - 4);
    return timePanel({
      width,
      plotHeight,
      years,
      y: { domain },
      marginRight,
      marginLeft: 50,
      events: placed,
      badges: i === 0,
      caption: name,
      marks: [
        ...(reference === null
          ? []
          : [Plot.ruleY([reference], { stroke: INK.muted, strokeWidth: 1.2 })]),
        ...present.flatMap((group, k): Plot.Markish[] => {
          const style = STYLE[groups.indexOf(group)];
          const line = own.filter((row) => row.group === group);
          return [
            Plot.areaY(line.filter((row) => row.lower != null), {
              x: MID,
              y1: "lower",
              y2: "upper",
              fill: style.stroke,
              fillOpacity: 0.15,
            }),
            Plot.line(line, {
              x: MID,
              y: "value",
              stroke: style.stroke,
              strokeWidth: 2.2,
              strokeDasharray: style.dash,
            }),
            Plot.dot(line, {
              x: MID,
              y: "value",
              r: 3.8,
              symbol: style.symbol as "circle",
              fill: group === groups[0] ? style.stroke : INK.paper,
              stroke: style.stroke,
              strokeWidth: 1.8,
            }),
            Plot.text([ends[k]], {
              x: () => ends[k].year + MID_YEAR,
              y: () => domain[0] + (1 - labelPx[k] / plotHeight) * (domain[1] - domain[0]),
              text: "group",
              textAnchor: "start",
              dx: 10,
              fontSize: FONT.label,
              fontWeight: 600,
              stroke: INK.paper,
              strokeWidth: 4,
              fill: INK.strong,
            }),
          ];
        }),
      ],
    });
  });
  const last = rows.reduce((a, b) => b.year > a.year ? b : a).year;
  const finals = rows.filter((row) => row.year === last).map((row) =>
    `${row.panel ? `${row.panel}, ` : ""}${row.group} ${formatNumber(row.value)}`
  );
  const alt = `Lines from ${years[0]} to ${last}; in ${last}: ${finals.join("; ")}.`;
  return frame("groupMeans", options, alt, [...panels, ...eventKey(placed, width)]);
}
