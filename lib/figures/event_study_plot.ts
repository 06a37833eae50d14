import * as Plot from "@observablehq/plot";
import { axisLabel, checkLabel } from "./axis_label.ts";
import { eventKey, type FigureEvent, placeEvents } from "./events.ts";
import { frame, innerWidth } from "./frame.ts";
import {
  anyOpen,
  checkHolds,
  type Interval,
  intervalWords,
  OPEN_END_KEY,
  openEnds,
  within,
  withoutOpenEnds,
  zeroDomain,
} from "./intervals.ts";
import { type LegendItem, legendPart } from "./legend.ts";
import { formatNumber, formatPercent } from "./number_format.ts";
import { checkRows, checkUnique, distinct } from "./rows.ts";
import { MID_YEAR, tickMargin, timePanel, valueTicks, yearSpan } from "./time_panel.ts";
import { COLOUR, type FigureText, INK } from "./theme.ts";

/** The coefficient of one year. */
export interface EventStudyRow {
  /** Outcome; one panel each. */
  readonly panel?: string | null;
  /** A whole calendar year. */
  readonly time: number;
  /** In the unit of the options. */
  readonly estimate: number;
  /** Ends of the pointwise interval; −Infinity and Infinity are drawn as arrows. */
  readonly lower: number;
  readonly upper: number;
  /** Ends of the simultaneous (sup-t) band; both or neither. */
  readonly simultaneousLower?: number | null;
  readonly simultaneousUpper?: number | null;
  /** The omitted year: estimate 0 by definition, drawn hollow and without intervals. */
  readonly reference?: boolean;
}

/** Options of {@link eventStudyPlot}. */
export interface EventStudyPlotOptions extends FigureText {
  /** Unit of the estimates, printed above each panel: "log points per SD of exposure". */
  readonly unit: string;
  /** True when the estimates are in percent (12 is 12 %); the ticks say so. Default false. */
  readonly percent?: boolean;
  /** First year after the event, whole; from its start on the ground is tinted. */
  readonly eventYear?: number;
}

const PLOT_HEIGHT = 230;
const BEFORE = INK.muted;
const AFTER = COLOUR.blue;

const MID = (row: EventStudyRow) => row.time + MID_YEAR;

/** The widest interval of a row that is drawn. */
function widest(row: EventStudyRow): Interval {
  return {
    lower: Math.min(row.lower, row.simultaneousLower ?? row.lower),
    upper: Math.max(row.upper, row.simultaneousUpper ?? row.upper),
  };
}

/**
 * Event-study coefficients by year with pointwise intervals (thick) and simultaneous bands (thin),
 * one panel per outcome, each with its own value axis.
 * @throws {Error} on empty, missing or non-finite values other than open ends, a repeated year and
 * panel, years that are not whole, intervals that miss their estimate, or a reference that is not 0
 */
export function eventStudyPlot(
  rows: readonly EventStudyRow[],
  events: readonly FigureEvent[],
  options: EventStudyPlotOptions,
): SVGSVGElement {
  check(rows, options);
  const width = innerWidth(options);
  const years = yearSpan(rows.map((row) => row.time));
  const placed = placeEvents("eventStudyPlot", events, years);
  const yFormat = options.percent ? formatPercent : (value: number) => formatNumber(value);
  const eventYear = options.eventYear;
  const colour = (row: EventStudyRow) =>
    eventYear !== undefined && row.time < eventYear ? BEFORE : AFTER;
  const outcomes = distinct(rows, (row) => row.panel ?? undefined).map((name) => {
    const own = rows.filter((row) => (row.panel ?? undefined) === name)
      .sort((a, b) => a.time - b.time);
    const drawn = own.flatMap((row) => {
      const { lower, upper } = row.reference ? { lower: 0, upper: 0 } : widest(row);
      return [row.estimate, lower, upper];
    });
    const y = { domain: zeroDomain(drawn) };
    const labels = valueTicks({ y, plotHeight: PLOT_HEIGHT }).map(yFormat);
    return { name, own, y, marginLeft: tickMargin(labels) };
  });
  const marginLeft = Math.max(...outcomes.map((outcome) => outcome.marginLeft));
  const panels = outcomes.flatMap(({ name, own, y }, i) => {
    const estimated = own.filter((row) => !row.reference);
    const band = estimated.filter((row) => row.simultaneousLower != null);
    const simultaneous = (row: EventStudyRow) =>
      within({ lower: row.simultaneousLower!, upper: row.simultaneousUpper! }, y.domain);
    const pointwise = (row: EventStudyRow) => within(row, y.domain);
    const panel = timePanel({
      width,
      plotHeight: PLOT_HEIGHT,
      years,
      y,
      yFormat,
      marginLeft,
      events: placed,
      badges: i === 0,
      marks: [
        ...(eventYear === undefined || eventYear >= years[1] ? [] : [Plot.rect([0], {
          x1: Math.max(eventYear, years[0]),
          x2: years[1],
          y1: y.domain[0],
          y2: y.domain[1],
          fill: AFTER,
          fillOpacity: 0.07,
        })]),
        Plot.ruleY([0], { stroke: INK.strong, strokeWidth: 1.2 }),
        Plot.ruleX(band, {
          x: MID,
          y1: (row: EventStudyRow) => simultaneous(row).lower,
          y2: (row: EventStudyRow) => simultaneous(row).upper,
          stroke: colour,
          strokeWidth: 1.6,
        }),
        Plot.ruleX(estimated, {
          x: MID,
          y1: (row: EventStudyRow) => pointwise(row).lower,
          y2: (row: EventStudyRow) => pointwise(row).upper,
          stroke: colour,
          strokeWidth: 6,
          strokeOpacity: 0.45,
        }),
        ...openEnds(
          estimated.map((row) => ({ ...widest(row), at: MID(row), colour: colour(row) })),
          y.domain,
          "y",
        ),
        Plot.dot(own, {
          x: MID,
          y: "estimate",
          r: 4.6,
          fill: (row: EventStudyRow) => row.reference ? INK.paper : colour(row),
          stroke: (row: EventStudyRow) => row.reference ? INK.strong : INK.paper,
          strokeWidth: (row: EventStudyRow) => row.reference ? 1.8 : 1,
        }),
      ],
    });
    return [axisLabel(options.unit, width, { caption: name }), { ...panel, gap: 2 }];
  });
  const last = years[1] - 1;
  const finals = rows.filter((row) => row.time === last).map((row) =>
    `${row.panel ? `${row.panel}, ` : ""}${formatNumber(row.estimate)}${
      row.reference ? " (reference)" : ` (${intervalWords(row)})`
    }`
  );
  const alt = `Estimates with intervals from ${years[0]} to ${last}; in ${last}: ${
    finals.join("; ")
  }.`;
  const parts = [legendPart(legend(rows, options), width), ...panels, ...eventKey(placed, width)];
  return frame("eventStudyPlot", options, alt, parts);
}

function legend(
  rows: readonly EventStudyRow[],
  { eventYear }: EventStudyPlotOptions,
): LegendItem[] {
  const dot = (label: string, colour: string): LegendItem => ({
    label,
    shape: "circle",
    stroke: colour,
    fill: colour,
  });
  const estimated = rows.filter((row) => !row.reference);
  const before = estimated.some((row) => eventYear !== undefined && row.time < eventYear);
  const after = estimated.some((row) => eventYear === undefined || row.time >= eventYear);
  const items: LegendItem[] = [];
  if (before) items.push(dot(`before ${eventYear}`, BEFORE));
  if (after) items.push(dot(eventYear === undefined ? "estimate" : `from ${eventYear} on`, AFTER));
  if (rows.some((row) => row.reference)) {
    items.push({ label: "reference year", shape: "circle", fill: INK.paper });
  }
  items.push({
    label: "interval of each year",
    shape: "tick",
    stroke: AFTER,
    strokeWidth: 6,
    opacity: 0.45,
  });
  if (estimated.some((row) => row.simultaneousLower != null)) {
    items.push({ label: "band for all years at once (sup-t)", shape: "tick", stroke: AFTER });
  }
  if (anyOpen(estimated.map(widest))) items.push(OPEN_END_KEY);
  return items;
}

function check(rows: readonly EventStudyRow[], options: EventStudyPlotOptions): void {
  const figure = "eventStudyPlot";
  const finite = withoutOpenEnds(
    withoutOpenEnds(rows, "lower", "upper"),
    "simultaneousLower",
    "simultaneousUpper",
  );
  checkRows(figure, finite, {
    panel: "text?",
    time: "number",
    estimate: "number",
    lower: "number",
    upper: "number",
    simultaneousLower: "number?",
    simultaneousUpper: "number?",
  });
  checkUnique(figure, rows, ["panel", "time"]);
  checkLabel(figure, "unit", options?.unit);
  checkHolds(figure, rows, "lower", "upper", "estimate");
  checkHolds(figure, rows, "simultaneousLower", "simultaneousUpper", "estimate");
  rows.forEach((row, i) => {
    if (!Number.isInteger(row.time)) {
      throw new Error(
        `figure ${figure}, row ${i}, column "time": expected a whole year, got ${row.time}`,
      );
    }
    if (row.reference && row.estimate !== 0) {
      throw new Error(
        `figure ${figure}, row ${i}, column "estimate": expected 0 in the reference year, got ${row.estimate}`,
      );
    }
  });
  if (options.eventYear !== undefined && !Number.isInteger(options.eventYear)) {
    throw new Error(
      `figure ${figure}: option "eventYear" must be a whole year, got ${options.eventYear}`,
    );
  }
}
