import { existsSync } from "node:fs";
import { estimateTokens, tokenCost, type TokenPrices } from "./budget.ts";
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
  const most = { promptTokens, completionTokens: left * ANSWER_TOKENS };
  const likely = {
    promptTokens: promptTokens * LIKELY_SHARE,
    completionTokens: left * LIKELY_ANSWER,
  };
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

/** Tokens per token of the upward estimate, in English prose. */
const LIKELY_SHARE = 0.75;
/** Tokens of a usual answer. */
const LIKELY_ANSWER = 80;
