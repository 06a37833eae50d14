import { feols } from "./feols.ts";
import type { Fit } from "./fit.ts";
import {
  type Concentration,
  concentration,
  exposureSums,
  incompleteSharesNote,
  shiftShareDesign,
  type ShiftShareSpec,
  type ShockPaths,
} from "./shift_share_design.ts";
import type { VcovSpec } from "./vcov_spec.ts";

/** Choices of {@link shockLevelRegression}. */
export interface ShockLevelOptions extends ShiftShareSpec {
  readonly shocks: ShockPaths;
  /**
   * Covariance between shocks, columns being `element` and `period`; default clustered by element when
   * there are several periods, else robust to heteroskedasticity.
   */
  readonly vcov?: VcovSpec;
}

/** One shock as an observation. */
export interface ShockRow {
  readonly element: string;
  readonly period: string;
  /** s_n, exposure as a share of all. */
  readonly weight: number;
  /** ȳ⊥_n, exposure-weighted mean of the outcome with controls out. */
  readonly outcome: number;
  /** x̄⊥_n, the same of the regressor. */
  readonly regressor: number;
  /** g_n. */
  readonly shock: number;
}

/** The regression among shocks that has the unit-level coefficient. */
export interface ShockLevelRegression extends Concentration {
  /** 2SLS of `outcome` on `regressor` instrumented by `shock`, weighted by `weight`. */
  readonly fit: Fit;
  readonly estimate: number;
  readonly se: number;
  readonly pvalue: number;
  readonly low: number;
  readonly high: number;
  /** The coefficient of the unit-level fit; equal up to round-off. */
  readonly unitEstimate: number;
  /** Shock-level controls that the unit-level controls imply: the estimate is the same with them. */
  readonly controls: "effects of the period" | "constant" | "none";
  readonly rows: readonly ShockRow[];
  /** Elements × periods without any exposure, left out. */
  readonly dropped: readonly string[];
  readonly notes: readonly string[];
}

/** Name of the coefficient in the shock-level fit. */
const COEFFICIENT = "fit_regressor";

/**
 * Turns a regression on (or instrumented by) z_i = Σ_n s_in·g_n into one whose observations are the
 * shocks:
 *
 *   s_n = Σ_i ω_i·s_in,  v̄⊥_n = Σ_i ω_i·s_in·v⊥_i / s_n for v = y, x,
 *   β̂ = Σ_n s_n·g_n·ȳ⊥_n / Σ_n s_n·g_n·x̄⊥_n,
 *
 * that is 2SLS of ȳ⊥ on x̄⊥ with instrument g and weights s_n. Its residuals are those of shocks, so
 * that its usual standard errors are exposure-robust, and clusters of shocks are clusters of rows. When
 * the sum of shares is among the unit-level controls (per period), Σ_n s_n·v̄⊥_n = 0 (per period) and
 * a constant (effects of the period) leaves the coefficient as it is; it is then included, since the
 * standard error needs shocks about their mean. Shocks exist with more elements than units too.
 *
 * Source: Borusyak, Hull and Jaravel (2022), Review of Economic Studies 89(1): the equivalent shock-level
 * regression (proposition 1) and its standard errors.
 *
 * @throws when the fit's variable is not Σ share·shock
 */
export function shockLevelRegression(fit: Fit, options: ShockLevelOptions): ShockLevelRegression {
  const design = shiftShareDesign(fit, options, "shockLevelRegression");
  const { elements, periods, shocks, coefficient, controlled } = design;
  const exposure = exposureSums(design, undefined);
  const total = exposure.reduce((sum, value) => sum + value, 0);
  const [outcome, regressor] = [exposureSums(design, design.y), exposureSums(design, design.x)];
  const rows: ShockRow[] = [];
  const dropped: string[] = [];
  elements.forEach((element, e) =>
    periods.forEach((period, t) => {
      const n = e * periods.length + t;
      if (!(exposure[n] > 0)) {
        dropped.push(period ? `${element} in ${period}` : element);
        return;
      }
      rows.push({
        element,
        period,
        weight: exposure[n] / total,
        outcome: outcome[n] / exposure[n],
        regressor: regressor[n] / exposure[n],
        shock: shocks![n],
      });
    })
  );
  const several = periods.length > 1;
  const controls = controlled === "by period" && several
    ? "effects of the period"
    : controlled === "no"
    ? "none"
    : "constant";
  const formula = {
    "effects of the period": "outcome ~ 1 | period | regressor ~ shock",
    "constant": "outcome ~ 1 | regressor ~ shock",
    "none": "outcome ~ 0 | regressor ~ shock",
  }[controls];
  const column = <K extends keyof ShockRow>(name: K) => rows.map((row) => row[name]);
  const shockFit = feols(
    formula,
    {
      element: column("element"),
      period: column("period"),
      weight: column("weight"),
      outcome: column("outcome"),
      regressor: column("regressor"),
      shock: column("shock"),
    },
    {
      weights: "weight",
      fixefRm: "none",
      vcov: options.vcov ?? (several ? { cluster: "element" } : "hetero"),
    },
  );
  const { low, high } = shockFit.confint(0.95, COEFFICIENT);
  const incomplete = incompleteSharesNote(design);
  return {
    fit: shockFit,
    estimate: shockFit.coef(COEFFICIENT),
    se: shockFit.se(COEFFICIENT),
    pvalue: shockFit.pvalue(COEFFICIENT),
    low,
    high,
    unitEstimate: coefficient,
    controls,
    rows,
    dropped,
    ...concentration(design),
    notes: incomplete ? [incomplete] : [],
  };
}
