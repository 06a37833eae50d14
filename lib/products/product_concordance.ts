import {
  cellError,
  checkUnique,
  numberCell,
  readCsvTable,
  requiredText,
  textCell,
} from "@ree/data";

/** Share of a product that belongs to an industry. */
export interface ConcordanceRow {
  /** Six digits. */
  readonly hs6: string;
  readonly industry: string;
  /** Above 0, at most 1; the shares of a product sum to 1. */
  readonly share: number;
}

/** A weighted concordance of products with industries, many-to-many. */
export interface ProductConcordance {
  /** Revision of the Harmonized System, or null where the table does not say. */
  readonly hs: string | null;
  readonly rows: readonly ConcordanceRow[];
}

/** Largest accepted gap of the shares of one product from 1 (shares are often printed with three digits). */
export const SHARE_TOLERANCE = 0.005;

const REMEDY = "correct the concordance: one row per product and industry, shares that sum to 1";

/**
 * Reads a weighted concordance: columns `hs6`, `industry`, `share`, and `hs` ("HS07") where the revision is stated.
 * Codes that lost their leading zero get it back.
 *
 * @throws SourceError naming line and column: a code that is no HS6 code, a pair that occurs twice, a share outside (0, 1],
 * shares of a product that do not sum to 1 within {@linkcode SHARE_TOLERANCE}, two revisions
 */
export function readProductConcordance(path: string): ProductConcordance {
  const table = readCsvTable(path, ["hs6", "industry", "share"], { remedy: REMEDY });
  checkUnique(table.rows, ["hs6", "industry"]);
  const stated = table.columns.includes("hs");
  const sums = new Map<string, number>();
  const rows = table.rows.map((row) => {
    const digits = row.cells.hs6.trim();
    if (!/^\d{5,6}$/.test(digits)) throw cellError(row, "hs6", "six digits", REMEDY);
    const share = numberCell(row, "share");
    if (!(share > 0 && share <= 1)) {
      throw cellError(row, "share", "a share above 0 and at most 1", REMEDY);
    }
    if (stated && row.cells.hs !== table.rows[0].cells.hs) {
      throw cellError(row, "hs", `one revision, ${table.rows[0].cells.hs} as above`, REMEDY);
    }
    const hs6 = digits.padStart(6, "0");
    sums.set(hs6, (sums.get(hs6) ?? 0) + share);
    return { hs6, industry: requiredText(row, "industry"), share };
  });
  rows.forEach(({ hs6 }, at) => {
    const sum = sums.get(hs6)!;
    if (Math.abs(sum - 1) <= SHARE_TOLERANCE) return;
    const expected = `shares of ${hs6} that sum to 1 (they sum to ${sum.toPrecision(4)})`;
    throw cellError(table.rows[at], "share", expected, REMEDY);
  });
  return { hs: stated ? textCell(table.rows[0], "hs") : null, rows };
}
