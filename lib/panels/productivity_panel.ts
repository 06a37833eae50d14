import {
  DATA_DIR,
  type DataFrame,
  loadIndustryCrosswalk,
  loadIndustryProductivity,
} from "@ree/data";
import { exposureScales, SCALE_KINDS } from "./exposure_scales.ts";
import { productivityExposure } from "./productivity_exposure.ts";
import { recordFrame } from "./record_frame.ts";

/**
 * Productivity of US industries with rare earth exposure: 63 industries × 37 years (1987 to 2023) = 2,331 rows.
 *
 * Columns: `industry_id`, `industry`, `year`; `log_tfp_gross_output`, `log_tfp_value_added` (logs of the source author's
 * indexes), `log_labour_productivity` (log of value added over labour, both quantity indexes; labour counts hours by
 * quality); `manufacturing` (19 industries); `direct`, `total` (USD per million USD of gross output, 2007), `total_sd` (total over its
 * standard deviation over the 63 industries), `log_total` (ln(1 + total)).
 *
 * Logs of indexes have no level: only changes over time mean anything.
 *
 * @throws RangeError naming the industry that has no exposure, or whose index is not positive
 */
export function productivityPanel(dataDir: string = DATA_DIR): DataFrame {
  const scales = exposureScales(productivityExposure(dataDir));
  const manufacturing = new Set(
    loadIndustryCrosswalk(dataDir).filter(({ detail }) => detail.startsWith("3"))
      .map(({ industry }) => industry),
  );
  const rows = loadIndustryProductivity(dataDir).map((row) => {
    const scale = scales.get(row.industry);
    if (scale === undefined) throw new RangeError(`industry ${row.industry} has no exposure`);
    const log = (value: number) => {
      if (value > 0) return Math.log(value);
      throw new RangeError(`${row.industry}, ${row.year}: index ${value}, expected more than 0`);
    };
    return {
      industry_id: row.industryId,
      industry: row.industry,
      year: row.year,
      log_tfp_gross_output: log(row.tfpGrossOutput),
      log_tfp_value_added: log(row.tfpValueAdded),
      log_labour_productivity: log(row.valueAddedQuantity) - log(row.labourQuantity),
      manufacturing: manufacturing.has(row.industry),
      ...scale,
    };
  });
  return recordFrame(rows, {
    industry_id: "whole",
    industry: "text",
    year: "whole",
    log_tfp_gross_output: "number",
    log_tfp_value_added: "number",
    log_labour_productivity: "number",
    manufacturing: "flag",
    ...SCALE_KINDS,
  });
}
