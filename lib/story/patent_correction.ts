import { randomStream } from "@ree/numeric";
import {
  confusionMatrix,
  type CorrectedCounts,
  correctedCounts,
  ELEMENT_SAVING,
  LABELS,
} from "@ree/patents";
import type { TableColumn } from "@ree/report";
import { countByLabel } from "./patent_counts.ts";
import type { JudgedText } from "./patent_scores.ts";

/** Options of {@linkcode correctionTrials}. */
export interface CorrectionTrialOptions {
  /** Texts counted per label, in the order of the labels. */
  readonly mix: readonly number[];
  /** Random halves (default 100). */
  readonly trials?: number;
  readonly draws?: number;
  readonly seed?: number;
}

/** One random half: what was counted, how it was labelled, and the corrected counts. */
export interface CorrectionTrial {
  readonly truth: readonly number[];
  readonly given: readonly number[];
  readonly corrected: CorrectedCounts;
}

/**
 * Splits the texts into halves at random (near-duplicates together): the confusion matrix comes from one half, and from
 * the other a set with a known mix of labels is drawn without replacement, counted by given label, and corrected.
 *
 * @throws RangeError when a half holds fewer texts of a label than the mix asks for
 */
export function correctionTrials(
  judged: readonly JudgedText[],
  { mix, trials = 100, draws = 400, seed = 1 }: CorrectionTrialOptions,
): readonly CorrectionTrial[] {
  if (mix.length !== LABELS.length) {
    throw new RangeError(
      `mix: ${mix.length} numbers, expected one for each of ${LABELS.length} labels`,
    );
  }
  const random = randomStream(seed);
  const groups = [...Map.groupBy(judged, ({ group }) => group).values()];
  return Array.from({ length: trials }, (_, trial) => {
    const shuffled = shuffle(groups, random);
    const half = Math.floor(groups.length / 2);
    const evaluated = shuffled.slice(0, half).flat();
    const pool = shuffle(shuffled.slice(half).flat(), random);
    const counted = LABELS.flatMap((label, k) => {
      const own = pool.filter(({ primary }) => primary === label);
      if (own.length < mix[k]) {
        throw new RangeError(`mix: ${mix[k]} texts of ${label}, but a half holds ${own.length}`);
      }
      return own.slice(0, mix[k]);
    });
    const truths = evaluated.map(({ primary }) => primary);
    const matrix = confusionMatrix(truths, evaluated.map(({ given }) => given), LABELS);
    const given = countByLabel(counted.map((text) => text.given));
    return {
      truth: mix,
      given,
      corrected: correctedCounts(given, matrix, { draws, seed: seed + trial }),
    };
  });
}

function shuffle<T>(items: readonly T[], random: { uniform(): number }): T[] {
  return items.map((item) => ({ item, key: random.uniform() }))
    .sort((a, b) => a.key - b.key).map(({ item }) => item);
}

/** How far given and corrected counts are off over all trials, by label and for the element-saving ones together. */
export function correctionRows(trials: readonly CorrectionTrial[]) {
  const saving = LABELS.map((label) => ELEMENT_SAVING.includes(label) ? 1 : 0);
  const only = LABELS.map((_, k) => LABELS.map((_, j) => j === k ? 1 : 0));
  return [...LABELS, "element-saving, all three"].map((label, k) => {
    const weights = only[k] ?? saving;
    const outcomes = trials.map(({ truth, given, corrected }) => {
      const estimate = weigh(weights, corrected.counts.map((count) => count.estimate));
      const sd = spread(weights, corrected.covariance);
      return { truth: weigh(weights, truth), given: weigh(weights, given), estimate, sd };
    });
    const count = outcomes.length;
    const mean = (value: (one: typeof outcomes[number]) => number) =>
      outcomes.reduce((sum, one) => sum + value(one), 0) / count;
    return {
      label,
      truth: mean((one) => one.truth),
      given: mean((one) => one.given),
      corrected: mean((one) => one.estimate),
      givenError: Math.sqrt(mean((one) => (one.given - one.truth) ** 2)),
      correctedError: Math.sqrt(mean((one) => (one.estimate - one.truth) ** 2)),
      sd: mean((one) => one.sd),
      inside: 100 *
        mean((one) => Math.abs(one.estimate - one.truth) <= TWO_SIDED_95 * one.sd ? 1 : 0),
    };
  });
}

const TWO_SIDED_95 = 1.959964;

function weigh(weights: readonly number[], values: readonly number[]): number {
  return weights.reduce((sum, weight, k) => sum + weight * values[k], 0);
}

/** Standard deviation of a weighted sum of corrected counts. */
function spread(weights: readonly number[], covariance: readonly (readonly number[])[]): number {
  return Math.sqrt(weigh(weights, covariance.map((row) => weigh(weights, row))));
}

/** Columns of {@linkcode correctionRows}. */
export const correctionColumns: readonly TableColumn[] = [
  { key: "label", label: "Label" },
  { key: "truth", label: "True", unit: "texts", digits: 0 },
  { key: "given", label: "Given", unit: "mean", digits: 1 },
  { key: "corrected", label: "Corrected", unit: "mean", digits: 1 },
  { key: "givenError", label: "Error of given", unit: "RMSE", digits: 1 },
  { key: "correctedError", label: "Error of corrected", unit: "RMSE", digits: 1 },
  { key: "sd", label: "Stated s.d.", digits: 1 },
  { key: "inside", label: "Truth inside", unit: "% of 95 % intervals", digits: 0 },
];

/** What the correction did to the count of element-saving texts. */
export function correctionFinding(rows: ReturnType<typeof correctionRows>): string {
  const saving = rows[rows.length - 1];
  const better = rows.slice(0, -1).filter((row) => row.correctedError < row.givenError).length;
  const bias = (value: number) => {
    const gap = value - saving.truth;
    return `${gap < 0 ? "−" : "+"}${Math.abs(gap).toFixed(1)}`;
  };
  return `SIMULATED mix, invented texts: of ${
    saving.truth.toFixed(0)
  } element-saving texts the given labels count ` +
    `${saving.given.toFixed(1)} on average (${bias(saving.given)}), the corrected counts ${
      saving.corrected.toFixed(1)
    } ` +
    `(${
      bias(saving.corrected)
    }). The correction trades bias for noise: the root mean squared error goes from ` +
    `${saving.givenError.toFixed(1)} to ${
      saving.correctedError.toFixed(1)
    }, and it is smaller after the correction for ` +
    `${better} of ${rows.length - 1} single labels.`;
}
