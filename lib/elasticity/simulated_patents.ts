import { DATA_DIR, type DataFrame, type Facts } from "@ree/data";
import pl from "nodejs-polars";
import { relativePricePanel } from "./relative_price_panel.ts";
import { simulatePatentPanel } from "./simulate_patent_panel.ts";

/** What the default panel was SIMULATED with: the numbers an estimate from it should recover. */
export const SIMULATED_PATENTS = {
  /** Industries with the highest rare earth intensity. */
  sectors: 30,
  sigma: { mean: 0.6, sd: 0.15 },
  psi: 1,
  noise: 0.2,
  /** Small, so that estimates without year effects are not far off and can be compared with those that have them. */
  yearEffect: 0.05,
  zeroInflation: 0.1,
  meanPatents: { element: 10, other: 150 },
  seed: 20250418,
} as const;

/**
 * The default patent panel: SIMULATED patents on real relative prices and real exposures, 30 US industries with the highest rare
 * earth intensity × 2007 to 2018. Its true σ are in `true_sigma`; nothing in it is a finding.
 *
 * Columns as `simulatePatentPanel`.
 *
 * @param facts prices on which innovation responds; default: the shipped ones
 */
export function simulatedPatents(dataDir: string = DATA_DIR, facts?: Facts): DataFrame {
  const prices = relativePricePanel(dataDir, facts === undefined ? {} : { facts });
  const exposure = new Map(
    prices.toRecords().map((row) => [String(row.sector), Number(row.exposure)]),
  );
  const chosen = [...exposure].sort((a, b) => b[1] - a[1])
    .slice(0, SIMULATED_PATENTS.sectors).map(([sector]) => sector);
  const { sectors: _, ...options } = SIMULATED_PATENTS;
  return simulatePatentPanel({
    ...options,
    prices: prices.filter(pl.col("sector").isIn(chosen)),
  });
}
