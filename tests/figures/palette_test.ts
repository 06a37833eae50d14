import assert from "node:assert/strict";
import { areaFill, FILL_COUNT, OTHER_FILL } from "../../lib/figures/fills.ts";
import { EVENT_COLOUR } from "../../lib/figures/events.ts";
import { INK, SERIES } from "../../lib/figures/theme.ts";

/**
 * Least distance in CIELAB (1976) of two colours that carry meaning. 2.3 is just noticeable side by
 * side; small marks far apart need several times that, and 10 is the least common advice.
 */
const LEAST_DISTANCE = 10;

/** Least contrast of small text by WCAG 2.1 AA. */
const LEAST_CONTRAST = 4.5;

type Triple = readonly [number, number, number];

/** Machado, Oliveira and Fernandes (2009), severity 1, on linear RGB. */
const VISION: Readonly<Record<string, readonly Triple[]>> = {
  normal: [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
};

function linear(hex: string): Triple {
  const full = hex.length === 4 ? hex.replace(/[0-9a-f]/gi, "$&$&") : hex;
  return [1, 3, 5].map((i) => {
    const c = parseInt(full.slice(i, i + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  }) as unknown as Triple;
}

function apply(matrix: readonly Triple[], v: Triple): Triple {
  return matrix.map((row) =>
    Math.min(1, Math.max(0, row[0] * v[0] + row[1] * v[1] + row[2] * v[2]))
  ) as unknown as Triple;
}

function lab([r, g, b]: Triple): Triple {
  const f = (t: number) => t > 216 / 24389 ? Math.cbrt(t) : (24389 / 27 * t + 16) / 116;
  const x = f((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047);
  const y = f(0.2126 * r + 0.7152 * g + 0.0722 * b);
  const z = f((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

function distance(a: string, b: string, vision: string): number {
  const [p, q] = [a, b].map((c) => lab(apply(VISION[vision], linear(c))));
  return Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]);
}

function contrast(a: string, b: string): number {
  const [p, q] = [a, b].map((c) => {
    const [r, g, bl] = linear(c);
    return 0.2126 * r + 0.7152 * g + 0.0722 * bl + 0.05;
  });
  return Math.max(p, q) / Math.min(p, q);
}

const PALETTES: Readonly<Record<string, readonly string[]>> = {
  "series colours": SERIES,
  "kinds of events": Object.values(EVENT_COLOUR),
  "area fills": [
    ...Array.from({ length: FILL_COUNT }, (_, k) => areaFill(k).colour),
    OTHER_FILL.colour,
  ],
};

for (const vision of Object.keys(VISION)) {
  for (const [name, colours] of Object.entries(PALETTES)) {
    Deno.test(`${name} stay apart in ${vision} vision`, () => {
      for (let i = 0; i < colours.length; i++) {
        for (let j = 0; j < i; j++) {
          const d = distance(colours[i], colours[j], vision);
          assert.ok(d >= LEAST_DISTANCE, `${colours[j]} and ${colours[i]}: ${d.toFixed(1)}`);
        }
      }
    });
  }
}

Deno.test("neighbouring area fills differ in lightness, for grey-scale print", () => {
  for (let k = 1; k < FILL_COUNT; k++) {
    const [a, b] = [k - 1, k].map((i) => lab(linear(areaFill(i).colour))[0]);
    assert.ok(Math.abs(a - b) >= 15, `fills ${k - 1} and ${k}: ${a.toFixed(0)}, ${b.toFixed(0)}`);
  }
});

Deno.test("text is readable on white, on fills and on event badges", () => {
  const pairs = [
    [INK.strong, INK.paper],
    [INK.muted, INK.paper],
    ...PALETTES["area fills"].map((
      colour,
      k,
    ) => [(k < FILL_COUNT ? areaFill(k) : OTHER_FILL).text, colour]),
    ...Object.values(EVENT_COLOUR).map((colour) => [INK.paper, colour]),
  ];
  for (const [ink, paper] of pairs) {
    const c = contrast(ink, paper);
    assert.ok(c >= LEAST_CONTRAST, `${ink} on ${paper}: ${c.toFixed(2)}`);
  }
});
