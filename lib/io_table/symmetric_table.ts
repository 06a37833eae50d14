import { columnSums, lu, luSolve, luSolveTransposed, multiply, rowSums } from "@ree/numeric";
import { technicalCoefficients } from "./technical_coefficients.ts";

/** How the products of a multi-product industry are assumed to be made. */
export interface SymmetricOptions {
  /**
   * "industry": every product of an industry has that industry's inputs (always defined, never negative).
   * "commodity": every product has the same inputs wherever it is made (as many products as industries; can be negative).
   */
  readonly technology: "industry" | "commodity";
  /** Number of industries; needed only when make and use are not square. */
  readonly industries?: number;
}

/** Symmetric tables derived from Make and Use. */
export interface SymmetricTable {
  readonly technology: "industry" | "commodity";
  /** g, row sums of make [industry]. */
  readonly industryOutput: Float64Array;
  /** q, column sums of make [commodity]. */
  readonly commodityOutput: Float64Array;
  /** B = U·ĝ⁻¹ [commodity][industry]: commodity per unit of industry output. */
  readonly requirements: Float64Array;
  /** D = V·q̂⁻¹ [industry][commodity]: share of each industry in the domestic supply of a commodity. */
  readonly marketShares: Float64Array;
  /** Technical coefficients, commodity by commodity (BD under industry technology). */
  readonly commodityByCommodity: Float64Array;
  /** Technical coefficients, industry by industry (DB under industry technology). */
  readonly industryByIndustry: Float64Array;
  /** Industry-by-industry flows [industry][industry], unit of the input tables. */
  readonly flows: Float64Array;
}

/**
 * Symmetric input-output tables from Make and Use.
 *
 * @param make V, row-major [industry][commodity]
 * @param use U, row-major [commodity][industry]
 * @throws when shapes do not fit, an industry has inputs but no output, or (commodity technology) the
 * product mix matrix is not square or is singular
 * Source: Miller and Blair (2009), ch. 5. O(n³) time.
 */
export function symmetricTable(
  make: Float64Array,
  use: Float64Array,
  options: SymmetricOptions,
): SymmetricTable {
  const industries = options.industries ?? Math.sqrt(make.length);
  const commodities = make.length / industries;
  if (
    !Number.isInteger(industries) || !Number.isInteger(commodities) || use.length !== make.length
  ) {
    throw new RangeError(
      `symmetricTable: make has ${make.length} cells and use ${use.length}; expected the same ` +
        `number, industries x commodities (give options.industries when the tables are not square)`,
    );
  }
  const industryOutput = rowSums(make, commodities);
  const commodityOutput = columnSums(make, commodities);
  const requirements = technicalCoefficients(use, industryOutput);
  const marketShares = technicalCoefficients(make, commodityOutput);
  const [commodityByCommodity, industryByIndustry] = coefficients(options.technology);
  const flows = industryByIndustry.map((a, k) => a * industryOutput[k % industries]);
  return {
    technology: options.technology,
    industryOutput,
    commodityOutput,
    requirements,
    marketShares,
    commodityByCommodity,
    industryByIndustry,
    flows,
  };

  function coefficients(technology: SymmetricOptions["technology"]): Float64Array[] {
    switch (technology) {
      case "industry":
        return [
          multiply(requirements, marketShares, industries),
          multiply(marketShares, requirements, commodities),
        ];
      case "commodity":
        return commodityTechnology(make, industryOutput, requirements);
      default:
        throw new RangeError(
          `symmetricTable: technology "${technology}"; expected "industry" or "commodity"`,
        );
    }
  }
}

/** B·C⁻¹ and C⁻¹·B with C = Vᵀ·ĝ⁻¹, the product mix of each industry. */
function commodityTechnology(
  make: Float64Array,
  industryOutput: Float64Array,
  requirements: Float64Array,
): Float64Array[] {
  const n = industryOutput.length;
  if (make.length !== n * n) {
    throw new RangeError(
      `symmetricTable: commodity technology needs as many commodities as industries, got ${
        make.length / n
      } and ${n}`,
    );
  }
  const mix = new Float64Array(n * n); // C [commodity][industry]
  for (let i = 0; i < n; i++) {
    for (let c = 0; c < n; c++) mix[c * n + i] = make[i * n + c] / industryOutput[i];
  }
  const factors = lu(mix);
  const byCommodity = new Float64Array(n * n);
  const byIndustry = new Float64Array(n * n);
  for (let k = 0; k < n; k++) {
    byCommodity.set(luSolveTransposed(factors, requirements.subarray(k * n, (k + 1) * n)), k * n);
    const column = Float64Array.from({ length: n }, (_, c) => requirements[c * n + k]);
    luSolve(factors, column).forEach((value, i) => byIndustry[i * n + k] = value);
  }
  return [byCommodity, byIndustry];
}
