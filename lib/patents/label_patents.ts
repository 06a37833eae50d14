import {
  type Budget,
  tokenCost,
  type TokenPrices,
  type TokenTotals,
  withinBudget,
} from "./budget.ts";
import type { Endpoint } from "./endpoint.ts";
import {
  labelOne,
  type NewOutcome,
  recordOutcome,
  type RunContext,
  type TextResult,
} from "./label_one.ts";
import type { LabelStore } from "./label_store.ts";
import { namedError } from "./named_error.ts";
import { type Patent, patentText } from "./patent.ts";
import { type Prompt, sha256 } from "./prompt.ts";
import { RETRY, type RetryPolicy } from "./retry.ts";
import { tokenBucket } from "./token_bucket.ts";

/** What {@linkcode labelPatents} needs and may be told. */
export interface LabelRunOptions {
  readonly patents: Iterable<Patent> | AsyncIterable<Patent>;
  readonly store: LabelStore;
  readonly endpoint: Endpoint;
  readonly prompt: Prompt;
  /** Requests at the same time (default 8). */
  readonly concurrency?: number;
  /** Highest rate of requests, retries included (default no limit). */
  readonly requestsPerMinute?: number;
  /** Highest rate of tokens, estimated before and corrected after every request (default no limit). */
  readonly tokensPerMinute?: number;
  /** Over everything the store holds for this prompt version and model, earlier runs included. */
  readonly budget?: Budget;
  readonly prices?: TokenPrices;
  readonly retry?: Partial<RetryPolicy>;
  /** Patents to come, for the estimate of the time left. */
  readonly total?: number;
  readonly onProgress?: (progress: LabelProgress) => void;
  /** Ends the run once the requests under way are answered and recorded. */
  readonly signal?: AbortSignal;
}

/** How far a run is. */
export interface LabelProgress extends TokenTotals {
  readonly labelled: number;
  readonly unlabelled: number;
  /** Already in the store, or a repeated id in the input. */
  readonly skipped: number;
  /** In the store under the same key, but with another text than the one that came. */
  readonly changed: number;
  readonly requests: number;
  readonly seconds: number;
  /** Texts recorded per second. */
  readonly rate: number;
  /** Seconds left; null when the number of texts is unknown. */
  readonly secondsLeft: number | null;
  /** Money for the tokens of this run; null without prices. */
  readonly cost: number | null;
}

/** How a run ended. */
export interface LabelRunSummary extends LabelProgress {
  /** `done`: all texts seen; `budget`: stopped before the budget was passed; `interrupted`: by the signal. */
  readonly stopped: "done" | "budget" | "interrupted";
}

/** Tries of a request while nothing has yet come back: a wrong address is told within seconds. */
const FIRST_TRIES = 4;
/** Texts that fail with none answered in between, after which the endpoint is held to be down. */
const FAILED_TEXTS = 3;
const PROGRESS_SECONDS = 1;

/**
 * Labels patents with a model. Every text ends in the store once, labelled or unlabelled, unless the run stops; a text
 * that is in the store already costs nothing. The first text goes alone, so that a wrong address or key costs one request.
 *
 * @throws EndpointError when the endpoint cannot be reached, is no chat endpoint, or refuses the key; texts without an
 * answer are not recorded then and the next run takes them up
 * @throws StoreError when the store cannot be written; its property `unsaved` holds the outcomes it could not take
 */
export async function labelPatents(options: LabelRunOptions): Promise<LabelRunSummary> {
  const { store, endpoint, prompt, concurrency = 8, budget = {}, prices = null } = options;
  if (!(Number.isInteger(concurrency) && concurrency > 0)) {
    throw new RangeError(`concurrency ${concurrency}: expected a whole number above 0`);
  }
  const earlier = store.totals(prompt.version, endpoint.model);
  withinBudget(earlier, budget, prices);
  store.registerPrompt(prompt);
  const stop = new AbortController();
  const signal = AbortSignal.any([stop.signal, ...options.signal ? [options.signal] : []]);
  const counts = { labelled: 0, unlabelled: 0, skipped: 0, changed: 0, requests: 0 };
  const spent = { promptTokens: 0, completionTokens: 0 };
  const reserved = { promptTokens: 0, completionTokens: 0 };
  const run: RunContext = {
    endpoint,
    store,
    prompt,
    retry: { ...RETRY, ...options.retry },
    requests: tokenBucket((options.requestsPerMinute ?? Infinity) / 60),
    tokens: tokenBucket((options.tokensPerMinute ?? Infinity) / 60),
    budget,
    prices,
    signal,
    unsaved: [],
    reserve(tokens) {
      const all = sum(sum(earlier, spent), sum(reserved, tokens));
      if (!withinBudget(all, budget, prices)) return false;
      Object.assign(reserved, sum(reserved, tokens));
      return true;
    },
    settle(was, used) {
      Object.assign(reserved, sum(reserved, was, -1));
      Object.assign(spent, sum(spent, used));
    },
    onRequest: () => counts.requests++,
  };
  const started = performance.now();
  const progress = (): LabelProgress => {
    const seconds = (performance.now() - started) / 1000;
    const recorded = counts.labelled + counts.unlabelled;
    const rate = recorded / Math.max(seconds, 1e-3);
    const left = options.total === undefined ? null : options.total - recorded - counts.skipped;
    return {
      ...counts,
      ...spent,
      seconds,
      rate,
      secondsLeft: left === null ? null : recorded === 0 ? null : Math.max(0, left) / rate,
      cost: tokenCost(spent, prices),
    };
  };
  let shown = started;
  const show = () => {
    if (performance.now() - shown < PROGRESS_SECONDS * 1000) return;
    shown = performance.now();
    options.onProgress?.(progress());
  };

  const inFlight = new Set<string>();
  const source = iteratorOf(options.patents);
  /** The next patent that has no outcome yet. */
  const nextPatent = async (): Promise<Patent | null> => {
    for (;;) {
      const { done, value } = await source.next();
      if (done || signal.aborted) return null;
      const key = { patent: value.id, prompt: prompt.version, model: endpoint.model };
      const recordedText = store.find(key);
      if (recordedText === null && !inFlight.has(value.id)) {
        inFlight.add(value.id);
        return value;
      }
      counts.skipped++;
      if (recordedText !== null && recordedText !== sha256(patentText(value))) counts.changed++;
      show();
    }
  };

  let ending: LabelRunSummary["stopped"] = "done";
  let answered = false;
  /** Texts that failed since the last one that was answered: the endpoint or the texts may be at fault. */
  const held: { readonly patent: Patent; readonly result: TextResult & { kind: "failed" } }[] = [];
  const recordFailed = ({ patent, result }: typeof held[number]) => {
    recordOutcome(run, failedOutcome(patent, result, endpoint.model, prompt.version));
    counts.unlabelled++;
  };
  const handle = async (patent: Patent): Promise<void> => {
    const result = await labelOne(run, patent, answered ? undefined : FIRST_TRIES);
    inFlight.delete(patent.id);
    if (result.kind === "failed") {
      if (result.forAll) throw unusableEndpoint(result, counts);
      held.push({ patent, result });
      if (held.length >= FAILED_TEXTS) throw unusableEndpoint(result, counts);
    } else if (result.kind === "labelled" || result.kind === "unlabelled") {
      counts[result.kind]++;
      answered = true;
      held.splice(0).forEach(recordFailed);
    } else {
      if (ending === "done") ending = result.kind;
      stopTaking = true;
    }
    show();
  };
  let stopTaking = false;
  const work = async () => {
    while (!stopTaking && !signal.aborted) {
      const patent = await nextPatent();
      if (patent === null) return;
      await handle(patent);
    }
  };
  try {
    while (!answered && !stopTaking && !signal.aborted) {
      const patent = await nextPatent();
      if (patent === null) break;
      await handle(patent);
    }
    if (!answered && held.length > 0) throw unusableEndpoint(held[0].result, counts);
    let failure: { readonly cause: unknown } | null = null;
    await Promise.all(Array.from({ length: concurrency }, () =>
      work().catch((cause) => {
        failure ??= { cause };
        stop.abort();
      })));
    if (failure !== null) throw (failure as { readonly cause: unknown }).cause;
    held.splice(0).forEach(recordFailed);
  } catch (cause) {
    if (cause instanceof Error) Object.assign(cause, { unsaved: run.unsaved });
    throw cause;
  } finally {
    await source.return?.();
    options.onProgress?.(progress());
  }
  if (options.signal?.aborted) ending = "interrupted";
  return { ...progress(), stopped: ending };
}

/** Outcomes that a failed run could not record, from the error it threw. */
export function unsavedOutcomes(error: unknown): readonly NewOutcome[] {
  const unsaved = error instanceof Error && "unsaved" in error ? error.unsaved : [];
  return Array.isArray(unsaved) ? unsaved : [];
}

function failedOutcome(
  patent: Patent,
  { problem, raw, used }: TextResult & { kind: "failed" },
  model: string,
  prompt: string,
): NewOutcome {
  return {
    patent: patent.id,
    prompt,
    model,
    status: "unlabelled",
    answer: null,
    reason: problem,
    raw,
    textSha256: sha256(patentText(patent)),
    ...used,
  };
}

function unusableEndpoint(
  { problem, raw }: { readonly problem: string; readonly raw: string },
  { labelled, unlabelled }: { readonly labelled: number; readonly unlabelled: number },
): Error {
  const reply = raw === "" ? "" : ` Reply: ${raw.slice(0, 300)}.`;
  return namedError(
    "EndpointError",
    `The endpoint does not answer: ${problem}.${reply} ${labelled} labelled and ${unlabelled} unlabelled ` +
      "texts are in the store; run again to go on. Remedy: check REE_LLM_BASE_URL (it ends in /v1 as a rule), " +
      "REE_LLM_MODEL and REE_LLM_KEY.",
  );
}

function iteratorOf(
  patents: Iterable<Patent> | AsyncIterable<Patent>,
): AsyncIterator<Patent> | Iterator<Patent> {
  return Symbol.asyncIterator in patents
    ? patents[Symbol.asyncIterator]()
    : patents[Symbol.iterator]();
}

function sum(a: TokenTotals, b: TokenTotals, sign = 1) {
  return {
    promptTokens: a.promptTokens + sign * b.promptTokens,
    completionTokens: a.completionTokens + sign * b.completionTokens,
  };
}
