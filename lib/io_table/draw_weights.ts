import type { DirichletSampler } from "@ree/numeric";
import type { ApplicationUse, ElementShare } from "./element_purchases.ts";
import type { SectorShare, WorldSplits } from "./world_purchases.ts";

/** How tightly draws of each kind of weight lie around it: the size of an imaginary sample behind it. */
export interface Concentrations {
  /** Tonnes by application. */
  readonly use: number;
  /** Element mix of an application. */
  readonly mix: number;
  /** Industries of an application. */
  readonly distribution: number;
}

/**
 * Default concentrations by how the weights were come by: published whole percents (a share of 20 % has a
 * standard deviation of 3 points), recalled figures (4 points), our judgement (9 points).
 */
export const CONCENTRATIONS: Concentrations = { use: 200, mix: 100, distribution: 20 };

/** The judged weights behind element purchases. */
export interface Weights<Share extends { readonly application: string; readonly share: number }> {
  /** Tonnes by application. */
  readonly use: readonly ApplicationUse[];
  /** Element mix of each application; sums to 1 within it. */
  readonly mix: readonly ElementShare[];
  /** Users (industries or sectors) of each application; sums to 1 within it. */
  readonly distribution: readonly Share[];
}

/**
 * One Dirichlet draw of every weight around its judged value; all tonnes together stay what they are.
 *
 * @param sample the random stream; the order is use, mix by application, distribution by application
 */
export function drawWeights<
  Share extends { readonly application: string; readonly share: number },
>(
  { use, mix, distribution }: Weights<Share>,
  concentrations: Concentrations,
  sample: DirichletSampler,
): Weights<Share> {
  const tonnes = use.reduce((sum, row) => sum + row.tonnes, 0);
  const shares = sample(use.map((row) => row.tonnes), concentrations.use);
  const redrawn = <Row extends { readonly application: string; readonly share: number }>(
    rows: readonly Row[],
    concentration: number,
  ) =>
    use.flatMap(({ application }) => {
      const own = rows.filter((row) => row.application === application);
      const drawn = sample(own.map(({ share }) => share), concentration);
      return own.map((row, k) => ({ ...row, share: drawn[k] }));
    });
  return {
    use: use.map((row, k) => ({ ...row, tonnes: tonnes * shares[k] })),
    mix: redrawn(mix, concentrations.mix),
    distribution: redrawn(distribution, concentrations.distribution),
  };
}

/**
 * The splits of a world carve-out with one draw of their weights; prices, mine shares and hosts stay.
 *
 * Shares of industries that belong to the same world sector are joined before the draw: sums of parts of a Dirichlet vector are
 * Dirichlet with the same concentration, so the distribution is that of drawing industries.
 *
 * @example
 * ```ts
 * const table = worldReeTable(world, drawWorldSplits(splits, CONCENTRATIONS, dirichletSampler(1)));
 * ```
 */
export function drawWorldSplits(
  splits: WorldSplits,
  concentrations: Concentrations,
  sample: DirichletSampler,
): WorldSplits {
  const { use, mix, distribution } = drawWeights(
    { use: splits.use, mix: splits.mix, distribution: bySector(splits.sectorShares) },
    concentrations,
    sample,
  );
  return { ...splits, use, mix, sectorShares: distribution };
}

function bySector(shares: readonly SectorShare[]): SectorShare[] {
  const groups = Map.groupBy(shares, ({ application, sector }) => `${application}\n${sector}`);
  return [...groups.values()].map((rows) => ({
    ...rows[0],
    share: rows.reduce((sum, { share }) => sum + share, 0),
  }));
}
