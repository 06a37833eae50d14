import { DATA_DIR, loadIndustryCrosswalk } from "@ree/data";
import { type Concordance, industryConcordance, type SectorShare } from "./concordance.ts";

/**
 * From WIPO fields on to the 63 industries of the BEA-BLS accounts, by their names, which are the sectors of relative
 * prices and productivity: {@linkcode industryConcordance} to BEA detail industries, then the accounts' own crosswalk.
 *
 * @throws RangeError when the crosswalk lacks a detail industry
 */
export function accountsConcordance(dataDir: string = DATA_DIR): Concordance {
  const detailed = industryConcordance("bea_detail", dataDir);
  const industryOf = new Map(
    loadIndustryCrosswalk(dataDir).map(({ detail, industry }) => [detail, industry]),
  );
  return {
    name: "bea_accounts",
    source: `${detailed.source}; then data/industry_crosswalk.csv (BEA)`,
    sectorsOf(symbol) {
      const shares = new Map<string, number>();
      for (const { sector, share } of detailed.sectorsOf(symbol)) {
        const industry = industryOf.get(sector);
        if (industry === undefined) {
          throw new RangeError(`industry_crosswalk.csv: no industry of the accounts for ${sector}`);
        }
        shares.set(industry, (shares.get(industry) ?? 0) + share);
      }
      return [...shares].map(([sector, share]): SectorShare => ({ sector, share }));
    },
  };
}
