import type { CountRows } from "./count_slopes.ts";
import { type DesignRowOptions, type DesignRows, designRows } from "./design_rows.ts";
import type { ElasticityDiagnostics } from "./elasticity_fit.ts";
import type { PatentCells } from "./panel_columns.ts";
import { zeroInflation } from "./zero_inflation.ts";

/** Rows of design "counts". */
export interface CountedRows {
  readonly rows: DesignRows;
  readonly counts: Omit<CountRows, "extras">;
  readonly inflation: ElasticityDiagnostics["zeroInflation"];
  readonly warnings: readonly string[];
}

/** Chance of being an ordinary zero below which a cell is left out. */
const LEAST_ORDINARY = 0.01;
/** P-value below which zeros are taken to respond to the price and stay in with full weight. */
const ZEROS_GO_WITH_PRICE = 0.01;

/**
 * Counts of every usable cell. Zeros in excess of what the counts explain (`zeroInflation`) have their chance of being ordinary as
 * weight, unless they go with the price: then they are part of the response that is looked for.
 */
export function countedRows(
  cells: PatentCells,
  options: DesignRowOptions,
  lookForInflation: boolean,
): CountedRows {
  const all = designRows(cells, "counts", options);
  const plain = { rows: all, counts: countsOf(cells, all), inflation: null, warnings: [] };
  if (!lookForInflation || all.at.length === 0) return plain;
  const found = zeroInflation({ ...plain.counts, extras: [] }, options);
  if (found === null) return plain;
  const { ordinary, ...inflation } = found;
  const { zeros, expected, share, withPrice } = inflation;
  const excess = `${zeros} of ${all.at.length} cells have no element patents where the counts ` +
    `explain ${Math.round(expected)}`;
  if (withPrice.pvalue < ZEROS_GO_WITH_PRICE) {
    const p = withPrice.pvalue.toPrecision(2);
    return {
      ...plain,
      inflation: { ...inflation, applied: false },
      warnings: [`${excess}, and zeros go with the price (p = ${p}): all count in full`],
    };
  }
  const weights = new Float64Array(cells.sector.length).fill(1);
  all.at.forEach((i, k) => weights[i] = ordinary[k]);
  const without = new Set(weights.keys().filter((i) => weights[i] < LEAST_ORDINARY));
  const rows = designRows(cells, "counts", { ...options, without });
  if (new Set(rows.sector).size < 2) {
    return {
      ...plain,
      inflation: { ...inflation, applied: false },
      warnings: [`${excess}; without them too few sectors have a slope: all count in full`],
    };
  }
  return {
    rows,
    counts: {
      ...countsOf(cells, rows),
      ordinary: Float64Array.from(rows.at, (i) => weights[i]),
    },
    inflation: { ...inflation, applied: true },
    warnings: [
      `${excess}: ${
        (100 * share).toFixed(0)
      } % of cells are taken to be zero whatever the price, ` +
      "and zeros count by their chance of being ordinary; zeroInflation: false counts all in full",
    ],
  };
}

function countsOf(cells: PatentCells, { at, sector, year, price }: DesignRows) {
  const pick = (values: Float64Array) => Float64Array.from(at, (i) => values[i]);
  return {
    sector,
    year,
    element: pick(cells.patentsElement),
    other: pick(cells.patentsOther),
    price,
  };
}
