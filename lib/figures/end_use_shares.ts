import * as Plot from "@observablehq/plot";
import { areaFill, FILL_COUNT, OTHER_FILL } from "./fills.ts";
import { frame, HATCH, innerWidth, plotPart } from "./frame.ts";
import { legendPart } from "./legend.ts";
import { checkRows, checkUnique, distinct } from "./rows.ts";
import { type FigureText, FONT, INK } from "./theme.ts";
import { formatNumber } from "./number_format.ts";
import { textWidth } from "./text.ts";

/** Share of one use in a region's consumption. */
export interface EndUseRow {
  readonly region: string;
  /** A year, or text such as "c. 2008". */
  readonly year: number | string;
  readonly use: string;
  /** 0 to 100. */
  readonly sharePercent: number;
  /** "direct", or a weaker reading, which is then written at the bar. */
  readonly reading: string;
}

interface Segment {
  readonly use: string;
  readonly from: number;
  readonly to: number;
  readonly share: number;
}

/** The use that is drawn last and grey. */
const OTHER = "other";

/** Rounding that still counts as a complete list of uses, in percentage points. */
const COMPLETE_WITHIN = 2.5;
const BAR = 34;
const ROW = 72;

/**
 * One bar of 100 % per region and year, in the order given. What a source does not report is
 * hatched and the bar is called partial.
 * @throws {Error} on empty, missing, negative or non-finite values, a repeated use, shares that
 * exceed 100 %, or more than nine uses besides "other"
 */
export function endUseShares(rows: readonly EndUseRow[], options: FigureText): SVGSVGElement {
  rows.forEach?.((row, i) => {
    if (typeof row.year !== "string" && !Number.isFinite(row.year)) {
      throw new Error(
        `figure endUseShares, row ${i}, column "year": expected a finite number or text, got ${row.year}`,
      );
    }
  });
  checkRows("endUseShares", rows, {
    region: "text",
    use: "text",
    sharePercent: "nonnegative",
    reading: "text",
  });
  checkUnique("endUseShares", rows, ["region", "year", "use"]);
  const named = distinct(rows, (row) => row.use);
  const uses = [...named.filter((use) => use !== OTHER), ...named.filter((use) => use === OTHER)];
  if (named.filter((use) => use !== OTHER).length > FILL_COUNT) {
    throw new Error(
      `figure endUseShares, column "use": at most ${FILL_COUNT} uses besides "other" can be told apart, got ${uses.length}: ${
        uses.join(", ")
      }`,
    );
  }
  const groups = [...Map.groupBy(rows, (row) => `${row.region}, ${row.year}`)].map(
    ([name, own]) => {
      let from = 0;
      const segments = uses.flatMap((use): Segment[] => {
        const share = own.find((row) => row.use === use)?.sharePercent ?? 0;
        if (share === 0) return [];
        const segment = { use, from, to: from + share, share };
        from = segment.to;
        return [segment];
      });
      if (from > 100 + COMPLETE_WITHIN) {
        throw new Error(
          `figure endUseShares, ${name}, column "sharePercent": shares add up to ${
            formatNumber(from)
          }`,
        );
      }
      const partial = from < 100 - COMPLETE_WITHIN;
      const weak = [...new Set(own.map((row) => row.reading).filter((r) => r !== "direct"))];
      const remarks = [
        ...(partial ? [`partial: ${formatNumber(100 - from, 2)} % not reported`] : []),
        ...weak,
      ];
      return { name, segments, sum: from, partial, remarks };
    },
  );
  const fillOf = (use: string) => use === OTHER ? OTHER_FILL : areaFill(uses.indexOf(use));
  const width = innerWidth(options);
  const px = width / 100;
  const panel = plotPart({
    width,
    height: groups.length * ROW + 4,
    margin: 0,
    x: { type: "linear", domain: [0, Math.max(100, ...groups.map((g) => g.sum))], axis: null },
    y: { type: "linear", domain: [groups.length * ROW + 4, 0], axis: null },
    marks: groups.flatMap((group, i): Plot.Markish[] => {
      const top = i * ROW + 28;
      const bar = { x1: "from", x2: "to", y1: () => top, y2: () => top + BAR } as const;
      const unread = group.partial ? [{ from: group.sum, to: 100 }] : [];
      return [
        Plot.text([group], {
          x: () => 0,
          y: () => top - 12,
          text: "name",
          textAnchor: "start",
          fontSize: FONT.label,
          fontWeight: 600,
        }),
        Plot.text(group.remarks.length ? [group] : [], {
          x: () => 100,
          y: () => top - 12,
          text: (g: typeof group) => g.remarks.join("; "),
          textAnchor: "end",
          fontSize: FONT.note,
          fontStyle: "italic",
          fill: INK.muted,
        }),
        Plot.rect(group.segments, {
          ...bar,
          fill: (s: Segment) => fillOf(s.use).paint,
          stroke: INK.paper,
        }),
        Plot.rect(unread, { ...bar, fill: HATCH, stroke: INK.muted, strokeDasharray: "4 3" }),
        ...group.segments.filter((s) =>
          s.share * px > textWidth(formatNumber(s.share, 2), FONT.tick) + 6
        ).map((s) =>
          Plot.text([s], {
            x: () => (s.from + s.to) / 2,
            y: () => top + BAR / 2,
            text: () => formatNumber(s.share, 2),
            fill: fillOf(s.use).text,
            stroke: fillOf(s.use).colour,
            strokeWidth: 4,
            fontSize: FONT.tick,
          })
        ),
      ];
    }),
  });
  const legend = legendPart([
    ...uses.map((use) => ({
      label: use,
      shape: "area" as const,
      fill: fillOf(use).paint,
      stroke: fillOf(use).colour,
    })),
    ...(groups.some((g) => g.partial)
      ? [{ label: "not reported", shape: "area" as const, fill: HATCH, stroke: INK.muted }]
      : []),
  ], width);
  const partial = groups.filter((group) => group.partial).length;
  const alt = `Bars of ${groups.length} regions and years split by ${uses.length} uses; ${
    partial === 0 ? "all are complete" : `${partial} are partial`
  }.`;
  return frame("endUseShares", options, alt, [legend, panel]);
}
