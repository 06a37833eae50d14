import { existsSync } from "node:fs";
import { estimateTokens, tokenCost, type TokenPrices, type TokenTotals } from "./budget.ts";
import { ANSWER_TOKENS } from "./endpoint.ts";
import { openLabelStore } from "./label_store.ts";
import type { Patent } from "./patent.ts";
import { formatTokens } from "./progress_line.ts";
import { chatMessages, type Prompt } from "./prompt.ts";

/** What a run would ask for and cost, without asking. */
export async function dryRun(
  patents: () => Iterable<Patent> | AsyncIterable<Patent>,
  storePath: string,
  prompt: Prompt,
  model: string | null,
  prices: TokenPrices | undefined,
): Promise<string> {
  const store = existsSync(storePath) ? openLabelStore(storePath, { readOnly: true }) : null;
  let [texts, recorded, promptTokens] = [0, 0, 0];
  const seen = new Set<string>();
  try {
    for await (const patent of patents()) {
      if (seen.has(patent.id)) continue;
      seen.add(patent.id);
      texts++;
      const key = { patent: patent.id, prompt: prompt.version, model: model ?? "" };
      if (store !== null && model !== null && store.find(key) !== null) {
        recorded++;
        continue;
      }
      for (const { content } of chatMessages(prompt, patent)) {
        promptTokens += estimateTokens(content);
      }
    }
  } finally {
    store?.close();
  }
  const left = texts - recorded;
  const { likely, most } = runTokens(promptTokens, left);
  const cost = tokenCost(likely, prices ?? null);
  const highest = tokenCost(most, prices ?? null);
  const money = cost === null || highest === null
    ? "Give --price-prompt and --price-answer for the cost."
    : `Cost: about ${cost.toFixed(2)}, at most ${highest.toFixed(2)} without retries.`;
  return [
    `Dry run: ${texts} texts, ${recorded} of them recorded already, ${left} to label with prompt ${prompt.version}.`,
    `Tokens: about ${formatTokens(likely.promptTokens + likely.completionTokens)}, at most ${
      formatTokens(most.promptTokens + most.completionTokens)
    } without retries.`,
    money,
    "Nothing was sent.",
  ].join("\n");
}

/** Tokens of a run, by kind. */
export interface RunTokens {
  /** With prompts of English prose and answers of the usual length. */
  readonly likely: TokenTotals;
  /** The upward estimate with the longest answers; answers that are asked for again come on top. */
  readonly most: TokenTotals;
}

/**
 * Tokens that a run over so many texts takes.
 *
 * @param promptTokens of all texts together, estimated upwards (`estimateTokens`)
 */
export function runTokens(promptTokens: number, texts: number): RunTokens {
  return {
    likely: {
      promptTokens: promptTokens * LIKELY_SHARE,
      completionTokens: texts * LIKELY_ANSWER,
    },
    most: { promptTokens, completionTokens: texts * ANSWER_TOKENS },
  };
}

/** Tokens per token of the upward estimate, in English prose. */
const LIKELY_SHARE = 0.75;
/** Tokens of a usual answer. */
const LIKELY_ANSWER = 80;
