import type { ResearchCell } from "./counterfactual_research.ts";
import { signedNumber, span } from "./counterfactual_words.ts";

/** Where research turns to elements most, and where away from them. */
export function researchFinding(
  cells: readonly ResearchCell[],
  closure: string,
  restricting: string,
): string {
  const own = cells.filter((cell) => cell.closure === closure);
  const of = (abroad: boolean) =>
    own.filter(({ country }) => (country !== restricting) === abroad).map(({ percent }) => percent);
  const text = (value: number) => signedNumber(value, 0);
  return `Under ${closure}, relative research on elements changes by ${
    span(of(true), text)
  } % abroad and by ${span(of(false), text)} % in the restricting country`;
}

/** Where on a grid technology helps buyers abroad most and where it harms them most. */
export function gridFinding(
  grid: readonly {
    readonly row: string;
    readonly column: string;
    readonly value: number | null;
    readonly panel: string;
  }[],
): string {
  const defined = grid.flatMap(({ value, ...cell }) => value === null ? [] : [{ ...cell, value }]);
  const best = defined.reduce((a, b) => b.value > a.value ? b : a);
  const worst = defined.reduce((a, b) => b.value < a.value ? b : a);
  const place = ({ panel, row, column }: typeof best) => `${panel}, σ = ${column}, ${row}`;
  return `Technology avoids up to ${best.value.toFixed(0)} % of the loss abroad (${place(best)})` +
    (worst.value < -0.5
      ? ` and adds up to ${(-worst.value).toFixed(0)} % to it (${place(worst)})`
      : " and nowhere adds to it");
}

/** How observed price rises compare with the model's. */
export function priceRatioFinding(
  rows: readonly Readonly<Record<string, string | number>>[],
  sigmas: readonly number[],
): string {
  const range = (key: string) => span(rows.map((row) => Number(row[key])), (x) => x.toFixed(1));
  const model = sigmas.map((sigma) => `${range(`model ${sigma}`)} at σ = ${sigma}`);
  return `Export prices rose ${range("observed")} times; the model's quota alone gives ${
    model.join(", ")
  }.`;
}

/** How the observed gaps between export and domestic price compare with the model's. */
export function priceGapFinding(
  rows: readonly { readonly observed: number; readonly model: number }[],
): string {
  if (rows.length === 0) return "The facts have no pair of export and domestic prices.";
  return `Export prices were ${
    span(rows.map(({ observed }) => observed), (x) => x.toFixed(1))
  } times domestic ones where the facts have both; in the model ${
    span(rows.map(({ model }) => model), (x) => x.toFixed(1))
  } times.`;
}
