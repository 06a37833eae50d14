import { feols } from "@ree/econometrics";
import { fPvalue } from "@ree/numeric";
import { knowledgeBias } from "./dynamic_bias.ts";
import type { DesignRows } from "./design_rows.ts";
import { type EffectOptions, type SlopeRegression, slopeRegression } from "./slope_regression.ts";

/** Slopes of relative research on price and knowledge together. */
export interface StateSlopes {
  /** Slopes c_s = μ(1 − σ_s); when ψ is estimated the last extra is the linearisation in ψ. */
  readonly regression: SlopeRegression;
  readonly psi: number;
  readonly psiEstimated: boolean;
  /** By how much the bias correction stretches the standard error of ψ. */
  readonly psiScale: number;
  /** F test of one ψ for all sectors against a free coefficient of knowledge in each. */
  readonly overidentification: {
    readonly statistic: number;
    readonly degrees: number;
    readonly denominator: number;
    readonly pvalue: number;
  } | null;
}

const SEARCH = { low: -2, high: 10 };
const SEARCH_POINTS = 12;
const NEWTON_STEPS = 50;
const CONVERGED = 1e-8;
/** A ψ̂ outside is a sign that slopes are too near 0 to tell. */
const PLAUSIBLE = { low: -5, high: 20 };
const CORRECTION_ROUNDS = 8;
/** Step of the numerical derivative of the corrected to the uncorrected ψ. */
const BESIDE = 1e-3;

/**
 * ln(hR/hX)_st = α_s + δ_t + c_s·(ln(q/z)_st − ψ·ln(KR/KX)_st) + extras, c_s = μ(1 − σ_s).
 *
 * For a ψ this is a regression with one slope per sector. Without one, ψ minimises the sum of squares: the ratio of the
 * coefficients of knowledge and price is the same in all sectors, which identifies it and, with several sectors, can be
 * tested. μ cannot be told from 1 − σ and is a normalisation. The bias that past shocks in knowledge cause in a short panel is
 * taken out to order 1/T.
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
    const corrected = corrections(rows, regression, psi, false);
    return {
      regression: { ...regression, slopes: corrected.slopes },
      psi,
      psiEstimated: false,
      psiScale: 1,
      overidentification: restrictionTest(
        rows,
        extras,
        sectorSlopes(regression, corrected.slopes),
        psi,
        0,
        effects,
      ),
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
    const plain = at(estimate);
    const slopes = sectorSlopes(plain, plain.slopes);
    const gradient = rows.state.map((state, i) => -slopes.get(rows.sector[i])! * state);
    const regression = at(estimate, [gradient]);
    let move = regression.extras[extras.length];
    if (Math.abs(move) < CONVERGED) {
      const corrected = corrections(rows, regression, estimate, true);
      if (!isPlausible(corrected.psi)) throw notIdentified(corrected.psi);
      const beside = estimate + BESIDE;
      const moved = corrections(rows, at(beside, [gradient]), beside, true);
      return {
        regression: { ...regression, slopes: corrected.slopes },
        psi: corrected.psi,
        psiEstimated: true,
        psiScale: Math.max(1, (Math.abs(moved.psi - corrected.psi) || 0) / BESIDE),
        overidentification: restrictionTest(
          rows,
          extras,
          sectorSlopes(regression, corrected.slopes),
          corrected.psi,
          1,
          effects,
        ),
      };
    }
    const now = squares(estimate);
    while (Math.abs(move) >= CONVERGED && squares(estimate + move) > now) move /= 2;
    estimate += move;
    if (!isPlausible(estimate)) break;
  }
  throw notIdentified(estimate);
}

function notIdentified(psi: number): RangeError {
  return new RangeError(
    `state: psi is not identified, the search ended at ${psi.toPrecision(3)}: slopes near 0 or ` +
      "knowledge that hardly varies; give psi",
  );
}

function isPlausible(psi: number): boolean {
  return psi > PLAUSIBLE.low && psi < PLAUSIBLE.high;
}

/** Slopes and ψ with the bias of order 1/T taken out: the coefficients less bread times the scores' expectation. */
function corrections(
  rows: DesignRows,
  regression: SlopeRegression,
  psi: number,
  psiEstimated: boolean,
): { readonly slopes: Float64Array; readonly psi: number } {
  const { sectors, fit } = regression;
  const { bread, names } = fit.estimate;
  const order = names.length;
  const place = sectors.map((code) => names.indexOf(`sector::${code}:price`));
  const gradientAt = order - 1;
  let slopes = regression.slopes;
  let corrected = psi;
  for (let round = 0; round < CORRECTION_ROUNDS; round++) {
    const bias = knowledgeBias(regression, rows.renewal, slopes, corrected);
    const scores = new Float64Array(order);
    place.forEach((at, s) => scores[at] = corrected * bias[s]);
    if (psiEstimated) scores[gradientAt] = slopes.reduce((sum, c, s) => sum + c * bias[s], 0);
    const shift = Float64Array.from({ length: order }, (_, a) => {
      let sum = 0;
      for (let b = 0; b < order; b++) sum += bread[a * order + b] * scores[b];
      return sum;
    });
    slopes = regression.slopes.map((slope, s) => slope - shift[place[s]]);
    if (psiEstimated) corrected = psi - shift[gradientAt];
  }
  return { slopes, psi: corrected };
}

function sectorSlopes({ sectors }: SlopeRegression, slopes: Float64Array): Map<number, number> {
  return new Map(sectors.map((code, s) => [code, slopes[s]]));
}

/**
 * F test of one ψ: distance between the free coefficients (−c_s·ψ_s of knowledge beside c_s of price), their dynamic bias taken
 * out, and the restricted ones, in the metric of the free regression.
 */
function restrictionTest(
  rows: DesignRows,
  extras: readonly Float64Array[],
  slopes: ReadonlyMap<number, number>,
  psi: number,
  estimated: number,
  { yearEffects }: EffectOptions,
): StateSlopes["overidentification"] {
  const names = extras.map((_, k) => `extra${k}`);
  const right = ["i(sector, price)", "i(sector, state)", ...names].join(" + ");
  const fit = feols(
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
  const sectors = [...slopes.keys()];
  const degrees = sectors.length - estimated;
  const denominator = fit.dof.residual;
  if (degrees < 1 || denominator < 1 || fit.report.collinear.length > 0) return null;
  const { columns, names: order, residuals } = fit.estimate;
  const all: SlopeRegression = {
    rows: { ...rows, weights: undefined, extras },
    sectors,
    slopes: Float64Array.from(sectors, (code) => slopes.get(code)!),
    extras: new Float64Array(0),
    fit,
  };
  const bias = knowledgeBias(all, rows.renewal, all.slopes, psi);
  // X̃'(y − restricted fit) less its expectation, then the quadratic form with bread = (X̃'X̃)⁻¹.
  const gap = residuals.slice();
  sectors.forEach((code, s) => {
    const price = order.indexOf(`sector::${code}:price`);
    const state = order.indexOf(`sector::${code}:state`);
    const freePrice = fit.coef(order[price]) - all.slopes[s];
    const freeState = fit.coef(order[state]) + psi * all.slopes[s];
    for (let i = 0; i < gap.length; i++) {
      gap[i] += freePrice * columns[price][i] + freeState * columns[state][i];
    }
  });
  const scores = columns.map((column) => column.reduce((sum, x, i) => sum + x * gap[i], 0));
  sectors.forEach((code, s) => scores[order.indexOf(`sector::${code}:state`)] += bias[s]);
  const { bread } = fit.estimate;
  let distance = 0;
  for (let a = 0; a < order.length; a++) {
    for (let b = 0; b < order.length; b++) {
      distance += scores[a] * bread[a * order.length + b] * scores[b];
    }
  }
  const statistic = distance / degrees / (fit.deviance / denominator);
  return { statistic, degrees, denominator, pvalue: fPvalue(statistic, degrees, denominator) };
}
