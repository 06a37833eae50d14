import * as Plot from "@observablehq/plot";
import { colourRamp, rampLegend } from "./colour_ramp.ts";
import { frame, HATCH, innerWidth, plotPart } from "./frame.ts";
import { formatNumber } from "./number_format.ts";
import { codedLabel } from "./row_panel.ts";
import { checkRows, checkUnique, distinct } from "./rows.ts";
import { type FigureText, FONT, HEAVY_ELEMENTS, INK } from "./theme.ts";
import { wrapText } from "./text.ts";

/** Value of one element in one industry. */
export interface HeatMapRow {
  readonly industry: string;
  readonly label: string;
  /** Chemical symbol. */
  readonly element: string;
  /** In the unit of {@link ElementHeatMapOptions.unit}; 0 is drawn blank, an absent row hatched. */
  readonly value: number;
}

/** Options of {@link elementHeatMap}. */
export interface ElementHeatMapOptions extends FigureText {
  /** Unit of the values, for the legend. */
  readonly unit: string;
}

const ORDER = "La Ce Pr Nd Sm Eu Gd Tb Dy Ho Er Tm Yb Lu Y Sc".split(" ");
const ROW_HEIGHT = 36;
const GAP = 14;

/**
 * Elements in columns (light, then heavy), industries in rows in the order given, colour on a log
 * scale.
 * @throws {Error} on empty, missing, negative or non-finite values, a repeated cell, or no value above 0
 */
export function elementHeatMap(
  rows: readonly HeatMapRow[],
  options: ElementHeatMapOptions,
): SVGSVGElement {
  checkRows("elementHeatMap", rows, {
    industry: "text",
    label: "text",
    element: "text",
    value: "nonnegative",
  });
  checkUnique("elementHeatMap", rows, ["industry", "element"]);
  const positive = rows.filter((row) => row.value > 0);
  if (positive.length === 0) {
    throw new Error(`figure elementHeatMap, column "value": no value above 0, nothing to colour`);
  }
  const rank = (element: string) => ORDER.indexOf(element) < 0 ? 99 : ORDER.indexOf(element);
  const elements = distinct(rows, (row) => row.element).sort((a, b) =>
    rank(a) - rank(b) || (a < b ? -1 : 1)
  );
  const light = elements.filter((e) => !HEAVY_ELEMENTS.has(e));
  const heavy = elements.filter((e) => HEAVY_ELEMENTS.has(e));
  const industries = distinct(rows, (row) => row.industry);
  const values = new Map(rows.map((row) => [`${row.industry}\n${row.element}`, row.value]));
  const names = new Map(rows.map((row) => [row.industry, codedLabel(row.industry, row.label)]));
  const ramp = colourRamp(positive.map((row) => row.value), true);
  const width = innerWidth(options);
  const column = Math.round(width * 0.38);
  const gap = light.length && heavy.length ? GAP : 0;
  const cell = (width - column - gap) / elements.length;
  const left = (element: string) => {
    const i = [...light, ...heavy].indexOf(element);
    return i * cell + (HEAVY_ELEMENTS.has(element) ? gap : 0);
  };
  const cells = industries.flatMap((industry, i) =>
    elements.map((element) => ({
      x: left(element),
      y: i,
      value: values.get(`${industry}\n${element}`),
    }))
  );
  const labels = industries.map((industry, i) => ({
    y: i + 0.5,
    text: wrapText(names.get(industry)!, column - 12, FONT.tick, { maxLines: 2 }).join("\n"),
  }));
  const heads = [
    ...elements.map((e) => ({ x: left(e) + cell / 2, text: e, dy: -12, weight: 600 })),
    ...[{ name: "light", members: light }, { name: "heavy", members: heavy }]
      .filter((group) => group.members.length > 0)
      .map(({ name, members }) => ({
        x: left(members[0]) + members.length * cell / 2,
        text: name,
        dy: -31,
        weight: 400,
      })),
  ];
  const panel = plotPart({
    width,
    height: 44 + industries.length * ROW_HEIGHT,
    marginLeft: column,
    marginRight: 0,
    marginTop: 44,
    marginBottom: 0,
    x: { type: "linear", domain: [0, width - column], axis: null },
    y: { type: "linear", domain: [industries.length, 0], axis: null },
    marks: [
      Plot.rect(cells, {
        x1: "x",
        x2: (c: typeof cells[number]) => c.x + cell,
        y1: "y",
        y2: (c: typeof cells[number]) => c.y + 1,
        inset: 1,
        fill: (c: typeof cells[number]) =>
          c.value === undefined ? HATCH : c.value === 0 ? INK.paper : ramp.colour(c.value),
        stroke: (c: typeof cells[number]) => c.value ? "none" : INK.line,
        strokeWidth: 0.7,
      }),
      ...heads.map((head) =>
        Plot.text([head], {
          x: "x",
          text: "text",
          frameAnchor: "top",
          lineAnchor: "middle",
          dy: head.dy,
          fontSize: cell < 26 ? 12 : FONT.label,
          fontWeight: head.weight,
        })
      ),
      Plot.text(labels, {
        y: "y",
        text: "text",
        frameAnchor: "left",
        textAnchor: "start",
        dx: -column,
        lineHeight: 1.15,
      }),
    ],
  });
  const swatches = [
    ...(rows.some((row) => row.value === 0) ? [{ label: "zero", fill: INK.paper }] : []),
    ...(cells.some((c) => c.value === undefined) ? [{ label: "no value", fill: HATCH }] : []),
  ];
  const legend = rampLegend(ramp, width, `${options.unit} (log scale)`, swatches);
  const top = positive.reduce((a, b) => b.value > a.value ? b : a);
  const alt =
    `Heat map of ${elements.length} elements in ${industries.length} industries; highest: ${top.element} in ${top.label}, ${
      formatNumber(top.value)
    } ${options.unit}.`;
  return frame("elementHeatMap", options, alt, [legend, panel]);
}
