import type { LabelledPatent } from "./label_panel.ts";
import type { LabelAnswer } from "./label_answer.ts";
import type { LabelStore } from "./label_store.ts";
import { namedError } from "./named_error.ts";
import type { Patent } from "./patent.ts";

/** Labels of one prompt version and model, by patent; null for patents recorded as unlabelled. */
export interface StoredLabels {
  readonly prompt: string;
  readonly model: string;
  readonly answers: ReadonlyMap<string, LabelAnswer | null>;
}

/**
 * Labels from a store.
 *
 * @param which needed only as far as the store holds several prompt versions or models
 * @throws StoreError when the store holds none that fit, or several
 */
export function storedLabels(
  store: LabelStore,
  which: { readonly prompt?: string; readonly model?: string } = {},
): StoredLabels {
  const runs = store.runs().filter(({ prompt, model }) =>
    (which.prompt ?? prompt) === prompt && (which.model ?? model) === model
  );
  if (runs.length !== 1) {
    const there = store.runs().map(({ prompt, model, outcomes }) =>
      `prompt ${prompt} with model ${model} (${outcomes} texts)`
    );
    throw namedError(
      "StoreError",
      `${store.path}: ${runs.length} sets of labels fit, expected one; name prompt and model. ` +
        `The store holds: ${there.join("; ") || "nothing"}`,
    );
  }
  const [{ prompt, model }] = runs;
  const answers = new Map<string, LabelAnswer | null>();
  for (const { patent, answer } of store.outcomes({ prompt, model })) answers.set(patent, answer);
  return { prompt, model, answers };
}

/** Patents joined with their labels, each id once; `tally` counts those that have none. */
export async function* labelledPatents(
  patents: Iterable<Patent> | AsyncIterable<Patent>,
  { answers }: StoredLabels,
  tally: { unlabelled: number; absent: number; repeated: number },
): AsyncGenerator<LabelledPatent> {
  const seen = new Set<string>();
  for await (const patent of patents) {
    if (seen.has(patent.id)) {
      tally.repeated++;
      continue;
    }
    seen.add(patent.id);
    const answer = answers.get(patent.id);
    if (answer === undefined) tally.absent++;
    else if (answer === null) tally.unlabelled++;
    else yield { patent, primary: answer.primary, labels: answer.labels };
  }
}
