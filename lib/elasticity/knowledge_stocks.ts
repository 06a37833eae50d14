import type { PatentCells } from "./panel_columns.ts";

/** Knowledge by perpetual inventory of patents, K_t = (1 − d)·K_{t−1} + N_t. */
export interface KnowledgeStocks {
  /** At the start of each row's year. */
  readonly elementBefore: Float64Array;
  readonly otherBefore: Float64Array;
  /** At its end. */
  readonly elementAfter: Float64Array;
  readonly otherAfter: Float64Array;
  /** Log price averaged over past years with the weights that other patents have in their stock. */
  readonly stockPrice: Float64Array;
}

/** Years whose mean patents set the first stock. */
const FIRST_YEARS = 3;

/**
 * Knowledge stocks from patents alone. The first stock is the one that the mean patents of the sector's first three years
 * would keep up; missing years repeat the last seen. Both are approximations that fade with depreciation.
 *
 * @param cells ordered by sector and year
 */
export function knowledgeStocks(cells: PatentCells, depreciation: number): KnowledgeStocks {
  if (!(depreciation > 0 && depreciation <= 1)) {
    throw new RangeError(`depreciation: got ${depreciation}, expected more than 0 and at most 1`);
  }
  const n = cells.sector.length;
  const stocks = {
    elementBefore: new Float64Array(n),
    otherBefore: new Float64Array(n),
    elementAfter: new Float64Array(n),
    otherAfter: new Float64Array(n),
    stockPrice: new Float64Array(n),
  };
  const kept = 1 - depreciation;
  let [element, other, priced] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    const isFirst = i === 0 || cells.sector[i] !== cells.sector[i - 1];
    if (isFirst) {
      element = firstStock(cells, cells.patentsElement, i, depreciation);
      other = firstStock(cells, cells.patentsOther, i, depreciation);
      priced = other * cells.logRelativePrice[i];
    } else {
      for (let year = cells.year[i - 1] + 1; year < cells.year[i]; year++) {
        element = kept * element + cells.patentsElement[i - 1];
        other = kept * other + cells.patentsOther[i - 1];
        priced = kept * priced + cells.patentsOther[i - 1] * cells.logRelativePrice[i - 1];
      }
    }
    stocks.elementBefore[i] = element;
    stocks.otherBefore[i] = other;
    element = kept * element + cells.patentsElement[i];
    other = kept * other + cells.patentsOther[i];
    priced = kept * priced + cells.patentsOther[i] * cells.logRelativePrice[i];
    stocks.elementAfter[i] = element;
    stocks.otherAfter[i] = other;
    stocks.stockPrice[i] = other > 0 ? priced / other : cells.logRelativePrice[i];
  }
  return stocks;
}

function firstStock(
  { sector }: PatentCells,
  patents: Float64Array,
  first: number,
  depreciation: number,
): number {
  let [sum, years] = [0, 0];
  for (let i = first; i < first + FIRST_YEARS && sector[i] === sector[first]; i++) {
    sum += patents[i];
    years++;
  }
  return sum / years / depreciation;
}
