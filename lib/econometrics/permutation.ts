import type { ConfidenceSet } from "./anderson_rubin.ts";
import type { Fit } from "./fit.ts";
import { permutationOrders } from "./permutation_orders.ts";
import {
  exposureSums,
  type ShiftShareDesign,
  shiftShareDesign,
  type ShiftShareSpec,
  type ShockPaths,
} from "./shift_share_design.ts";
import { invertTest } from "./wild_bootstrap_set.ts";

/** Choices of {@link permuteShocks}. */
export interface PermutationOptions extends ShiftShareSpec {
  readonly shocks: ShockPaths;
  /** Value under the null; default 0. */
  readonly null?: number;
  /**
   * Number of random permutations, default 9999; all are used instead when there are no more than that
   * (7 elements). "enumerate" insists on all, up to 9 elements.
   */
  readonly draws?: number | "enumerate";
  /** Seed of random permutations; default 1. */
  readonly seed?: number;
  /** Level of the confidence set; default 0.95. */
  readonly level?: number;
  /** Whether to invert the test; default true. */
  readonly invert?: boolean;
}

/** Result of {@link permuteShocks}. */
export interface PermutationInference {
  readonly regressor: string;
  readonly null: number;
  /** The fit's coefficient. */
  readonly estimate: number;
  /** Coefficient of the recentred shift-share, where the statistic is zero: the centre of the set. */
  readonly recentredEstimate: number;
  /** T of the data at the null. */
  readonly statistic: number;
  /** Share of permutations with |T| at least as large (exact); (b + 1)/(B + 1) with random ones. */
  readonly pvalue: number;
  readonly draws: number;
  readonly enumerated: boolean;
  readonly elements: number;
  readonly level: number;
  /** Constant effects that are not rejected; undefined when not asked for. */
  readonly confidenceSet: ConfidenceSet | undefined;
  readonly note: string;
}

/** Statistics this close (relative) are the same one in another order of summation. */
const TIE = 1e-9;

/**
 * Randomisation test of a shift-share coefficient: the elements exchange their shocks, each with its
 * whole path over the periods, shares and everything else staying. With π a permutation of elements,
 *
 *   T_π(β₀) = Σ_i ω_i·(Ÿ − β₀·Ẍ)_i·Σ_e w_ie·(g_{π(e),t} − ḡ_t),  ḡ_t the mean over elements,
 *
 * and the p-value is the share of π with |T_π| ≥ |T|. If elements' paths are exchangeable given
 * everything else, the test is exact with any number of elements, whatever correlates the residuals.
 * ḡ_t recentres the shift-share (its mean over permutations is taken off); where the sum of shares × period
 * is controlled for it changes nothing. T is Σ_e N_{e,π(e)} with an E × E matrix N linear in β₀: a
 * permutation costs E additions and the set of constant effects not rejected no new ones.
 *
 * Source: Borusyak and Hull (2023), Nonrandom exposure to exogenous shocks, Econometrica 91(6): the
 * recentred instrument and randomisation inference with it.
 *
 * Controls built from the same shocks (lags of the shift-share, say) stay as they are, so that the test
 * conditions on them and is then only approximate.
 *
 * @throws when the fit's variable is not Σ share·shock
 */
export function permuteShocks(fit: Fit, options: PermutationOptions): PermutationInference {
  const { null: hypothesis = 0, draws: wanted = 9999, seed = 1, level = 0.95 } = options;
  if (!(level > 0 && level < 1)) {
    throw new RangeError(`permuteShocks: level must be between 0 and 1, got ${level}`);
  }
  const design = shiftShareDesign(fit, options, "permuteShocks");
  const count = design.elements.length;
  const { orders, draws, enumerated } = permutationOrders(count, wanted, seed);
  const [ofOutcome, ofRegressor] = [crossed(design, design.y), crossed(design, design.x)];
  const [a, b] = [new Float64Array(draws), new Float64Array(draws)];
  for (let d = 0; d < draws; d++) {
    for (let e = 0; e < count; e++) {
      const cell = e * count + orders[d * count + e];
      a[d] += ofOutcome[cell];
      b[d] += ofRegressor[cell];
    }
  }
  let [ownA, ownB] = [0, 0];
  for (let e = 0; e < count; e++) {
    ownA += ofOutcome[e * count + e];
    ownB += ofRegressor[e * count + e];
  }
  const centre = ownA / ownB;
  const pvalue = (offset: number) => {
    const far = !Number.isFinite(offset);
    const value = centre + offset;
    const own = Math.abs(far ? ownB : ownA - value * ownB) * (1 - TIE);
    let reached = 0;
    for (let d = 0; d < draws; d++) {
      if (Math.abs(far ? b[d] : a[d] - value * b[d]) >= own) reached++;
    }
    return enumerated ? reached / draws : (reached + 1) / (draws + 1);
  };
  // Size of a typical T_π at the centre, in units of the coefficient.
  let square = 0;
  for (let d = 0; d < draws; d++) square += (a[d] - centre * b[d]) ** 2;
  const scale = Math.sqrt(square / draws) / Math.abs(ownB) || Math.abs(centre) || 1;
  const set = options.invert === false ? undefined : invertTest(pvalue, centre, scale, level);
  return {
    regressor: design.name,
    null: hypothesis,
    estimate: design.coefficient,
    recentredEstimate: centre,
    statistic: ownA - hypothesis * ownB,
    pvalue: pvalue(hypothesis - centre),
    draws,
    enumerated,
    elements: count,
    level,
    confidenceSet: set,
    note: [
      `${enumerated ? `all ${draws}` : `${draws} random`} permutations of ${count} elements` +
      (design.periods.length > 1 ? `, whole paths over ${design.periods.length} periods` : ""),
      "exact if the elements' shocks are exchangeable",
      ...(set && set.shape !== "interval" ? [set.statement] : []),
    ].join("; "),
  };
}

/** N_ef = Σ_i ω·w_ie·(g_{f,t} − ḡ_t)·v_i, row-major [E][E]. */
function crossed(design: ShiftShareDesign, v: Float64Array): Float64Array {
  const { elements, periods, shocks } = design;
  const [count, length] = [elements.length, periods.length];
  const exposure = exposureSums(design, v);
  const result = new Float64Array(count * count);
  for (let t = 0; t < length; t++) {
    let mean = 0;
    for (let f = 0; f < count; f++) mean += shocks![f * length + t] / count;
    for (let e = 0; e < count; e++) {
      for (let f = 0; f < count; f++) {
        result[e * count + f] += exposure[e * length + t] * (shocks![f * length + t] - mean);
      }
    }
  }
  return result;
}
