import type { ElementPurchase } from "./carve_out.ts";
import { industryOutput, type IoTable, position } from "./io_table.ts";

/** Tonnes of rare earth oxide that go into one application. */
export interface ApplicationUse {
  readonly application: string;
  readonly tonnes: number;
}

/** Share of an element in the rare earths of an application. */
export interface ElementShare {
  readonly application: string;
  readonly element: string;
  /** 0 to 1; shares of an application sum to 1 (unnamed elements included). */
  readonly share: number;
}

/** An industry that uses an application's rare earths first, and inside which purchases they are recorded. */
export interface ApplicationIndustry {
  readonly application: string;
  readonly industry: string;
  readonly hostCommodities: readonly string[];
}

/** Share of an industry in the first use of an application. */
export interface IndustryShare extends ApplicationIndustry {
  /** 0 to 1; sums to 1 within an application. */
  readonly share: number;
}

/** The four factors of u_ej = p_e · Σ T · μ · a. */
export interface PurchaseFactors {
  /** T: tonnes by application. */
  readonly use: readonly ApplicationUse[];
  /** μ: element mix of each application. */
  readonly mix: readonly ElementShare[];
  /** a: industries of each application. */
  readonly distribution: readonly IndustryShare[];
  /** p: USD per kg of oxide by element. */
  readonly prices: ReadonlyMap<string, number>;
  /** Elements wanted; others in the mix are left out. */
  readonly elements: readonly string[];
}

/** Kilograms in a tonne over dollars in a million: tonnes times USD/kg to million USD. */
const MILLION_USD_PER_TONNE_AT_ONE_USD_PER_KG = 1e3 / 1e6;

/**
 * How the industries of each application share its rare earths: in proportion to their purchases of the
 * application's host commodities; by gross output where none of them buys any.
 *
 * @throws on unknown industry or commodity codes
 */
export function industryDistribution(
  table: IoTable,
  applicationIndustries: readonly ApplicationIndustry[],
): IndustryShare[] {
  const output = industryOutput(table);
  const bought = applicationIndustries.map(({ industry, hostCommodities }) => {
    const j = position(table.industries, industry, "industry");
    return hostCommodities
      .map((code) => position(table.commodities, code, "host commodity"))
      .reduce((sum, c) => sum + Math.max(0, table.use[c * table.industries.length + j]), 0);
  });
  const made = applicationIndustries.map(({ industry }) =>
    output[position(table.industries, industry, "industry")]
  );
  return applicationIndustries.map((row, k) => {
    const together = (weights: readonly number[]) =>
      weights.reduce(
        (sum, weight, i) =>
          applicationIndustries[i].application === row.application ? sum + weight : sum,
        0,
      );
    const weights = together(bought) > 0 ? bought : made;
    return { ...row, share: weights[k] / together(weights) };
  });
}

/**
 * Purchases u_ej = p_e · Σ_app T_app · μ_app,e · a_app,j in million USD, one row per element, application and industry.
 *
 * @throws when a share is out of range, shares of an application do not sum to 1, an application has no mix or
 * no industry, or an element has no price
 */
export function elementPurchases(factors: PurchaseFactors): ElementPurchase[] {
  const { use, mix, distribution, prices, elements } = factors;
  for (const { application } of use) {
    checkShares(`element mix of ${application}`, of(mix, application));
    checkShares(`industries of ${application}`, of(distribution, application));
  }
  return use.flatMap(({ application, tonnes }) =>
    elements.flatMap((element) => {
      const share = of(mix, application).find((row) => row.element === element)?.share ?? 0;
      if (share === 0) return [];
      const price = prices.get(element);
      if (price === undefined || !(price > 0)) {
        throw new RangeError(`${element} (${application}) has price ${price}, expected USD per kg`);
      }
      return of(distribution, application).map((row) => ({
        element,
        application,
        industry: row.industry,
        value: price * tonnes * share * row.share * MILLION_USD_PER_TONNE_AT_ONE_USD_PER_KG,
        hosts: row.hostCommodities,
      }));
    })
  );
}

/** Shares are rounded to a tenth of a percent in the sources. */
const SHARE_TOLERANCE = 2e-3;

function of<Row extends { readonly application: string }>(
  rows: readonly Row[],
  application: string,
) {
  return rows.filter((row) => row.application === application);
}

function checkShares(what: string, rows: readonly { readonly share: number }[]) {
  if (rows.length === 0) throw new RangeError(`${what}: no row, expected shares that sum to 1`);
  const bad = rows.find(({ share }) => !(share >= 0 && share <= 1));
  if (bad !== undefined) throw new RangeError(`${what}: share ${bad.share} is not in [0, 1]`);
  const sum = rows.reduce((partial, { share }) => partial + share, 0);
  if (Math.abs(sum - 1) > SHARE_TOLERANCE) {
    throw new RangeError(`${what}: shares sum to ${sum}, expected 1`);
  }
}
