import type { ApplicationUse, ElementShare } from "./element_purchases.ts";
import { position } from "./io_table.ts";
import type { WorldLayout } from "./world_layout.ts";

/** What the world carve-out needs besides the flows. */
export interface WorldSplits {
  readonly elements: readonly string[];
  /** World tonnes by application. */
  readonly use: readonly ApplicationUse[];
  readonly mix: readonly ElementShare[];
  /** Share of each WIOD sector in the first use of an application; sums to 1 within it. */
  readonly sectorShares: readonly SectorShare[];
  /** USD per kg by element. */
  readonly prices: ReadonlyMap<string, number>;
  /** Share of each country of the table in world mine output; sums to 1. */
  readonly mineShares: ReadonlyMap<string, number>;
  /** Sector as whose product an application's elements are recorded in the published table. */
  readonly hosts: readonly { readonly application: string; readonly sector: string }[];
}

/** Share of a sector in the first use of an application. */
export interface SectorShare {
  readonly application: string;
  readonly sector: string;
  readonly share: number;
}

/** A thousand kilograms at one USD per kg, million USD. */
const MILLION_USD = 1e-3;

/** Mine shares are exact quotients: only rounding may keep them from 1. */
const SHARE_TOLERANCE = 1e-9;

/** The element mix is rounded to a tenth of a percent in its source. */
const ROUNDED_SHARE_TOLERANCE = 2e-3;

/** One element bought by one (country, sector) inside one host sector's product. */
export interface WorldPurchase {
  readonly element: number;
  readonly host: number;
  readonly buyer: number;
  readonly value: number;
}

/**
 * What every (country, sector) buys of every element, by application.
 *
 * @param output gross output of the base table in the layout
 */
export function worldPurchases(
  splits: WorldSplits,
  layout: WorldLayout,
  output: Float64Array,
): WorldPurchase[] {
  const { width, countries } = layout;
  return splits.use.flatMap(({ application, tonnes }) => {
    const host = position(
      layout.sectors,
      splits.hosts.find((row) => row.application === application)?.sector ?? "(none)",
      `host sector of ${application}`,
    );
    return splits.sectorShares.filter((row) => row.application === application).flatMap((row) => {
      const sector = position(layout.sectors, row.sector, "sector");
      const sizes = countries.map((_, n) => Math.max(0, output[n * width + sector]));
      const world = sizes.reduce((sum, size) => sum + size, 0);
      if (row.share > 0 && !(world > 0)) {
        throw new RangeError(
          `sector ${row.sector} has no output in any country, but takes ${
            (100 * row.share).toPrecision(3)
          } % of the first use of ${application}; expected a world table with this sector`,
        );
      }
      return layout.elements.flatMap((element, e) => {
        const part = splits.mix.find((mix) =>
          mix.application === application && mix.element === element
        );
        if (part === undefined) return [];
        const price = splits.prices.get(element);
        if (price === undefined) throw new RangeError(`${element} has no price`);
        return sizes.flatMap((size, n) => {
          const value = MILLION_USD * price * tonnes * part.share * row.share * size / world;
          return value > 0 ? [{ element: e, host, buyer: n * width + sector, value }] : [];
        });
      });
    });
  });
}

/** World purchases by host sector and element. */
export function supplyByHost(purchases: readonly WorldPurchase[]) {
  const groups = Map.groupBy(purchases, ({ host, element }) => `${host} ${element}`);
  return [...groups.values()].map((rows) => ({
    host: rows[0].host,
    element: rows[0].element,
    value: rows.reduce((sum, { value }) => sum + value, 0),
  }));
}

/**
 * Refuses splits that do not add up.
 *
 * @throws naming what does not sum to 1, or the application without a host sector
 */
export function checkWorldSplits({ use, mix, sectorShares, mineShares, hosts }: WorldSplits) {
  const sum = (values: Iterable<number>) =>
    [...values].reduce((partial, value) => partial + value, 0);
  const mined = sum(mineShares.values());
  if (!(Math.abs(mined - 1) <= SHARE_TOLERANCE)) {
    throw new RangeError(`mine shares sum to ${mined}, expected 1`);
  }
  for (const { application } of use) {
    const own = <Row extends { application: string; share: number }>(rows: readonly Row[]) =>
      sum(rows.filter((row) => row.application === application).map(({ share }) => share));
    const shares = { "element mix": own(mix), "sector shares": own(sectorShares) };
    for (const [what, total] of Object.entries(shares)) {
      if (!(Math.abs(total - 1) <= ROUNDED_SHARE_TOLERANCE)) {
        throw new RangeError(`${what} of ${application} sum to ${total}, expected 1`);
      }
    }
    if (!hosts.some((row) => row.application === application)) {
      throw new RangeError(`${application} has no host sector`);
    }
  }
}
