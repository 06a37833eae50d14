import { type BaselineClassifier, LABELS } from "@ree/patents";
import type { TableColumn } from "@ree/report";

/** Words and pairs of words that speak most for each label. */
export function featureRows(classifier: Pick<BaselineClassifier, "topFeatures">, count = 8) {
  return LABELS.map((label) => ({
    label,
    features: classifier.topFeatures(label, count).map(({ feature }) => feature).join(", "),
  }));
}

/** Columns of {@linkcode featureRows}. */
export const featureColumns: readonly TableColumn[] = [
  { key: "label", label: "Label" },
  { key: "features", label: "Words that speak most for it" },
];
