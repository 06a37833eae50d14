import {
  evaluateLabels,
  type Evaluation,
  type Interval,
  type LabelledText,
  labelScores,
} from "@ree/patents";
import type { TableColumn } from "@ree/report";

/** A labelled text beside the label that a classifier gave it. */
export interface JudgedText extends Pick<LabelledText, "primary" | "group" | "hard"> {
  readonly given: string;
}

/** One evaluation for all texts and one for each of the parts that were written as plain and as hard. */
export interface SplitEvaluation {
  readonly part: string;
  readonly texts: number;
  readonly evaluation: Evaluation;
}

/** Evaluates all texts, the plain and the hard ones; parts without texts are left out. */
export function splitEvaluations(
  judged: readonly JudgedText[],
  options: { readonly draws?: number; readonly seed?: number } = {},
): readonly SplitEvaluation[] {
  const parts: [string, readonly JudgedText[]][] = [
    ["all", judged],
    ["plain", judged.filter(({ hard }) => !hard)],
    ["hard", judged.filter(({ hard }) => hard)],
  ];
  return parts.filter(([, texts]) => texts.length > 0).map(([part, texts]) => ({
    part,
    texts: texts.length,
    evaluation: evaluateLabels(
      texts.map(({ primary }) => primary),
      texts.map(({ given }) => given),
      { groups: texts.map(({ group }) => group), ...options },
    ),
  }));
}

/** Rows of `bandChart`: macro-F1 and κ of every part with their intervals. */
export function scoreBands(parts: readonly SplitEvaluation[]) {
  const band = (group: string, part: SplitEvaluation, interval: Interval) => ({
    group,
    label: `${part.part} (${part.texts} texts)`,
    central: interval.estimate,
    lower: Math.min(interval.low, interval.estimate),
    upper: Math.max(interval.high, interval.estimate),
  });
  return [
    ...parts.map((part) => band("macro-F1", part, part.evaluation.macroF1)),
    ...parts.map((part) => band("Cohen's κ with the first labels", part, part.evaluation.kappa)),
  ];
}

/** "0.80 [0.76, 0.83]". */
export function intervalText({ estimate, low, high }: Interval): string {
  return `${estimate.toFixed(2)} [${low.toFixed(2)}, ${high.toFixed(2)}]`;
}

/** F1 of every label in every part, with precision and recall over all texts. */
export function labelScoreRows(parts: readonly SplitEvaluation[]) {
  const [whole] = parts;
  const f1 = new Map(parts.map(({ part, evaluation }) => [part, labelScores(evaluation.matrix)]));
  return labelScores(whole.evaluation.matrix).map(({ label, precision, recall, support }, k) => ({
    label,
    texts: support,
    precision,
    recall,
    f1: f1.get("all")![k].f1,
    plain: f1.get("plain")?.[k].f1 ?? null,
    hard: f1.get("hard")?.[k].f1 ?? null,
    hardTexts: f1.get("hard")?.[k].support ?? 0,
  }));
}

/** Columns of {@linkcode labelScoreRows}. */
export const labelScoreColumns: readonly TableColumn[] = [
  { key: "label", label: "Label" },
  { key: "texts", label: "Texts", digits: 0 },
  { key: "precision", label: "Precision", digits: 2 },
  { key: "recall", label: "Recall", digits: 2 },
  { key: "f1", label: "F1", digits: 2 },
  { key: "plain", label: "F1, plain", digits: 2 },
  { key: "hard", label: "F1, hard", digits: 2 },
  { key: "hardTexts", label: "Hard texts", digits: 0 },
];

/** Cells of `valueGrid`: of the texts with a label, the percentage that was given each label. */
export function confusionCells(parts: readonly SplitEvaluation[]) {
  return parts.flatMap(({ part, texts, evaluation: { matrix } }) =>
    matrix.counts.flatMap((row, k) => {
      const sum = row.reduce((partial, count) => partial + count, 0);
      return row.map((count, j) => ({
        panel: `${part} texts (${texts})`,
        row: matrix.labels[k],
        column: matrix.labels[j],
        value: sum === 0 ? null : Math.round(100 * count / sum),
      }));
    })
  );
}

/** The confusion that is most frequent among the texts of a label, as a sentence. */
export function confusionFinding({ evaluation: { matrix } }: SplitEvaluation): string {
  let most = { share: 0, count: 0, of: 0, truth: "", given: "" };
  matrix.counts.forEach((row, k) => {
    const of = row.reduce((sum, count) => sum + count, 0);
    row.forEach((count, j) => {
      if (j === k || of === 0 || count / of <= most.share) return;
      most = { share: count / of, count, of, truth: matrix.labels[k], given: matrix.labels[j] };
    });
  });
  if (most.count === 0) return "no label is taken for another";
  return `most often ${most.truth} is taken for ${most.given} (${most.count} of ${most.of})`;
}

/** Macro-F1 of the plain and the hard texts, as a sentence. */
export function scoreFinding(parts: readonly SplitEvaluation[]): string {
  const named = parts.map(({ part, evaluation }) =>
    `${part} ${evaluation.macroF1.estimate.toFixed(2)}`
  );
  return `Macro-F1 of the BASELINE on invented texts: ${named.join(", ")}`;
}

/** One row for each pair of labellers compared. */
export function agreementRow(who: string, { kappa, accuracy, macroF1, matrix }: Evaluation) {
  return {
    who,
    texts: matrix.total,
    same: Math.round(accuracy.estimate * matrix.total),
    kappa: intervalText(kappa),
    macroF1: intervalText(macroF1),
  };
}

/** Columns of {@linkcode agreementRow}. */
export const agreementColumns: readonly TableColumn[] = [
  { key: "who", label: "Compared" },
  { key: "texts", label: "Texts", digits: 0 },
  { key: "same", label: "Same label", digits: 0 },
  { key: "kappa", label: "Cohen's κ", align: "right" },
  { key: "macroF1", label: "Macro-F1", align: "right" },
];

/** The second labels against the first, where there are second ones. */
export function secondPass(texts: readonly LabelledText[]): Evaluation {
  const both = texts.filter(({ second }) => second !== null);
  return evaluateLabels(
    both.map(({ primary }) => primary),
    both.map(({ second }) => second!),
    { groups: both.map(({ group }) => group) },
  );
}
