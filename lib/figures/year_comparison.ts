import * as Plot from "@observablehq/plot";
import { frame, innerWidth } from "./frame.ts";
import { type KeyShape, legendPart } from "./legend.ts";
import { formatNumber } from "./number_format.ts";
import { codedLabel, rowPanel } from "./row_panel.ts";
import { checkRows, checkUnique, distinct } from "./rows.ts";
import { COLOUR, type FigureText, INK } from "./theme.ts";

/** Value of one industry in one benchmark year. */
export interface YearComparisonRow {
  readonly industry: string;
  readonly label: string;
  readonly year: number;
  /** Above 0: the axis is logarithmic. */
  readonly value: number;
}

/** Marks of the years, earliest first: shape, colour and filling all change. */
const YEAR_KEY: readonly { shape: KeyShape; symbol: string; stroke: string; fill: string }[] = [
  { shape: "circle", symbol: "circle", stroke: COLOUR.vermillion, fill: INK.paper },
  { shape: "diamond", symbol: "diamond", stroke: COLOUR.sky, fill: COLOUR.sky },
  { shape: "square", symbol: "square", stroke: "#003f66", fill: "#003f66" },
];

/**
 * Dots of up to three years per industry, joined by a line, ranked by the last year.
 * @throws {Error} on empty, missing, non-positive or non-finite values, a repeated industry and
 * year, or more than three years
 */
export function yearComparison(
  rows: readonly YearComparisonRow[],
  options: FigureText,
): SVGSVGElement {
  checkRows("yearComparison", rows, {
    industry: "text",
    label: "text",
    year: "number",
    value: "positive",
  });
  checkUnique("yearComparison", rows, ["industry", "year"]);
  const years = distinct(rows, (row) => row.year).sort((a, b) => a - b);
  if (years.length > YEAR_KEY.length) {
    throw new Error(
      `figure yearComparison, column "year": at most ${YEAR_KEY.length} years, got ${
        years.join(", ")
      }`,
    );
  }
  const byIndustry = Map.groupBy(rows, (row) => row.industry);
  const ranked = [...byIndustry].map(([industry, own]) => {
    const inOrder = [...own].sort((a, b) => a.year - b.year);
    return { industry, own: inOrder, last: inOrder.at(-1)! };
  }).sort((a, b) => b.last.value - a.last.value || (a.industry < b.industry ? -1 : 1));
  const names = new Map(ranked.map((r) => [r.industry, codedLabel(r.industry, r.last.label)]));
  const spans = ranked.map(({ industry, own }) => ({
    industry,
    lo: Math.min(...own.map((row) => row.value)),
    hi: Math.max(...own.map((row) => row.value)),
  }));
  const width = innerWidth(options);
  const panel = rowPanel({
    width,
    keys: ranked.map((r) => r.industry),
    label: (key) => names.get(key)!,
    values: rows.map((row) => row.value),
    log: true,
    marks: [
      Plot.link(spans, { x1: "lo", x2: "hi", y: "industry", stroke: INK.line, strokeWidth: 3 }),
      ...years.map((year, i) =>
        Plot.dot(rows.filter((row) => row.year === year), {
          x: "value",
          y: "industry",
          r: 5.2,
          symbol: YEAR_KEY[i].symbol as "circle",
          stroke: YEAR_KEY[i].stroke,
          fill: YEAR_KEY[i].fill,
          strokeWidth: 2,
        })
      ),
    ],
  });
  const legend = legendPart(
    years.map((year, i) => ({
      label: String(year),
      shape: YEAR_KEY[i].shape,
      stroke: YEAR_KEY[i].stroke,
      fill: YEAR_KEY[i].fill,
    })),
    width,
  );
  const top = ranked[0].last;
  const alt = `Dots of ${ranked.length} industries in ${
    years.join(", ")
  }; highest in ${top.year}: ${top.label}, ${formatNumber(top.value)}.`;
  return frame("yearComparison", options, alt, [legend, panel]);
}
