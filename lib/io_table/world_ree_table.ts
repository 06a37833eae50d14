import { carveWorld, type WorldReeTable } from "./carve_world.ts";
import { grossOutput, widen, type WorldFlows, worldLayout } from "./world_layout.ts";
import {
  checkWorldSplits,
  supplyByHost,
  worldPurchases,
  type WorldSplits,
} from "./world_purchases.ts";

/**
 * Carves rare earth sectors out of a world input-output table.
 *
 * Use: each application's tonnes go to the sectors that use it first and, within a sector, to countries in
 * proportion to their gross output there. Supply: by the countries' shares in mine output. Trade: every buyer
 * buys from every producer in proportion to that producer's mine share. A purchase leaves the cell in which the
 * buyer buys the host sector's product of the producing country; where that cell is too small, GRAS makes room
 * (the host's other sales and the buyer's other inputs give way). The element sector takes over the
 * matching part of its host's inputs and value added, so world output, every country's value added and
 * every other sector's output are unchanged.
 *
 * @throws when shares do not sum to 1, a code is unknown, an element has no price, or an element sector would be
 * larger than its host
 * Source: our specification (README); the design follows the documented idea of the paper's abstract.
 */
export function worldReeTable(world: WorldFlows, splits: WorldSplits): WorldReeTable {
  checkWorldSplits(splits);
  const layout = worldLayout(world, splits.elements);
  const base = widen(world, layout);
  const output = grossOutput(base, layout);
  const purchases = worldPurchases(splits, layout, output);
  const byMaker = <Row extends { readonly value: number }>(row: Row) =>
    [...splits.mineShares].map(([country, share]) => ({
      ...row,
      country,
      value: share * row.value,
    }));
  return carveWorld({
    world,
    layout,
    base,
    output,
    supply: supplyByHost(purchases).flatMap(byMaker),
    salesOf: () => purchases.flatMap(byMaker),
  });
}
