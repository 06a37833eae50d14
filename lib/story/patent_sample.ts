import { randomStream } from "@ree/numeric";
import {
  type EndpointSettings,
  evaluateLabels,
  type Evaluation,
  labelPatents,
  type LabelRunSummary,
  LABELS,
  loadPrompt,
  openEndpoint,
  openLabelStore,
  patentOf,
  storedLabels,
} from "@ree/patents";
import type { LabelledText } from "@ree/patents";
import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { agreementRow } from "./patent_scores.ts";

/** A text with the label of the baseline. */
export type SampledText = LabelledText & { readonly given: string };

/** What {@linkcode labelSample} needs. */
export interface SampleOptions {
  /** Null when the environment names no endpoint. */
  readonly settings: EndpointSettings | null;
  readonly texts: readonly SampledText[];
  /** Texts to label, as evenly over the labels as goes. */
  readonly size: number;
  /** The run stops before it spends more tokens than this, earlier runs with the same store included. */
  readonly tokens: number;
  /** SQLite file; texts that it holds cost nothing again. */
  readonly store: string;
  readonly seed?: number;
  readonly timeoutSeconds?: number;
}

/** What a language model said about a sample of labelled texts. */
export interface ModelSample {
  readonly model: string;
  readonly asked: number;
  readonly summary: LabelRunSummary | null;
  /** Why the run broke off; null when it did not. */
  readonly failure: string | null;
  /** Texts with a label by the model. */
  readonly labelled: readonly (SampledText & { readonly byModel: string })[];
}

/** The sample: texts in random order, each label in turn. */
export function sampleByLabel<Text extends Pick<LabelledText, "primary">>(
  texts: readonly Text[],
  size: number,
  seed = 1,
): readonly Text[] {
  const random = randomStream(seed);
  const shuffled = texts.map((text) => ({ text, key: random.uniform() }))
    .sort((a, b) => a.key - b.key).map(({ text }) => text);
  const queues = LABELS.map((label) => shuffled.filter(({ primary }) => primary === label));
  const longest = Math.max(...queues.map((queue) => queue.length));
  return Array.from({ length: longest }, (_, i) => queues.flatMap((queue) => queue.slice(i, i + 1)))
    .flat().slice(0, size);
}

/**
 * Labels a sample with the endpoint's model, within a budget; null when there is no endpoint. An endpoint that does not
 * answer is told in `failure`, what was labelled before it is kept.
 */
export async function labelSample(options: SampleOptions): Promise<ModelSample | null> {
  const { settings, size, tokens, seed, timeoutSeconds } = options;
  if (settings === null) return null;
  const texts = sampleByLabel(options.texts, size, seed);
  mkdirSync(dirname(options.store), { recursive: true });
  const store = openLabelStore(options.store);
  const prompt = loadPrompt();
  let summary: LabelRunSummary | null = null;
  let failure: string | null = null;
  try {
    summary = await labelPatents({
      patents: texts.map(({ id, title, abstract }) => patentOf({ id, title, abstract })),
      store,
      prompt,
      endpoint: openEndpoint(settings, { timeoutSeconds }),
      budget: { tokens },
    }).catch((cause: Error) => {
      if (cause.name !== "EndpointError") throw cause;
      failure = cause.message;
      return null;
    });
    const runs = store.runs().some((run) =>
      run.prompt === prompt.version && run.model === settings.model
    );
    const answers = runs
      ? storedLabels(store, { prompt: prompt.version, model: settings.model }).answers
      : new Map<string, null>();
    const labelled = texts.flatMap((text) => {
      const answer = answers.get(text.id) ?? null;
      return answer === null ? [] : [{ ...text, byModel: answer.primary }];
    });
    return { model: settings.model, asked: texts.length, summary, failure, labelled };
  } finally {
    store.close();
  }
}

/** What happened, as a sentence without any word of the endpoint's own. */
export function sampleFinding(sample: ModelSample | null): string {
  if (sample === null) {
    return "The environment names no endpoint (`REE_LLM_BASE_URL`, `REE_LLM_MODEL`): **this section was skipped**, no language " +
      "model was asked, and every label above is the baseline's.";
  }
  const { asked, labelled, summary, failure } = sample;
  const end = failure !== null
    ? " The run broke off; the endpoint's message is below."
    : summary?.stopped === "budget"
    ? " The run stopped at its budget."
    : "";
  const paid = summary === null
    ? ""
    : ` ${summary.requests} requests and ${
      (summary.promptTokens + summary.completionTokens).toLocaleString("en-US")
    } tokens in this run; ${summary.skipped} texts had been labelled before.`;
  return `A language model was asked about ${asked} of the invented texts and labelled ${labelled.length}.${paid}${end}`;
}

/** Model against first labels, baseline against first labels, model against baseline, on the texts that the model labelled. */
export function sampleRows({ model, labelled }: ModelSample) {
  if (labelled.length === 0) return [];
  const groups = labelled.map(({ group }) => group);
  const truth = labelled.map(({ primary }) => primary);
  const given = labelled.map((text) => text.given);
  const byModel = labelled.map((text) => text.byModel);
  const compare = (a: readonly string[], b: readonly string[]): Evaluation =>
    evaluateLabels(a, b, { groups });
  return [
    agreementRow(`first labels and ${model}`, compare(truth, byModel)),
    agreementRow("first labels and BASELINE", compare(truth, given)),
    agreementRow(`${model} and BASELINE`, compare(byModel, given)),
  ];
}
