import { cholesky, choleskySolve, studentPvalue, studentQuantile } from "@ree/numeric";
import { type ConfidenceSet, confidenceSet } from "./anderson_rubin.ts";
import type { Fit } from "./fit.ts";
import { dot } from "./least_squares.ts";
import {
  type Concentration,
  concentration,
  elementSums,
  exposureSums,
  incompleteSharesNote,
  type ShiftShareDesign,
  shiftShareDesign,
  type ShiftShareSpec,
} from "./shift_share_design.ts";

/** Choices of {@link shiftShareInference}. */
export interface ShiftShareOptions extends ShiftShareSpec {
  /**
   * Which shocks may be correlated: "element" (default) lets all periods of an element be, "none" takes
   * every element × period as independent.
   */
  readonly clusterShocks?: "element" | "none";
  /** Value under the null; default 0. */
  readonly null?: number;
  /** Level of interval and set; default 0.95. */
  readonly level?: number;
  /**
   * Whether 1 − Σ shares enters the regression of Ẍ on the shares as one element more (its shock being
   * zero), as in ShiftShareSE's `residual_sector`; default false.
   */
  readonly residualElement?: boolean;
}

/** Exposure-robust inference on a shift-share coefficient. */
export interface ShiftShareInference extends Concentration {
  readonly regressor: string;
  readonly estimate: number;
  readonly null: number;
  readonly level: number;
  /** Normal inference with the estimate's residuals. */
  readonly akm: {
    readonly se: number;
    readonly tstat: number;
    readonly pvalue: number;
    readonly low: number;
    readonly high: number;
  };
  /** With the null imposed on the residuals. */
  readonly akm0: {
    readonly tstat: number;
    readonly pvalue: number;
    /** Length of the set over twice the quantile; Infinity when the set is unbounded. */
    readonly se: number;
    /** Values not rejected: an interval, two rays or the whole line. */
    readonly confidenceSet: ConfidenceSet;
  };
  /** Shocks with exposure (element × period). */
  readonly shocks: number;
  /** Clusters of shocks the variances sum over. */
  readonly clusters: number;
  readonly notes: readonly string[];
}

/** Below this effective number of clusters of shocks the normal approximation is poor. */
const FEW_SHOCKS = 50;

/**
 * Standard errors that allow residuals to be correlated between all units with similar shares, for a
 * regressor (OLS) or instrument (2SLS) X_i = Σ_s w_is·𝒳_s:
 *
 *   Ẍ = X − Z·(Z'Z)⁻¹Z'X,  β̂ = Ẍ'Y₁/Ẍ'Y₂  (Y₂ = X in OLS),
 *   𝒳̂ = (W'W)⁻¹W'Ẍ,  R̂_s = Σ_i w_is·ε̂_i,
 *   AKM:  V̂ = Σ_c (Σ_{s∈c} 𝒳̂_s·R̂_s)² / (Ẍ'Y₂)²,
 *   AKM0: the same with ε̂ replaced by the residuals under the null ε̂_{β₀} = Ÿ₁ − β₀·Ÿ₂; the set
 *         {β₀ : (β̂ − β₀)² ≤ z²·V̂(β₀)} solves a quadratic inequality and can be unbounded.
 *
 * All sums carry the regression weights. In panels a shock is an element in a period: W has a block per
 * period, and `clusterShocks` says which shocks form a cluster c. Quantiles are normal, without
 * small-sample factor, as in the paper; with few elements see `permuteShocks`.
 *
 * Source: Adão, Kolesár and Morales (2019), Quarterly Journal of Economics 134(4): the procedures
 * AKM and AKM0 and their extension to clusters of shocks; weights as in their ShiftShareSE.
 *
 * @throws when the shares are collinear (W'W singular in some period)
 * @example
 * ```ts
 * const fit = feols("y ~ s | field + year", panel);
 * const shares = { unit: "field", units, elements, values: exposure };
 * shiftShareInference(fit, { regressor: "s", shares, period: "year" }).akm0.confidenceSet.statement;
 * ```
 */
export function shiftShareInference(fit: Fit, options: ShiftShareOptions): ShiftShareInference {
  const { clusterShocks = "element", null: hypothesis = 0, level = 0.95 } = options;
  if (clusterShocks !== "element" && clusterShocks !== "none") {
    throw new RangeError(
      `shiftShareInference: clusterShocks must be "element" or "none", got ${clusterShocks}`,
    );
  }
  if (!(level > 0 && level < 1)) {
    throw new RangeError(`shiftShareInference: level must be between 0 and 1, got ${level}`);
  }
  const design = shiftShareDesign(fit, options, "shiftShareInference");
  const { x, y, z, weights, coefficient, periods } = design;
  const loadings = shockLoadings(design, options.residualElement ?? false);
  const byCluster = (v: Float64Array) => {
    const sums = exposureSums(design, v);
    for (let s = 0; s < sums.length; s++) sums[s] *= loadings.values[s];
    return clusterShocks === "element" ? elementSums(sums, periods.length) : sums;
  };
  const scale = dot(z, x, weights);
  const residuals = y.map((value, i) => value - coefficient * x[i]);
  const [ofResidual, ofRegressor] = [byCluster(residuals), byCluster(x)];
  const square = dot(ofResidual, ofResidual, undefined);
  const se = Math.sqrt(square) / Math.abs(scale);
  const quantile = studentQuantile(1 - (1 - level) / 2, Infinity);
  const gap = coefficient - hypothesis;
  const restricted = ofResidual.reduce(
    (sum, value, c) => sum + (value + gap * ofRegressor[c]) ** 2,
    0,
  );
  const tstat0 = gap * Math.abs(scale) / Math.sqrt(restricted);
  const set = akm0Set(
    coefficient,
    scale,
    square,
    dot(ofResidual, ofRegressor, undefined),
    dot(ofRegressor, ofRegressor, undefined),
    quantile,
    level,
  );
  const active = new Set(loadings.active);
  const clusters = clusterShocks === "element"
    ? new Set(loadings.active.map((s) => Math.floor(s / periods.length))).size
    : active.size;
  const sizes = concentration(design);
  return {
    regressor: design.name,
    estimate: coefficient,
    null: hypothesis,
    level,
    akm: {
      se,
      tstat: gap / se,
      pvalue: studentPvalue(gap / se, Infinity),
      low: coefficient - quantile * se,
      high: coefficient + quantile * se,
    },
    akm0: {
      tstat: tstat0,
      pvalue: studentPvalue(tstat0, Infinity),
      se: set.shape === "interval"
        ? (set.intervals[0][1] - set.intervals[0][0]) / (2 * quantile)
        : Infinity,
      confidenceSet: set,
    },
    shocks: active.size,
    clusters,
    ...sizes,
    notes: inferenceNotes(design, sizes, clusterShocks, set),
  };
}

function inferenceNotes(
  design: ShiftShareDesign,
  { effectiveShocks, effectiveElements }: Concentration,
  clusterShocks: "element" | "none",
  set: ConfidenceSet,
): string[] {
  const effective = clusterShocks === "element" ? effectiveElements : effectiveShocks;
  const notes: string[] = [];
  if (effective < FEW_SHOCKS) {
    notes.push(
      `${
        effective.toFixed(1)
      } effective shocks: AKM rejects too often with so few, AKM0 less so; ` +
        "permuteShocks does not rely on their number",
    );
  }
  if (set.shape !== "interval") notes.push(`AKM0: ${set.statement}`);
  const incomplete = incompleteSharesNote(design);
  if (incomplete) notes.push(incomplete);
  return notes;
}

/**
 * 𝒳̂ = (W'W)⁻¹W'Ẍ, block by block, as W is zero outside a period.
 *
 * @returns values row-major [elements][periods], zero where a shock has no exposure; `active` lists
 * the others
 */
function shockLoadings(
  { elements, periods, periodOf, shares, sumOfShares, weights, z }: ShiftShareDesign,
  residualElement: boolean,
): { values: Float64Array; active: number[] } {
  const columns = residualElement && sumOfShares.some((sum) => Math.abs(sum - 1) > 1e-8)
    ? [...shares, sumOfShares.map((sum) => 1 - sum)]
    : shares;
  const [count, order] = [periods.length, columns.length];
  const gram = Array.from({ length: count }, () => new Float64Array(order * order));
  const right = Array.from({ length: count }, () => new Float64Array(order));
  for (let i = 0; i < z.length; i++) {
    const t = periodOf[i];
    for (let a = 0; a < order; a++) {
      const share = (weights ? weights[i] : 1) * columns[a][i];
      if (share === 0) continue;
      right[t][a] += share * z[i];
      for (let b = 0; b <= a; b++) gram[t][a * order + b] += share * columns[b][i];
    }
  }
  const values = new Float64Array(elements.length * count);
  const active: number[] = [];
  for (let t = 0; t < count; t++) {
    const factor = cholesky(gram[t], order);
    elements.forEach((element, e) => {
      if (gram[t][e * order + e] === 0) return;
      if (!factor.dependent[e]) {
        active.push(e * count + t);
        return;
      }
      throw new RangeError(
        `shiftShareInference: the shares in "${element}" are a combination of the other elements'` +
          `${periods[t] ? ` in period ${periods[t]}` : ""} (more elements than units?), so AKM's ` +
          "regression of Ẍ on the shares is not defined; merge elements or use shockLevelRegression",
      );
    });
    const solved = choleskySolve(factor, right[t]);
    elements.forEach((_, e) => values[e * count + t] = solved[e]);
  }
  return { values, active };
}

/**
 * Solves (β̂ − β₀)²·(Ẍ'Y₂)² ≤ z²·Σ_c (r_c + (β̂ − β₀)·q_c)², a quadratic in β̂ − β₀.
 *
 * @param rr, rq, qq sums of squares and products of r_c = Σ 𝒳̂·R̂ and q_c, the same sum of Ÿ₂
 */
function akm0Set(
  estimate: number,
  scale: number,
  rr: number,
  rq: number,
  qq: number,
  quantile: number,
  level: number,
): ConfidenceSet {
  // a·δ² − 2·rq·δ − rr ≤ 0 with δ = β̂ − β₀
  const a = (scale / quantile) ** 2 - qq;
  const discriminant = rq * rq + a * rr;
  if (a < 0 && discriminant <= 0) return confidenceSet([[-Infinity, Infinity]], level);
  const roots = [rq - Math.sqrt(discriminant), rq + Math.sqrt(discriminant)]
    .map((root) => estimate - root / a)
    .sort((p, q) => p - q);
  return confidenceSet(
    a > 0 ? [[roots[0], roots[1]]] : [[-Infinity, roots[0]], [roots[1], Infinity]],
    level,
  );
}
