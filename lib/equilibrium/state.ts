import { type Anderson, anderson } from "@ree/numeric";
import type { Problem } from "./problem.ts";

/** Everything that changes during a solve; all buffers are made once, here. */
export interface State {
  /** ln ŵ [n][f], ln r̂ [n][j], ln(1 + quota wedge) [n][j]. */
  readonly lnWage: Float64Array;
  readonly lnReturn: Float64Array;
  readonly lnWedge: Float64Array;
  /** ln v [n][j] (entry): real revenue in units of the factor bundle. */
  readonly lnScale: Float64Array;
  /** Global closures: change of the log odds of h, or ln(H′/H) [j]. */
  readonly global: Float64Array;
  /** ln B̂R, ln B̂X [n][j]. */
  readonly lnElementTech: Float64Array;
  readonly lnOtherTech: Float64Array;
  /** ln P̂, the next ln P̂, ln q̂, ln ĉ, s′ [n][j]. */
  readonly lnPrice: Float64Array;
  readonly nextPrice: Float64Array;
  readonly lnBundle: Float64Array;
  readonly lnCost: Float64Array;
  readonly elementShare: Float64Array;
  /** (P̂^(1−η) − 1), or ln P̂ at η = 1, of every element by η group [group][n][e]. */
  readonly elementPower: Float64Array;
  /** ĉ^(−θ) at home and abroad (with the wedge) [n][j]; P̂^(−θ) [n][j]. */
  readonly homePower: Float64Array;
  readonly abroadPower: Float64Array;
  readonly pricePower: Float64Array;
  /** 1/P̂^(−θ), 0 in markets without suppliers [n][j]. */
  readonly inversePower: Float64Array;
  /** π′/((1+t′)(1+x′)) with wedges: producer revenue per unit of spending [n][i][j]. */
  readonly flow: Float64Array;
  /** Tariff revenue per unit of spending [n][j]. */
  readonly tariffRate: Float64Array;
  /** ω′ [n][j][e]. */
  readonly elementMix: Float64Array;
  /** X′ relative to the baseline, its next value, X′, Y′ [n][j]. */
  readonly spending: Float64Array;
  readonly nextSpending: Float64Array;
  readonly expenditure: Float64Array;
  readonly revenue: Float64Array;
  /** V (primary income at the current returns) and I′ [n]. */
  readonly primaryIncome: Float64Array;
  readonly income: Float64Array;
  /** Factor payments [n][f]. */
  readonly payments: Float64Array;
  /** Width over which quotas start to bind, log points; 0 is the exact rule (see quota_rule.ts). */
  quotaWidth: number;
  readonly priceMixer: Anderson;
  readonly spendingMixer: Anderson;
  /** Gaps left by the last inner solves, and how many sweeps all of them took. */
  priceGap: number;
  spendingGap: number;
  technologyGap: number;
  sweeps: number;
}

/** Differences kept by the inner accelerations. */
const INNER_DEPTH = 6;

/** Buffers for a problem, at the baseline: all hats 1. */
export function baselineState({ N, J, F, E, etaValues, economy }: Problem): State {
  const cells = () => new Float64Array(N * J);
  return {
    lnWage: new Float64Array(N * F),
    lnReturn: cells(),
    lnWedge: cells(),
    lnScale: cells(),
    global: new Float64Array(J),
    lnElementTech: cells(),
    lnOtherTech: cells(),
    lnPrice: cells(),
    nextPrice: cells(),
    lnBundle: cells(),
    lnCost: cells(),
    elementShare: Float64Array.from(economy.elementShare),
    elementPower: new Float64Array(etaValues.length * N * E),
    homePower: cells(),
    abroadPower: cells(),
    pricePower: cells(),
    inversePower: cells(),
    flow: new Float64Array(N * N * J),
    tariffRate: cells(),
    elementMix: Float64Array.from(economy.elementMix),
    spending: economy.expenditure.map((value) => value > 0 ? 1 : 0),
    nextSpending: cells(),
    expenditure: Float64Array.from(economy.expenditure),
    revenue: Float64Array.from(economy.revenue),
    primaryIncome: new Float64Array(N),
    income: new Float64Array(N),
    payments: new Float64Array(N * F),
    quotaWidth: 0,
    priceMixer: anderson(N * J, INNER_DEPTH),
    spendingMixer: anderson(N * J, INNER_DEPTH),
    priceGap: Infinity,
    spendingGap: Infinity,
    technologyGap: 0,
    sweeps: 0,
  };
}
