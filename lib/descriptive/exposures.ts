/** First use of rare earths by an industry in one application, with the technology field it works in. */
export interface FieldUse {
  readonly application: string;
  readonly industry: string;
  readonly wipoField: string;
}

/**
 * Rare earth purchases by technology field: every (application, industry) purchase counts for the field in which
 * that industry works on that application.
 *
 * @param purchases by element, application and industry, million USD
 * @param fields which field each (application, industry) belongs to
 * @param allFields the fields wanted; those without any purchase get 0
 * @throws when a purchase has no field
 */
export function fieldPurchases(
  purchases: readonly {
    readonly application: string;
    readonly industry: string;
    readonly value: number;
  }[],
  fields: readonly FieldUse[],
  allFields: readonly string[],
): Map<string, number> {
  const sums = new Map(allFields.map((field) => [field, 0]));
  const fieldOf = new Map(
    fields.map(({ application, industry, wipoField }) => [`${application} ${industry}`, wipoField]),
  );
  for (const { application, industry, value } of purchases) {
    const field = fieldOf.get(`${application} ${industry}`);
    if (field === undefined) {
      throw new RangeError(`${industry} (${application}) belongs to no technology field`);
    }
    sums.set(field, (sums.get(field) ?? 0) + value);
  }
  return sums;
}

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
