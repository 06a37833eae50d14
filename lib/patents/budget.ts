import { namedError } from "./named_error.ts";

/** Prices of a model. */
export interface TokenPrices {
  /** Money per million prompt tokens. */
  readonly promptPerMillion: number;
  /** Money per million answer tokens. */
  readonly completionPerMillion: number;
}

/** Where a run stops by itself. */
export interface Budget {
  /** Prompt and answer tokens together. */
  readonly tokens?: number;
  /** Money, in the currency of the prices. */
  readonly money?: number;
}

/** Tokens spent. */
export interface TokenTotals {
  readonly promptTokens: number;
  readonly completionTokens: number;
}

/** Characters per token below which English text does not fall: estimates err to the dear side. */
const CHARACTERS_PER_TOKEN = 3;

/** Tokens of a text, estimated upwards: a token for three ASCII characters, and one and a half for every other one. */
export function estimateTokens(text: string): number {
  const others = text.match(/\P{ASCII}/gu)?.length ?? 0;
  return Math.ceil((text.length - others) / CHARACTERS_PER_TOKEN + 1.5 * others) + 4;
}

/** What tokens cost; null without prices. */
export function tokenCost(totals: TokenTotals, prices: TokenPrices | null): number | null {
  if (prices === null) return null;
  return (totals.promptTokens * prices.promptPerMillion +
    totals.completionTokens * prices.completionPerMillion) / 1e6;
}

/**
 * Whether the totals stay within the budget.
 *
 * @throws EndpointError when the budget is in money and there are no prices
 */
export function withinBudget(
  totals: TokenTotals,
  budget: Budget,
  prices: TokenPrices | null,
): boolean {
  if (
    budget.tokens !== undefined && totals.promptTokens + totals.completionTokens > budget.tokens
  ) {
    return false;
  }
  if (budget.money === undefined) return true;
  const cost = tokenCost(totals, prices);
  if (cost === null) {
    throw namedError("EndpointError", "a budget in money needs the prices of the model's tokens");
  }
  return cost <= budget.money;
}
