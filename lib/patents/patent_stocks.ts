import { completeCells, type PanelCell } from "./label_panel.ts";

/** A cell with the stock of patents at the end of its year. */
export interface StockCell extends PanelCell {
  readonly stock: number;
}

/** Options of {@linkcode patentStocks}. */
export interface StockOptions {
  /** Yearly depreciation, 0 to below 1 (default 0.15). */
  readonly depreciation?: number;
  /**
   * Stock before the first year: `zero` (default), or `steady`: what a flow that had grown forever at `growth` up to the
   * first year's flow would have left.
   */
  readonly initial?: "zero" | "steady";
  /** Yearly growth before the first year, for `steady` (default 0.05). */
  readonly growth?: number;
}

/** Depreciation of patent stocks that the literature uses as a rule. */
export const DEPRECIATION = 0.15;

/**
 * Patent stocks by perpetual inventory, stock(t) = (1 − δ)·stock(t − 1) + count(t), for every sector, country and label
 * over all years of the panel; missing years count as zero.
 *
 * @throws RangeError at a depreciation or growth out of range
 */
export function patentStocks(
  cells: readonly PanelCell[],
  options: StockOptions = {},
): readonly StockCell[] {
  const { depreciation = DEPRECIATION, initial = "zero", growth = 0.05 } = options;
  if (!(depreciation >= 0 && depreciation < 1)) {
    throw new RangeError(`stocks: depreciation ${depreciation}, expected 0 to below 1`);
  }
  if (initial === "steady" && !(growth + depreciation > 0)) {
    throw new RangeError(
      `stocks: growth ${growth} and depreciation ${depreciation} sum to 0 or less`,
    );
  }
  let stock = 0;
  let previous: PanelCell | null = null;
  return completeCells(cells).map((cell) => {
    const goesOn = previous !== null && previous.sector === cell.sector &&
      previous.country === cell.country && previous.label === cell.label;
    if (!goesOn) {
      // Flows … c/(1 + g)², c/(1 + g) before the first flow c leave c/(g + δ) at the end of the year before it.
      stock = initial === "steady" ? cell.count / (growth + depreciation) : 0;
    }
    stock = (1 - depreciation) * stock + cell.count;
    previous = cell;
    return { ...cell, stock };
  });
}
