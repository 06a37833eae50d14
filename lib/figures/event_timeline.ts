import { dodge } from "./dodge.ts";
import {
  EVENT_COLOUR,
  EVENT_NAME,
  eventDateText,
  type EventKind,
  type FigureEvent,
  placeEvents,
} from "./events.ts";
import { frame, innerWidth } from "./frame.ts";
import { legendPart } from "./legend.ts";
import { checkRows } from "./rows.ts";
import { type FigureText, FONT, INK } from "./theme.ts";
import { round2, textBlock, wrapText } from "./text.ts";

const ROW = { wide: 40, narrow: 62 } as const;
/** Below this width in px dates stand above their labels. */
const NARROW = 560;
const AXIS = 60;
const DATE = 104;

/**
 * The policy steps on a time axis that runs downwards; distances on the axis are true, labels are
 * moved apart.
 * @throws {Error} on no events, a date that is not ISO, an empty label or an unknown kind
 */
export function eventTimeline(
  events: readonly FigureEvent[],
  options: FigureText,
): SVGSVGElement {
  checkRows("eventTimeline", events, { date: "text", label: "text", kind: "text" });
  const placed = placeEvents("eventTimeline", events);
  const width = innerWidth(options);
  const narrow = width < NARROW;
  const row = narrow ? ROW.narrow : ROW.wide;
  const first = Math.floor(placed[0].time), last = Math.floor(placed.at(-1)!.time) + 1;
  const height = Math.max(placed.length * row * 1.1, (last - first) * 44);
  const toPx = (time: number) => 10 + (time - first) / (last - first) * (height - 20);
  const at = dodge(placed.map((event) => toPx(event.time)), row, 14, height - 14);
  const pieces = [
    `<path d="M${AXIS},${toPx(first)}L${AXIS},${
      toPx(last)
    }" stroke="${INK.muted}" stroke-width="2"/>`,
  ];
  for (let year = first; year <= last; year++) {
    const y = round2(toPx(year));
    pieces.push(
      `<path d="M${AXIS - 6},${y}L${AXIS},${y}" stroke="${INK.muted}" stroke-width="1.5"/>`,
      textBlock([String(year)], AXIS - 12, y + 5, {
        size: FONT.tick,
        fill: INK.muted,
        anchor: "end",
      }),
    );
  }
  placed.forEach((event, i) => {
    const y = round2(toPx(event.time)), label = round2(at[i]);
    const colour = EVENT_COLOUR[event.kind];
    const x = AXIS + 46;
    pieces.push(
      `<path d="M${AXIS},${y}L${AXIS + 34},${label}L${
        x - 4
      },${label}" fill="none" stroke="${INK.line}" stroke-width="1.3"/>`,
      `<circle cx="${AXIS}" cy="${y}" r="5.5" fill="${colour}" stroke="#fff" stroke-width="1.5"/>`,
      eventShape(event.kind, x + 6, label),
      textBlock([eventDateText(event.date)], x + 20, label + (narrow ? -8 : 5), {
        size: FONT.tick,
        fill: INK.muted,
      }),
    );
    const labelX = x + 20 + (narrow ? 0 : DATE);
    const lines = wrapText(event.label, width - labelX, FONT.label, { maxLines: 2 });
    const labelY = narrow ? label + 10 : label + 5 - (lines.length - 1) * 8.6;
    pieces.push(
      textBlock(lines, labelX, labelY, { size: FONT.label, fill: INK.strong, leading: 1.15 }),
    );
  });
  const kinds = [...new Set(placed.map((event) => event.kind))];
  const legend = legendPart(
    kinds.map((kind) => ({
      label: EVENT_NAME[kind],
      shape: KIND_SHAPE[kind],
      stroke: EVENT_COLOUR[kind],
      fill: EVENT_COLOUR[kind],
    })),
    width,
  );
  const alt = `Timeline of ${placed.length} events from ${eventDateText(placed[0].date)} to ${
    eventDateText(placed.at(-1)!.date)
  }.`;
  return frame("eventTimeline", options, alt, [legend, { svg: pieces.join(""), height, gap: 12 }]);
}

const KIND_SHAPE = {
  quota: "circle",
  duty: "square",
  incident: "diamond",
  wto: "triangle",
  other: "circle",
} as const;

function eventShape(kind: EventKind, x: number, y: number): string {
  const fill = EVENT_COLOUR[kind];
  switch (KIND_SHAPE[kind]) {
    case "square":
      return `<rect x="${x - 5}" y="${round2(y - 5)}" width="10" height="10" fill="${fill}"/>`;
    case "diamond":
      return `<path d="M${x},${round2(y - 7)}l7,7l-7,7l-7,-7Z" fill="${fill}"/>`;
    case "triangle":
      return `<path d="M${x},${round2(y - 7)}l6.5,12l-13,0Z" fill="${fill}"/>`;
    default:
      return `<circle cx="${x}" cy="${y}" r="5.5" fill="${fill}"/>`;
  }
}
