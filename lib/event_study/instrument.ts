import { feols, type Fit } from "@ree/econometrics";
import { columnsOf, effectsOf, type EventPanel } from "./event_panel.ts";
import { priceYears } from "./specifications.ts";

/** The three regressions of the instrumented effect of prices, all in logs and clustered by unit. */
export interface InstrumentedEffect {
  /** Price shift on quota shift. */
  readonly firstStage: Fit;
  /** Log outcome on quota shift. */
  readonly reducedForm: Fit;
  /** Log outcome on price shift, least squares. */
  readonly ols: Fit;
  /** Log outcome on price shift instrumented by quota shift. */
  readonly iv: Fit;
}

/**
 * The effect of exposure times price change, instrumented by exposure times difficulty of replacement times quota
 * tightness: elements that are hard to replace by another saw larger price jumps, for reasons that have
 * nothing to do with the outcome in the using sector.
 *
 * Counts enter as ln(1 + y). Years with prices, outside the restricting country.
 */
export function instrumentedEffect(panel: EventPanel): InstrumentedEffect {
  const { rows: _, ...columns } = columnsOf(logged(panel), priceYears(panel));
  const effects = effectsOf(panel);
  const vcov = { cluster: "cluster" } as const;
  const ols = (left: string, right: string) =>
    feols(`${left} ~ ${right} | ${effects}`, columns, { vcov });
  return {
    firstStage: ols("price_shift", "quota_shift"),
    reducedForm: ols("outcome", "quota_shift"),
    ols: ols("outcome", "price_shift"),
    iv: feols(`outcome ~ 1 | ${effects} | price_shift ~ quota_shift`, columns, { vcov }),
  };
}

/** The panel with the logarithm of its outcome, for methods that need least squares: counts as ln(1 + y). */
export function logged(panel: EventPanel): EventPanel {
  if (panel.estimator === "ols") return panel;
  return { ...panel, estimator: "ols", outcome: panel.outcome.map((value) => Math.log1p(value)) };
}
