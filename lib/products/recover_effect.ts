import { productEventStudy } from "./product_event_study.ts";
import { simulatedSource } from "./product_source.ts";
import type { SimulatedBaciOptions } from "./simulate_baci.ts";

/** The estimate from one SIMULATED world beside its true effect, log points per standard deviation of exposure. */
export interface RecoveredEffect {
  readonly seed: number;
  readonly estimate: number;
  readonly standardError: number;
  /** Ends of the 95 % interval. */
  readonly low: number;
  readonly high: number;
  readonly truth: number;
}

/** Estimates the difference after the cut in SIMULATED worlds that differ in their seed only. */
export async function recoverEffect(
  options: Omit<SimulatedBaciOptions, "seed">,
  seeds: readonly number[],
): Promise<readonly RecoveredEffect[]> {
  const rows: RecoveredEffect[] = [];
  for (const seed of seeds) {
    const { panel, exposure } = await simulatedSource({ ...options, seed });
    const { fit } = productEventStudy(panel, exposure, {
      coefficients: "difference",
      ...(options.cut === undefined ? {} : { cut: options.cut, reference: options.cut - 1 }),
    });
    const { low, high } = fit.confint(0.95, "post_exposure");
    rows.push({
      seed,
      estimate: fit.coef("post_exposure"),
      standardError: fit.se("post_exposure"),
      low,
      high,
      truth: options.effect,
    });
  }
  return rows;
}
