import { sampleStandardDeviation } from "simple-statistics";
import type { UnitExposure } from "./unit_exposure.ts";

/** Exposure of one unit, elements together, on the scales that regressions use. */
export interface ExposureScales {
  /** USD per million USD of gross output. */
  readonly direct: number;
  /** USD per million USD of gross output. */
  readonly total: number;
  /** Total over its sample standard deviation over the units (each counted once, zeros included). */
  readonly total_sd: number;
  /** ln(1 + total). */
  readonly log_total: number;
}

/**
 * Exposure of each unit on four scales.
 *
 * @throws RangeError when the total intensity does not vary over the units
 */
export function exposureScales(exposure: UnitExposure): ReadonlyMap<string, ExposureScales> {
  const width = exposure.elements.length;
  const sum = (values: Float64Array, i: number) => {
    let partial = 0;
    for (let e = 0; e < width; e++) partial += values[i * width + e];
    return partial;
  };
  const totals = exposure.units.map((_, i) => sum(exposure.total, i));
  const spread = sampleStandardDeviation(totals);
  if (!(spread > 0)) {
    throw new RangeError(`total intensity is ${totals[0]} in all ${totals.length} units`);
  }
  return new Map(exposure.units.map((unit, i) => [unit, {
    direct: sum(exposure.direct, i),
    total: totals[i],
    total_sd: totals[i] / spread,
    log_total: Math.log1p(totals[i]),
  }]));
}

/** Kinds of the four columns, for frames. */
export const SCALE_KINDS = {
  direct: "number",
  total: "number",
  total_sd: "number",
  log_total: "number",
} as const;
