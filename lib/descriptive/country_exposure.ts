/** Intensity of one sector of one country in one element. */
export interface CountrySectorIntensity {
  readonly country: string;
  readonly sector: string;
  readonly total: number;
}

/**
 * Total rare earth intensity of countries: sectors' intensities weighted by gross output.
 *
 * @param output gross output of a country's sector, million USD
 * @returns USD of rare earths per million USD of gross output, by country
 */
export function countryExposure(
  intensities: readonly CountrySectorIntensity[],
  output: (country: string, sector: string) => number,
): Map<string, number> {
  const byCountry = Map.groupBy(intensities, ({ country }) => country);
  return new Map(
    [...byCountry].map(([country, rows]) => {
      const sectors = new Set(rows.map(({ sector }) => sector));
      const made = [...sectors].reduce((sum, sector) => sum + output(country, sector), 0);
      const embodied = rows.reduce(
        (sum, { sector, total }) => sum + total * output(country, sector),
        0,
      );
      return [country, made > 0 ? 1e6 * embodied / made : 0];
    }),
  );
}
