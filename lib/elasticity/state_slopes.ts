import { feols } from "@ree/econometrics";
import { fPvalue } from "@ree/numeric";
import type { DesignRows } from "./design_rows.ts";
import { type EffectOptions, type SlopeRegression, slopeRegression } from "./slope_regression.ts";

/** Slopes of relative research on price and knowledge together. */
export interface StateSlopes {
  /** Slopes c_s = μ(1 − σ_s); when ψ is estimated the last extra is the linearisation in ψ. */
  readonly regression: SlopeRegression;
  readonly psi: number;
  readonly psiEstimated: boolean;
  /** F test of one ψ for all sectors against a free coefficient of knowledge in each. */
  readonly overidentification: {
    readonly statistic: number;
    readonly degrees: number;
    readonly denominator: number;
    readonly pvalue: number;
  } | null;
}

const SEARCH = { low: -2, high: 10 };
const SEARCH_POINTS = 25;
const NEWTON_STEPS = 50;
const CONVERGED = 1e-10;

/**
 * ln(hR/hX)_st = α_s + δ_t + c_s·(ln(q/z)_st − ψ·ln(KR/KX)_st) + extras, c_s = μ(1 − σ_s).
 *
 * For a ψ this is a regression with one slope per sector. Without one, ψ minimises the sum of squares: the ratio of the
 * coefficients of knowledge and price is the same in all sectors, which identifies it and, with several sectors, can be
 * tested. μ cannot be told from 1 − σ and is a normalisation.
 *
 * @param psi given, or undefined to estimate it
 * @throws RangeError when no ψ can be found (all slopes near 0, or no knowledge variation)
 */
export function stateSlopes(
  rows: DesignRows,
  extras: readonly Float64Array[],
  psi: number | undefined,
  effects: EffectOptions,
): StateSlopes {
  const at = (value: number, more: readonly Float64Array[] = []) =>
    slopeRegression({
      sector: rows.sector,
      year: rows.year,
      outcome: rows.outcome,
      price: rows.price.map((price, i) => price - value * rows.state[i]),
      weights: undefined,
      extras: [...extras, ...more],
    }, effects);
  if (psi !== undefined) {
    const regression = at(psi);
    return {
      regression,
      psi,
      psiEstimated: false,
      overidentification: restrictionTest(rows, extras, regression, 0, effects),
    };
  }
  const squares = (value: number) => at(value).fit.deviance;
  let estimate = SEARCH.low;
  let least = Infinity;
  for (let k = 0; k <= SEARCH_POINTS; k++) {
    const value = SEARCH.low + (SEARCH.high - SEARCH.low) * k / SEARCH_POINTS;
    const sum = squares(value);
    if (sum < least) [least, estimate] = [sum, value];
  }
  for (let step = 0; step < NEWTON_STEPS; step++) {
    const slopes = slopeBySector(at(estimate));
    const gradient = rows.state.map((state, i) => -slopes.get(rows.sector[i])! * state);
    const regression = at(estimate, [gradient]);
    let move = regression.extras[extras.length];
    if (Math.abs(move) < CONVERGED) {
      return {
        regression,
        psi: estimate,
        psiEstimated: true,
        overidentification: restrictionTest(rows, extras, regression, 1, effects),
      };
    }
    const now = squares(estimate);
    while (Math.abs(move) >= CONVERGED && squares(estimate + move) > now) move /= 2;
    estimate += move;
  }
  throw new RangeError(
    `state: psi is not identified (at ${estimate.toPrecision(3)} after ${NEWTON_STEPS} steps); give psi`,
  );
}

function slopeBySector({ sectors, slopes }: SlopeRegression): Map<number, number> {
  return new Map(sectors.map((code, s) => [code, slopes[s]]));
}

function restrictionTest(
  rows: DesignRows,
  extras: readonly Float64Array[],
  restricted: SlopeRegression,
  estimated: number,
  { yearEffects }: EffectOptions,
): StateSlopes["overidentification"] {
  const names = extras.map((_, k) => `extra${k}`);
  const right = ["i(sector, price)", "i(sector, state)", ...names].join(" + ");
  const free = feols(
    `outcome ~ ${right} | ${yearEffects ? "sector + year" : "sector"}`,
    {
      outcome: rows.outcome,
      sector: rows.sector,
      year: rows.year,
      price: rows.price,
      state: rows.state,
      ...Object.fromEntries(names.map((name, k) => [name, extras[k]])),
    },
    { vcov: "iid", ssc: { adj: false } },
  );
  const degrees = free.coefNames.length - extras.length - restricted.sectors.length - estimated;
  const denominator = free.dof.residual;
  if (degrees < 1 || denominator < 1) return null;
  const statistic = (restricted.fit.deviance - free.deviance) / degrees /
    (free.deviance / denominator);
  return { statistic, degrees, denominator, pvalue: fPvalue(statistic, degrees, denominator) };
}
