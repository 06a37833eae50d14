import { feols, type Fit } from "@ree/econometrics";
import type { DesignRows } from "./design_rows.ts";
import { type EffectOptions, type SlopeRegression, slopeRegression } from "./slope_regression.ts";
import type { SlopeCovariance } from "./slope_covariance.ts";

/** First stage of an instrumented price. */
export interface ControlFunction {
  readonly names: readonly string[];
  readonly instruments: readonly Float64Array[];
  readonly fit: Fit;
  /** What the instruments and effects leave of the price. */
  readonly residual: Float64Array;
}

/**
 * First stage: price = α_s + δ_t + π'instruments + v with the same π in all sectors, clustered by sector.
 *
 * Its residual enters the second stage as a control with one coefficient. That takes out endogeneity when the innovation
 * shock is linear in v given the instruments, in logs as in counts (where E[exp(shock) | v] = exp(ρv) for normal ones), and with
 * a common slope in logs it is two-stage least squares exactly. One π and one ρ for all sectors are an assumption; an
 * own first stage per sector, with some 16 years each, would be weak and biased towards least squares.
 *
 * Source: Terza, Basu and Rathouz (2008), Journal of Health Economics 27; Wooldridge (2015), Journal of Human Resources 50.
 *
 * @throws RangeError when the effects leave no variation in an instrument
 */
export function controlFunction(
  rows: DesignRows,
  names: readonly string[],
  instruments: readonly Float64Array[],
  { yearEffects }: EffectOptions,
): ControlFunction {
  const keys = names.map((_, k) => `z${k}`);
  const data = {
    price: rows.price,
    sector: rows.sector,
    year: rows.year,
    ...Object.fromEntries(keys.map((key, k) => [key, instruments[k]])),
  };
  const effects = yearEffects ? "sector + year" : "sector";
  let fit: Fit;
  try {
    fit = feols(`price ~ ${keys.join(" + ")} | ${effects}`, data, { vcov: { cluster: "sector" } });
  } catch (cause) {
    throw new RangeError(`instrument ${names.join(", ")}: ${(cause as Error).message}`, { cause });
  }
  if (fit.report.collinear.length > 0) {
    const lost = fit.report.collinear.map((key) => names[keys.indexOf(key)]);
    throw new RangeError(
      `instrument ${
        lost.join(", ")
      }: no variation is left beside the effects and other instruments`,
    );
  }
  return { names, instruments, fit, residual: fit.residuals };
}

/**
 * Adds to the covariance of the second stage what the estimated first stage costs: with ρ the control's coefficient,
 * ρ²·G·Var(π̂)·G', G the second-stage coefficients of the instruments regressed on its regressors.
 *
 * Source: Murphy and Topel (1985), Journal of Business and Economic Statistics 3.
 */
export function withFirstStage(
  covariance: SlopeCovariance,
  regression: SlopeRegression,
  { instruments, fit }: ControlFunction,
  effects: EffectOptions,
): SlopeCovariance {
  const control = regression.extras[0];
  const responses = instruments.map((outcome) => {
    const { slopes, extras } = slopeRegression({ ...regression.rows, outcome }, effects);
    return [...slopes, ...extras];
  });
  const count = instruments.length;
  const matrix = covariance.matrix.slice();
  const { order } = covariance;
  for (let k = 0; k < count; k++) {
    for (let l = 0; l < count; l++) {
      const scale = control ** 2 * fit.vcov[k * count + l];
      for (let i = 0; i < order; i++) {
        for (let j = 0; j < order; j++) {
          matrix[i * order + j] += scale * responses[k][i] * responses[l][j];
        }
      }
    }
  }
  return { ...covariance, matrix };
}
