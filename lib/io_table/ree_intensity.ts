import pl, { type DataFrame } from "nodejs-polars";
import { multiply } from "@ree/numeric";
import { commodityOutput, industryOutput, type IoTable } from "./io_table.ts";
import { technicalCoefficients } from "./technical_coefficients.ts";
import { embodied } from "./total_requirements.ts";

/** Rare earth intensities as matrices, USD of element per USD of industry output. */
export interface IntensityMatrices {
  readonly elements: readonly string[];
  readonly industries: readonly string[];
  /** d, element purchases per unit of output [element][industry]. */
  readonly direct: Float64Array;
  /** T = d·(I − DB)⁻¹, purchases along the whole supply chain [element][industry]. */
  readonly total: Float64Array;
}

/**
 * Direct and total rare earth intensity of every industry as matrices.
 *
 * The requirements take imported and domestic inputs together: an imported input is counted as if it were made
 * with the domestic technology.
 *
 * @throws when the table has no element rows, or the economy is not productive
 */
export function intensityMatrices(table: IoTable): IntensityMatrices {
  const { elements, industries, commodities } = table;
  if (elements.length === 0) {
    throw new RangeError(`table ${table.year} has no element rows; run carveOutElements first`);
  }
  const requirements = technicalCoefficients(table.use, industryOutput(table));
  const firstElement = commodities.length - elements.length;
  const direct = requirements.slice(firstElement * industries.length);
  const total = embodied(direct, industryCoefficients(table, requirements));
  return { elements, industries, direct, total };
}

/** Industry-by-industry coefficients DB under industry technology [industry][industry]. */
export function industryCoefficients(
  table: IoTable,
  requirements = technicalCoefficients(table.use, industryOutput(table)),
): Float64Array {
  const marketShares = technicalCoefficients(table.make, commodityOutput(table));
  return multiply(marketShares, requirements, table.commodities.length);
}

/**
 * Rare earth intensity of every industry by element.
 *
 * @returns data frame with a row per industry and element: `industry`, `element`, `direct`, `total`
 * (USD of the element per USD of gross output)
 * @throws as {@link intensityMatrices}
 */
export function reeIntensity(table: IoTable): DataFrame {
  return intensityFrame(intensityMatrices(table));
}

/** The long data frame of {@link IntensityMatrices}: `industry`, `element`, `direct`, `total`. */
export function intensityFrame(
  { elements, industries, direct, total }: IntensityMatrices,
): DataFrame {
  const cells = industries.flatMap((industry, j) =>
    elements.map((element, e) => ({ industry, element, k: e * industries.length + j }))
  );
  return pl.DataFrame({
    industry: cells.map(({ industry }) => industry),
    element: cells.map(({ element }) => element),
    direct: cells.map(({ k }) => direct[k]),
    total: cells.map(({ k }) => total[k]),
  });
}
