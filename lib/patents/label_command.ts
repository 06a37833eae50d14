import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { trainCrossFitted } from "./cross_fitted_baseline.ts";
import {
  choiceOption,
  type CommandOptions,
  numberOption,
  readOptions,
  requiredOption,
  textOption,
  usageError,
} from "@ree/command";
import { dryRun } from "./dry_run.ts";
import { openEndpoint } from "./endpoint.ts";
import { readEndpoint } from "./endpoint_settings.ts";
import { labelPatents, type LabelProgress, unsavedOutcomes } from "./label_patents.ts";
import { type LabelStore, openLabelStore } from "./label_store.ts";
import { baselineName, labelWithBaseline } from "./label_with_baseline.ts";
import { loadLabelledTexts } from "./labelled_texts.ts";
import type { Patent } from "./patent.ts";
import { openPatentInput } from "./patent_input.ts";
import { formatDuration, formatTokens, type ProgressLine, progressLine } from "@ree/command";
import { loadPrompt } from "./prompt.ts";

type Patents = () => Iterable<Patent> | AsyncIterable<Patent>;

const POSITIVE = (value: number) => value > 0;
const WHOLE = (value: number) => Number.isInteger(value) && value > 0;

/** Exit codes of a run that ended early. */
const STOPPED = { done: 0, budget: 3, interrupted: 130 } as const;

/** `patents label`: labels patents into a store. */
export async function labelCommand(args: readonly string[]): Promise<number> {
  const options = readOptions(args, [
    "input",
    "store",
    "endpoint",
    "prompt",
    "concurrency",
    "rpm",
    "tpm",
    "timeout",
    "price-prompt",
    "price-answer",
    "budget-money",
    "budget-tokens",
    "limit",
  ], ["all", "dry-run"]);
  const path = requiredOption(options, "input");
  const storePath = textOption(options, "store", "results/labels.sqlite");
  const endpointKind = choiceOption(options, "endpoint", ["env", "baseline"]);
  const limit = numberOption(options, "limit", WHOLE, "a whole number above 0");
  const settings = runSettings(options);
  const progress = progressLine();
  const environment = endpointKind === "env" ? readEndpoint() : null;
  if (endpointKind === "env" && environment === null && options["dry-run"] !== true) {
    throw usageError(
      "no endpoint: set REE_LLM_BASE_URL and REE_LLM_MODEL (see --help), or use --endpoint baseline",
    );
  }
  mkdirSync(dirname(storePath), { recursive: true });
  const input = await openPatentInput(path, {
    staging: `${storePath}.${Deno.pid}.staging`,
    prefilter: options.all !== true,
    progress,
  });
  const patents: Patents = () =>
    limit === undefined ? input.patents() : first(input.patents(), limit);
  try {
    if (options["dry-run"] === true) {
      const prompt = loadPrompt(textOption(options, "prompt", "v1"));
      const model = environment?.model ?? null;
      console.log(await dryRun(patents, storePath, prompt, model, settings.prices));
      return 0;
    }
    const store = openLabelStore(storePath);
    try {
      if (environment === null) return await runBaseline(patents(), store, progress);
      let total = 0;
      for await (const _ of patents()) total++;
      const stop = new AbortController();
      const interrupt = () => {
        progress.keep("Stopping once the requests under way are answered …");
        stop.abort();
        Deno.removeSignalListener("SIGINT", interrupt);
      };
      Deno.addSignalListener("SIGINT", interrupt);
      const summary = await labelPatents({
        ...settings,
        patents: patents(),
        total,
        store,
        prompt: loadPrompt(textOption(options, "prompt", "v1")),
        endpoint: openEndpoint(environment, { timeoutSeconds: settings.timeoutSeconds }),
        signal: stop.signal,
        onProgress: (now) => progress.show(progressText(now)),
      });
      if (!stop.signal.aborted) Deno.removeSignalListener("SIGINT", interrupt);
      progress.keep(progressText(summary));
      if (summary.changed > 0) {
        progress.keep(
          `${summary.changed} texts differ from those labelled under the same ids; their labels stay`,
        );
      }
      progress.keep(
        {
          done: "All texts are done.",
          budget: "Stopped by the budget.",
          interrupted: "Interrupted.",
        }[
          summary.stopped
        ],
      );
      return STOPPED[summary.stopped];
    } catch (cause) {
      for (const outcome of unsavedOutcomes(cause)) {
        progress.keep(`not saved: ${JSON.stringify(outcome)}`);
      }
      throw cause;
    } finally {
      store.close();
    }
  } finally {
    input.close();
  }
}

function runSettings(options: CommandOptions) {
  const number = (name: string) => numberOption(options, name, POSITIVE, "a number above 0");
  const prompt = numberOption(options, "price-prompt", (value) => value >= 0, "a price");
  const answer = numberOption(options, "price-answer", (value) => value >= 0, "a price");
  if ((prompt === undefined) !== (answer === undefined)) {
    throw usageError("--price-prompt and --price-answer go together");
  }
  const money = number("budget-money");
  const prices = prompt === undefined || answer === undefined
    ? undefined
    : { promptPerMillion: prompt, completionPerMillion: answer };
  if (money !== undefined && prices === undefined) {
    throw usageError("--budget-money needs --price-prompt and --price-answer");
  }
  return {
    concurrency: numberOption(options, "concurrency", WHOLE, "a whole number above 0"),
    requestsPerMinute: number("rpm"),
    tokensPerMinute: number("tpm"),
    timeoutSeconds: number("timeout"),
    budget: { money, tokens: number("budget-tokens") },
    prices,
  };
}

async function runBaseline(
  patents: Iterable<Patent> | AsyncIterable<Patent>,
  store: LabelStore,
  progress: ProgressLine,
): Promise<number> {
  const texts = loadLabelledTexts();
  const model = baselineName(texts);
  const { labelled, skipped } = await labelWithBaseline(
    patents,
    store,
    trainCrossFitted(texts),
    model,
    (count) => progress.show(`${count} labelled by the baseline classifier`),
  );
  progress.keep(
    `${labelled} labelled by the baseline classifier ${model} (not by a language model), ${skipped} before`,
  );
  return 0;
}

async function* first(
  patents: Iterable<Patent> | AsyncIterable<Patent>,
  limit: number,
): AsyncGenerator<Patent> {
  let count = 0;
  for await (const patent of patents) {
    yield patent;
    if (++count >= limit) return;
  }
}

function progressText(now: LabelProgress): string {
  const { labelled, unlabelled, skipped, rate, secondsLeft, cost, promptTokens, completionTokens } =
    now;
  const left = secondsLeft === null ? "" : `, ${formatDuration(secondsLeft)} left`;
  const money = cost === null ? "" : `, cost ${cost.toFixed(2)}`;
  return `${labelled} labelled, ${unlabelled} unlabelled, ${skipped} before, ${
    rate.toFixed(1)
  }/s${left}, ` +
    `${formatTokens(promptTokens + completionTokens)} tokens${money}`;
}
