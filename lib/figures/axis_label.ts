import type { Part } from "./frame.ts";
import { FONT, INK } from "./theme.ts";
import { blockHeight, textBlock, wrapText } from "./text.ts";

/** What an axis measures, in one or more lines. @param indent px left free before the words */
export function axisLabel(
  words: string,
  width: number,
  rest: { readonly caption?: string; readonly gap?: number; readonly indent?: number } = {},
): Part {
  const indent = rest.indent ?? 0;
  const lines = wrapText(words, width - indent, FONT.tick);
  return {
    svg: textBlock(lines, indent, FONT.tick, { size: FONT.tick, fill: INK.muted }),
    height: blockHeight(lines.length, FONT.tick),
    caption: rest.caption,
    gap: rest.gap,
  };
}

/** Refuses an axis without words. @throws {Error} when `words` is empty */
export function checkLabel(figure: string, option: string, words: unknown): void {
  if (typeof words !== "string" || words.trim() === "") {
    throw new Error(`figure ${figure}: option "${option}" must be non-empty text`);
  }
}
