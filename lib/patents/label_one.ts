import { type Budget, estimateTokens, type TokenPrices, type TokenTotals } from "./budget.ts";
import { ANSWER_TOKENS, type Endpoint, type Reply } from "./endpoint.ts";
import { parseAnswer } from "./label_answer.ts";
import type { LabelStore } from "./label_store.ts";
import type { Patent } from "./patent.ts";
import { chatMessages, type Prompt, sha256 } from "./prompt.ts";
import { patentText } from "./patent.ts";
import { type RetryPolicy, retryWait, sleep } from "./retry.ts";
import type { TokenBucket } from "./token_bucket.ts";

/** What the workers of a run share. */
export interface RunContext {
  readonly endpoint: Endpoint;
  readonly store: LabelStore;
  readonly prompt: Prompt;
  readonly retry: RetryPolicy;
  readonly requests: TokenBucket;
  readonly tokens: TokenBucket;
  readonly budget: Budget;
  readonly prices: TokenPrices | null;
  /** Ends waits at once; requests under way end by themselves. */
  readonly signal: AbortSignal;
  /** Sets tokens aside for a request; false when the budget does not hold them. */
  readonly reserve: (tokens: TokenTotals) => boolean;
  /** Puts what a request used in place of what was set aside. */
  readonly settle: (reserved: TokenTotals, used: TokenTotals) => void;
  /** Answers that were paid for and that the store could not take. */
  readonly unsaved: NewOutcome[];
  /** Called before every request. */
  readonly onRequest: () => void;
}

/** How the work on one text ended. */
export type TextResult =
  | { readonly kind: "labelled" | "unlabelled" | "budget" | "interrupted" }
  | {
    /** Not recorded: the text itself need not be at fault. */
    readonly kind: "failed";
    readonly problem: string;
    readonly raw: string;
    readonly forAll: boolean;
    /** Whether the server refused, rather than the way to it failed. */
    readonly refused: boolean;
    readonly used: TokenTotals;
  };

/** How many times as often as a failure a request may be told to come later. */
const LIMITED_TRIES = 3;
const NOTHING: TokenTotals = { promptTokens: 0, completionTokens: 0 };

/**
 * Asks about one patent until there is a valid answer, the answers allowed are used up (recorded as unlabelled), or the
 * way to the endpoint failed `tries` times in a row (not recorded). Answers rejected in an earlier run count.
 */
export async function labelOne(
  run: RunContext,
  patent: Patent,
  tries: number = run.retry.tries,
): Promise<TextResult> {
  const { store, prompt, endpoint } = run;
  const key = { patent: patent.id, prompt: prompt.version, model: endpoint.model };
  const textSha256 = sha256(patentText(patent));
  const messages = chatMessages(prompt, patent);
  const promptTokens = messages.reduce((sum, { content }) => sum + estimateTokens(content), 0);
  const estimate = { promptTokens, completionTokens: ANSWER_TOKENS };
  let rejected = store.rejections(key);
  let failures = 0;
  let limited = 0;
  for (;;) {
    if (run.signal.aborted) return { kind: "interrupted" };
    if (!run.reserve(estimate)) return { kind: "budget" };
    await run.tokens.take(promptTokens + ANSWER_TOKENS, run.signal);
    await run.requests.take(1, run.signal);
    if (run.signal.aborted) {
      run.settle(estimate, NOTHING);
      return { kind: "interrupted" };
    }
    run.onRequest();
    // Without the signal: a request under way is paid for, so its answer is waited for.
    const reply = await endpoint.ask(messages);
    const used = tokensUsed(reply, promptTokens);
    run.settle(estimate, used);
    run.tokens.giveBack(
      promptTokens + ANSWER_TOKENS - used.promptTokens - used.completionTokens,
    );
    if (reply.kind === "refused") return { ...reply, kind: "failed", refused: true, used };
    if (reply.kind === "transient") {
      if (run.signal.aborted) return { kind: "interrupted" };
      if (reply.limited) limited++;
      else failures++;
      const { problem, raw, retryAfter } = reply;
      const often = `${problem}, ${failures + limited} times in a row`;
      if (failures >= tries || limited >= tries * LIMITED_TRIES) {
        // A rate limit is no fault of the text: it stops the run and leaves the text to the next one.
        const forAll = failures < tries;
        return { kind: "failed", problem: often, raw, forAll, refused: false, used };
      }
      await sleep(retryWait(run.retry, failures + limited, retryAfter), run.signal);
      continue;
    }
    failures = 0;
    limited = 0;
    const parsed = reply.kind === "text" ? parseAnswer(reply.text, patent) : reply;
    const paid = { ...key, raw: reply.raw, ...used };
    if ("answer" in parsed) {
      const { answer } = parsed;
      recordOutcome(run, { ...paid, status: "labelled", answer, reason: null, textSha256 });
      return { kind: "labelled" };
    }
    rejected++;
    if (rejected >= run.retry.answers) {
      if (reply.kind === "unusable" && !reply.speaksProtocol) {
        const { problem, raw } = reply;
        return { kind: "failed", problem, raw, forAll: false, refused: false, used };
      }
      const reason = parsed.problem;
      recordOutcome(run, { ...paid, status: "unlabelled", answer: null, reason, textSha256 });
      return { kind: "unlabelled" };
    }
    store.reject({ ...paid, problem: parsed.problem });
  }
}

/** An outcome that has yet to be recorded. */
export type NewOutcome = Parameters<LabelStore["record"]>[0];

/** Records an outcome; when the store cannot take it, the run keeps it for its error before passing the error on. */
export function recordOutcome(run: Pick<RunContext, "store" | "unsaved">, outcome: NewOutcome) {
  try {
    run.store.record(outcome);
  } catch (cause) {
    run.unsaved.push(outcome);
    throw cause;
  }
}

/** What a reply cost: as the endpoint says, or estimated upwards where something came without saying. */
function tokensUsed(reply: Reply, promptTokens: number): TokenTotals {
  if (reply.kind === "refused" || reply.kind === "transient") return NOTHING;
  return reply.usage ?? { promptTokens, completionTokens: estimateTokens(reply.raw) };
}
