import * as Plot from "@observablehq/plot";
import { eventMargin, eventMarks, type PlacedEvent } from "./events.ts";
import { type Part, plotPart } from "./frame.ts";
import { formatNumber, logTicks } from "./number_format.ts";
import { FONT, INK } from "./theme.ts";
import { textWidth } from "./text.ts";

/** A chart over years. A value of year t is drawn at t + 0.5, so that dated events fall inside their year. */
export interface TimePanelOptions {
  readonly width: number;
  /** Height in px between the axes. */
  readonly plotHeight: number;
  /** First year and year after the last one. */
  readonly years: readonly [number, number];
  readonly y: { readonly domain: readonly [number, number]; readonly log?: boolean };
  readonly yTicks?: readonly number[];
  readonly yFormat?: (value: number) => string;
  readonly marks: readonly Plot.Markish[];
  readonly events: readonly PlacedEvent[];
  /** False draws the events' rules without their numbers (in all panels but the first). */
  readonly badges?: boolean;
  readonly marginRight?: number;
  readonly caption?: string;
  /** Left margin in px that lines up several panels; default fits the tick labels. */
  readonly marginLeft?: number;
}

/** Where annual values stand inside their year. */
export const MID_YEAR = 0.5;

/** First year and the year after the last of `years`. */
export function yearSpan(years: readonly number[]): [number, number] {
  return [Math.floor(Math.min(...years)), Math.floor(Math.max(...years)) + 1];
}

/** Left margin in px for these tick labels. */
export function tickMargin(labels: readonly string[]): number {
  return Math.ceil(Math.max(...labels.map((label) => textWidth(label, FONT.tick)))) + 8;
}

/** Ticks of the value axis. */
export function valueTicks(options: Pick<TimePanelOptions, "y" | "yTicks" | "plotHeight">) {
  if (options.yTicks) return options.yTicks;
  const [lo, hi] = options.y.domain;
  const most = Math.max(3, Math.floor(options.plotHeight / 45));
  if (options.y.log) return logTicks(lo, hi, most + 2);
  const raw = (hi - lo) / most;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 2.5, 5, 10].find((m) => m * power >= raw * 0.999)! * power;
  const ticks: number[] = [];
  for (let i = Math.ceil(lo / step - 1e-9); i * step <= hi + step * 1e-9; i++) {
    ticks.push(Number((i * step).toPrecision(12)));
  }
  return ticks;
}

/** Draws the chart with its year labels, grid and events. */
export function timePanel(options: TimePanelOptions): Part {
  const { width, years, events } = options;
  const format = options.yFormat ?? ((value: number) => formatNumber(value));
  const ticks = valueTicks(options);
  const marginLeft = options.marginLeft ?? tickMargin(ticks.map(format));
  const marginRight = options.marginRight ?? 8;
  const pxPerYear = (width - marginLeft - marginRight) / (years[1] - years[0]);
  const badges = options.badges !== false;
  const marginTop = Math.max(10, badges ? eventMargin(events, pxPerYear) : 0);
  const every = [1, 2, 5, 10, 20].find((n) => n * pxPerYear >= textWidth("2010", FONT.tick) + 8) ??
    20;
  const labelled: number[] = [];
  const last = years[1] - 1;
  for (let year = years[0]; year <= last; year++) {
    if (every < 5 ? (last - year) % every === 0 : year % every === 0) {
      labelled.push(year + MID_YEAR);
    }
  }
  return plotPart({
    width,
    height: marginTop + options.plotHeight + 26,
    marginLeft,
    marginRight,
    marginTop,
    marginBottom: 26,
    x: { type: "linear", domain: years, axis: null },
    y: { type: options.y.log ? "log" : "linear", domain: options.y.domain, axis: null },
    marks: [
      Plot.gridY([...ticks], { stroke: INK.line, strokeOpacity: 0.5 }),
      Plot.axisY({ ticks, tickFormat: format, tickSize: 0, tickPadding: 5, label: null }),
      Plot.ruleY([options.y.domain[0]], { stroke: INK.muted }),
      Plot.axisX(labelled, {
        tickFormat: (t: number) => String(Math.floor(t)),
        tickSize: every === 1 ? 0 : 4,
        tickPadding: every === 1 ? 6 : 4,
        label: null,
      }),
      ...eventMarks(events, { pxPerYear, badges }),
      ...options.marks,
    ],
  }, { caption: options.caption });
}
