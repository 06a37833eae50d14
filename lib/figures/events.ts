import * as Plot from "@observablehq/plot";
import type { Part } from "./frame.ts";
import { COLOUR, FONT, INK } from "./theme.ts";
import { blockHeight, textBlock, wrapText } from "./text.ts";

/** One dated step of policy. */
export interface FigureEvent {
  /** ISO date: "2010-09-07", "2010-09" or "2010". */
  readonly date: string;
  /** A few words. */
  readonly label: string;
  readonly kind: EventKind;
}

/** What sort of step an event is; decides its colour. */
export type EventKind = "quota" | "duty" | "incident" | "wto" | "other";

/** An event with its place on a time axis. */
export interface PlacedEvent extends FigureEvent {
  /** Year with its fraction: 2010.5 is the middle of 2010. */
  readonly time: number;
  /** Number shown on the chart, from 1 in date order. */
  readonly number: number;
}

/** Colour of each kind of event; white text on it has a contrast above 4.5. */
export const EVENT_COLOUR: Readonly<Record<EventKind, string>> = {
  quota: COLOUR.blue,
  duty: "#b04a00",
  incident: COLOUR.black,
  wto: "#00664a",
  other: "#707070",
};

/** How each kind is called in a legend. */
export const EVENT_NAME: Readonly<Record<EventKind, string>> = {
  quota: "quota",
  duty: "export duty",
  incident: "incident",
  wto: "WTO case",
  other: "other",
};

const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
const MONTH_START = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
const BADGE = 9;
const BADGE_ROW = 21;

interface DateParts {
  readonly year: number;
  readonly month?: number;
  readonly day?: number;
}

function dateParts(date: string): DateParts {
  const found = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(date);
  const [year, month, day] = found ? found.slice(1).map((x) => x && Number(x)) : [];
  if (!year || (month && (month > 12)) || month === 0 || (day && day > 31) || day === 0) {
    throw new Error(`event date must read YYYY, YYYY-MM or YYYY-MM-DD, got "${date}"`);
  }
  return { year: Number(year), month: month || undefined, day: day || undefined } as DateParts;
}

/** Year with fraction of an ISO date; a month or year alone stands at its middle. */
export function eventTime(date: string): number {
  const { year, month, day } = dateParts(date);
  if (!month) return year + 0.5;
  return year + (MONTH_START[month - 1] + (day ? day - 0.5 : 15)) / 365;
}

/** "7 Sep 2010", "Sep 2010" or "2010". */
export function eventDateText(date: string): string {
  const { year, month, day } = dateParts(date);
  return [day, month && MONTHS[month - 1], year].filter(Boolean).join(" ");
}

/**
 * Checks events, sorts them by date, keeps those inside `domain` and numbers them.
 * @param figure name used in errors
 * @param domain years at the left and right end of the axis
 */
export function placeEvents(
  figure: string,
  events: readonly FigureEvent[],
  domain: readonly [number, number] = [-Infinity, Infinity],
): PlacedEvent[] {
  const timed = events.map((event, i) => {
    if (!(event.kind in EVENT_COLOUR)) {
      throw new Error(
        `figure ${figure}, event ${i}, column "kind": expected one of ${
          Object.keys(EVENT_COLOUR).join(", ")
        }, got "${event.kind}"`,
      );
    }
    if (typeof event.label !== "string" || event.label.trim() === "") {
      throw new Error(`figure ${figure}, event ${i}, column "label": expected non-empty text`);
    }
    try {
      return { ...event, time: eventTime(event.date) };
    } catch (cause) {
      throw new Error(`figure ${figure}, event ${i}, column "date": ${(cause as Error).message}`);
    }
  });
  return timed.filter((event) => event.time >= domain[0] && event.time <= domain[1])
    .sort((a, b) => a.time - b.time || (a.label < b.label ? -1 : 1))
    .map((event, i) => ({ ...event, number: i + 1 }));
}

/** Height levels of the number badges, so that neighbours do not touch. */
function badgeLevels(events: readonly PlacedEvent[], pxPerYear: number): number[] {
  const lastAt: number[] = [];
  return events.map(({ time }) => {
    const x = time * pxPerYear;
    let level = lastAt.findIndex((last) => x - last >= 2 * BADGE + 2);
    if (level < 0) level = lastAt.length;
    lastAt[level] = x;
    return level;
  });
}

/** Room in px a chart leaves above its top edge for the badges of {@link eventMarks}. */
export function eventMargin(events: readonly PlacedEvent[], pxPerYear: number): number {
  return events.length === 0
    ? 0
    : (Math.max(...badgeLevels(events, pxPerYear)) + 1) * BADGE_ROW + 7;
}

/**
 * Plot marks for a time chart whose x is a year with its fraction: a thin dashed rule per event
 * and, above the frame, its number in a badge. {@link eventKey} explains the numbers.
 * @param options pxPerYear: px of one year on the axis; badges: false leaves the rules alone
 */
export function eventMarks(
  events: readonly PlacedEvent[],
  options: { readonly pxPerYear: number; readonly badges?: boolean },
): Plot.Markish[] {
  if (events.length === 0) return [];
  const levels = badgeLevels(events, options.pxPerYear);
  const marks: Plot.Markish[] = [Plot.ruleX(events, {
    x: "time",
    stroke: (event: PlacedEvent) => EVENT_COLOUR[event.kind],
    strokeWidth: 1,
    strokeDasharray: "3 3",
    strokeOpacity: 0.75,
  })];
  if (options.badges === false) return marks;
  events.forEach((event, i) => {
    const dy = -(levels[i] * BADGE_ROW + BADGE + 3);
    const at = { x: "time", frameAnchor: "top", dy } as const;
    marks.push(
      Plot.dot([event], { ...at, r: BADGE, fill: EVENT_COLOUR[event.kind] }),
      Plot.text([event], {
        ...at,
        text: (e: PlacedEvent) => String(e.number),
        lineAnchor: "middle",
        fill: INK.paper,
        fontSize: 12,
        fontWeight: 600,
      }),
    );
  });
  return marks;
}

/** The list that explains the numbers of {@link eventMarks}, in two columns when there is room. */
export function eventKey(events: readonly PlacedEvent[], width: number): Part[] {
  if (events.length === 0) return [];
  const columns = width >= 560 && events.length > 2 ? 2 : 1;
  const columnWidth = (width - (columns - 1) * 20) / columns;
  const perColumn = Math.ceil(events.length / columns);
  const pieces: string[] = [];
  let height = 0;
  for (let c = 0; c < columns; c++) {
    const x = c * (columnWidth + 20);
    let y = 0;
    for (const event of events.slice(c * perColumn, (c + 1) * perColumn)) {
      const words = `${eventDateText(event.date)}: ${event.label}`;
      const lines = wrapText(words, columnWidth - 26, FONT.note);
      pieces.push(
        `<circle cx="${x + BADGE}" cy="${y + 10}" r="${BADGE}" fill="${
          EVENT_COLOUR[event.kind]
        }"/>`,
        textBlock([String(event.number)], x + BADGE, y + 14.2, {
          size: 12,
          fill: INK.paper,
          bold: true,
          anchor: "middle",
        }),
        textBlock(lines, x + 25, y + 14.5, { size: FONT.note, fill: INK.strong }),
      );
      y += Math.max(22, blockHeight(lines.length, FONT.note) + 5);
    }
    height = Math.max(height, y);
  }
  return [{ svg: pieces.join(""), height }];
}
