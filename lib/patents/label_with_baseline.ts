import { type BaselineClassifier, type TrainingText } from "./baseline.ts";
import type { LabelStore } from "./label_store.ts";
import { type Patent, patentText } from "./patent.ts";
import { type Prompt, promptOf, sha256 } from "./prompt.ts";

/** Stands in the store where a model's labels have the version of their prompt. */
export const BASELINE_PROMPT: Prompt = promptOf(
  "baseline",
  "No prompt: labels of the baseline classifier (multinomial logit on n-gram counts), not of a language model.",
);

/** Name of the baseline as a model: it changes with the texts it was trained on. */
export function baselineName(texts: readonly TrainingText[]): string {
  const content = texts.map(({ title, abstract, primary }) => [title, abstract, primary]);
  return `baseline-logit-${sha256(JSON.stringify(content)).slice(0, 8)}`;
}

/** Labels patents with the baseline classifier into a store; those that are in it already are skipped. */
export async function labelWithBaseline(
  patents: Iterable<Patent> | AsyncIterable<Patent>,
  store: LabelStore,
  classifier: BaselineClassifier,
  model: string,
  onLabelled?: (count: number) => void,
): Promise<{ readonly labelled: number; readonly skipped: number }> {
  store.registerPrompt(BASELINE_PROMPT);
  let [labelled, skipped] = [0, 0];
  for await (const patent of patents) {
    const key = { patent: patent.id, prompt: BASELINE_PROMPT.version, model };
    if (store.find(key) !== null) {
      skipped++;
      continue;
    }
    const { probabilities, ...answer } = classifier.classify(patent);
    store.record({
      ...key,
      status: "labelled",
      answer,
      reason: null,
      raw: JSON.stringify({ probabilities }),
      textSha256: sha256(patentText(patent)),
      promptTokens: 0,
      completionTokens: 0,
    });
    onLabelled?.(++labelled);
  }
  return { labelled, skipped };
}
