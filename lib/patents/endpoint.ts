import OpenAI, { APIError } from "openai";
import { ANSWER_SCHEMA } from "./label_answer.ts";
import type { EndpointSettings } from "./endpoint_settings.ts";
import { messageOf } from "./named_error.ts";
import type { ChatMessage } from "./prompt.ts";
import { retryAfterSeconds } from "./retry.ts";

/** Tokens that the endpoint says a request used; null when it says nothing. */
export interface Usage {
  readonly promptTokens: number;
  readonly completionTokens: number;
}

/** How one request ended. `raw` is what came over the wire, the key struck out. */
export type Reply =
  | {
    /** A text came; whether it is a valid answer is for the caller to say. */
    readonly kind: "text";
    readonly text: string;
    readonly raw: string;
    readonly usage: Usage | null;
  }
  | {
    /** Something came that holds no text: no choices, a refusal, a cut-off, no chat completion at all. */
    readonly kind: "unusable";
    readonly problem: string;
    readonly raw: string;
    readonly usage: Usage | null;
    /** Whether it was a chat completion. */
    readonly speaksProtocol: boolean;
  }
  | {
    /** Worth another try: 408, 409, 429, 5xx, time-out, dropped connection. */
    readonly kind: "transient";
    readonly problem: string;
    readonly raw: string;
    /** Seconds that the server asks to wait; null when it does not say. */
    readonly retryAfter: number | null;
    /** True when the server only asks to go slower (429). */
    readonly limited: boolean;
  }
  | {
    /** The server will not answer this request, however often it is asked. */
    readonly kind: "refused";
    readonly problem: string;
    readonly raw: string;
    /** True when no other request will fare better: wrong key, wrong address, quota used up. */
    readonly forAll: boolean;
  };

/** An endpoint that answers chats. */
export interface Endpoint {
  readonly model: string;
  /** Asks once; never throws for what the server or the network does. */
  ask(messages: readonly ChatMessage[], signal?: AbortSignal): Promise<Reply>;
}

/** Options of {@linkcode openEndpoint}. */
export interface EndpointOptions {
  /** Seconds after which a request is given up, its body included (default 60). */
  readonly timeoutSeconds?: number;
  /** Longest answer, tokens (default 400). */
  readonly maxAnswerTokens?: number;
}

/** Longest answer asked for unless told otherwise, tokens. */
export const ANSWER_TOKENS = 400;

const RAW_CHARACTERS = 20_000;

/**
 * A client of an OpenAI-compatible chat endpoint: temperature 0, one choice, the answer's schema. It does not retry by
 * itself, because a retry has to wait for the rate limit and count in the budget.
 */
export function openEndpoint(settings: EndpointSettings, options: EndpointOptions = {}): Endpoint {
  const { timeoutSeconds = 60, maxAnswerTokens = ANSWER_TOKENS } = options;
  const client = new OpenAI({
    apiKey: settings.key ?? "none",
    baseURL: settings.baseUrl,
    organization: null,
    project: null,
    maxRetries: 0,
    timeout: timeoutSeconds * 1000,
    logLevel: "off",
  });
  const strike = (text: string) => strikeKey(text, settings.key).slice(0, RAW_CHARACTERS);
  // Newer models at OpenAI refuse the older name, most other servers know only that.
  let limitName: "max_tokens" | "max_completion_tokens" = "max_tokens";
  const endpoint: Endpoint = {
    model: settings.model,
    async ask(messages, signal) {
      const name = limitName;
      const timeout = AbortSignal.timeout(timeoutSeconds * 1000);
      const stop = signal === undefined ? timeout : AbortSignal.any([timeout, signal]);
      try {
        const body = await orAborted(
          stop,
          client.chat.completions.create({
            model: settings.model,
            messages: messages.map(({ role, content }) => ({ role, content })),
            temperature: 0,
            [name]: maxAnswerTokens,
            ...responseFormat(settings.format),
          }, { signal: stop }).asResponse().then((response) => response.text()),
        );
        return readCompletion(body, strike);
      } catch (cause) {
        if (timeout.aborted) {
          return {
            kind: "transient",
            problem: `no answer within ${timeoutSeconds} s`,
            raw: "",
            retryAfter: null,
            limited: false,
          };
        }
        const failure = readFailure(cause, strike);
        const renamed = failure.kind === "refused" && failure.raw.includes("max_completion_tokens");
        if (!renamed || name === "max_completion_tokens") return failure;
        limitName = "max_completion_tokens";
        return await endpoint.ask(messages, signal);
      }
    },
  };
  return endpoint;
}

/** A text without the key, also where the server or a library echoed it. */
export function strikeKey(text: string, key: string | null): string {
  return key === null || key.length < 4 ? text : text.replaceAll(key, "[key]");
}

function responseFormat(format: EndpointSettings["format"]) {
  if (format === "none") return {};
  if (format === "json_object") return { response_format: { type: "json_object" as const } };
  const json_schema = { name: "patent_label", strict: true, schema: ANSWER_SCHEMA };
  return { response_format: { type: "json_schema" as const, json_schema } };
}

/** The client stops watching its own time-out once the headers are there: a body that never ends needs this. */
function orAborted<T>(signal: AbortSignal, promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener("abort", abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}

function readCompletion(body: string, strike: (text: string) => string): Reply {
  const raw = strike(body);
  const unusable = (
    problem: string,
    speaksProtocol: boolean,
    usage: Usage | null = null,
  ): Reply => (
    { kind: "unusable", problem, raw, usage, speaksProtocol }
  );
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return unusable("the reply is not JSON", false);
  }
  const completion = record(value);
  if (!Array.isArray(completion.choices)) {
    return unusable("the reply is JSON but no chat completion (it has no choices)", false);
  }
  const usage = readUsage(completion.usage);
  if (completion.choices.length === 0) return unusable("the reply has no choice", true, usage);
  const choice = record(completion.choices[0]);
  const message = record(choice.message);
  if (typeof message.refusal === "string" && message.refusal !== "") {
    return unusable("the model refused", true, usage);
  }
  if (choice.finish_reason === "length") {
    return unusable("the answer was cut off at the length limit", true, usage);
  }
  if (choice.finish_reason === "content_filter") {
    return unusable("the answer was withheld by a content filter", true, usage);
  }
  if (typeof message.content !== "string" || message.content.trim() === "") {
    return unusable("the message is empty", true, usage);
  }
  return { kind: "text", text: message.content, raw, usage };
}

function readUsage(value: unknown): Usage | null {
  const { prompt_tokens, completion_tokens } = record(value);
  const whole = (count: unknown): count is number => Number.isInteger(count) && Number(count) >= 0;
  if (!whole(prompt_tokens) || !whole(completion_tokens)) return null;
  return { promptTokens: prompt_tokens, completionTokens: completion_tokens };
}

/** Statuses after which no other request will fare better. */
const FOR_ALL = [401, 402, 403, 404, 405];

function readFailure(cause: unknown, strike: (text: string) => string): Reply {
  if (!(cause instanceof APIError) || cause.status === undefined) {
    const inner = cause instanceof Error && cause.cause instanceof Error
      ? ` (${messageOf(cause.cause)})`
      : "";
    const problem = strike(`the connection failed: ${messageOf(cause)}${inner}`);
    return { kind: "transient", problem, raw: "", retryAfter: null, limited: false };
  }
  const raw = strike(JSON.stringify(cause.error ?? cause.message));
  const problem = `HTTP ${cause.status}`;
  const quotaUsedUp = record(cause.error).code === "insufficient_quota";
  const transient = cause.status >= 500 || [408, 409, 425, 429].includes(cause.status);
  if (transient && !quotaUsedUp) {
    const retryAfter = retryAfterSeconds(cause.headers);
    return { kind: "transient", problem, raw, retryAfter, limited: cause.status === 429 };
  }
  const forAll = quotaUsedUp || FOR_ALL.includes(cause.status);
  return {
    kind: "refused",
    problem: quotaUsedUp ? `${problem}, quota used up` : problem,
    raw,
    forAll,
  };
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null
    ? value as Readonly<Record<string, unknown>>
    : {};
}
