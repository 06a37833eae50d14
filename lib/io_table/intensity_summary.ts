import type { IntensityBands } from "./intensity_draws.ts";
import type { IntensityMatrices } from "./ree_intensity.ts";

/** Rare earth intensity of one industry, all elements together, USD per million USD of gross output. */
export interface IntensitySummary {
  readonly industry: string;
  readonly label: string;
  readonly direct: number;
  readonly total: number;
  /** Ends of the band around `total`, where draws were made. */
  readonly lower?: number;
  readonly upper?: number;
}

/** Intensity of one industry in one element, USD per million USD of gross output. */
export interface ElementIntensity {
  readonly industry: string;
  readonly label: string;
  readonly element: string;
  readonly direct: number;
  readonly total: number;
}

/** Intensities are shown per million: USD of rare earths in a million USD of output. */
export const PER_MILLION = 1e6;

/**
 * Industries ranked by total rare earth intensity.
 *
 * @param names of the industries, in the order of `intensities.industries`
 */
export function rankIndustries(
  { elements, industries, direct, total }: IntensityMatrices,
  names: readonly string[],
  bands?: IntensityBands,
): IntensitySummary[] {
  const n = industries.length;
  const together = (matrix: Float64Array, j: number) =>
    PER_MILLION * elements.reduce((sum, _, e) => sum + matrix[e * n + j], 0);
  return industries
    .map((industry, j) => ({
      industry,
      label: names[j],
      direct: together(direct, j),
      total: together(total, j),
      ...(bands === undefined ? {} : {
        lower: PER_MILLION * bands.total.lower[j],
        upper: PER_MILLION * bands.total.upper[j],
      }),
    }))
    .sort((a, b) => b.total - a.total);
}

/** Intensities by industry and element as records, industries in table order. */
export function elementIntensities(
  { elements, industries, direct, total }: IntensityMatrices,
  names: readonly string[],
): ElementIntensity[] {
  const n = industries.length;
  return industries.flatMap((industry, j) =>
    elements.map((element, e) => ({
      industry,
      label: names[j],
      element,
      direct: PER_MILLION * direct[e * n + j],
      total: PER_MILLION * total[e * n + j],
    }))
  );
}
