import { existsSync, mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import {
  type Budget,
  idSet,
  labelPatents,
  type LabelStore,
  loadPrompt,
  mergeLabelStores,
  openEndpoint,
  openLabelStore,
  patentOf,
  PROMPT_VERSION,
  readEndpoint,
  readPatents,
} from "@ree/patents";
import type { Json, JsonRecord } from "./canonical_json.ts";
import type { Run } from "./expand.ts";
import { sweepError } from "./sweep_error.ts";
import type { Row, ShardContext, SharedInputs, WorkKind } from "./work_kind.ts";
import { shardName } from "./plan.ts";

/** Folder of the stores, one for each shard. */
const STORES = "stores";

/** What a plan says for all its shards together. */
interface LabelSettings {
  readonly input: string;
  readonly prefilter: boolean;
  readonly prompt: string;
  readonly model: string;
  /** Shards that label at the same time, each with its part of the rates. */
  readonly atMost: number;
  readonly concurrency: number;
  readonly requestsPerMinute: number | null;
  readonly tokensPerMinute: number | null;
  readonly budgetTokens: number | null;
  readonly budgetMoney: number | null;
  readonly pricePrompt: number | null;
  readonly priceAnswer: number | null;
  readonly timeoutSeconds: number;
  /** Store (from the current folder) whose labels are not paid for again and into which a merge goes; null for one in the sweep's folder. */
  readonly store: string | null;
}

/**
 * Labels of patents by a language model, on many machines: `shared` holds `input` (a file of patents) and
 * `budgetTokens`, `budgetMoney` (with `pricePrompt` and `priceAnswer` per million tokens),
 * `requestsPerMinute`, `tokensPerMinute` for the whole plan. A shard gets the part of the budget that its
 * texts are of all texts; `atMost` shards (default 1) are labelled at a time, each at that part of the rates. Every
 * shard writes its own store, so that an answer is paid for once whatever happens; a merge joins them.
 *
 * The endpoint is that of the environment (REE_LLM_BASE_URL and so on); its key is never written.
 */
export const workKind: WorkKind = {
  name: "patent-labels",
  load: (shared) => ({ json: { ...readSettings(shared) }, arrays: {} }),
  async *draws({ json }, base) {
    const settings = settingsOf(json);
    const seen = idSet();
    const encoder = new TextEncoder();
    const known = openKnown(settings);
    try {
      const { input, prefilter, prompt, model } = settings;
      for await (
        const { id, title, abstract } of readPatents(resolve(base, input), { prefilter })
      ) {
        const bytes = encoder.encode(id);
        if (seen.has(bytes, 0, bytes.length)) continue;
        seen.add(bytes, 0, bytes.length);
        if (known?.find({ patent: id, prompt, model }) != null) continue;
        yield { patent: id, title, abstract };
      }
    } finally {
      known?.close();
    }
  },
  prepare({ json }) {
    const settings = settingsOf(json);
    return {
      columns: COLUMNS,
      omit: ["title", "abstract"],
      atMost: settings.atMost,
      check(parameters) {
        for (const name of ["patent", "title", "abstract"]) {
          if (typeof parameters[name] !== "string") {
            throw new RangeError(`parameter ${name}: came ${parameters[name]}, expected a text`);
          }
        }
      },
      run: () => {
        throw new TypeError("patents are labelled by shards");
      },
      runShard: (runs, context) => labelShard(settings, runs, context),
    };
  },
  merge(folder, { json }) {
    const settings = settingsOf(json);
    const target = settings.store === null
      ? join(folder, "labels.sqlite")
      : resolve(settings.store);
    const inside = join(folder, STORES);
    const sources = [...Deno.readDirSync(inside)].map(({ name }) => name)
      .filter((name) => name.endsWith(".sqlite")).sort().map((name) => join(inside, name));
    const { outcomes, known, paidTwice } = mergeLabelStores(target, sources);
    const notes = [`${target}: ${outcomes} new labels, ${known} from an earlier merge`];
    if (paidTwice > 0) {
      notes.push(
        `${paidTwice} texts had a label in ${target} already (another sweep or run asked about them); ` +
          "the first label stays",
      );
    }
    return notes;
  },
};

const COLUMNS = {
  status: "text",
  primary: "text",
  labels: "text",
  elements: "text",
  evidence: "text",
  reason: "text",
} as const;

async function labelShard(
  settings: LabelSettings,
  runs: readonly Run[],
  context: ShardContext,
): Promise<(Row | null)[]> {
  const environment = readEndpoint();
  if (environment === null) {
    throw sweepError("no endpoint: set REE_LLM_BASE_URL and REE_LLM_MODEL for every task");
  }
  if (environment.model !== settings.model) {
    throw sweepError(
      `REE_LLM_MODEL is ${environment.model}; the plan was made for ${settings.model}`,
    );
  }
  mkdirSync(join(context.folder, STORES), { recursive: true });
  const store = openLabelStore(join(context.folder, STORES, `${shardName(context.shard)}.sqlite`));
  try {
    const { timeoutSeconds, concurrency, atMost } = settings;
    const started = performance.now();
    const requestsPerMinute = part(settings.requestsPerMinute, atMost);
    const tokensPerMinute = part(settings.tokensPerMinute, atMost);
    const { requests, promptTokens, completionTokens } = await labelPatents({
      patents: runs.map(({ parameters: { patent, title, abstract } }) =>
        patentOf({ id: String(patent), title: String(title), abstract: String(abstract) })
      ),
      store,
      endpoint: openEndpoint(environment, { timeoutSeconds }),
      prompt: loadPrompt(settings.prompt),
      concurrency,
      ...requestsPerMinute === null ? {} : { requestsPerMinute },
      ...tokensPerMinute === null ? {} : { tokensPerMinute },
      budget: budgetOf(settings, context),
      ...settings.pricePrompt === null || settings.priceAnswer === null ? {} : {
        prices: {
          promptPerMillion: settings.pricePrompt,
          completionPerMillion: settings.priceAnswer,
        },
      },
      signal: context.signal,
    });
    // The next shard begins with a full bucket: what this one used is waited for first.
    const used = Math.max(
      requestsPerMinute === null ? 0 : requests / requestsPerMinute,
      tokensPerMinute === null ? 0 : (promptTokens + completionTokens) / tokensPerMinute,
    );
    await wait(60 * used - (performance.now() - started) / 1000, context.signal);
    return rowsOf(store, settings, runs);
  } finally {
    store.close();
  }
}

/** The part of the budget that the shard's texts are of all texts: the parts never exceed the whole. */
function budgetOf(
  { budgetTokens, budgetMoney }: LabelSettings,
  { shardRuns, planRuns }: ShardContext,
): Budget {
  const share = shardRuns / planRuns;
  return {
    ...budgetTokens === null ? {} : { tokens: Math.floor(budgetTokens * share) },
    ...budgetMoney === null ? {} : { money: budgetMoney * share },
  };
}

function rowsOf(
  store: LabelStore,
  { prompt, model }: LabelSettings,
  runs: readonly Run[],
): (Row | null)[] {
  const rows = new Map<string, Row>();
  for (const { patent, status, answer, reason } of store.outcomes({ prompt, model })) {
    rows.set(patent, {
      status,
      primary: answer?.primary ?? null,
      labels: answer?.labels.join(";") ?? null,
      elements: answer?.elements.join(";") ?? null,
      evidence: answer?.evidence ?? null,
      reason,
    });
  }
  return runs.map(({ parameters }) => rows.get(String(parameters.patent)) ?? null);
}

/** A store of earlier labels, if there is one. */
function openKnown({ store }: LabelSettings): LabelStore | null {
  if (store === null || !existsSync(resolve(store))) return null;
  return openLabelStore(resolve(store), { readOnly: true });
}

function part(rate: number | null, parts: number): number | null {
  return rate === null ? null : rate / parts;
}

function wait(seconds: number, signal: AbortSignal): Promise<void> {
  if (!(seconds > 0) || signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      resolve();
    };
    const timer = setTimeout(end, seconds * 1000);
    signal.addEventListener("abort", end, { once: true });
  });
}

function settingsOf(json: SharedInputs["json"]): LabelSettings {
  return json as unknown as LabelSettings; // written by readSettings
}

/** @throws RangeError naming a field that does not fit */
function readSettings(shared: JsonRecord): Readonly<Record<keyof LabelSettings, Json>> {
  const known = [
    "input",
    "prefilter",
    "prompt",
    "model",
    "atMost",
    "concurrency",
    "requestsPerMinute",
    "tokensPerMinute",
    "budgetTokens",
    "budgetMoney",
    "pricePrompt",
    "priceAnswer",
    "timeoutSeconds",
    "store",
  ];
  const stray = Object.keys(shared).find((key) => !known.includes(key));
  if (stray !== undefined) {
    throw new RangeError(`shared: unknown field "${stray}"; expected ${known.join(", ")}`);
  }
  const text = (name: string, otherwise?: string): string => {
    const value = shared[name] ?? otherwise;
    if (typeof value === "string" && value !== "") return value;
    throw new RangeError(`shared.${name}: came ${JSON.stringify(value)}, expected a text`);
  };
  const number = (name: string): number | null => {
    const value = shared[name] ?? null;
    if (value === null || (typeof value === "number" && value > 0)) return value;
    throw new RangeError(`shared.${name}: came ${JSON.stringify(value)}, expected above 0`);
  };
  const whole = (name: string, otherwise: number): number => {
    const value = number(name) ?? otherwise;
    if (Number.isInteger(value)) return value;
    throw new RangeError(`shared.${name}: came ${value}, expected a whole number above 0`);
  };
  const [pricePrompt, priceAnswer, budgetMoney] = ["pricePrompt", "priceAnswer", "budgetMoney"]
    .map((name) => shared[name] === 0 ? 0 : number(name));
  if ((pricePrompt === null) !== (priceAnswer === null)) {
    throw new RangeError("shared: pricePrompt and priceAnswer go together");
  }
  if (budgetMoney !== null && pricePrompt === null) {
    throw new RangeError("shared.budgetMoney needs pricePrompt and priceAnswer");
  }
  const prompt = text("prompt", PROMPT_VERSION);
  loadPrompt(prompt);
  return {
    input: text("input"),
    prefilter: shared.prefilter !== false,
    prompt,
    model: text("model", readEndpoint()?.model),
    atMost: whole("atMost", 1),
    concurrency: whole("concurrency", 8),
    requestsPerMinute: number("requestsPerMinute"),
    tokensPerMinute: number("tokensPerMinute"),
    budgetTokens: number("budgetTokens"),
    budgetMoney,
    pricePrompt,
    priceAnswer,
    timeoutSeconds: number("timeoutSeconds") ?? 60,
    store: shared.store === undefined ? null : text("store"),
  };
}
