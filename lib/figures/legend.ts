import type { Part } from "./frame.ts";
import { FONT, INK } from "./theme.ts";
import { round2, textBlock, textWidth, wrapText } from "./text.ts";

/** Shapes a key can show. */
export type KeyShape =
  | "circle"
  | "square"
  | "diamond"
  | "triangle"
  | "cross"
  | "plus"
  | "line"
  | "area"
  | "tick";

/** One entry of a legend. */
export interface LegendItem {
  readonly label: string;
  readonly shape: KeyShape;
  readonly stroke?: string;
  /** Colour inside; "none" is drawn hollow. */
  readonly fill?: string;
  readonly dash?: string;
  readonly strokeWidth?: number;
  readonly opacity?: number;
}

const KEY = 22;
const ROW = 22;

/** Legend entries in rows, wrapped to `width` px. */
export function legendPart(items: readonly LegendItem[], width: number, caption?: string): Part {
  const pieces: string[] = [];
  let x = 0, y = 0;
  for (const item of items) {
    const need = KEY + 6 + textWidth(item.label, FONT.tick);
    if (x > 0 && x + need > width) {
      x = 0;
      y += ROW;
    }
    const lines = wrapText(item.label, width - KEY - 6, FONT.tick);
    pieces.push(`<g transform="translate(${round2(x)},${y})">${keyShape(item)}</g>`);
    pieces.push(
      textBlock(lines, round2(x + KEY + 5), y + 15.5, { size: FONT.tick, fill: INK.strong }),
    );
    y += (lines.length - 1) * 18;
    x += need + 16;
  }
  return { svg: pieces.join(""), height: y + ROW, caption };
}

function keyShape(item: LegendItem): string {
  const stroke = item.stroke ?? INK.strong;
  const paint = `stroke="${stroke}" stroke-width="${item.strokeWidth ?? 1.8}" fill="${
    item.fill ?? "none"
  }"${item.opacity ? ` opacity="${item.opacity}"` : ""}${
    item.dash && item.dash !== "none" ? ` stroke-dasharray="${item.dash}"` : ""
  }`;
  switch (item.shape) {
    case "circle":
      return `<circle cx="11" cy="11" r="5" ${paint}/>`;
    case "square":
      return `<rect x="6.5" y="6.5" width="9" height="9" ${paint}/>`;
    case "diamond":
      return `<path d="M11,4.5L17.5,11L11,17.5L4.5,11Z" ${paint}/>`;
    case "triangle":
      return `<path d="M11,4.5L17,16L5,16Z" ${paint}/>`;
    case "cross":
      return `<path d="M6.5,6.5L15.5,15.5M15.5,6.5L6.5,15.5" ${paint}/>`;
    case "plus":
      return `<path d="M11,5L11,17M5,11L17,11" ${paint}/>`;
    case "line":
      return `<path d="M0,11L22,11" ${paint}/>`;
    case "tick":
      return `<path d="M11,3L11,19" ${paint}/>`;
    case "area":
      return `<rect x="1" y="4" width="20" height="14" ${paint}/>`;
  }
}
