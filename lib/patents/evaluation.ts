import { type BaselineOptions, trainBaseline } from "./baseline.ts";
import {
  accuracy,
  type BootstrapOptions,
  bootstrapScore,
  cohenKappa,
  type ConfusionMatrix,
  confusionMatrix,
  type Interval,
  type LabelScore,
  labelScores,
  macroF1,
} from "./confusion_matrix.ts";
import { crossValidate } from "./cross_validate.ts";
import { LABELS } from "./labels.ts";
import type { LabelledText } from "./labelled_texts.ts";

/** How well given labels agree with true ones. */
export interface Evaluation {
  readonly matrix: ConfusionMatrix;
  readonly scores: readonly LabelScore[];
  readonly macroF1: Interval;
  readonly accuracy: Interval;
  /** Cohen's κ. */
  readonly kappa: Interval;
}

/** Compares two lists of the six labels, with bootstrap intervals; near-duplicates are drawn together when named. */
export function evaluateLabels(
  truth: readonly string[],
  given: readonly string[],
  options: BootstrapOptions = {},
): Evaluation {
  const matrix = confusionMatrix(truth, given, LABELS);
  return {
    matrix,
    scores: labelScores(matrix),
    macroF1: bootstrapScore(truth, given, LABELS, macroF1, options),
    accuracy: bootstrapScore(truth, given, LABELS, accuracy, options),
    kappa: bootstrapScore(truth, given, LABELS, cohenKappa, options),
  };
}

/** Options of {@linkcode evaluateBaseline}. */
export type BaselineEvaluationOptions = BaselineOptions & BootstrapOptions & {
  /** Default 5. */
  readonly folds?: number;
};

/** Primary labels that the baseline gives to texts it has not seen, by grouped cross-validation. */
export function baselineLabels(
  texts: readonly LabelledText[],
  options: BaselineEvaluationOptions = {},
): readonly string[] {
  return crossValidate(texts, (seen) => {
    const { classify } = trainBaseline(seen, options);
    return (text) => classify(text).primary;
  }, options);
}

/** Evaluates the baseline classifier by grouped cross-validation on labelled texts. */
export function evaluateBaseline(
  texts: readonly LabelledText[],
  options: BaselineEvaluationOptions = {},
): Evaluation {
  const given = baselineLabels(texts, options);
  const groups = texts.map(({ group }) => group);
  return evaluateLabels(texts.map(({ primary }) => primary), given, { groups, ...options });
}
