/**
 * The look shared by all figures: sizes, fonts, colours, and the text every figure carries.
 * Colours come from Okabe and Ito (2008), https://jfly.uni-koeln.de/color/, kept apart for
 * deuteranopia and protanopia (tests/figures/palette_test.ts measures it).
 */

/** The words a figure carries; the title states the finding and is computed by the caller. */
export interface FigureText {
  /** The finding, as a sentence. Drawn in full, wrapped. */
  readonly title: string;
  /** What is plotted, with units. */
  readonly subtitle: string;
  /** Where the numbers come from, notes and caveats. */
  readonly source: string;
  /** One sentence for readers who cannot see the picture; a generated one stands in. */
  readonly alt?: string;
  /** Width in px of the drawing, 360 to 1600; default 720. */
  readonly width?: number;
}

/** Default width of a figure in px. */
export const DEFAULT_WIDTH = 720;

/** Space in px left free around the drawing. */
export const PADDING = 16;

/**
 * Font sizes in px at 720 px. Larger than a desktop chart needs: a phone shows the drawing at
 * 390 px, where 14 px become 7.6 px.
 */
export const FONT = { title: 21, subtitle: 15.5, label: 15, tick: 14, note: 13 } as const;

/** The reader's own sans-serif; nothing is fetched. */
export const FONT_STACK =
  "system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,'Noto Sans','Liberation Sans',sans-serif";

/** Greys for text and lines; the contrast of `muted` on white is above 5.5. */
export const INK = {
  strong: "#1a1a1a",
  muted: "#5c5c5c",
  line: "#b4b4b4",
  faint: "#e4e4e4",
  paper: "#ffffff",
} as const;

/** Named colours of the palette, all readable as lines on white. */
export const COLOUR = {
  blue: "#0072b2",
  vermillion: "#d55e00",
  sky: "#56b4e9",
  black: "#1a1a1a",
  orange: "#e69f00",
  green: "#009e73",
  purple: "#882255",
} as const;

/** Order in which series take colours: neighbours differ in lightness, for grey-scale print. */
export const SERIES: readonly string[] = [
  COLOUR.blue,
  COLOUR.orange,
  COLOUR.black,
  COLOUR.vermillion,
  COLOUR.sky,
  COLOUR.green,
  COLOUR.purple,
];

/** Dashes that go with the colours of {@link SERIES}, so that hue is never the only difference. */
export const DASHES: readonly string[] = ["none", "7 3", "2 3", "9 3 2 3", "none", "5 5", "1 4"];

/** Perceptually uniform scheme of sequential figures; drawn reversed, so that dark is much. */
export const SEQUENTIAL_SCHEME = "viridis";

/** Elements called heavy in the EU's lists of critical raw materials (the light ones: La Ce Pr Nd Sm). */
export const HEAVY_ELEMENTS: ReadonlySet<string> = new Set(
  ["Eu", "Gd", "Tb", "Dy", "Ho", "Er", "Tm", "Yb", "Lu", "Y"],
);
