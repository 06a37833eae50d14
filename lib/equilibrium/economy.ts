/**
 * A baseline economy: the shares and levels of one year, from which counterfactuals are computed.
 *
 * All arrays are flat and row-major in the index order given; the labels say what an index means.
 * Symbols: {@link ./README.md | symbol table}; source: README.md.
 */
export interface Economy {
  /** N countries. */
  readonly countries: readonly string[];
  /** J sectors, elements included. */
  readonly sectors: readonly string[];
  /** F factors that move freely between the sectors of a country. */
  readonly factors: readonly string[];
  /** E sectors that are rare earth elements (or any scarce input); order of `elementMix`'s last index. */
  readonly elements: readonly string[];
  /** π [importer][exporter][sector]: share of spending; sums to 1 over exporters where there is spending. */
  readonly tradeShare: Float64Array;
  /** t [importer][exporter][sector]: ad valorem import tariff, 0.1 is 10 %. */
  readonly tariff: Float64Array;
  /** x [importer][exporter][sector]: ad valorem export tax levied by the exporter, 0.1 is 10 %. */
  readonly exportTax: Float64Array;
  /** s [country][sector]: share of the element bundle in cost other than the specific resource. */
  readonly elementShare: Float64Array;
  /** ω [country][sector][element]: split of the bundle; sums to 1 where the element share is positive. */
  readonly elementMix: Float64Array;
  /** γF [country][sector][factor]: shares of the other inputs; with γM they sum to 1. */
  readonly factorShare: Float64Array;
  /** γM [country][sector][material sector]; 0 for elements. */
  readonly materialShare: Float64Array;
  /** ρ [country][sector]: revenue share of the sector-specific resource (mine); 0 in ordinary sectors. */
  readonly specificShare: Float64Array;
  /** β [country][sector]: final spending shares. */
  readonly finalShare: Float64Array;
  /** X [country][sector]: spending at purchaser prices, in units of the numeraire. */
  readonly expenditure: Float64Array;
  /** Y [country][sector]: producer revenue, net of export taxes and tariffs. */
  readonly revenue: Float64Array;
  /** D [country]: transfer received; sums to 0. */
  readonly transfer: Float64Array;
  /** σ [sector] ≥ 0: substitution between elements and other inputs. */
  readonly sigma: Float64Array;
  /** η [sector] ≥ 0: substitution between elements. */
  readonly eta: Float64Array;
  /** θ [sector] > 0: trade elasticity. */
  readonly theta: Float64Array;
  /** ψ [sector] ≥ 0: technology per unit of research, ψ(σ − 1) < 1. */
  readonly psi: Float64Array;
}

/** An economy before its levels are known. */
export type EconomyShares = Omit<Economy, "expenditure" | "revenue">;

/** Numbers of countries, sectors, factors, elements, and where the elements are among the sectors. */
export interface EconomySize {
  readonly N: number;
  readonly J: number;
  readonly F: number;
  readonly E: number;
  /** Sector of each element [E]. */
  readonly elementSector: Int32Array;
}

/** Sizes of an economy. */
export function economySize(
  economy: Pick<Economy, "countries" | "sectors" | "factors" | "elements">,
): EconomySize {
  const { countries, sectors, factors, elements } = economy;
  return {
    N: countries.length,
    J: sectors.length,
    F: factors.length,
    E: elements.length,
    elementSector: Int32Array.from(elements, (element) => sectors.indexOf(element)),
  };
}

/**
 * Position of a label.
 *
 * @throws RangeError naming the label and what there is
 */
export function labelIndex(labels: readonly string[], label: string, what: string): number {
  const at = labels.indexOf(label);
  if (at < 0) {
    throw new RangeError(`unknown ${what} "${label}"; expected one of ${labels.join(", ")}`);
  }
  return at;
}
