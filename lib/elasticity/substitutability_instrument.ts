import type { DataFrame } from "@ree/data";
import { type ElementExposure, type QuotaRow, quotaTightness, recordFrame } from "@ree/panels";
import {
  hardToReplace,
  type ReplacementMeasure,
  type SubstituteProperties,
} from "./substitutability.ts";

/** How hard elements are to replace, and for which years. */
export type InstrumentOptions = ReplacementMeasure & { readonly years?: readonly number[] };

const YEARS = Array.from({ length: 12 }, (_, k) => 2007 + k);

/**
 * Instrument for the log relative price of elements: quota tightness × baseline mix × how hard the elements are to replace,
 * Z_st = q_t · Σ_e ω_se·h_e. Elements that are hard to replace by another saw larger price jumps when the quota was cut.
 *
 * q_t is {@linkcode quotaTightness}, the same for all elements, so sectors differ only by the constant Σ_e ω_se·h_e: with year
 * effects the instrument uses a single contrast over sectors times the path of the quota.
 *
 * Columns: `sector`, `year`, `instrument` (log points).
 *
 * @param elements properties, e.g. `loadElements()`
 * @param quotas e.g. `facts.quotas`
 * @param mix purchases or shares by sector and element in the baseline; rows are rescaled to sum to 1, rows of zeros left out
 * @param options measure of `hardToReplace` (with the list for "graedel") and years (default 2007 to 2018)
 * @throws RangeError naming an element without properties or a year without a quota
 */
export function substitutabilityInstrument(
  elements: readonly SubstituteProperties[],
  quotas: readonly QuotaRow[],
  mix: ElementExposure,
  options: InstrumentOptions,
): DataFrame {
  const years = options.years ?? YEARS;
  const width = mix.elements.length;
  const scores = hardToReplace(mix.elements, elements, options);
  const tightness = years.map((year) => quotaTightness(quotas, year));
  const rows = mix.units.flatMap((sector, s) => {
    let [hard, sum] = [0, 0];
    for (let e = 0; e < width; e++) {
      const weight = mix.values[s * width + e];
      if (!(weight >= 0 && Number.isFinite(weight))) {
        throw new RangeError(`mix of ${sector}, ${mix.elements[e]}: ${weight}, expected 0 or more`);
      }
      hard += weight * scores[e].score;
      sum += weight;
    }
    if (sum === 0) return [];
    return years.map((year, t) => ({ sector, year, instrument: tightness[t] * hard / sum }));
  });
  return recordFrame(rows, { sector: "text", year: "whole", instrument: "number" });
}
