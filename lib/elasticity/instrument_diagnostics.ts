import { feols, shareConcentration, type ShareMatrix } from "@ree/econometrics";
import type { ControlFunction } from "./control_function.ts";
import type { Design, DesignRows } from "./design_rows.ts";
import type { ElasticityDiagnostics } from "./elasticity_fit.ts";

/** Choices of an estimate that its instrument's diagnostics depend on. */
export interface InstrumentChoices {
  readonly design: Design;
  /** Shares of the elements behind the instrument, by sector. */
  readonly exposure?: Omit<ShareMatrix, "unit">;
  /** Coverage of the Anderson-Rubin set; default 0.95. */
  readonly level?: number;
}

/** Below this effective number of elements the normal approximation of shift-share inference is poor. */
const FEW_ELEMENTS = 20;

/** First stage, and two-stage least squares with one slope for all, whose Anderson-Rubin set is robust to weakness. */
export function instrumentDiagnostics(
  rows: DesignRows,
  control: ControlFunction | undefined,
  { design, exposure, level = 0.95 }: InstrumentChoices,
  yearEffects: boolean,
  warnings: string[],
): Pick<
  ElasticityDiagnostics,
  "firstStage" | "commonSlope" | "effectiveShocks" | "effectiveElements"
> {
  if (!control) {
    return { firstStage: null, commonSlope: null, effectiveShocks: null, effectiveElements: null };
  }
  const keys = control.instruments.map((_, k) => `z${k}`);
  const effects = yearEffects ? "sector + year" : "sector";
  const exogenous = design === "state" ? "state" : "1";
  const columns = {
    outcome: rows.outcome,
    price: rows.price,
    state: rows.state,
    sector: rows.sector,
    year: rows.year,
    unit: Array.from(rows.sector, (code) => rows.sectors[code]),
    ...Object.fromEntries(keys.map((key, k) => [key, control.instruments[k]])),
  };
  const fit = feols(
    `outcome ~ ${exogenous} | ${effects} | price ~ ${keys.join(" + ")}`,
    columns,
    { vcov: { cluster: "sector" } },
  );
  const iv = fit.iv!;
  const set = iv.andersonRubin?.confidenceSet(level);
  const effective = iv.effectiveF;
  if (effective && effective.statistic < effective.criticalValue) {
    warnings.push(
      `weak instrument: effective F ${
        effective.statistic.toFixed(1)
      } is below the critical value ` +
        `${effective.criticalValue.toFixed(1)}; rely on the Anderson-Rubin set`,
    );
  }
  const shocks = exposure
    ? shareConcentration(feols(`outcome ~ z0 | ${effects}`, columns), {
      regressor: "z0",
      shares: { ...exposure, unit: "unit" },
      period: "year",
    })
    : null;
  if (shocks && shocks.effectiveElements < FEW_ELEMENTS) {
    warnings.push(
      `the instrument rests on ${
        shocks.effectiveElements.toFixed(1)
      } effective elements: too few ` +
        "for large-sample inference, however many sectors and years there are",
    );
  }
  return {
    firstStage: {
      coefficients: control.names.map((instrument, k) => ({
        instrument,
        coefficient: control.fit.coef(keys[k]),
        se: control.fit.se(keys[k]),
      })),
      waldF: iv.firstStages[0].wald.statistic,
      effectiveF: effective?.statistic ?? null,
      criticalValue: effective?.criticalValue ?? null,
    },
    commonSlope: {
      coefficient: fit.coef("price"),
      se: fit.se("price"),
      andersonRubin: set
        ? { statement: set.statement, intervals: set.intervals, shape: set.shape }
        : null,
      hansenJ: iv.hansenJ
        ? {
          statistic: iv.hansenJ.statistic,
          degrees: iv.hansenJ.degrees,
          pvalue: iv.hansenJ.pvalue,
        }
        : null,
    },
    effectiveShocks: shocks?.effectiveShocks ?? null,
    effectiveElements: shocks?.effectiveElements ?? null,
  };
}
