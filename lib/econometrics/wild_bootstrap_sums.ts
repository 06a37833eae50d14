import { ABSORPTION_TOLERANCE } from "./absorb.ts";
import type { Estimate } from "./estimate.ts";
import { type Groups, isNested } from "./groups.ts";
import { dot } from "./least_squares.ts";
import { groupSums } from "./meat.ts";

/** Absorption of cluster pieces must not be seen in bootstrap ties. */
const PIECE_TOLERANCE = 1e-10;

/**
 * Maps weights of clusters v [G] to the cluster scores of β_p in the bootstrap regression,
 * C(ũ)·v, for residuals ũ that are û or x⊥.
 */
export interface ScoreMap {
  /** s_g = Σ_{i∈g} w·x⊥·ũ [G]: the numerator is x⊥'W(v∘ũ) = s·v. */
  readonly own: Float64Array;
  /** Σ_{i∈g} w·x̃·ũ, row-major [G][k]. */
  readonly scores: Float64Array;
  /** K, row-major [G][G]; undefined when it is zero (effects nested in the clusters, or none). */
  readonly effects: Float64Array | undefined;
}

/** What a draw needs, independent of the rows. */
export interface ClusterSums {
  readonly clusters: number;
  readonly coefficients: number;
  /** q = x⊥'Wx⊥. */
  readonly curvature: number;
  /** H·bread, H_g = Σ_{i∈g} w·x⊥·x̃, row-major [G][k]. */
  readonly leverage: Float64Array;
  /** For ũ = û. */
  readonly residual: ScoreMap;
  /** For ũ = x⊥. */
  readonly regressor: ScoreMap;
  readonly nested: boolean;
}

/**
 * Cluster-level sums from which every draw of the wild bootstrap of one coefficient follows.
 *
 * With M_D the residual maker of the effects, x̃ = M_D·x, x⊥ the part of x̃_p orthogonal to the other
 * x̃, and restricted residuals ũ, the bootstrap regression of v∘ũ has residuals
 * (I − P_D − x̃·bread·x̃'W)(v∘ũ), and the score of β_p in cluster g is
 *
 *   c_g = v_g·s_g − H_g·bread·Σ_h v_h·Σ_{i∈h} w·x̃·ũ − Σ_h K_gh·v_h,
 *   K_gh = Σ_{i∈h} w·P_D(1_g∘x⊥)·ũ  (P_D is self-adjoint in W).
 *
 * Effects nested in the clusters commute with 1_g, so K = 0; otherwise each 1_g∘x⊥ is projected once
 * by the absorber (G columns), with no approximation beyond the absorption's tolerance.
 *
 * Source: Roodman, MacKinnon, Nielsen and Webb (2019), Fast and wild, Stata Journal 19(1), who work
 * with sums by cluster too and treat one set of effects; K extends that to any effects.
 *
 * @param at position of the coefficient
 */
export function clusterSums(estimate: Estimate, at: number, groups: Groups): ClusterSums {
  const { columns, bread, residuals, weights, design } = estimate;
  const k = columns.length;
  const rows = residuals.length;
  // x⊥ = Σ_j x̃_j·bread_jp / bread_pp: its square is 1/bread_pp.
  const orthogonal = new Float64Array(rows);
  for (let j = 0; j < k; j++) {
    const factor = bread[j * k + at] / bread[at * k + at];
    for (let i = 0; i < rows; i++) orthogonal[i] += factor * columns[j][i];
  }
  const nested = design.effects.every((effect) =>
    effect.groups === groups || isNested(effect.groups, groups)
  );
  const pieces = nested ? undefined : effectProjections(estimate, orthogonal, groups);
  const map = (vector: Float64Array): ScoreMap => ({
    own: weightedSums([orthogonal], vector, weights, groups)[0],
    scores: transposed(weightedSums(columns, vector, weights, groups), groups.count),
    effects: pieces?.(vector),
  });
  const regressor = map(orthogonal);
  const leverage = new Float64Array(groups.count * k);
  for (let g = 0; g < groups.count; g++) {
    for (let a = 0; a < k; a++) {
      const value = regressor.scores[g * k + a];
      for (let b = 0; b < k; b++) leverage[g * k + b] += value * bread[a * k + b];
    }
  }
  return {
    clusters: groups.count,
    coefficients: k,
    curvature: dot(orthogonal, orthogonal, weights),
    leverage,
    residual: map(residuals),
    regressor,
    nested,
  };
}

/** P_D(1_g∘x⊥) of all clusters, ready to be summed against a vector within clusters. */
function effectProjections(
  { absorber, absorbOptions, weights }: Estimate,
  orthogonal: Float64Array,
  { codes, count }: Groups,
): (vector: Float64Array) => Float64Array {
  const tolerance = Math.min(absorbOptions.tolerance ?? ABSORPTION_TOLERANCE, PIECE_TOLERANCE);
  const projections: Float64Array[] = [];
  for (let g = 0; g < count; g++) {
    const piece = orthogonal.map((value, i) => codes[i] === g ? value : 0);
    const { columns: [left] } = absorber.absorb([piece], weights, { ...absorbOptions, tolerance });
    projections.push(piece.map((value, i) => value - left[i]));
  }
  return (vector) => {
    const matrix = new Float64Array(count * count);
    projections.forEach((projection, g) => {
      for (let i = 0; i < vector.length; i++) {
        matrix[g * count + codes[i]] += (weights ? weights[i] : 1) * projection[i] * vector[i];
      }
    });
    return matrix;
  };
}

function weightedSums(
  columns: readonly Float64Array[],
  vector: Float64Array,
  weights: Float64Array | undefined,
  { codes, count }: Groups,
): Float64Array[] {
  const weighted = columns.map((column) =>
    column.map((value, i) => (weights ? weights[i] : 1) * value * vector[i])
  );
  return groupSums(weighted, codes, count);
}

function transposed(sums: readonly Float64Array[], count: number): Float64Array {
  const k = sums.length;
  const matrix = new Float64Array(count * k);
  for (let g = 0; g < count; g++) for (let a = 0; a < k; a++) matrix[g * k + a] = sums[a][g];
  return matrix;
}

/**
 * Scores of one draw by cluster [G], written to `out`; O(G·k), or O(G·(G + k)) when K ≠ 0.
 *
 * @returns the numerator s·v
 */
export function drawScores(
  { clusters, coefficients: k, leverage }: ClusterSums,
  { own, scores, effects }: ScoreMap,
  draw: Float64Array,
  out: Float64Array,
  total: Float64Array,
): number {
  total.fill(0);
  let numerator = 0;
  for (let h = 0; h < clusters; h++) {
    const v = draw[h];
    numerator += v * own[h];
    for (let a = 0; a < k; a++) total[a] += v * scores[h * k + a];
  }
  for (let g = 0; g < clusters; g++) {
    let score = draw[g] * own[g];
    for (let a = 0; a < k; a++) score -= leverage[g * k + a] * total[a];
    if (effects) {
      for (let h = 0; h < clusters; h++) score -= effects[g * clusters + h] * draw[h];
    }
    out[g] = score;
  }
  return numerator;
}
