import { dirichletSampler, lu, luSolveTransposed, randomStream } from "@ree/numeric";
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
   * Whether the counts are themselves a draw (Poisson): true (default) when they stand for a process that could have
   * produced other patents, false when they are all there is.
   */
  readonly sampling?: boolean;
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
 * confusion matrix on hand-labelled texts. Rests on P being the same there as in the patents counted, whatever the mix of
 * labels. Draws of P (Dirichlet, each row with half a text added in every cell as prior in the draws only) and of the
 * counts (Poisson) give the uncertainty. Estimates can be negative where a label is rare; they are not clipped, because
 * clipping would bias sums.
 *
 * @param observed counts in the order of the matrix's labels; fractional ones are fine
 * @throws RangeError when the matrix is singular: the classifier does not tell two labels apart
 */
export function correctedCounts(
  observed: readonly number[],
  matrix: ConfusionMatrix,
  options: CorrectionOptions = {},
): CorrectedCounts {
  const { draws = 2000, level = 0.95, seed = 1, sampling = true } = options;
  const { labels, counts } = matrix;
  if (observed.length !== labels.length) {
    throw new RangeError(`corrected counts: ${observed.length} counts for ${labels.length} labels`);
  }
  const shares = misclassification(matrix);
  const estimate = solveCounts(shares, observed);
  const dirichlet = dirichletSampler(seed);
  const random = randomStream(seed);
  const drawn: Float64Array[] = [];
  for (let draw = 0; draw < draws; draw++) {
    const rows = counts.map((row) => {
      const weights = row.map((count) => count + PRIOR);
      return dirichlet(weights, weights.reduce((sum, weight) => sum + weight, 0));
    });
    const counted = sampling ? observed.map((mean) => poisson(mean, random)) : observed;
    try {
      drawn.push(solveCounts(rows, counted));
    } catch {
      // A draw whose rows coincide to rounding says nothing; it has probability zero.
    }
  }
  const tail = (1 - level) / 2;
  const covariance = covarianceOf(drawn, labels.length);
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
    condition: conditionNumber(shares),
  };
}

/** Texts added to every cell of the confusion matrix in the draws (Jeffreys). */
const PRIOR = 0.5;

function solveCounts(shares: readonly (readonly number[])[], observed: readonly number[]) {
  try {
    return luSolveTransposed(lu(Float64Array.from(shares.flat())), Float64Array.from(observed));
  } catch (cause) {
    throw new RangeError(
      "corrected counts: the misclassification matrix is singular, the classifier does not tell two labels apart",
      { cause },
    );
  }
}

function conditionNumber(shares: readonly (readonly number[])[]): number {
  const order = shares.length;
  const factors = lu(Float64Array.from(shares.flat()));
  let largestInverse = 0;
  for (let k = 0; k < order; k++) {
    const unit = Float64Array.from({ length: order }, (_, i) => i === k ? 1 : 0);
    const column = luSolveTransposed(factors, unit);
    largestInverse = Math.max(largestInverse, column.reduce((sum, x) => sum + Math.abs(x), 0));
  }
  // Rows of P are shares: its transpose has 1-norm 1.
  return largestInverse;
}

function covarianceOf(draws: readonly Float64Array[], size: number): number[][] {
  const mean = Array.from(
    { length: size },
    (_, k) => draws.reduce((sum, draw) => sum + draw[k], 0) / draws.length,
  );
  return mean.map((meanK, k) =>
    mean.map((meanL, l) =>
      draws.reduce((sum, draw) => sum + (draw[k] - meanK) * (draw[l] - meanL), 0) /
      Math.max(1, draws.length - 1)
    )
  );
}

/** Poisson draw: by its definition for small means, by the normal law above 50 (fractional means are fine). */
function poisson(
  mean: number,
  random: { uniform(): number; normal(): number },
): number {
  if (!(mean > 0)) return 0;
  if (mean > 50) return Math.max(0, mean + Math.sqrt(mean) * random.normal());
  const floor = Math.exp(-mean);
  let count = 0;
  for (let product = random.uniform(); product > floor; product *= random.uniform()) count++;
  return count;
}
