/** Total intensity of one industry in one element. */
export interface IntensityRow {
  readonly industry: string;
  readonly element: string;
  readonly total: number;
}

/** Price-weighted exposure of one industry in one year. */
export interface ExposureRow {
  readonly industry: string;
  readonly year: number;
  /** S_jt = Σ_e (T_ej/ΣT_j)·ln p_et, log of USD per kg. */
  readonly exposure: number;
}

/**
 * Price-weighted exposure: the log price of the rare earths in an industry's own mix,
 * S_jt = Σ_e (T_ej / Σ_e T_ej) · ln p_et.
 *
 * Only differences over time or between industries mean anything: with fixed weights they are log changes of
 * a geometric price index.
 *
 * @param intensities total intensities; industries without any are left out
 * @param prices a complete panel
 * @throws when an element with a positive intensity has no price in one of the panel's years
 */
export function priceExposure(
  intensities: readonly IntensityRow[],
  prices: readonly { readonly element: string; readonly year: number; readonly usdPerKg: number }[],
): ExposureRow[] {
  const years = [...new Set(prices.map(({ year }) => year))].sort((a, b) => a - b);
  const logPrice = new Map(
    prices.map(({ element, year, usdPerKg }) => [`${element} ${year}`, Math.log(usdPerKg)]),
  );
  const byIndustry = Map.groupBy(intensities, ({ industry }) => industry);
  return [...byIndustry].flatMap(([industry, rows]) => {
    const sum = rows.reduce((partial, { total }) => partial + total, 0);
    if (!(sum > 0)) return [];
    return years.map((year) => {
      let exposure = 0;
      for (const { element, total } of rows) {
        if (total === 0) continue;
        const log = logPrice.get(`${element} ${year}`);
        if (log === undefined) throw new RangeError(`no price of ${element} in ${year}`);
        exposure += (total / sum) * log;
      }
      return { industry, year, exposure };
    });
  });
}
