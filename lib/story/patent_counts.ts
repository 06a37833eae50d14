import { RARE_EARTHS } from "@ree/data";
import { ELEMENT_SAVING, type Label, LABELS } from "@ree/patents";

/** A text with the label and elements that a classifier gave it. */
export interface CountedText {
  readonly year: number | null;
  readonly label: Label;
  readonly elements: readonly string[];
}

/** Cells of `valueGrid`: texts by label (rows) and year (columns), every year from the first to the last. */
export function yearCells(texts: readonly CountedText[]) {
  const years = texts.flatMap(({ year }) => year === null ? [] : [year]);
  const first = years.reduce((a, b) => Math.min(a, b), Infinity);
  const last = years.reduce((a, b) => Math.max(a, b), -Infinity);
  const span = Array.from({ length: Math.max(0, last - first + 1) }, (_, t) => first + t);
  return LABELS.flatMap((row) =>
    span.map((year) => ({
      row,
      column: String(year),
      value: texts.filter((text) => text.label === row && text.year === year).length,
    }))
  );
}

/** Cells of `valueGrid`: texts by label and element; a text of several elements counts at each. Elements never named are left out. */
export function elementCells(texts: readonly CountedText[]) {
  const named = RARE_EARTHS.filter((symbol) =>
    texts.some(({ elements }) => elements.includes(symbol))
  );
  return LABELS.flatMap((row) =>
    named.map((column) => ({
      row,
      column,
      value: texts.filter(({ label, elements }) => label === row && elements.includes(column))
        .length,
    }))
  );
}

/** Texts by label, in the order of the labels. */
export function countByLabel(labels: readonly string[]): number[] {
  return LABELS.map((label) => labels.filter((one) => one === label).length);
}

/** Sum over the three element-saving labels. */
export function savingSum(byLabel: readonly number[]): number {
  return byLabel.reduce(
    (sum, value, k) => ELEMENT_SAVING.includes(LABELS[k]) ? sum + value : sum,
    0,
  );
}
