import { DATA_DIR, type DataFrame, loadPatentCounts } from "@ree/data";
import { exposureScales, SCALE_KINDS } from "./exposure_scales.ts";
import { fieldExposure } from "./field_exposure.ts";
import { recordFrame } from "./record_frame.ts";

/**
 * Patents by technology field, economy and year with the field's rare earth exposure: 35 fields × 33 economies ×
 * 21 years (1998 to 2018) = 24,255 rows.
 *
 * Columns: `field`, `economy`, `iso3`, `year`; `uspto_patents` and `patent_families` (fractional counts rounded by the
 * publisher); `mapped` (whether any application names the field; the others have exposure 0); `direct`, `total` (USD per
 * million USD of gross output, 2007), `total_sd` (total over its standard deviation over the 35 fields), `log_total`
 * (ln(1 + total)).
 *
 * All patents of a field are counted, not those on rare earths. Exposure does not vary over economies or years.
 */
export function patentPanel(dataDir: string = DATA_DIR): DataFrame {
  const exposure = fieldExposure(dataDir);
  const scales = exposureScales(exposure);
  const mapped = new Map(exposure.units.map((field, i) => [field, exposure.output[i] > 0]));
  const rows = loadPatentCounts(dataDir).map((count) => {
    const scale = scales.get(count.field);
    if (scale === undefined) throw new RangeError(`field ${count.field} has no exposure`);
    return {
      field: count.field,
      economy: count.economy,
      iso3: count.iso3,
      year: count.year,
      uspto_patents: count.usptoPatents,
      patent_families: count.patentFamilies,
      mapped: mapped.get(count.field) === true,
      ...scale,
    };
  });
  return recordFrame(rows, {
    field: "text",
    economy: "text",
    iso3: "text",
    year: "whole",
    uspto_patents: "number",
    patent_families: "number",
    mapped: "flag",
    ...SCALE_KINDS,
  });
}
