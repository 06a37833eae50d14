import {
  dirichletSampler,
  lu,
  luSolveTransposed,
  type RandomStream,
  randomStream,
} from "@ree/numeric";
import { type ConfusionMatrix, type Interval, sortedQuantile } from "./confusion_matrix.ts";

/** A count of a label, corrected for misclassification. */
export interface CorrectedCount extends Interval {
  readonly label: string;
  /** As the classifier gave it. */
  readonly observed: number;
  /** Standard deviation over the draws. */
  readonly sd: number;
}

/** Corrected counts and how far they can be trusted. */
export interface CorrectedCounts {
  readonly counts: readonly CorrectedCount[];
  /** Covariance of the corrected counts, [label][label]: the measurement error that later steps carry along. */
  readonly covariance: readonly (readonly number[])[];
  /** Condition number of the misclassification matrix (1-norm): the factor by which errors can grow. */
  readonly condition: number;
}

/** Options of {@linkcode correctedCounts}. */
export interface CorrectionOptions {
  /** Default 2000. */
  readonly draws?: number;
  /** Default 0.95. */
  readonly level?: number;
  readonly seed?: number;
  /**
   * What the counts shall stand for: `patents` (default), those counted and no others, whose given labels are subject to
   * chance; or `process`, a process that could have brought forth other patents (Poisson), as for rates and their errors.
   */
  readonly target?: "patents" | "process";
}

/**
 * P(given label | true label), [true][given]: the rows of the confusion matrix as shares.
 *
 * @throws RangeError when a label has no text in the evaluation
 */
export function misclassification(
  { labels, counts }: ConfusionMatrix,
): readonly (readonly number[])[] {
  return counts.map((row, k) => {
    const sum = row.reduce((partial, count) => partial + count, 0);
    if (sum > 0) return row.map((count) => count / sum);
    throw new RangeError(`misclassification: no evaluated text has the label "${labels[k]}"`);
  });
}

/**
 * Counts by true label from counts by given label: observed = Pᵀ·true, so true = (Pᵀ)⁻¹·observed, with P from a
 * confusion matrix on labelled texts. Rests on P being the same there as in the patents counted, whatever the mix of
 * labels. Draws of P (Dirichlet, each row with half a text added in every cell as prior in the draws only) and of the
 * counts give the uncertainty. Estimates can be negative where a label is rare; they are not clipped, because clipping
 * would bias sums.
 *
 * @param observed counts in the order of the matrix's labels; fractional ones are fine
 * @throws RangeError when the matrix is singular: the classifier does not tell two labels apart
 */
export function correctedCounts(
  observed: readonly number[],
  matrix: ConfusionMatrix,
  options: CorrectionOptions = {},
): CorrectedCounts {
  const { draws = 2000, level = 0.95, seed = 1, target = "patents" } = options;
  const { labels } = matrix;
  if (observed.length !== labels.length) {
    throw new RangeError(`corrected counts: ${observed.length} counts for ${labels.length} labels`);
  }
  const shares = misclassification(matrix);
  const inverse = inverseMisclassification(shares);
  const estimate = apply(inverse, observed);
  const random = randomStream(seed);
  const drawn = inverseDraws(matrix, draws, seed).map((drawnInverse) =>
    apply(
      drawnInverse,
      target === "process"
        ? observed.map((mean) => poisson(mean, random))
        : relabelled(observed, estimate, shares, random),
    )
  );
  const tail = (1 - level) / 2;
  const covariance = covarianceOf(drawn);
  return {
    counts: labels.map((label, k) => {
      const values = Float64Array.from(drawn, (draw) => draw[k]).sort();
      return {
        label,
        observed: observed[k],
        estimate: estimate[k],
        sd: Math.sqrt(covariance[k][k]),
        low: sortedQuantile(values, tail),
        high: sortedQuantile(values, 1 - tail),
        level,
      };
    }),
    covariance,
    // Rows of P are shares, so that Pᵀ has 1-norm 1 and the inverse's norm is the condition number.
    condition: Math.max(
      ...labels.map((_, given) => inverse.reduce((sum, row) => sum + Math.abs(row[given]), 0)),
    ),
  };
}

/**
 * The inverse of Pᵀ, [true][given].
 *
 * @param shares P, [true][given]
 * @throws RangeError when it is singular
 */
export function inverseMisclassification(
  shares: readonly (readonly number[])[],
): readonly (readonly number[])[] {
  try {
    const factors = lu(Float64Array.from(shares.flat()));
    const columns = shares.map((_, given) =>
      luSolveTransposed(factors, Float64Array.from(shares, (_, i) => i === given ? 1 : 0))
    );
    return shares.map((_, label) => columns.map((column) => column[label]));
  } catch (cause) {
    throw new RangeError(
      "corrected counts: the misclassification matrix is singular, the classifier does not tell two labels apart",
      { cause },
    );
  }
}

/** Draws of the inverse of Pᵀ given the evaluated texts. */
export function inverseDraws(
  { counts }: ConfusionMatrix,
  draws: number,
  seed: number,
): readonly (readonly (readonly number[])[])[] {
  const dirichlet = dirichletSampler(seed);
  const drawn: (readonly (readonly number[])[])[] = [];
  for (let draw = 0; draw < draws; draw++) {
    const rows = counts.map((row) => {
      const weights = row.map((count) => count + PRIOR);
      return dirichlet(weights, weights.reduce((sum, weight) => sum + weight, 0));
    });
    try {
      drawn.push(inverseMisclassification(rows));
    } catch {
      // A draw whose rows coincide to rounding says nothing; it has probability zero.
    }
  }
  return drawn;
}

/**
 * Variance of each corrected count that comes from the chance of given labels alone, P known:
 * A·Σᵢ tᵢ(diag(pᵢ) − pᵢpᵢᵀ)·Aᵀ with A the inverse of Pᵀ and t the corrected counts (negative ones as zero).
 */
export function relabellingVariance(
  truth: readonly number[],
  shares: readonly (readonly number[])[],
  inverse: readonly (readonly number[])[],
): readonly number[] {
  return inverse.map((row) =>
    shares.reduce((sum, p, i) => {
      const mean = p.reduce((partial, share, given) => partial + share * row[given], 0);
      const square = p.reduce((partial, share, given) => partial + share * row[given] ** 2, 0);
      return sum + Math.max(0, truth[i]) * (square - mean * mean);
    }, 0)
  );
}

/** Texts added to every cell of the confusion matrix in the draws (Jeffreys). */
const PRIOR = 0.5;

function apply(matrix: readonly (readonly number[])[], vector: readonly number[]): number[] {
  return matrix.map((row) => row.reduce((sum, entry, k) => sum + entry * vector[k], 0));
}

/** Counts as another round of labelling the same patents could have given them; multinomial by the normal law. */
function relabelled(
  observed: readonly number[],
  truth: readonly number[],
  shares: readonly (readonly number[])[],
  random: RandomStream,
): number[] {
  const counts = [...observed];
  shares.forEach((p, i) => {
    const noise = p.map((share) => Math.sqrt(Math.max(0, truth[i]) * share) * random.normal());
    const sum = noise.reduce((partial, value) => partial + value, 0);
    p.forEach((share, given) => counts[given] += noise[given] - share * sum);
  });
  return counts;
}

function covarianceOf(draws: readonly (readonly number[])[]): number[][] {
  const mean = draws[0].map((_, k) => draws.reduce((sum, draw) => sum + draw[k], 0) / draws.length);
  return mean.map((meanK, k) =>
    mean.map((meanL, l) =>
      draws.reduce((sum, draw) => sum + (draw[k] - meanK) * (draw[l] - meanL), 0) /
      Math.max(1, draws.length - 1)
    )
  );
}

/** Poisson draw: by its definition for small means, by the normal law above 50 (fractional means are fine). */
function poisson(mean: number, random: RandomStream): number {
  if (!(mean > 0)) return 0;
  if (mean > 50) return Math.max(0, mean + Math.sqrt(mean) * random.normal());
  const floor = Math.exp(-mean);
  let count = 0;
  for (let product = random.uniform(); product > floor; product *= random.uniform()) count++;
  return count;
}
