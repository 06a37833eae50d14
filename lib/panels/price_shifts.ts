import type { DataFrame } from "@ree/data";
import { recordFrame } from "./record_frame.ts";
import type { ElementExposure } from "./unit_exposure.ts";

/** Options of {@linkcode priceShifts}. */
export interface PriceShiftOptions {
  /** Year in which the shift is 0. */
  readonly base: number;
}

/**
 * Price shifts of units: one row per unit and year of the price panel.
 *
 * Columns: `unit`, `year`; `shift` = Σ_e E_je (ln p_et − ln p_e,base), the rise in the cost of the unit's rare earths in
 * USD per million USD of gross output to first order (0 for units without exposure); `mix_price` = Σ_e (E_je / Σ_e E_je)
 * ln p_et, the log price of the unit's own mix, USD per kg (missing for units without exposure). So
 * shift = Σ_e E_je · (mix_price − mix_price in the base year).
 *
 * @param exposure by unit and element, e.g. `fieldElementExposure()`
 * @param prices a complete panel, e.g. `pricePanel(facts, judged)`
 * @throws RangeError naming a unit and element with exposure and no price in a year, or when no price is of the base year
 */
export function priceShifts(
  exposure: ElementExposure,
  prices: readonly { readonly element: string; readonly year: number; readonly usdPerKg: number }[],
  { base }: PriceShiftOptions,
): DataFrame {
  const years = [...new Set(prices.map(({ year }) => year))].sort((a, b) => a - b);
  if (!years.includes(base)) {
    throw new RangeError(`base year ${base}: the prices are of ${years.join(", ")}`);
  }
  const logs = new Map(
    prices.map(({ element, year, usdPerKg }) => [`${element} ${year}`, Math.log(usdPerKg)]),
  );
  const width = exposure.elements.length;
  const rows = exposure.units.flatMap((unit, j) => {
    const own = exposure.values.subarray(j * width, (j + 1) * width);
    const logPrice = (e: number, year: number) => {
      const log = logs.get(`${exposure.elements[e]} ${year}`);
      if (log !== undefined && Number.isFinite(log)) return log;
      throw new RangeError(`${unit}: no price of ${exposure.elements[e]} in ${year}`);
    };
    let sum = 0;
    for (const value of own) sum += value;
    return years.map((year) => {
      let shift = 0;
      let weighted = 0;
      for (let e = 0; e < width; e++) {
        if (own[e] === 0) continue;
        shift += own[e] * (logPrice(e, year) - logPrice(e, base));
        weighted += own[e] * logPrice(e, year);
      }
      return { unit, year, shift, mix_price: sum > 0 ? weighted / sum : null };
    });
  });
  return recordFrame(rows, { unit: "text", year: "whole", shift: "number", mix_price: "number" });
}
