import * as Plot from "@observablehq/plot";
import { frame, innerWidth } from "./frame.ts";
import { type KeyShape, type LegendItem, legendPart } from "./legend.ts";
import { formatNumber, linearDomain } from "./number_format.ts";
import { labelColumn, rowPanel } from "./row_panel.ts";
import { checkRows, checkUnique, distinct } from "./rows.ts";
import { COLOUR, type FigureText, INK } from "./theme.ts";

/** An outcome with one judged input changed. */
export interface SensitivityRow {
  /** The input that is changed. */
  readonly label: string;
  /** How it is changed: "halved", "doubled", "replaced". */
  readonly variant: string;
  /** The outcome then. */
  readonly value: number;
  /** The outcome unchanged; the same in all rows of a label. */
  readonly baseline: number;
  /** Panel the label belongs to. */
  readonly group?: string | null;
}

interface VariantKey {
  readonly shape: KeyShape;
  readonly symbol: string;
  readonly stroke: string;
  readonly fill: string;
}

const VARIANT_KEY: readonly VariantKey[] = [
  { shape: "circle", symbol: "circle", stroke: COLOUR.blue, fill: INK.paper },
  { shape: "circle", symbol: "circle", stroke: COLOUR.blue, fill: COLOUR.blue },
  { shape: "diamond", symbol: "diamond", stroke: COLOUR.vermillion, fill: COLOUR.vermillion },
  { shape: "square", symbol: "square", stroke: COLOUR.black, fill: INK.paper },
  { shape: "triangle", symbol: "triangle", stroke: COLOUR.green, fill: COLOUR.green },
];

/**
 * Range of an outcome for each changed input, ranked by swing (highest minus lowest, baseline
 * included), in one panel per group.
 * @throws {Error} on empty, missing or non-finite values, a repeated label and variant, a label in
 * two groups or with two baselines, or more variants than there are marks
 */
export function sensitivityRange(
  rows: readonly SensitivityRow[],
  options: FigureText,
): SVGSVGElement {
  checkRows("sensitivityRange", rows, {
    label: "text",
    variant: "text",
    value: "number",
    baseline: "number",
    group: "text?",
  });
  checkUnique("sensitivityRange", rows, ["label", "variant"]);
  const variants = distinct(rows, (row) => row.variant);
  if (variants.length > VARIANT_KEY.length) {
    throw new Error(
      `figure sensitivityRange, column "variant": at most ${VARIANT_KEY.length}, got ${
        variants.join(", ")
      }`,
    );
  }
  const byLabel = Map.groupBy(rows, (row) => row.label);
  const spans = [...byLabel].map(([label, own]) => {
    if (own.some((r) => r.baseline !== own[0].baseline || r.group !== own[0].group)) {
      throw new Error(
        `figure sensitivityRange, label "${label}", columns baseline, group: differ between its rows`,
      );
    }
    const all = [own[0].baseline, ...own.map((row) => row.value)];
    const lo = Math.min(...all), hi = Math.max(...all);
    return { label, lo, hi, baseline: own[0].baseline, group: own[0].group ?? undefined };
  }).sort((a, b) => (b.hi - b.lo) - (a.hi - a.lo) || (a.label < b.label ? -1 : 1));
  const domain = linearDomain(spans.flatMap((s) => [s.lo, s.hi]));
  const width = innerWidth(options);
  const column = labelColumn(rows.map((row) => row.label), width);
  const panels = distinct(rows, (row) => row.group ?? undefined).map((group) => {
    const own = spans.filter((span) => span.group === group);
    const keys = own.map((span) => span.label);
    return rowPanel({
      width,
      keys,
      label: (key) => key,
      values: [],
      domain,
      log: false,
      column,
      caption: group,
      marks: [
        Plot.link(own, {
          x1: "lo",
          x2: "hi",
          y: "label",
          stroke: COLOUR.sky,
          strokeWidth: 6,
          strokeOpacity: 0.45,
        }),
        Plot.tickX(own, {
          x: "baseline",
          y: "label",
          stroke: INK.strong,
          strokeWidth: 2,
          inset: 8,
        }),
        ...variants.map((variant, i) =>
          Plot.dot(rows.filter((row) => row.variant === variant && keys.includes(row.label)), {
            x: "value",
            y: "label",
            r: 5,
            symbol: VARIANT_KEY[i].symbol as "circle",
            stroke: VARIANT_KEY[i].stroke,
            fill: VARIANT_KEY[i].fill,
            strokeWidth: 2,
          })
        ),
      ],
    });
  });
  const items: LegendItem[] = [
    ...variants.map((label, i) => {
      const { shape, stroke, fill } = VARIANT_KEY[i];
      return { label, shape, stroke, fill };
    }),
    { label: "baseline", shape: "tick", strokeWidth: 2 },
  ];
  const widest = spans[0];
  const alt = `Ranges of the outcome for ${spans.length} inputs; widest: ${widest.label}, from ${
    formatNumber(widest.lo)
  } to ${formatNumber(widest.hi)}.`;
  return frame("sensitivityRange", options, alt, [legendPart(items, width), ...panels]);
}
