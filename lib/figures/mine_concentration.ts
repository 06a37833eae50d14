import * as Plot from "@observablehq/plot";
import { dodge } from "./dodge.ts";
import { eventKey, type FigureEvent, placeEvents } from "./events.ts";
import { areaFill, OTHER_FILL } from "./fills.ts";
import { frame, innerWidth, type Part } from "./frame.ts";
import { legendPart } from "./legend.ts";
import { formatNumber } from "./number_format.ts";
import { checkRows, checkUnique, distinct } from "./rows.ts";
import { MID_YEAR, timePanel, yearSpan } from "./time_panel.ts";
import { COLOUR, type FigureText, FONT, INK } from "./theme.ts";
import { textWidth } from "./text.ts";

/** Mine production of one country in one year. */
export interface MineRow {
  readonly year: number;
  readonly country: string;
  /** Tonnes of rare earth oxide. */
  readonly tonnes: number;
}

/** Concentration of one year, computed by the caller. */
export interface ConcentrationRow {
  readonly year: number;
  /** China's share of world production, 0 to 1. */
  readonly chinaShare: number;
  /** Herfindahl-Hirschman index, 0 to 1. */
  readonly hhi: number;
}

/** Options of {@link mineConcentration}. */
export interface MineConcentrationOptions extends FigureText {
  /** Drawn as a second panel; left out when absent. */
  readonly concentration?: readonly ConcentrationRow[];
  /** How many countries keep their own colour (1 to 6, default 5); the rest are drawn as "others". */
  readonly keep?: number;
}

const MOST_KEPT = 6;
/** Room in px for the names at the ends of the lines; the same in both panels. */
const MARGIN_RIGHT = 54;
const MID = (row: { readonly year: number }) => row.year + MID_YEAR;

/**
 * Mine production by country, stacked, and concentration below it.
 * @throws {Error} on empty, missing, negative or non-finite values, a repeated country and year, or
 * a share outside 0 to 1
 */
export function mineConcentration(
  rows: readonly MineRow[],
  events: readonly FigureEvent[],
  options: MineConcentrationOptions,
): SVGSVGElement {
  checkRows("mineConcentration", rows, {
    year: "number",
    country: "text",
    tonnes: "nonnegative",
  });
  checkUnique("mineConcentration", rows, ["year", "country"]);
  const years = yearSpan(rows.map((row) => row.year));
  const placed = placeEvents("mineConcentration", events, years);
  const width = innerWidth(options);
  const totals = distinct(rows, (row) => row.country).map((country) => {
    const own = rows.filter((row) => row.country === country);
    return { country, total: own.reduce((sum, row) => sum + row.tonnes, 0) };
  }).sort((a, b) => b.total - a.total || (a.country < b.country ? -1 : 1));
  const kept = totals.slice(0, Math.min(options.keep ?? 5, MOST_KEPT)).map((t) => t.country);
  const order = totals.length > kept.length ? [...kept, "others"] : kept;
  const fill = (name: string) => name === "others" ? OTHER_FILL : areaFill(kept.indexOf(name));
  const bars = stack(rows, order);
  const top = Math.max(...bars.map((bar) => bar.to)) * 1.03;
  const marginLeft = textWidth("400,000", FONT.tick) + 8;
  const production = timePanel({
    width,
    plotHeight: 290,
    years,
    y: { domain: [0, top] },
    marginLeft,
    marginRight: options.concentration ? MARGIN_RIGHT : 8,
    events: placed,
    caption: "Mine production, tonnes of rare earth oxide a year",
    marks: [
      Plot.rect(bars, {
        x1: (bar: Bar) => bar.year + 0.06,
        x2: (bar: Bar) => bar.year + 0.94,
        y1: "from",
        y2: "to",
        fill: (bar: Bar) => fill(bar.country).paint,
        stroke: INK.paper,
        strokeWidth: 0.6,
      }),
    ],
  });
  const legend = legendPart(
    order.map((name) => ({
      label: name,
      shape: "area",
      fill: fill(name).paint,
      stroke: fill(name).colour,
    })),
    width,
  );
  const parts: Part[] = [legend, production];
  if (options.concentration) {
    parts.push(concentrationPanel(options.concentration, { width, years, marginLeft, placed }));
  }
  const lead = totals[0];
  const alt = `Stacked bars of ${totals.length} countries from ${years[0]} to ${
    years[1] - 1
  }; the largest producer is ${lead.country}.`;
  return frame("mineConcentration", options, alt, [...parts, ...eventKey(placed, width)]);
}

interface Bar {
  readonly year: number;
  readonly country: string;
  readonly from: number;
  readonly to: number;
}

/** Piles the countries of each year in `order`; those not named go to "others". */
function stack(rows: readonly MineRow[], order: readonly string[]): Bar[] {
  return [...Map.groupBy(rows, (row) => row.year)].flatMap(([year, own]) => {
    let from = 0;
    return order.flatMap((country): Bar[] => {
      const tonnes = own.filter((row) =>
        row.country === country || (country === "others" && !order.includes(row.country))
      ).reduce((sum, row) => sum + row.tonnes, 0);
      if (tonnes === 0) return [];
      const bar = { year, country, from, to: from + tonnes };
      from = bar.to;
      return [bar];
    });
  });
}

function concentrationPanel(
  rows: readonly ConcentrationRow[],
  setting: {
    readonly width: number;
    readonly years: readonly [number, number];
    readonly marginLeft: number;
    readonly placed: Parameters<typeof timePanel>[0]["events"];
  },
): Part {
  checkRows("mineConcentration", rows, {
    year: "number",
    chinaShare: "nonnegative",
    hhi: "nonnegative",
  });
  rows.forEach((row, i) => {
    for (const column of ["chinaShare", "hhi"] as const) {
      if (row[column] > 1) {
        throw new Error(
          `figure mineConcentration, concentration row ${i}, column "${column}": expected 0 to 1, got ${
            row[column]
          }`,
        );
      }
    }
  });
  const sorted = [...rows].sort((a, b) => a.year - b.year);
  const last = sorted.at(-1)!;
  const plotHeight = 150;
  const ends = [
    { name: "China", value: last.chinaShare },
    { name: "HHI", value: last.hhi },
  ];
  const labelPx = dodge(ends.map((end) => (1 - end.value) * plotHeight), 17, 0, plotHeight);
  const line = (column: "chinaShare" | "hhi", stroke: string, strokeDasharray: string) =>
    Plot.line(sorted, { x: MID, y: column, stroke, strokeWidth: 2.4, strokeDasharray });
  return timePanel({
    width: setting.width,
    plotHeight,
    years: setting.years,
    y: { domain: [0, 1] },
    yTicks: [0, 0.25, 0.5, 0.75, 1],
    yFormat: (v) => formatNumber(v, 2),
    marginLeft: setting.marginLeft,
    marginRight: MARGIN_RIGHT,
    events: setting.placed,
    badges: false,
    caption: "China’s share (solid) and Herfindahl index HHI (dashed), 0 to 1",
    marks: [
      line("chinaShare", COLOUR.blue, "none"),
      line("hhi", COLOUR.vermillion, "6 4"),
      ...ends.map((end, i) =>
        Plot.text([end], {
          x: () => last.year + MID_YEAR,
          y: () => 1 - labelPx[i] / plotHeight,
          text: "name",
          textAnchor: "start",
          dx: 8,
          fontSize: FONT.tick,
          fontWeight: 600,
          stroke: INK.paper,
          fill: INK.strong,
          strokeWidth: 4,
        })
      ),
    ],
  });
}
