import * as Plot from "@observablehq/plot";
import { dodge } from "./dodge.ts";
import { eventKey, type FigureEvent, type PlacedEvent, placeEvents } from "./events.ts";
import { frame, innerWidth, type Part } from "./frame.ts";
import { type LegendItem, legendPart } from "./legend.ts";
import { formatNumber, logDomain } from "./number_format.ts";
import { READING_CLASSES, type ReadingClass, readingClass } from "./reading.ts";
import { checkRows, checkUnique, distinct } from "./rows.ts";
import { MID_YEAR, timePanel, yearSpan } from "./time_panel.ts";
import { DASHES, type FigureText, FONT, HEAVY_ELEMENTS, INK, SERIES } from "./theme.ts";

/** Price of one element's oxide in one year. */
export interface PriceRow {
  /** Chemical symbol. */
  readonly element: string;
  readonly year: number;
  readonly usdPerKg: number;
  /** How the number was read; see {@link readingClass}. */
  readonly reading: string;
}

interface Point extends PriceRow {
  readonly kind: ReadingClass;
}

/** Mark of each reading class. */
const READING_KEY: Readonly<Record<ReadingClass, Omit<LegendItem, "label">>> = {
  "direct": { shape: "circle", fill: INK.strong },
  "year-end midpoint": { shape: "square", fill: INK.strong },
  "label inferred": { shape: "circle", fill: INK.paper },
  "recalled": { shape: "cross" },
  "imputed": { shape: "plus" },
};

/**
 * Prices by element on a log axis, light and heavy elements in two panels; the shape of each point
 * says how its number was read.
 * @throws {Error} on empty, missing, non-positive or non-finite values, a repeated element and
 * year, or an unknown reading
 */
export function priceLines(
  rows: readonly PriceRow[],
  events: readonly FigureEvent[],
  options: FigureText,
): SVGSVGElement {
  checkRows("priceLines", rows, {
    element: "text",
    year: "number",
    usdPerKg: "positive",
    reading: "text",
  });
  checkUnique("priceLines", rows, ["element", "year"]);
  const points: Point[] = rows.map((row, i) => ({
    ...row,
    kind: readingClass("priceLines", i, row.reading),
  })).sort((a, b) => a.year - b.year);
  const width = innerWidth(options);
  const years = yearSpan(rows.map((row) => row.year));
  const placed = placeEvents("priceLines", events, years);
  const elements = distinct(rows, (row) => row.element);
  const groups = [
    { name: "Light rare earths", members: elements.filter((e) => !HEAVY_ELEMENTS.has(e)) },
    { name: "Heavy rare earths", members: elements.filter((e) => HEAVY_ELEMENTS.has(e)) },
  ].filter((group) => group.members.length > 0);
  const panels = groups.map((group, i) => {
    if (group.members.length > SERIES.length) {
      throw new Error(
        `figure priceLines, column "element": at most ${SERIES.length} ${group.name.toLowerCase()}, got ${group.members.length}`,
      );
    }
    const caption = `${group.name}, USD per kg of oxide (log scale)`;
    return pricePanel(points, group.members, { width, years, placed, caption, badges: i === 0 });
  });
  const used = READING_CLASSES.filter((kind) => points.some((point) => point.kind === kind));
  const legend = legendPart(used.map((kind) => ({ label: kind, ...READING_KEY[kind] })), width);
  const highest = points.reduce((a, b) => b.usdPerKg > a.usdPerKg ? b : a);
  const alt = `Lines of ${elements.length} elements from ${years[0]} to ${
    years[1] - 1
  }; the highest price is ${highest.element} in ${highest.year}, ${
    formatNumber(highest.usdPerKg)
  } USD per kg.`;
  return frame("priceLines", options, alt, [legend, ...panels, ...eventKey(placed, width)]);
}

interface PanelSetting {
  readonly width: number;
  readonly years: readonly [number, number];
  readonly placed: readonly PlacedEvent[];
  readonly caption: string;
  readonly badges: boolean;
}

const LABEL = {
  textAnchor: "start",
  fontSize: FONT.label,
  fontWeight: 600,
  fill: INK.strong,
  stroke: INK.paper,
  strokeWidth: 4,
} as const;

function pricePanel(
  points: readonly Point[],
  members: readonly string[],
  setting: PanelSetting,
): Part {
  const own = points.filter((point) => members.includes(point.element));
  const plotHeight = 290;
  const domain = logDomain(own.map((point) => point.usdPerKg));
  const [lo, hi] = domain.map(Math.log);
  const toPx = (value: number) => (1 - (Math.log(value) - lo) / (hi - lo)) * plotHeight;
  const ends = members.map((element) => own.filter((p) => p.element === element).at(-1)!);
  // A line that stops early is labelled where it stops; the others at the right edge, kept apart.
  const lastYear = setting.years[1] - 1;
  const late = ends.filter((end) => end.year >= lastYear - 1);
  const latePx = dodge(late.map((end) => toPx(end.usdPerKg)), 17, 0, plotHeight);
  const labelAt = new Map(late.map((end, i) => [end.element, latePx[i]]));
  const x = (point: Point) => point.year + MID_YEAR;
  const edgeLabel = (end: Point, stroke: string, y: number): Plot.Markish[] => [
    Plot.link([end], {
      x1: x,
      y1: "usdPerKg",
      x2: () => setting.years[1] + 0.02,
      y2: () => y,
      stroke,
      strokeOpacity: 0.6,
    }),
    Plot.text([end], { ...LABEL, x: () => setting.years[1], y: () => y, text: "element", dx: 6 }),
  ];
  const marks = members.flatMap((element, k): Plot.Markish[] => {
    const line = own.filter((point) => point.element === element);
    const stroke = SERIES[k];
    const dots = (kind: ReadingClass, more: Plot.DotOptions) =>
      Plot.dot(line.filter((point) => point.kind === kind), {
        x,
        y: "usdPerKg",
        r: 4,
        stroke,
        strokeWidth: 1.8,
        ...more,
      });
    return [
      Plot.line(line, {
        x,
        y: "usdPerKg",
        stroke,
        strokeWidth: 2,
        strokeDasharray: DASHES[k],
      }),
      dots("direct", { fill: stroke }),
      dots("year-end midpoint", { symbol: "square", fill: stroke }),
      dots("label inferred", { fill: INK.paper }),
      dots("recalled", { symbol: "times", r: 4.5 }),
      dots("imputed", { symbol: "plus", r: 4.5 }),
      ...(labelAt.has(element)
        ? edgeLabel(
          ends[k],
          stroke,
          Math.exp(lo + (1 - labelAt.get(element)! / plotHeight) * (hi - lo)),
        )
        : [Plot.text([ends[k]], { ...LABEL, x, y: "usdPerKg", text: "element", dx: 9 })]),
    ];
  });
  return timePanel({
    width: setting.width,
    plotHeight,
    years: setting.years,
    y: { domain, log: true },
    marks,
    events: setting.placed,
    badges: setting.badges,
    marginRight: 34,
    marginLeft: 52,
    caption: setting.caption,
  });
}
