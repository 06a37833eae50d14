import { randomStream } from "@ree/numeric";

/** How often each true label was given each label. */
export interface ConfusionMatrix {
  readonly labels: readonly string[];
  /** [true label][given label], counts. */
  readonly counts: readonly (readonly number[])[];
  readonly total: number;
}

/** How well one label is found. */
export interface LabelScore {
  readonly label: string;
  /** Right ones among those given the label; null when none was. */
  readonly precision: number | null;
  /** Found ones among those that have the label; null when none has. */
  readonly recall: number | null;
  /** Harmonic mean; 0 when nothing is right. */
  readonly f1: number;
  /** Texts that have the label. */
  readonly support: number;
}

/** A number with its interval. */
export interface Interval {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
  /** Coverage, such as 0.95. */
  readonly level: number;
}

/**
 * Counts pairs of true and given labels.
 *
 * @throws RangeError when the lists differ in length, are empty, or hold a label that is not among `labels`
 */
export function confusionMatrix(
  truth: readonly string[],
  given: readonly string[],
  labels: readonly string[],
): ConfusionMatrix {
  checkPairs(truth, given);
  const place = new Map(labels.map((label, i) => [label, i]));
  const at = (label: string) => {
    const i = place.get(label);
    if (i === undefined) {
      throw new RangeError(`confusion matrix: label "${label}", expected ${labels.join(", ")}`);
    }
    return i;
  };
  const counts = labels.map(() => labels.map(() => 0));
  truth.forEach((label, i) => counts[at(label)][at(given[i])]++);
  return { labels, counts, total: truth.length };
}

/** Precision, recall and F1 of every label. */
export function labelScores({ labels, counts }: ConfusionMatrix): readonly LabelScore[] {
  return labels.map((label, k) => {
    const support = counts[k].reduce((sum, count) => sum + count, 0);
    const givenLabel = counts.reduce((sum, row) => sum + row[k], 0);
    const right = counts[k][k];
    return {
      label,
      precision: givenLabel === 0 ? null : right / givenLabel,
      recall: support === 0 ? null : right / support,
      f1: support + givenLabel === 0 ? 0 : 2 * right / (support + givenLabel),
      support,
    };
  });
}

/** Share of texts whose label is right. */
export function accuracy({ counts, total }: ConfusionMatrix): number {
  return counts.reduce((sum, row, k) => sum + row[k], 0) / total;
}

/** Mean F1 of the labels that occur as true or given label. */
export function macroF1(matrix: ConfusionMatrix): number {
  const scores = labelScores(matrix).filter(({ support, precision }) =>
    support > 0 || precision !== null
  );
  return scores.reduce((sum, { f1 }) => sum + f1, 0) / scores.length;
}

/**
 * Cohen's κ: agreement beyond chance, (p₀ − pₑ) / (1 − pₑ); 1 when both raters give one and the same label throughout.
 *
 * @see Cohen (1960), Educational and Psychological Measurement 20(1)
 */
export function cohenKappa({ counts, total }: ConfusionMatrix): number {
  const observed = counts.reduce((sum, row, k) => sum + row[k], 0) / total;
  const expected = counts.reduce((sum, row, k) => {
    const first = row.reduce((partial, count) => partial + count, 0);
    const second = counts.reduce((partial, other) => partial + other[k], 0);
    return sum + first * second / total ** 2;
  }, 0);
  return expected === 1 ? 1 : (observed - expected) / (1 - expected);
}

/** Options of {@linkcode bootstrapScore}. */
export interface BootstrapOptions {
  /** Groups that are drawn as a whole (default every text by itself). */
  readonly groups?: readonly string[];
  /** Default 2000. */
  readonly draws?: number;
  /** Default 0.95. */
  readonly level?: number;
  readonly seed?: number;
}

/**
 * A score of the confusion matrix with its percentile bootstrap interval; groups of near-duplicates are drawn together.
 *
 * @param score such as {@linkcode macroF1}, {@linkcode cohenKappa}, {@linkcode accuracy}
 */
export function bootstrapScore(
  truth: readonly string[],
  given: readonly string[],
  labels: readonly string[],
  score: (matrix: ConfusionMatrix) => number,
  options: BootstrapOptions = {},
): Interval {
  const { draws = 2000, level = 0.95, seed = 1, groups } = options;
  checkPairs(truth, given);
  if (groups !== undefined && groups.length !== truth.length) {
    throw new RangeError(`bootstrap: ${groups.length} groups for ${truth.length} texts`);
  }
  const members = new Map<string, number[]>();
  truth.forEach((_, i) => {
    const group = groups?.[i] ?? String(i);
    members.set(group, [...members.get(group) ?? [], i]);
  });
  const clusters = [...members.values()];
  const random = randomStream(seed);
  const values = Float64Array.from({ length: draws }, () => {
    const drawn = clusters.flatMap(() => clusters[random.integer(clusters.length)]);
    const pick = (list: readonly string[]) => drawn.map((i) => list[i]);
    return score(confusionMatrix(pick(truth), pick(given), labels));
  }).sort();
  const tail = (1 - level) / 2;
  return {
    estimate: score(confusionMatrix(truth, given, labels)),
    low: sortedQuantile(values, tail),
    high: sortedQuantile(values, 1 - tail),
    level,
  };
}

/** Quantile of sorted values, linear between them. */
export function sortedQuantile(sorted: Float64Array, probability: number): number {
  const at = probability * (sorted.length - 1);
  const below = Math.floor(at);
  const next = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (at - below) * (sorted[next] - sorted[below]);
}

function checkPairs(truth: readonly string[], given: readonly string[]): void {
  if (truth.length === given.length && truth.length > 0) return;
  throw new RangeError(
    `labels: ${truth.length} true and ${given.length} given ones, expected equally many, at least one`,
  );
}
