import * as Plot from "@observablehq/plot";
import { axisLabel } from "./axis_label.ts";
import { colourRamp, rampLegend } from "./colour_ramp.ts";
import { frame, HATCH, innerWidth, type Part, plotPart } from "./frame.ts";
import { formatNumber } from "./number_format.ts";
import { labelColumn } from "./row_panel.ts";
import { checkRows, checkUnique, distinct } from "./rows.ts";
import { type FigureText, FONT, INK } from "./theme.ts";
import { textWidth, wrapText } from "./text.ts";

/** One cell of a grid. */
export interface ValueGridRow {
  readonly row: string;
  readonly column: string;
  /** In the unit of {@link ValueGridOptions.unit}; null where it is not defined. */
  readonly value: number | null;
  /** Panel the cell belongs to; panels share rows, columns and colours. */
  readonly panel?: string | null;
}

/** Options of {@link valueGrid}. */
export interface ValueGridOptions extends FigureText {
  /** Unit of the values, for the legend. */
  readonly unit: string;
  /** What the columns are, above them; default nothing. */
  readonly columnsLabel?: string;
  /** What hatched cells are; default "not defined". */
  readonly absent?: string;
}

const ROW_HEIGHT = 34;
const HEAD = 26;
const HEAD_LINE = 17;

/**
 * Values in rows and columns in the order given, as colour and as number; cells that are null or
 * missing are hatched.
 * @throws {Error} on empty, missing or non-finite values, a repeated cell, or no value at all
 */
export function valueGrid(
  rows: readonly ValueGridRow[],
  options: ValueGridOptions,
): SVGSVGElement {
  checkRows("valueGrid", rows, { row: "text", column: "text", value: "number?", panel: "text?" });
  checkUnique("valueGrid", rows, ["panel", "row", "column"]);
  const values = rows.flatMap((row) => row.value === null ? [] : [row.value]);
  if (values.length === 0) {
    throw new Error(`figure valueGrid, column "value": no value, nothing to colour`);
  }
  const ramp = colourRamp(values, false);
  const width = innerWidth(options);
  const names = distinct(rows, (row) => row.row);
  const columns = distinct(rows, (row) => row.column);
  const panels = distinct(rows, (row) => row.panel ?? undefined);
  const setting = { width, names, columns, colour: ramp.colour };
  const parts = panels.map((panel) =>
    gridPanel(rows.filter((row) => (row.panel ?? undefined) === panel), setting, panel)
  );
  const some = values.length < panels.length * names.length * columns.length;
  const absent = { label: options.absent ?? "not defined", fill: HATCH };
  const highest = rows.reduce((a, b) => (b.value ?? -Infinity) > (a.value ?? -Infinity) ? b : a);
  const alt =
    `Grid of ${names.length} rows and ${columns.length} columns; highest: ${highest.row}, ${highest.column}, ${
      formatNumber(highest.value!)
    } (${options.unit}).`;
  return frame("valueGrid", options, alt, [
    rampLegend(ramp, width, options.unit, some ? [absent] : []),
    ...(options.columnsLabel ? [axisLabel(options.columnsLabel, width)] : []),
    ...parts,
  ]);
}

function gridPanel(
  rows: readonly ValueGridRow[],
  setting: {
    readonly width: number;
    readonly names: readonly string[];
    readonly columns: readonly string[];
    readonly colour: (value: number) => string;
  },
  caption?: string,
): Part {
  const { width, names, columns, colour } = setting;
  const left = labelColumn(names, width, 0.36);
  const cell = (width - left) / columns.length;
  const valueOf = new Map(rows.map(({ row, column, value }) => [`${row}\n${column}`, value]));
  const cells = names.flatMap((name, y) =>
    columns.map((column, x) => ({ x, y, value: valueOf.get(`${name}\n${column}`) ?? null }))
  );
  const numbers = cells.flatMap(({ x, y, value }) => value === null ? [] : [{ x, y, value }]);
  const labels = names.map((name, y) => ({
    y: y + 0.5,
    text: wrapText(name, left - 10, FONT.tick, { maxLines: 2 }).join("\n"),
  }));
  const size = cell < 46 ? 11.5 : FONT.tick;
  const heads = columns.map((column) => headLines(column, cell - 6, size));
  const head = HEAD + HEAD_LINE * (Math.max(...heads.map((lines) => lines.length)) - 1);
  type Cell = typeof cells[number];
  type Number_ = typeof numbers[number];
  const text = (dark: boolean) =>
    Plot.text(numbers.filter(({ value }) => isDark(colour(value)) === dark), {
      x: (c: Number_) => c.x + 0.5,
      y: (c: Number_) => c.y + 0.5,
      text: (c: Number_) => formatNumber(c.value, 2),
      fontSize: size,
      fill: dark ? INK.paper : INK.strong,
    });
  return plotPart({
    width,
    height: head + names.length * ROW_HEIGHT,
    marginLeft: left,
    marginRight: 0,
    marginTop: head,
    marginBottom: 0,
    x: { type: "linear", domain: [0, columns.length], axis: null },
    y: { type: "linear", domain: [names.length, 0], axis: null },
    marks: [
      Plot.rect(cells, {
        x1: "x",
        x2: (c: Cell) => c.x + 1,
        y1: "y",
        y2: (c: Cell) => c.y + 1,
        inset: 1,
        fill: (c: Cell) => c.value === null ? HATCH : colour(c.value),
        stroke: (c: Cell) => c.value === null ? INK.line : "none",
        strokeWidth: 0.7,
      }),
      text(true),
      text(false),
      Plot.text(heads.map((lines, x) => ({ x: x + 0.5, text: lines.join("\n") })), {
        x: "x",
        text: "text",
        frameAnchor: "top",
        lineAnchor: heads.some((lines) => lines.length > 1) ? "bottom" : "middle",
        dy: heads.some((lines) => lines.length > 1) ? -7 : -12,
        fontSize: size,
        fontWeight: 600,
      }),
      Plot.text(labels, {
        y: "y",
        text: "text",
        frameAnchor: "left",
        textAnchor: "start",
        dx: -left,
        lineHeight: 1.15,
        fontSize: FONT.tick,
      }),
    ],
  }, { caption });
}

/** A column's name in lines of at most `width` px, broken at spaces and after hyphens. */
function headLines(name: string, width: number, size: number): string[] {
  if (textWidth(name, size, true) <= width) return [name];
  return wrapText(name.replaceAll(/(?<=\p{L}-)(?=\p{L})/gu, " "), width, size, { bold: true });
}

/** Whether white text reads better than black on "#rrggbb" (relative luminance, WCAG 2). */
function isDark(colour: string): boolean {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const part = parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b < 0.18;
}
