import { cellError, type Concordance, concordance, readConcordance, readCsvTable } from "@ree/data";

/** A weighted many-to-many concordance from HS6 codes to industries. */
export interface ProductConcordance extends Concordance {
  /** Revision of the Harmonized System, e.g. "HS07", or null where it is not known. */
  readonly hs: string | null;
  /** Share of a product that found no industry on the way, for concordances in several steps; in (0, 1]. */
  readonly lost: ReadonlyMap<string, number>;
}

/** Largest accepted gap of the shares of one product from 1 (shares are often printed with three digits). */
export const SHARE_TOLERANCE = 0.005;

/**
 * A concordance whose codes are HS6 codes; those that lost their leading zero get it back.
 *
 * From HS to the industries of an input-output table there are several steps (HS → NAICS → BEA, HS → ISIC → WIOD): chain them with
 * `chainConcordances` and give both parts of its result.
 *
 * @param given concordance from six digits to industries
 * @param hs revision of the codes, compared with that of the trade data; null: not known
 * @param lost share of each product that a chain lost
 * @throws RangeError naming a code that is not of six digits
 */
export function productConcordance(
  given: Concordance,
  hs: string | null,
  lost: ReadonlyMap<string, number> = new Map(),
): ProductConcordance {
  const hs6 = (code: string) => {
    if (!/^\d{5,6}$/.test(code)) {
      throw new RangeError(`${given.name}: came the code "${code}", expected six digits (HS6)`);
    }
    return code.padStart(6, "0");
  };
  const links = given.links.map((link) => ({ ...link, from: hs6(link.from) }));
  return {
    ...concordance(given.name, links, SHARE_TOLERANCE),
    hs,
    lost: new Map([...lost].map(([code, share]) => [hs6(code), share])),
  };
}

/**
 * Reads a weighted concordance: columns `hs6`, `industry`, `share`, and `hs` ("HS07") where the revision is stated.
 *
 * @throws SourceError naming file, line or code: a code that is not of six digits, a pair that occurs twice, a share outside
 * (0, 1], shares of a product that do not sum to 1 within {@linkcode SHARE_TOLERANCE}, two revisions
 */
export function readProductConcordance(path: string): ProductConcordance {
  const table = readCsvTable(path, ["hs6", "industry", "share"]);
  for (const row of table.rows) {
    if (!/^\d{5,6}$/.test(row.cells.hs6.trim())) {
      throw cellError(row, "hs6", "six digits, a code of the Harmonized System");
    }
    if (row.cells.hs !== table.rows[0].cells.hs) {
      throw cellError(row, "hs", `one revision, ${table.rows[0].cells.hs} as above`);
    }
  }
  const columns = { from: "hs6", to: "industry", weight: "share", tolerance: SHARE_TOLERANCE };
  return productConcordance(readConcordance(path, columns), table.rows[0].cells.hs ?? null);
}
