import {
  DATA_DIR,
  type DataFrame,
  loadMakeUse,
  loadManufacturing,
  loadNaicsCrosswalk,
  type ManufacturingYear,
} from "@ree/data";
import { costShares } from "./cost_shares.ts";
import { exposureScales, SCALE_KINDS } from "./exposure_scales.ts";
import { EXPOSURE_YEAR } from "./industry_exposure.ts";
import { manufacturingExposure } from "./manufacturing_exposure.ts";
import { recordFrame } from "./record_frame.ts";
import { solowResidual } from "./solow_residual.ts";

/**
 * US manufacturing industries with rare earth exposure: 364 NAICS industries × 17 years (2000 to 2016) = 6,188 rows.
 * Exposure varies over their 235 BEA industries only: cluster on `detail`.
 *
 * Columns: `naics`, `detail` (BEA), `year`; `log_output` (real, million 2012 USD), `hours` (of production workers,
 * millions), `log_labour_productivity` (ln output per hour), `log_tfp` (cumulated {@linkcode solowResidual}, 0 in 2000);
 * `materials_share`, `labour_share`; `direct`, `total` (USD per million USD of gross output, 2007), `total_sd` (total over
 * its standard deviation over the 364 industries), `log_total` (ln(1 + total)).
 *
 * The source has no cost shares: those of the BEA industry in 2007 stand in for all years. They count services as
 * intermediate inputs and all employees as labour, while the source counts materials with energy and production workers.
 *
 * @param given industries from another source, real quantities; default: the shipped ones
 * @throws RangeError naming the industry without exposure or shares, or with a share or quantity that makes no sense
 */
export function manufacturingPanel(
  dataDir: string = DATA_DIR,
  given: readonly ManufacturingYear[] = loadManufacturing(dataDir),
): DataFrame {
  const scales = exposureScales(manufacturingExposure(dataDir));
  const shares = costShares(loadMakeUse(EXPOSURE_YEAR, dataDir));
  const details = new Map(loadNaicsCrosswalk(dataDir).map(({ naics, detail }) => [naics, detail]));
  const industries = Map.groupBy(given, ({ naics }) => naics);
  const rows = [...industries].flatMap(([naics, years]) => {
    const detail = details.get(naics);
    const scale = scales.get(naics);
    const share = detail === undefined ? undefined : shares.get(detail);
    if (detail === undefined || scale === undefined || share === undefined) {
      throw new RangeError(`NAICS ${naics} has no BEA industry with exposure and cost shares`);
    }
    const tfp = inIndustry(naics, () => solowResidual(years, share));
    return years.map(({ year, output, hours }, i) => ({
      naics,
      detail,
      year,
      log_output: Math.log(output),
      hours,
      log_labour_productivity: Math.log(output / hours),
      log_tfp: tfp[i],
      materials_share: share.materials,
      labour_share: share.labour,
      ...scale,
    }));
  });
  return recordFrame(rows, {
    naics: "text",
    detail: "text",
    year: "whole",
    log_output: "number",
    hours: "number",
    log_labour_productivity: "number",
    log_tfp: "number",
    materials_share: "number",
    labour_share: "number",
    ...SCALE_KINDS,
  });
}

/** Runs a computation and names the industry in its error. */
function inIndustry<T>(naics: string, compute: () => T): T {
  try {
    return compute();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new RangeError(`NAICS ${naics}: ${error.message}`);
  }
}
