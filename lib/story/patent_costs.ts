import {
  chatMessages,
  estimateTokens,
  loadPrompt,
  runTokens,
  tokenCost,
  type TokenPrices,
} from "@ree/patents";
import type { TableColumn } from "@ree/report";

/** What a run over real patents is assumed to meet. */
export interface CostOptions {
  /** Abstracts read by the prefilter. */
  readonly abstracts: number;
  /** Shares of them that pass, 0 to 1. */
  readonly shares: readonly number[];
  /** Characters of title and abstract together. */
  readonly characters: number;
  readonly prices: TokenPrices;
}

/**
 * Requests, tokens and cost of labelling what passes the prefilter, as the dry run estimates them: likely, and at most
 * when no answer has to be asked for again.
 */
export function costRows({ abstracts, shares, characters, prices }: CostOptions) {
  const patent = { title: "", abstract: "x".repeat(characters) };
  const perText = chatMessages(loadPrompt(), patent)
    .reduce((sum, { content }) => sum + estimateTokens(content), 0);
  return shares.map((share) => {
    const texts = Math.round(abstracts * share);
    const { likely, most } = runTokens(perText * texts, texts);
    return {
      share: 100 * share,
      texts,
      tokens: (likely.promptTokens + likely.completionTokens) / 1e6,
      cost: tokenCost(likely, prices),
      highest: tokenCost(most, prices),
    };
  });
}

/** Columns of {@linkcode costRows}. */
export const costColumns: readonly TableColumn[] = [
  { key: "share", label: "Pass the prefilter", unit: "%", digits: 0 },
  { key: "texts", label: "Texts to label", digits: 0 },
  { key: "tokens", label: "Tokens", unit: "million", digits: 0 },
  { key: "cost", label: "Likely cost", unit: "money", digits: 0 },
  { key: "highest", label: "At most", unit: "money", digits: 0 },
];
