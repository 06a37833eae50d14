import * as Plot from "@observablehq/plot";
import { eventKey, type FigureEvent, placeEvents } from "./events.ts";
import { frame, innerWidth } from "./frame.ts";
import { formatPercent } from "./number_format.ts";
import { checkRows, checkUnique, distinct } from "./rows.ts";
import { timePanel } from "./time_panel.ts";
import { COLOUR, type FigureText, FONT, INK } from "./theme.ts";

/** Export duty of one product group from a date on. */
export interface DutyRow {
  readonly product: string;
  /** Start of the rate as a year with fraction: 2011 is 1 January 2011, 2015.33 is May 2015. */
  readonly year: number;
  /** 0 to 100, in percent of the export price. */
  readonly ratePercent: number;
}

/** Options of {@link dutySteps}. */
export interface DutyStepsOptions extends FigureText {
  /** Right end of the time axis; default the end of the last year in the rows. */
  readonly until?: number;
}

interface Span {
  readonly from: number;
  readonly to: number;
  readonly rate: number;
}

/**
 * Export duties as steps, one panel per product group, in the order given.
 * @throws {Error} on empty, missing, negative or non-finite values, or a repeated product and year
 */
export function dutySteps(
  rows: readonly DutyRow[],
  events: readonly FigureEvent[],
  options: DutyStepsOptions,
): SVGSVGElement {
  checkRows("dutySteps", rows, { product: "text", year: "number", ratePercent: "nonnegative" });
  checkUnique("dutySteps", rows, ["product", "year"]);
  const first = Math.floor(Math.min(...rows.map((row) => row.year)));
  const last = Math.ceil(options.until ?? Math.floor(Math.max(...rows.map((r) => r.year))) + 1);
  const width = innerWidth(options);
  const placed = placeEvents("dutySteps", events, [first, last]);
  const top = Math.max(...rows.map((row) => row.ratePercent), 1) * 1.35;
  const panels = distinct(rows, (row) => row.product).map((product, i) => {
    const own = rows.filter((row) => row.product === product).sort((a, b) => a.year - b.year);
    const spans: Span[] = own.map((row, k) => ({
      from: row.year,
      to: own[k + 1]?.year ?? last,
      rate: row.ratePercent,
    }));
    // A rate that is merely confirmed is one span, so that its number is printed once.
    const merged = spans.reduce<Span[]>((done, span) => {
      const before = done.at(-1);
      if (before && before.rate === span.rate) {
        return [...done.slice(0, -1), { ...before, to: span.to }];
      }
      return [...done, span];
    }, []);
    return timePanel({
      width,
      plotHeight: 92,
      years: [first, last],
      y: { domain: [0, top] },
      yTicks: [0, 10, 20, 30].filter((tick) => tick <= top),
      yFormat: formatPercent,
      marginLeft: 50,
      events: placed,
      badges: i === 0,
      caption: product,
      marks: [
        Plot.rect(merged, {
          x1: "from",
          x2: "to",
          y1: 0,
          y2: "rate",
          fill: COLOUR.blue,
          fillOpacity: 0.22,
        }),
        Plot.line(merged.flatMap((s) => [[s.from, s.rate], [s.to, s.rate]]), {
          stroke: COLOUR.blue,
          strokeWidth: 2.5,
        }),
        Plot.text(merged, {
          x: (span: Span) => (span.from + span.to) / 2,
          y: "rate",
          text: (span: Span) => formatPercent(span.rate),
          dy: -11,
          fontSize: FONT.label,
          fontWeight: 600,
          fill: INK.strong,
          stroke: INK.paper,
          strokeWidth: 4,
        }),
      ],
    });
  });
  const highest = rows.reduce((a, b) => b.ratePercent > a.ratePercent ? b : a);
  const alt = `Steps of the duty for ${panels.length} product groups; highest: ${
    formatPercent(highest.ratePercent)
  } on ${highest.product}.`;
  return frame("dutySteps", options, alt, [...panels, ...eventKey(placed, width)]);
}
