import * as Plot from "@observablehq/plot";
import type { Part } from "./frame.ts";
import { formatNumber, logTicks } from "./number_format.ts";
import { FONT, INK, SEQUENTIAL_SCHEME } from "./theme.ts";
import { round2, textBlock } from "./text.ts";

/** Pale end of the scheme is left out: it cannot be told from paper. */
const SCHEME_RANGE = [0.04, 0.97];

/** A sequential colour scale over positive or signed values. */
export interface ColourRamp {
  readonly domain: readonly [number, number];
  readonly log: boolean;
  readonly colour: (value: number) => string;
}

/** Viridis, dark for much, over the range of `values`; log scales need values above 0. */
export function colourRamp(values: readonly number[], log: boolean): ColourRamp {
  let lo = Math.min(...values), hi = Math.max(...values);
  if (lo === hi) [lo, hi] = log ? [lo / 2, hi * 2] : [lo - 1, hi + 1];
  const scale = Plot.scale({
    color: {
      type: log ? "log" : "linear",
      scheme: SEQUENTIAL_SCHEME,
      reverse: true,
      range: SCHEME_RANGE,
      domain: [lo, hi],
    },
  });
  const colour = (value: number) => hex(String(scale.apply(value)));
  return { domain: [lo, hi], log, colour };
}

/** "rgb(1, 2, 3)" as "#010203", so that files stay small. */
function hex(colour: string): string {
  const found = /rgb\((\d+), ?(\d+), ?(\d+)\)/.exec(colour);
  if (!found) return colour;
  return `#${found.slice(1).map((c) => Number(c).toString(16).padStart(2, "0")).join("")}`;
}

/** Legend of a ramp: a bar with ticks and, beside it, swatches for what has no colour. */
export function rampLegend(
  ramp: ColourRamp,
  width: number,
  unit: string,
  swatches: readonly { readonly label: string; readonly fill: string }[] = [],
): Part {
  const [lo, hi] = ramp.domain;
  const bar = Math.min(width - 20, 330), steps = 66, left = 8;
  const at = (share: number) =>
    ramp.log ? Math.exp(Math.log(lo) + share * Math.log(hi / lo)) : lo + share * (hi - lo);
  const place = (value: number) =>
    left + bar * (ramp.log ? Math.log(value / lo) / Math.log(hi / lo) : (value - lo) / (hi - lo));
  const pieces: string[] = [];
  for (let i = 0; i < steps; i++) {
    pieces.push(
      `<rect x="${round2(left + i * bar / steps)}" y="22" width="${
        round2(bar / steps + (i < steps - 1 ? 0.5 : 0))
      }" height="13" fill="${ramp.colour(at((i + 0.5) / steps))}"/>`,
    );
  }
  pieces.push(textBlock([unit], 0, 14, { size: FONT.tick, fill: INK.strong }));
  const inner = ramp.log ? logTicks(lo, hi, 5) : [lo, (lo + hi) / 2, hi];
  const ticks = inner.length >= 2 ? inner : [lo, hi];
  for (const tick of ticks) {
    const x = round2(place(tick));
    pieces.push(
      `<path d="M${x},35L${x},40" stroke="${INK.strong}"/>`,
      textBlock([formatNumber(tick, 2)], x, 54, {
        size: FONT.tick,
        fill: INK.strong,
        anchor: "middle",
      }),
    );
  }
  let height = 60, x = left + bar + 30, y = 20;
  for (const { label, fill } of swatches) {
    if (x + 150 > width) {
      x = 0;
      y = height + 2;
      height += 24;
    }
    pieces.push(
      `<rect x="${x}" y="${y}" width="20" height="15" fill="${fill}" stroke="${INK.line}"/>`,
      textBlock([label], x + 26, y + 12.5, { size: FONT.tick, fill: INK.strong }),
    );
    if (y >= 60) x += 150;
    else y += 21;
  }
  return { svg: pieces.join(""), height };
}
