import { productEventStudy, type ProductStudyOptions } from "./product_event_study.ts";
import { simulateCorrelation } from "./simulate_correlation.ts";
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

/** Choices of {@linkcode recoverEffect}. */
export interface RecoveryOptions {
  /**
   * True: products are first converted to other codes by a SIMULATED correlation. Estimates stay per standard deviation of exposure
   * over the old products, so that the truth is the same. Default false.
   */
  readonly converted?: boolean;
}

/** Estimates the difference after the cut in SIMULATED worlds that differ in their seed only. */
export async function recoverEffect(
  options: Omit<SimulatedBaciOptions, "seed">,
  seeds: readonly number[],
  { converted = false }: RecoveryOptions = {},
): Promise<readonly RecoveredEffect[]> {
  const { cut = 2010, effect } = options;
  const reference = Math.max(...options.years.filter((year) => year < cut));
  const choice: ProductStudyOptions = { coefficients: "difference", cut, reference };
  const rows: RecoveredEffect[] = [];
  for (const seed of seeds) {
    const world = { ...options, seed };
    const { panel, exposure } = await simulatedSource(world);
    let study = productEventStudy(panel, exposure, choice);
    let scale = 1;
    if (converted) {
      const correlation = simulateCorrelation(panel.products, seed);
      const other = await simulatedSource(world, { conversion: { hs: "HS12", correlation } });
      const { standardDeviation } = study;
      study = productEventStudy(other.panel, other.exposure, choice);
      scale = standardDeviation / study.standardDeviation;
    }
    const { low, high } = study.fit.confint(0.95, "post_exposure");
    rows.push({
      seed,
      estimate: scale * study.fit.coef("post_exposure"),
      standardError: scale * study.fit.se("post_exposure"),
      low: scale * low,
      high: scale * high,
      truth: effect,
    });
  }
  return rows;
}
