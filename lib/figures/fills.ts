import { INK } from "./theme.ts";

/** Identifier prefix of a textured fill's pattern; the frame defines those a figure uses. */
const PREFIX = "figure-id-fill-";

/** A fill for areas: colour, the colour of text on it, and a texture that survives grey-scale print. */
interface Fill {
  readonly colour: string;
  readonly text: string;
  readonly texture?: "stripes" | "dots" | "lines";
}

/** Neighbours differ in lightness; from the fourth on a texture tells fills of like lightness apart. */
const FILLS: readonly Fill[] = [
  { colour: "#0072b2", text: INK.paper },
  { colour: "#f0b93a", text: INK.strong },
  { colour: "#6d1640", text: INK.paper },
  { colour: "#8fd0f5", text: INK.strong, texture: "stripes" },
  { colour: "#c24e00", text: INK.paper, texture: "dots" },
  { colour: "#b0ecbc", text: INK.strong, texture: "lines" },
  { colour: "#1a1a1a", text: INK.paper, texture: "stripes" },
  { colour: "#cf9fd0", text: INK.strong, texture: "dots" },
  { colour: "#00664a", text: INK.paper, texture: "lines" },
];

/** What is left over is grey. */
export const OTHER_FILL: AreaFill = { paint: "#dadada", colour: "#dadada", text: INK.strong };

/** A fill ready to draw. */
export interface AreaFill {
  /** Value of a `fill` attribute. */
  readonly paint: string;
  /** Its ground colour, for outlines and halos. */
  readonly colour: string;
  /** Colour of text on it. */
  readonly text: string;
}

/** How many areas can be told apart. */
export const FILL_COUNT = FILLS.length;

/** The k-th fill, from 0. */
export function areaFill(k: number): AreaFill {
  const { colour, text, texture } = FILLS[k];
  return { paint: texture ? `url(#${PREFIX}${k})` : colour, colour, text };
}

/** Pattern definitions of all textured fills. */
export const FILL_PATTERNS: readonly string[] = FILLS.flatMap((fill, k) => {
  if (!fill.texture) return [];
  const ink = fill.text === INK.paper ? "#fff" : "#000";
  const marks = {
    stripes: `<path d="M-1,1L1,-1M0,8L8,0M7,9L9,7" stroke="${ink}" stroke-opacity="0.4"/>`,
    dots: `<circle cx="4" cy="4" r="1.3" fill="${ink}" fill-opacity="0.5"/>`,
    lines: `<path d="M0,4L8,4" stroke="${ink}" stroke-opacity="0.35"/>`,
  };
  return [
    `<pattern id="${PREFIX}${k}" width="8" height="8" patternUnits="userSpaceOnUse"><rect width="8" height="8" fill="${fill.colour}"/>${
      marks[fill.texture]
    }</pattern>`,
  ];
});
