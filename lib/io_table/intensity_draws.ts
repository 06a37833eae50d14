import { quantileSorted } from "simple-statistics";
import { dirichletSampler } from "@ree/numeric";
import { CONCENTRATIONS, type Concentrations, drawWeights } from "./draw_weights.ts";
import type { PurchaseFactors } from "./element_purchases.ts";
import { industryOutput, type IoTable } from "./io_table.ts";
import { purchaseRequirements } from "./purchase_requirements.ts";

/** Bands of rare earth intensity, USD of element per USD of gross output. */
export interface IntensityBands {
  readonly draws: number;
  readonly level: number;
  readonly industries: readonly string[];
  readonly elements: readonly string[];
  /** All elements together, direct [industry]. */
  readonly direct: Band;
  /** All elements together, direct and indirect [industry]. */
  readonly total: Band;
  /** By element, direct and indirect [element][industry]. */
  readonly byElement: Band;
}

/** Quantiles of the draws. */
export interface Band {
  readonly lower: Float64Array;
  readonly median: Float64Array;
  readonly upper: Float64Array;
}

/** Choices of the draws. */
export interface DrawOptions {
  /** Number of draws; default 1,000. */
  readonly draws?: number;
  /** Of the random stream; default 1. */
  readonly seed?: number;
  readonly concentrations?: Concentrations;
}

/** Intensities under one draw of the weights, USD of element per USD of gross output. */
export interface IntensityDraw {
  /** All elements together, own purchases [industry]. */
  readonly direct: Float64Array;
  /** Along the supply chain [element][industry]. */
  readonly total: Float64Array;
}

/**
 * Visits the intensities under each Dirichlet draw of every weight (tonnes by application, element mix,
 * industries), total tonnes and prices held fixed.
 *
 * The requirements matrix is kept at the table's: a draw moves at most a few millionths of an industry's
 * inputs between rows, which changes total intensities by far less than the bands (tested).
 * O(draws · elements · users · industries).
 *
 * @param table a table with element rows
 */
export function visitDraws(
  table: IoTable,
  factors: PurchaseFactors,
  { draws = DRAWS, seed = 1, concentrations = CONCENTRATIONS }: DrawOptions,
  visit: (draw: IntensityDraw, number: number) => void,
) {
  const requirements = purchaseRequirements(table, factors);
  const output = industryOutput(table);
  const sample = dirichletSampler(seed);
  for (let draw = 0; draw < draws; draw++) {
    const purchases = requirements.purchases({
      ...factors,
      ...drawWeights(factors, concentrations, sample),
    });
    const direct = new Float64Array(table.industries.length);
    purchases.forEach((value, k) => {
      const j = requirements.users[k % requirements.users.length];
      direct[j] += value / output[j];
    });
    visit({ direct, total: requirements.embodied(purchases) }, draw);
  }
}

/** Default number of draws. */
const DRAWS = 1_000;

/**
 * Bands around the intensities from {@link visitDraws}.
 *
 * @param options.level probability inside the band; default 0.9
 */
export function intensityDraws(
  table: IoTable,
  factors: PurchaseFactors,
  options: DrawOptions & { readonly level?: number } = {},
): IntensityBands {
  const { draws = DRAWS, level = 0.9 } = options;
  const { elements } = factors;
  const n = table.industries.length;
  const byElement = draft(draws, elements.length * n);
  const total = draft(draws, n);
  const direct = draft(draws, n);
  visitDraws(table, factors, options, (drawn, draw) => {
    drawn.direct.forEach((value, j) => direct[j][draw] = value);
    drawn.total.forEach((value, k) => {
      byElement[k][draw] = value;
      total[k % n][draw] += value;
    });
  });
  return {
    draws,
    level,
    industries: table.industries,
    elements,
    direct: band(direct, level),
    total: band(total, level),
    byElement: band(byElement, level),
  };
}

function draft(draws: number, series: number): Float64Array[] {
  return Array.from({ length: series }, () => new Float64Array(draws));
}

function band(series: readonly Float64Array[], level: number): Band {
  const quantiles = [(1 - level) / 2, 0.5, (1 + level) / 2];
  const [lower, median, upper] = quantiles.map(() => new Float64Array(series.length));
  series.forEach((values, k) => {
    const sorted = Array.from(values.sort());
    [lower[k], median[k], upper[k]] = quantiles.map((q) => quantileSorted(sorted, q));
  });
  return { lower, median, upper };
}
