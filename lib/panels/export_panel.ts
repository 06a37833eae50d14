import {
  DATA_DIR,
  type DataFrame,
  loadSectorPanel,
  REST_OF_WORLD,
  type SectorYear,
  WIOD_SECTORS,
  worldTableCode,
} from "@ree/data";
import { exposureScales, SCALE_KINDS } from "./exposure_scales.ts";
import { recordFrame } from "./record_frame.ts";
import { countrySector, countrySectorExposure, meanOverCountries } from "./sector_exposure.ts";

/** c1 to c16: agriculture, mining and manufacturing. */
export const GOODS_SECTORS: readonly string[] = WIOD_SECTORS.slice(0, 16);

/** Exports of a country's sector in a year. */
export interface ExportRow {
  /** Code of the world table, e.g. DEU. */
  readonly country: string;
  /** c1 … c35. */
  readonly sector: string;
  readonly year: number;
  /** Million current USD. */
  readonly exports: number;
  /** Million current USD; null where trade data stand alone. */
  readonly grossOutput: number | null;
}

/** Exports, intermediate and final, of a world input-output panel. */
export function exportRows(panel: readonly SectorYear[]): ExportRow[] {
  return panel.map(({ country, sector, year, exportsIntermediate, exportsFinal, grossOutput }) => ({
    country,
    sector,
    year,
    exports: exportsIntermediate + exportsFinal,
    grossOutput,
  }));
}

/**
 * Exports by country, sector and year with rare earth exposure: 40 countries × 35 sectors × 17 years (1995 to 2011) =
 * 23,800 rows; the rest of the world is left out. Only 2011 is a full year after the quota cut of July 2010.
 *
 * Columns: `country` (WIOD code), `sector`, `year`; `exports` (intermediate and final, million current USD),
 * `negative_exports` (93 cells of 13 countries, as final sales are net of inventory changes: leave them out of count models),
 * `gross_output` (million current USD), `goods` (c1 to c16); `direct`, `total` (USD per million USD of gross output,
 * 2009: mean over countries outside China, the same in all countries and years), `total_sd` (total over its standard
 * deviation over the 35 sectors), `log_total` (ln(1 + total)), `own_total` (the country's own sector; US shares of
 * industries within sectors stand for all countries). A country that the intensities do not show has the mean of the
 * others as its own.
 *
 * @param given exports from another source; default: the shipped panel
 * @throws RangeError naming a sector without intensity
 */
export function exportPanel(
  dataDir: string = DATA_DIR,
  given: readonly ExportRow[] = exportRows(loadSectorPanel(dataDir)),
): DataFrame {
  const own = countrySectorExposure(dataDir);
  const width = own.elements.length;
  const ownTotal = new Map(own.units.map((unit, i) => {
    let total = 0;
    for (let e = 0; e < width; e++) total += own.total[i * width + e];
    return [unit, total];
  }));
  const scales = exposureScales(meanOverCountries(own));
  const rows = given.filter(({ country }) => country !== REST_OF_WORLD).map((row) => {
    const scale = scales.get(row.sector);
    const unit = countrySector(worldTableCode(row.country), row.sector);
    if (scale === undefined) throw new RangeError(`${unit} has no intensity`);
    const own_total = ownTotal.get(unit) ?? scale.total;
    const { exports } = row;
    return {
      country: row.country,
      sector: row.sector,
      year: row.year,
      exports,
      negative_exports: exports < 0,
      gross_output: row.grossOutput,
      goods: GOODS_SECTORS.includes(row.sector),
      ...scale,
      own_total,
    };
  });
  return recordFrame(rows, {
    country: "text",
    sector: "text",
    year: "whole",
    exports: "number",
    negative_exports: "flag",
    gross_output: "number",
    goods: "flag",
    ...SCALE_KINDS,
    own_total: "number",
  });
}
