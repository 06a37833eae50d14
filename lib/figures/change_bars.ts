import * as Plot from "@observablehq/plot";
import { axisLabel, checkLabel } from "./axis_label.ts";
import { frame, innerWidth } from "./frame.ts";
import { zeroDomain } from "./intervals.ts";
import { type LegendItem, legendPart } from "./legend.ts";
import { formatNumber } from "./number_format.ts";
import { labelColumn, rowPanel } from "./row_panel.ts";
import { checkRows, checkUnique, distinct } from "./rows.ts";
import { COLOUR, type FigureText, FONT, INK } from "./theme.ts";

/** A change from 0. */
export interface ChangeBarRow {
  readonly label: string;
  readonly value: number;
  /** What the value is compared with, drawn as a tick. */
  readonly reference?: number | null;
  /** Panel the row belongs to. */
  readonly group?: string | null;
  /** false draws a pale bar, for rows that stand in the second place; default true. */
  readonly strong?: boolean | null;
}

/** Options of {@link changeBars}. */
export interface ChangeBarsOptions extends FigureText {
  /** What the axis measures, with unit. */
  readonly xLabel: string;
  /** What bars above and below 0 mean, for the legend; without them the bars have one colour. */
  readonly above?: string;
  readonly below?: string;
  /** What the ticks mean; needed where a row has a reference. */
  readonly reference?: string;
  /** Whether every panel has an axis of its own; default false. */
  readonly ownAxes?: boolean;
}

const ROW_HEIGHT = 26;
const MARGIN_RIGHT = 70;
/** Room in px for the number at a tick. */
const TICK_WIDTH = 66;
/** Significant digits of the largest number. */
const DIGITS = 3;
/** More decimals cannot be read. */
const MOST_DECIMALS = 6;

/** Colours that differ in lightness too; neither is green or red. */
const BAR = { above: COLOUR.blue, below: COLOUR.orange } as const;

/**
 * Bars from 0 in the order of the rows, the number printed at the right with its sign, and a tick where the
 * reference is.
 * @throws {Error} on empty, missing or non-finite values, a repeated label in a group, a reference without a name,
 * or an axis without words
 */
export function changeBars(
  rows: readonly ChangeBarRow[],
  options: ChangeBarsOptions,
): SVGSVGElement {
  checkRows("changeBars", rows, {
    label: "text",
    value: "number",
    reference: "number?",
    group: "text?",
  });
  checkUnique("changeBars", rows, ["label", "group"]);
  checkLabel("changeBars", "xLabel", options.xLabel);
  const marked = rows.filter((row) => row.reference != null);
  if (marked.length > 0) checkLabel("changeBars", "reference", options.reference);
  const width = innerWidth(options);
  const column = labelColumn(rows.map(({ label }) => label), width);
  const domainOf = (some: readonly ChangeBarRow[]) =>
    zeroDomain(some.flatMap(({ value, reference }) => [value, reference ?? 0]));
  const signed = signedBy(rows);
  const twoColours = options.above !== undefined || options.below !== undefined;
  const colour = ({ value }: ChangeBarRow) => value < 0 && twoColours ? BAR.below : BAR.above;
  const panels = distinct(rows, (row) => row.group ?? undefined).map((group) => {
    const own = rows.filter((row) => (row.group ?? undefined) === group);
    return rowPanel({
      width,
      keys: own.map(({ label }) => label),
      label: (key) => key,
      values: [],
      domain: domainOf(options.ownAxes ? own : rows),
      log: false,
      caption: group,
      column,
      rowHeight: ROW_HEIGHT,
      marginRight: MARGIN_RIGHT,
      ticks: Math.max(2, Math.floor((width - column - MARGIN_RIGHT) / TICK_WIDTH)),
      marks: [
        Plot.barX(own, {
          x: "value",
          y: "label",
          fill: colour,
          fillOpacity: ({ strong }: ChangeBarRow) => strong === false ? 0.4 : 1,
          insetTop: 5,
          insetBottom: 5,
        }),
        Plot.ruleX([0], { stroke: INK.strong }),
        Plot.tickX(own.filter((row) => row.reference != null), {
          x: "reference",
          y: "label",
          stroke: INK.strong,
          strokeWidth: 2.2,
          insetTop: 2,
          insetBottom: 2,
        }),
        Plot.text(own, {
          y: "label",
          text: ({ value }: ChangeBarRow) => signed(value),
          frameAnchor: "right",
          textAnchor: "end",
          dx: MARGIN_RIGHT - 2,
          fontSize: FONT.tick,
          fontVariant: "tabular-nums",
        }),
      ],
    });
  });
  const key: LegendItem[] = [];
  const bar = (label: string | undefined, fill: string) => {
    if (label !== undefined) key.push({ label, shape: "square", stroke: fill, fill });
  };
  bar(options.above, BAR.above);
  bar(options.below, BAR.below);
  if (marked.length > 0) {
    key.push({
      label: options.reference!,
      shape: "tick",
      stroke: INK.strong,
      strokeWidth: 2.2,
    });
  }
  const largest = rows.reduce((a, b) => Math.abs(b.value) > Math.abs(a.value) ? b : a);
  const alt = `Bars for ${rows.length} rows; largest change: ${largest.label}, ${
    signed(largest.value)
  }.`;
  return frame("changeBars", options, alt, [
    ...(key.length > 0 ? [legendPart(key, width)] : []),
    ...panels,
    axisLabel(options.xLabel, width, { gap: 2 }),
  ]);
}

/** How all numbers of a figure are written: with their sign and the same decimals; small ones keep a digit. */
function signedBy(rows: readonly ChangeBarRow[]): (value: number) => string {
  const largest = Math.max(...rows.map(({ value }) => Math.abs(value)));
  const whole = largest > 0 ? Math.floor(Math.log10(largest)) + 1 : 1;
  const decimals = DIGITS - whole;
  return (value) => {
    const fixed = Math.abs(value).toFixed(Math.max(0, Math.min(MOST_DECIMALS, decimals)));
    const isLost = Number(fixed) === 0 || decimals > MOST_DECIMALS || decimals < 0;
    const size = isLost ? formatNumber(Math.abs(value), 2) : fixed;
    return Number(value) === 0 ? "0" : `${value < 0 ? "−" : "+"}${size}`;
  };
}
