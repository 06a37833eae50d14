import type { ApplicationIndustry, IndustryShare } from "./element_purchases.ts";
import {
  ELEMENTS,
  elementShares,
  pricePanel,
  pricesOf,
  type PurchaseFacts,
  type PurchaseJudgements,
} from "./us_ree_table.ts";
import type { SectorShare, WorldSplits } from "./world_purchases.ts";

/** Mine output of one country. */
export interface MineOutput {
  readonly iso3: string;
  /** Tonnes of rare earth oxide; null (known to produce, amount not known) counts as nothing. */
  readonly tonnes: number | null;
}

/** Code under which countries that a world table does not show are summed. */
export const REST_OF_WORLD = "RoW";

/** What world splits are made from. */
export interface WorldSplitInputs {
  readonly facts: Omit<PurchaseFacts, "applicationIndustries"> & {
    readonly applicationIndustries: readonly (ApplicationIndustry & {
      readonly wiodSector: string;
    })[];
  };
  readonly judged: PurchaseJudgements & {
    readonly worldHosts: readonly { readonly application: string; readonly sector: string }[];
  };
  /** How US industries share each application: the only such shares at hand, used for every country. */
  readonly distribution: readonly IndustryShare[];
  /** Mine output by country in the year of the table, oxide equivalent. */
  readonly mines: readonly MineOutput[];
  /** Countries of the world table; producers outside go to its rest of the world (RoW); in a table without one they are left out. */
  readonly countries: readonly string[];
  /** Year of the prices. */
  readonly year: number;
}

/**
 * The splits of the world carve-out: world tonnes by application (2008), element mix, US industry shares
 * summed to world sectors, prices of the year, and shares in mine output.
 *
 * @throws when nobody mines, an industry has no world sector, or as the price panel
 */
export function worldSplits(inputs: WorldSplitInputs): WorldSplits {
  const { facts, judged, distribution, mines, countries, year } = inputs;
  return {
    elements: ELEMENTS,
    use: facts.worldUse,
    mix: elementShares(facts),
    sectorShares: sectorShares(distribution, facts.applicationIndustries),
    prices: pricesOf(pricePanel(facts, judged), year),
    mineShares: mineShares(mines, countries),
    hosts: judged.worldHosts,
  };
}

function sectorShares(
  distribution: readonly IndustryShare[],
  industries: WorldSplitInputs["facts"]["applicationIndustries"],
): SectorShare[] {
  return distribution.map(({ application, industry, share }) => {
    const row = industries.find((other) =>
      other.application === application && other.industry === industry
    );
    if (row === undefined) throw new RangeError(`${industry} (${application}) has no world sector`);
    return { application, sector: row.wiodSector, share };
  });
}

function mineShares(mines: readonly MineOutput[], countries: readonly string[]) {
  const world = mines.reduce((sum, { tonnes }) => sum + (tonnes ?? 0), 0);
  if (!(world > 0)) throw new RangeError("no country has mine output");
  const shares = new Map<string, number>();
  for (const { iso3, tonnes } of mines) {
    if (tonnes === null || tonnes === 0) continue;
    const country = countries.includes(iso3) ? iso3 : REST_OF_WORLD;
    shares.set(country, (shares.get(country) ?? 0) + tonnes / world);
  }
  const outside = countries.includes(REST_OF_WORLD) ? 0 : shares.get(REST_OF_WORLD) ?? 0;
  if (outside === 0) return shares;
  shares.delete(REST_OF_WORLD);
  if (shares.size === 0) {
    throw new RangeError(
      `no country of the world table mines rare earths: it has ${countries.join(", ")} and no ` +
        `${REST_OF_WORLD}, expected one of ${
          mines.filter(({ tonnes }) => (tonnes ?? 0) > 0).map(({ iso3 }) => iso3).join(", ")
        }`,
    );
  }
  return new Map([...shares].map(([country, share]) => [country, share / (1 - outside)]));
}
