import * as Plot from "@observablehq/plot";
import { DOMParser, parseHTML } from "linkedom";
import { DEFAULT_WIDTH, type FigureText, FONT, FONT_STACK, INK, PADDING } from "./theme.ts";
import { FILL_PATTERNS } from "./fills.ts";
import { blockHeight, escapeText, round2, textBlock, wrapText } from "./text.ts";

/** A piece of a figure, as wide as the inside of the frame; pieces are stacked. */
export interface Part {
  /** SVG markup, origin at its top left corner. */
  readonly svg: string;
  readonly height: number;
  /** A heading above the piece. */
  readonly caption?: string;
  /** Space in px before the piece; default 10. */
  readonly gap?: number;
}

/** Stands for the figure's own id prefix until its content is known. */
export const ID = "figure-id";

/** Reference to the hatch that marks uncertain or absent values; light stripes on white. */
export const HATCH = `url(#${ID}-hatch)`;

/** Inner width in px for a figure with this text. @throws {RangeError} outside 360 to 1600 */
export function innerWidth(text: FigureText): number {
  const width = text.width ?? DEFAULT_WIDTH;
  if (!(width >= 360 && width <= 1600)) {
    throw new RangeError(`a figure's width must be 360 to 1600 px, got ${width}`);
  }
  return width - 2 * PADDING;
}

/** Draws a plot as a part, without Plot's style sheet, classes and labels for assistive tools. */
export function plotPart(
  options: Plot.PlotOptions & { readonly width: number; readonly height: number },
  rest: Omit<Part, "svg" | "height"> = {},
): Part {
  const { document } = parseHTML("<html><body></body></html>");
  const plot = Plot.plot({
    className: "plot",
    ...options,
    document: document as unknown as Document,
  } as Plot.PlotOptions);
  const inside = plot.innerHTML.replace(/<style>[^]*?<\/style>/, "")
    .replace(/ aria-(label|hidden|description)="[^"]*"/g, "");
  const svg = `<g font-size="${FONT.tick}" text-anchor="middle" fill="${INK.strong}">${
    roundAttributes(inside)
  }</g>`;
  return { ...rest, svg, height: options.height };
}

const GEOMETRY = /\b(d|x|y|x1|x2|y1|y2|cx|cy|r|width|height|transform|points)="([^"]*)"/g;

/** Two decimals are a fiftieth of a pixel: smaller files, and the same bytes on every machine. */
function roundAttributes(svg: string): string {
  return svg.replace(GEOMETRY, (_, name: string, value: string) => {
    const rounded = value.replace(
      /-?\d+\.\d+(?:e[+-]?\d+)?|-?\d+e-\d+/g,
      (n) => String(round2(Number(n))),
    );
    return `${name}="${rounded}"`;
  });
}

/**
 * Composes the final figure: white ground, title, subtitle, the parts, notes.
 * @param generatedAlt a sentence used when the caller gave none
 * @returns one self-contained `<svg>`; its markup is `outerHTML`
 * @throws {Error} when title, subtitle or source is empty
 */
export function frame(
  figure: string,
  text: FigureText,
  generatedAlt: string,
  parts: readonly Part[],
): SVGSVGElement {
  for (const key of ["title", "subtitle", "source"] as const) {
    if (typeof text?.[key] !== "string" || text[key].trim() === "") {
      throw new Error(`figure ${figure}: option "${key}" must be non-empty text`);
    }
  }
  const inner = innerWidth(text);
  const width = inner + 2 * PADDING;
  const pieces: string[] = [];
  let y = PADDING;
  const write = (words: string, size: number, fill: string, bold: boolean) => {
    const lines = wrapText(words, inner, size, { bold });
    pieces.push(textBlock(lines, PADDING, y + size, { size, fill, bold }));
    y += blockHeight(lines.length, size);
  };
  write(text.title, FONT.title, INK.strong, true);
  y += 4;
  write(text.subtitle, FONT.subtitle, INK.muted, false);
  for (const part of parts) {
    y += part.gap ?? 10;
    if (part.caption) write(part.caption, FONT.label, INK.strong, true);
    pieces.push(`<g transform="translate(${PADDING},${round2(y)})">${part.svg}</g>`);
    y += part.height;
  }
  y += 12;
  write(text.source, FONT.note, INK.muted, false);
  const height = Math.ceil(y + PADDING - 4);
  const body = pieces.join("");
  const title = text.title.trim();
  const alt = `${title}${/[.!?]$/.test(title) ? "" : "."} ${(text.alt ?? generatedAlt).trim()}`;
  const markup = `<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="${
    escapeText(alt)
  }" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" style="${style()}"><rect width="${width}" height="${height}" fill="${INK.paper}"/>${
    definitions(body)
  }${body}</svg>`;
  const unique = markup.replaceAll(ID, `${figure}-${fingerprint(markup)}`);
  return new DOMParser().parseFromString(unique, "image/svg+xml")
    .documentElement as unknown as SVGSVGElement;
}

function style(): string {
  return `font-family:${FONT_STACK};color:${INK.strong};max-width:100%;height:auto;background:${INK.paper}`;
}

function definitions(body: string): string {
  const hatch =
    `<pattern id="${ID}-hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="6" height="6" fill="#fff"/><line x1="1.5" y1="0" x2="1.5" y2="6" stroke="#8a8a8a" stroke-width="1.6"/></pattern>`;
  const arrow =
    `<marker id="${ID}-arrow" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="11" markerHeight="11" markerUnits="userSpaceOnUse" orient="auto"><path d="M0,0L10,5L0,10Z" fill="${INK.strong}"/></marker>`;
  const used = [hatch, arrow, ...FILL_PATTERNS].filter((definition) =>
    body.includes(`#${/id="([^"]+)"/.exec(definition)![1]})`)
  );
  return used.length ? `<defs>${used.join("")}</defs>` : "";
}

/** FNV-1a, 32 bits: figures with different content get different ids on the same page. */
function fingerprint(text: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    hash ^= text.charCodeAt(i);
    hash = Math.imul(hash, 0x01000193) >>> 0;
  }
  return hash.toString(16).padStart(8, "0");
}
