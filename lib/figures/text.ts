/** Text inside SVG: widths are estimated, because nothing here can measure a font. */

const NARROW = new Set("iljI.,:;'|!()[]/ ft".split(""));
const WIDE = new Set("mwMW@%—&".split(""));

/** Mean glyph widths in em over common sans-serif fonts, rounded up so that text rarely overruns. */
const GLYPH_EM = { narrow: 0.32, lower: 0.57, digit: 0.59, upper: 0.7, wide: 0.9 } as const;
const BOLD_FACTOR = 1.07;

/** Estimated width in px of `text` set at `size` px. */
export function textWidth(text: string, size: number, bold = false): number {
  let em = 0;
  for (const glyph of text) {
    if (NARROW.has(glyph)) em += GLYPH_EM.narrow;
    else if (WIDE.has(glyph)) em += GLYPH_EM.wide;
    else if (glyph >= "0" && glyph <= "9") em += GLYPH_EM.digit;
    else if (glyph !== glyph.toLowerCase()) em += GLYPH_EM.upper;
    else em += GLYPH_EM.lower;
  }
  return em * size * (bold ? BOLD_FACTOR : 1);
}

/**
 * Breaks `text` at spaces into lines of at most `width` px. With `maxLines`, the last line ends in
 * an ellipsis when something was left out. A word wider than a line keeps its own line.
 */
export function wrapText(
  text: string,
  width: number,
  size: number,
  options: { readonly bold?: boolean; readonly maxLines?: number } = {},
): string[] {
  const fits = (line: string) => textWidth(line, size, options.bold) <= width;
  const lines: string[] = [];
  let line = "";
  for (const word of text.trim().split(/\s+/)) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line === "" || fits(longer)) line = longer;
    else {
      lines.push(line);
      line = word;
    }
  }
  lines.push(line);
  const most = options.maxLines ?? Infinity;
  if (lines.length <= most) return lines.map((l) => options.maxLines ? shorten(l, fits) : l);
  const kept = lines.slice(0, most);
  kept[most - 1] = shorten(`${kept[most - 1]} ${lines[most]}`, fits);
  return kept.map((l) => shorten(l, fits));
}

function shorten(line: string, fits: (line: string) => boolean): string {
  if (fits(line)) return line;
  let cut = line;
  while (cut.length > 1 && !fits(`${cut}…`)) cut = cut.slice(0, -1);
  return `${cut.trimEnd()}…`;
}

/** `text` made safe for element content and double-quoted attributes. */
export function escapeText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

/** How a block of text is set. */
export interface TextStyle {
  readonly size: number;
  readonly fill: string;
  readonly bold?: boolean;
  readonly anchor?: "start" | "middle" | "end";
  /** Distance between baselines in em; default 1.28. */
  readonly leading?: number;
  /** White outline in px that keeps text readable over lines. */
  readonly halo?: number;
}

/**
 * One `<text>` of several lines, first baseline at `y`. Every line but the last keeps its space,
 * so that the text content is the whole sentence.
 */
export function textBlock(lines: readonly string[], x: number, y: number, style: TextStyle) {
  const leading = (style.leading ?? 1.28) * style.size;
  const spans = lines.map((line, i) => {
    const space = i < lines.length - 1 ? " " : "";
    return `<tspan x="${x}" y="${round2(y + i * leading)}">${escapeText(line)}${space}</tspan>`;
  });
  const bold = style.bold ? ` font-weight="600"` : "";
  const halo = style.halo
    ? ` stroke="#fff" stroke-width="${style.halo}" stroke-linejoin="round" paint-order="stroke"`
    : "";
  return `<text font-size="${style.size}" fill="${style.fill}" text-anchor="${
    style.anchor ?? "start"
  }"${bold}${halo}>${spans.join("")}</text>`;
}

/** Height in px of `lines` lines at `size` px. */
export function blockHeight(lines: number, size: number, leading = 1.28): number {
  return lines * leading * size;
}

/** `x` to two decimals, never minus zero: keeps drawings identical across machines. */
export function round2(x: number): number {
  return Math.round(x * 100) / 100 + 0;
}
