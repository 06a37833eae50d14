import type { ProductConcordance } from "./product_concordance.ts";

/** Rare earth intensity of an industry, in one country or in all. */
export interface IndustryIntensity {
  readonly industry: string;
  /** ISO 3166-1 alpha-3 of the exporter; left out where the intensity stands for all. */
  readonly exporter?: string;
  /** USD of rare earths per million USD of output, at least 0. */
  readonly intensity: number;
}

/** What {@linkcode industryIntensities} takes: intensities of units by element. */
export interface UnitIntensities {
  /** Industry codes, or "DEU c14" for exporters' own. */
  readonly units: readonly string[];
  readonly elements: readonly string[];
  /** [unit][element], USD per million USD of output, along the whole supply chain. */
  readonly total: Float64Array;
}

/**
 * Intensities of industries as {@linkcode productExposure} takes them: summed over elements. Units of two words are an exporter and an
 * industry.
 *
 * @param elements elements to add up, default all
 * @throws RangeError naming an element that the table does not have
 */
export function industryIntensities(
  { units, elements, total }: UnitIntensities,
  chosen: readonly string[] = elements,
): readonly IndustryIntensity[] {
  const places = chosen.map((element) => {
    const at = elements.indexOf(element);
    if (at < 0) throw new RangeError(`no element ${element}; there are ${elements.join(", ")}`);
    return at;
  });
  return units.map((unit, u) => {
    const [first, second] = unit.split(" ");
    const intensity = places.reduce((sum, e) => sum + total[u * elements.length + e], 0);
    return second === undefined
      ? { industry: first, intensity }
      : { industry: second, exporter: first, intensity };
  });
}

/** Rare earth intensities of products, and how far the concordance carried them. */
export interface ProductExposure {
  /** Products of the trade data, six digits, ascending. */
  readonly products: readonly string[];
  /** Exporters whose own intensity is known; null where one intensity stands for all. */
  readonly exporters: readonly string[] | null;
  /** [product], or [exporter][product] where exporters have their own; NaN where none is known. */
  readonly intensity: Float64Array;
  /** Share of each product, 0 to 1, that belongs to industries with an intensity (of any exporter). */
  readonly matchedShare: Float64Array;
  readonly mapping: MappingReport;
}

/** How products and industries meet. */
export interface MappingReport {
  readonly products: number;
  /** Products that the concordance does not hold. */
  readonly withoutConcordance: readonly string[];
  /** Products all of whose industries lack an intensity. */
  readonly withoutIntensity: readonly string[];
  /** Products of which a part lacks one (industries without intensity, or no way to an industry): the mean is over the rest. */
  readonly partly: readonly string[];
  /** Products split over several industries. */
  readonly split: number;
  /** Industries with several products. */
  readonly merged: number;
  /** Codes of the concordance that the trade data do not have (another revision, if many). */
  readonly unknownCodes: readonly string[];
  /** Industries of the concordance without an intensity. */
  readonly industriesWithoutIntensity: readonly string[];
}

/**
 * Carries industry intensities to products: the mean of a product's industries weighted by its shares, over the
 * industries that have an intensity.
 *
 * @param products HS6 codes of the trade data
 * @param hs revision of the trade data, compared with that of the concordance
 * @throws RangeError on another revision, a negative intensity, an industry that occurs twice, intensities of which only
 * some name an exporter, and when no product meets an intensity
 */
export function productExposure(
  products: readonly string[],
  hs: string | null,
  concordance: ProductConcordance,
  intensities: readonly IndustryIntensity[],
): ProductExposure {
  if (hs !== null && concordance.hs !== null && hs !== concordance.hs) {
    throw new RangeError(
      `the concordance is for ${concordance.hs}, the trade data are in ${hs}; ` +
        "use a concordance of the same revision",
    );
  }
  const sorted = [...new Set(products)].sort();
  const place = new Map(sorted.map((hs6, p) => [hs6, p]));
  const { exporters, byIndustry, known } = intensityTable(intensities);
  const width = sorted.length;
  const height = exporters?.length ?? 1;
  const sums = new Float64Array(height * width);
  const shares = new Float64Array(height * width);
  const [all, matched] = [new Float64Array(width), new Float64Array(width)];
  const industriesOf = new Int32Array(width);
  const productsOf = new Map<string, number>();
  const unknownCodes = new Set<string>();
  for (const { from: hs6, to: industry, weight } of concordance.links) {
    const share = weight * (1 - (concordance.lost.get(hs6) ?? 0));
    const p = place.get(hs6);
    if (p === undefined) {
      unknownCodes.add(hs6);
      continue;
    }
    all[p] += share;
    industriesOf[p]++;
    productsOf.set(industry, (productsOf.get(industry) ?? 0) + 1);
    if (known.has(industry)) matched[p] += share;
    for (let e = 0; e < height; e++) {
      const intensity = byIndustry[e].get(industry);
      if (intensity === undefined) continue;
      sums[e * width + p] += share * intensity;
      shares[e * width + p] += share;
    }
  }
  // Shares printed with few digits sum to nearly 1; a share lost on the way stays lost.
  const matchedShare = matched.map((share, p) => {
    const kept = 1 - (concordance.lost.get(sorted[p]) ?? 0);
    return all[p] > 0 ? share / all[p] * kept : 0;
  });
  if (!matchedShare.some((share) => share > 0)) {
    throw new RangeError(
      "no product belongs to an industry with an intensity: are the codes alike?",
    );
  }
  const where = (test: (p: number) => boolean) => sorted.filter((_, p) => test(p));
  const industries = new Set(concordance.links.map(({ to }) => to));
  return {
    products: sorted,
    exporters,
    intensity: sums.map((sum, k) => sum / shares[k]),
    matchedShare,
    mapping: {
      products: width,
      withoutConcordance: where((p) => all[p] === 0),
      withoutIntensity: where((p) => all[p] > 0 && matched[p] === 0),
      partly: where((p) => matched[p] > 0 && partMissing(matchedShare[p])),
      split: industriesOf.filter((count) => count > 1).length,
      merged: [...productsOf.values()].filter((count) => count > 1).length,
      unknownCodes: [...unknownCodes].sort(),
      industriesWithoutIntensity: [...industries].filter((name) => !known.has(name)).sort(),
    },
  };
}

/** Shares are sums of decimals, which reach 1 up to rounding. */
function partMissing(share: number): boolean {
  return share < 1 - 1e-9;
}

function intensityTable(intensities: readonly IndustryIntensity[]) {
  const own = intensities.filter(({ exporter }) => exporter !== undefined).length;
  if (own !== 0 && own !== intensities.length) {
    throw new RangeError(
      `${own} of ${intensities.length} intensities name an exporter; either all do or none`,
    );
  }
  const exporters = own === 0
    ? null
    : [...new Set(intensities.map(({ exporter }) => exporter!))].sort();
  const byIndustry = (exporters ?? [""]).map(() => new Map<string, number>());
  const place = new Map(exporters?.map((exporter, e) => [exporter, e]));
  for (const { industry, exporter, intensity } of intensities) {
    const at = `${industry}${exporter === undefined ? "" : ` of ${exporter}`}`;
    if (!(intensity >= 0 && intensity < Infinity)) {
      throw new RangeError(
        `intensity of ${at}: came ${intensity}, expected a number of at least 0`,
      );
    }
    const table = byIndustry[exporter === undefined ? 0 : place.get(exporter)!];
    if (table.has(industry)) throw new RangeError(`intensity of ${at} is given twice`);
    table.set(industry, intensity);
  }
  return { exporters, byIndustry, known: new Set(intensities.map(({ industry }) => industry)) };
}
