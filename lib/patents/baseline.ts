import { minimise } from "@ree/numeric";
import { type Label, LABELS } from "./labels.ts";
import type { LabelAnswer } from "./label_answer.ts";
import type { LabelledText } from "./labelled_texts.ts";
import { type Patent, patentText } from "./patent.ts";
import { elementsMentioned } from "./prefilter.ts";
import { sentences, textFeatures } from "./text_features.ts";

/** What the classifier is trained on. */
export type TrainingText = Pick<LabelledText, "title" | "abstract" | "primary">;

/** The baseline's answer; `evidence` is the sentence that speaks most for the label. */
export interface BaselineAnswer extends LabelAnswer {
  /** By label, summing to 1. */
  readonly probabilities: Readonly<Record<Label, number>>;
}

/** A trained baseline classifier. It is the baseline, not the model of the paper. */
export interface BaselineClassifier {
  classify(patent: Pick<Patent, "title" | "abstract">): BaselineAnswer;
  /** Features that speak most for a label, strongest first. */
  topFeatures(
    label: Label,
    count: number,
  ): readonly { readonly feature: string; readonly weight: number }[];
  readonly features: number;
  /** Whether the fit reached its optimum. */
  readonly converged: boolean;
}

/** Options of {@linkcode trainBaseline}. */
export interface BaselineOptions {
  /** Weight of the squared coefficients in the mean log loss (default 0.002). */
  readonly penalty?: number;
  /** Texts in which a feature must occur (default 2). */
  readonly minTexts?: number;
}

/** Every further label whose probability is at least this counts as one that applies too. */
const ALSO = 0.35;

/**
 * Fits a multinomial logit of the primary label on n-gram counts: log(1 + count), weighted by how rare the feature is,
 * scaled to length 1 per text, with an L2 penalty on the coefficients (not on the constants).
 *
 * @throws RangeError when the texts hold fewer than two labels
 */
export function trainBaseline(
  texts: readonly TrainingText[],
  options: BaselineOptions = {},
): BaselineClassifier {
  const { penalty = 0.002, minTexts = 2 } = options;
  if (new Set(texts.map(({ primary }) => primary)).size < 2) {
    throw new RangeError(`baseline: ${texts.length} texts of fewer than two labels`);
  }
  const documents = texts.map(textFeatures);
  const vocabulary = weighVocabulary(documents, minTexts);
  const rows = documents.map((features) => vectorOf(features, vocabulary));
  const classes = texts.map(({ primary }) => LABELS.indexOf(primary));
  const width = vocabulary.size + 1;
  const { point, converged } = minimise(
    (point, gradient) => logLoss(point, gradient, rows, classes, width, penalty),
    new Float64Array(LABELS.length * width),
    { tolerance: 1e-6 },
  );
  const classify = (patent: Pick<Patent, "title" | "abstract">): BaselineAnswer => {
    const shares = softmax(scores(point, vectorOf(textFeatures(patent), vocabulary), width));
    const best = shares.indexOf(Math.max(...shares));
    const primary = LABELS[best];
    return {
      primary,
      labels: LABELS.filter((_, k) => k === best || shares[k] >= ALSO),
      elements: elementsMentioned(patentText(patent)),
      evidence: strongestSentence(patent, vocabulary, point, best * width),
      probabilities: Object.fromEntries(LABELS.map((label, k) => [label, shares[k]])) as Record<
        Label,
        number
      >,
    };
  };
  return {
    classify,
    topFeatures(label, count) {
      const offset = LABELS.indexOf(label) * width;
      return [...vocabulary.entries()]
        .map(([feature, { index }]) => ({ feature, weight: point[offset + index] }))
        .sort((a, b) => b.weight - a.weight || (a.feature < b.feature ? -1 : 1))
        .slice(0, count);
    },
    features: vocabulary.size,
    converged,
  };
}

type Vocabulary = ReadonlyMap<string, { readonly index: number; readonly rarity: number }>;

/** A text as its features' indices and values, of length 1. */
interface SparseRow {
  readonly indices: readonly number[];
  readonly values: readonly number[];
}

function weighVocabulary(documents: readonly (readonly string[])[], minTexts: number): Vocabulary {
  const texts = new Map<string, number>();
  for (const features of documents) {
    for (const feature of new Set(features)) texts.set(feature, (texts.get(feature) ?? 0) + 1);
  }
  const vocabulary = new Map<string, { index: number; rarity: number }>();
  for (const [feature, count] of texts) {
    if (count < minTexts) continue;
    const rarity = Math.log((1 + documents.length) / (1 + count)) + 1;
    vocabulary.set(feature, { index: vocabulary.size, rarity });
  }
  return vocabulary;
}

function vectorOf(features: readonly string[], vocabulary: Vocabulary): SparseRow {
  const counts = new Map<string, number>();
  for (const feature of features) {
    if (vocabulary.has(feature)) counts.set(feature, (counts.get(feature) ?? 0) + 1);
  }
  const indices: number[] = [];
  const values: number[] = [];
  let squares = 0;
  for (const [feature, count] of counts) {
    const { index, rarity } = vocabulary.get(feature)!;
    const value = Math.log1p(count) * rarity;
    indices.push(index);
    values.push(value);
    squares += value * value;
  }
  const length = Math.sqrt(squares) || 1;
  return { indices, values: values.map((value) => value / length) };
}

/** Mean log loss plus half the penalty times the squared coefficients; the last column holds the constants. */
function logLoss(
  point: Float64Array,
  gradient: Float64Array,
  rows: readonly SparseRow[],
  classes: readonly number[],
  width: number,
  penalty: number,
): number {
  let loss = 0;
  gradient.fill(0);
  for (let r = 0; r < rows.length; r++) {
    const shares = softmax(scores(point, rows[r], width));
    loss -= Math.log(Math.max(shares[classes[r]], 1e-300)) / rows.length;
    const { indices, values } = rows[r];
    for (let k = 0; k < shares.length; k++) {
      const error = (shares[k] - (k === classes[r] ? 1 : 0)) / rows.length;
      for (let j = 0; j < indices.length; j++) {
        gradient[k * width + indices[j]] += error * values[j];
      }
      gradient[k * width + width - 1] += error;
    }
  }
  for (let i = 0; i < point.length; i++) {
    if (i % width === width - 1) continue;
    loss += penalty / 2 * point[i] * point[i];
    gradient[i] += penalty * point[i];
  }
  return loss;
}

function scores(point: Float64Array, { indices, values }: SparseRow, width: number): number[] {
  return LABELS.map((_, k) => {
    let sum = point[k * width + width - 1];
    for (let j = 0; j < indices.length; j++) sum += point[k * width + indices[j]] * values[j];
    return sum;
  });
}

function softmax(scores: readonly number[]): number[] {
  const most = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - most));
  const sum = powers.reduce((partial, power) => partial + power, 0);
  return powers.map((power) => power / sum);
}

function strongestSentence(
  patent: Pick<Patent, "title" | "abstract">,
  vocabulary: Vocabulary,
  point: Float64Array,
  offset: number,
): string {
  let best = patent.title;
  let most = -Infinity;
  for (const sentence of sentences(patentText(patent))) {
    let sum = 0;
    for (const feature of new Set(textFeatures({ title: "", abstract: sentence }))) {
      const known = vocabulary.get(feature);
      if (known !== undefined) sum += point[offset + known.index] * known.rarity;
    }
    if (sum > most) [best, most] = [sentence, sum];
  }
  return best;
}
