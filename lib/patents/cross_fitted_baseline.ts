import { type BaselineClassifier, type BaselineOptions, trainBaseline } from "./baseline.ts";
import { groupedFolds } from "./cross_validate.ts";
import type { LabelledText } from "./labelled_texts.ts";
import { patentText } from "./patent.ts";

/**
 * The baseline trained on all texts, except that a text of the training set is classified by a classifier that saw
 * neither it nor its near-duplicates. Without this, labels of the training set would come back as they were given, and
 * their counts would look right to the last text.
 */
export function trainCrossFitted(
  texts: readonly LabelledText[],
  options: BaselineOptions & { readonly folds?: number; readonly seed?: number } = {},
): BaselineClassifier {
  const { folds = 5, seed = 1 } = options;
  const whole = trainBaseline(texts, options);
  const foldOf = groupedFolds(texts, folds, seed);
  const parts = Array.from(
    { length: folds },
    (_, fold) => trainBaseline(texts.filter((_, i) => foldOf[i] !== fold), options),
  );
  const seen = new Map(texts.map((text, i) => [patentText(text), parts[foldOf[i]]]));
  return {
    ...whole,
    classify: (patent) => (seen.get(patentText(patent)) ?? whole).classify(patent),
    converged: whole.converged && parts.every(({ converged }) => converged),
  };
}
