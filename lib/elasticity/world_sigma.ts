import { DATA_DIR, loadIndustryProductivity, loadJudged } from "@ree/data";
import { productivityExposure } from "@ree/panels";

/** An industry in a world sector and its weight. */
export interface SectorMember {
  readonly industry: string;
  /** Elements bought along the supply chain by the industry, million USD, 2007. */
  readonly weight: number;
}

/**
 * US industries of each world sector (`data/judged/us_industry_world_sectors.csv`), weighted by their elements: total intensity
 * × gross output, 2007. An industry in several sectors counts in each.
 */
export function industriesByWorldSector(
  dataDir: string = DATA_DIR,
): Map<string, readonly SectorMember[]> {
  const { units, elements, total, output } = productivityExposure(dataDir);
  const content = new Map(units.map((industry, u) => {
    const own = total.subarray(u * elements.length, (u + 1) * elements.length);
    return [industry, own.reduce((sum, value) => sum + value, 0) * output[u] / 1e6];
  }));
  const known = new Set(loadIndustryProductivity(dataDir).map(({ industry }) => industry));
  const members = Map.groupBy(loadJudged(dataDir).sectorIndustries, ({ sector }) => sector);
  return new Map([...members].map(([sector, rows]) => [
    sector,
    rows.map(({ industry }) => {
      if (!known.has(industry)) {
        throw new RangeError(`${sector}: industry ${industry} is not in the productivity accounts`);
      }
      return { industry, weight: content.get(industry) ?? 0 };
    }),
  ]));
}

/**
 * σ of world sectors from σ of their industries: means weighted by elements bought. A sector without an industry that has
 * σ and buys elements is left out.
 *
 * @param sigma by industry
 * @param members see {@linkcode industriesByWorldSector}
 * @example
 * ```ts
 * const members = new Map([["c14", [{ industry: "a", weight: 3 }, { industry: "b", weight: 1 }]]]);
 * worldSigma(new Map([["a", 0.4], ["b", 0.8]]), members).get("c14"); // 0.5
 * ```
 */
export function worldSigma(
  sigma: ReadonlyMap<string, number>,
  members: ReadonlyMap<string, readonly SectorMember[]>,
): Map<string, number> {
  const found = new Map<string, number>();
  for (const [sector, industries] of members) {
    let [sum, weights] = [0, 0];
    for (const { industry, weight } of industries) {
      const own = sigma.get(industry);
      if (own === undefined) continue;
      sum += weight * own;
      weights += weight;
    }
    if (weights > 0) found.set(sector, sum / weights);
  }
  return found;
}
