import { DATA_DIR, type DataFrame, loadTradeFlows } from "@ree/data";
import { recordFrame } from "./record_frame.ts";

/** The two groups that do not overlap; the third, KTI, is their sum. */
export const RD_GROUPS: readonly string[] = ["high R&D intensive", "medium-high R&D intensive"];

/**
 * Exports of R&D-intensive goods by economy, group and year: 20 economies × 2 groups × 16 years (2003 to 2018) =
 * 640 rows. It reaches further than the world tables but has no sectors, so it has no rare earth exposure of its own.
 *
 * Columns: `economy`, `iso3`, `product_group`, `high` (high, else medium-high), `year`, `exports` (million current USD;
 * those of EU countries include trade inside the EU).
 */
export function rdExportPanel(dataDir: string = DATA_DIR): DataFrame {
  const rows = loadTradeFlows(dataDir)
    .filter(({ flow, productGroup }) => flow === "Exports" && RD_GROUPS.includes(productGroup))
    .map(({ economy, iso3, productGroup, year, valueMusd }) => ({
      economy,
      iso3,
      product_group: productGroup,
      high: productGroup === RD_GROUPS[0],
      year,
      exports: valueMusd,
    }));
  return recordFrame(rows, {
    economy: "text",
    iso3: "text",
    product_group: "text",
    high: "flag",
    year: "whole",
    exports: "number",
  });
}
