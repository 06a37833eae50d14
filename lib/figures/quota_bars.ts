import * as Plot from "@observablehq/plot";
import { eventKey, type FigureEvent, placeEvents } from "./events.ts";
import { frame, HATCH, innerWidth } from "./frame.ts";
import { legendPart } from "./legend.ts";
import { formatNumber } from "./number_format.ts";
import { checkRows, checkUnique } from "./rows.ts";
import { MID_YEAR, timePanel, valueTicks, yearSpan } from "./time_panel.ts";
import { COLOUR, type FigureText, FONT, INK } from "./theme.ts";

/** Export quota of one year. */
export interface QuotaRow {
  readonly year: number;
  /** Tonnes; null only where `reading` is "abolished". */
  readonly tonnes: number | null;
  /** "direct" is drawn solid, "abolished" as a mark, anything else (uncertain, conflict) hatched. */
  readonly reading: string;
}

/**
 * Bars of export quotas by year.
 * @throws {Error} on empty, missing, negative or non-finite values, or a repeated year
 */
export function quotaBars(
  rows: readonly QuotaRow[],
  events: readonly FigureEvent[],
  options: FigureText,
): SVGSVGElement {
  checkRows("quotaBars", rows, { year: "number", tonnes: "nonnegative?", reading: "text" });
  checkUnique("quotaBars", rows, ["year"]);
  rows.forEach((row, i) => {
    if ((row.tonnes == null) !== (row.reading === "abolished")) {
      throw new Error(
        `figure quotaBars, row ${i}, column "tonnes": may be missing only, and must be, where reading is "abolished"; got ${row.tonnes}`,
      );
    }
  });
  const width = innerWidth(options);
  const years = yearSpan(rows.map((row) => row.year));
  const placed = placeEvents("quotaBars", events, years);
  const bars = rows.filter((row) => row.tonnes !== null);
  const abolished = rows.filter((row) => row.tonnes === null);
  const unsure = (row: QuotaRow) => row.reading !== "direct";
  const top = Math.max(...bars.map((row) => row.tonnes!), 1) * 1.12;
  const marginRight = 8;
  const barPx = (width - 60) / (years[1] - years[0]);
  const plotHeight = 260;
  const panel = timePanel({
    width,
    plotHeight,
    years,
    marginRight,
    y: { domain: [0, top] },
    yTicks: valueTicks({ y: { domain: [0, top] }, plotHeight }),
    events: placed,
    caption: "Tonnes a year",
    marks: [
      Plot.rect(bars, {
        x1: (row: QuotaRow) => row.year + 0.12,
        x2: (row: QuotaRow) => row.year + 0.88,
        y1: 0,
        y2: "tonnes",
        fill: (row: QuotaRow) => unsure(row) ? HATCH : COLOUR.blue,
        stroke: (row: QuotaRow) => unsure(row) ? INK.muted : COLOUR.blue,
        strokeWidth: 1.2,
      }),
      Plot.text(bars, {
        x: (row: QuotaRow) => row.year + MID_YEAR,
        y: "tonnes",
        text: (row: QuotaRow) =>
          barPx > 52 ? formatNumber(row.tonnes!, 6) : `${formatNumber(row.tonnes! / 1000, 3)}k`,
        dy: -9,
        fontSize: FONT.note,
        stroke: INK.paper,
        fill: INK.strong,
        strokeWidth: 4,
      }),
      Plot.text(abolished, {
        x: (row: QuotaRow) => row.year + MID_YEAR,
        y: 0,
        text: () => "✕\nquota\nabolished",
        lineAnchor: "bottom",
        dy: -6,
        fontSize: FONT.note,
        stroke: INK.paper,
        fill: INK.strong,
        strokeWidth: 4,
      }),
    ],
  });
  const legend = bars.some(unsure)
    ? [legendPart([
      { label: "read directly", shape: "area", fill: COLOUR.blue, stroke: COLOUR.blue },
      { label: "uncertain or other coverage", shape: "area", fill: HATCH, stroke: INK.muted },
    ], width)]
    : [];
  const first = bars[0], last = bars[bars.length - 1];
  const alt = first
    ? `Bars by year: ${formatNumber(first.tonnes!)} tonnes in ${first.year}, ${
      formatNumber(last.tonnes!)
    } tonnes in ${last.year}.`
    : "No quota in any year shown.";
  return frame("quotaBars", options, alt, [...legend, panel, ...eventKey(placed, width)]);
}
