import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { readOptions, textOption, usageError } from "./command_options.ts";
import type { Interval } from "./confusion_matrix.ts";
import { baselineLabels, evaluateLabels, type Evaluation } from "./evaluation.ts";
import { LABELS } from "./labels.ts";
import { type LabelledText, loadLabelledTexts } from "./labelled_texts.ts";
import { type StoredLabels, storedLabels } from "./labelled_patents.ts";
import { openLabelStore } from "./label_store.ts";

/** `patents evaluate`: labels against the labelled texts. */
export function evaluateCommand(args: readonly string[]): number {
  const options = readOptions(args, ["store", "prompt", "model", "against", "texts", "output"]);
  const texts = loadLabelledTexts(
    typeof options.texts === "string" ? options.texts : undefined,
  );
  const storePath = textOption(options, "store", "");
  if (options.against !== undefined && storePath === "") {
    throw usageError("--against needs --store");
  }
  const lines: string[] = [];
  let evaluation: Evaluation;
  let what: string;
  if (storePath === "") {
    what = "baseline classifier, grouped five-fold cross-validation";
    const given = baselineLabels(texts);
    evaluation = evaluateTexts(texts, given);
    lines.push(`${texts.length} texts: ${what}`, ...hardLines(texts, given));
  } else {
    const store = openLabelStore(storePath, { readOnly: true });
    try {
      const which = (model: string | undefined) =>
        storedLabels(store, { prompt: options.prompt as string | undefined, model });
      const labels = which(options.model as string | undefined);
      what = `model ${labels.model}, prompt ${labels.prompt}`;
      const found = answered(texts, labels);
      if (found.texts.length === 0) {
        throw usageError(
          `${storePath} holds no label of these texts; run patents label --all on them first`,
        );
      }
      evaluation = evaluateTexts(found.texts, found.given);
      lines.push(
        `${found.texts.length} of ${texts.length} texts: ${what}; ${found.unlabelled} unlabelled`,
        ...hardLines(found.texts, found.given),
      );
      if (typeof options.against === "string") {
        const both = answered(found.texts, which(options.against));
        const byId = new Map(found.texts.map(({ id }, i) => [id, found.given[i]]));
        const { kappa } = evaluateLabels(both.texts.map(({ id }) => byId.get(id)!), both.given);
        lines.push(`κ with ${options.against} over ${both.texts.length} texts: ${shown(kappa)}`);
      }
    } finally {
      store.close();
    }
  }
  lines.push(...evaluationLines(evaluation), ...secondPassLines(texts));
  console.log(lines.join("\n"));
  if (typeof options.output === "string") {
    writeJson(options.output, { what, texts: texts.length, ...evaluation });
  }
  return 0;
}

function evaluateTexts(texts: readonly LabelledText[], given: readonly string[]): Evaluation {
  const groups = texts.map(({ group }) => group);
  return evaluateLabels(texts.map(({ primary }) => primary), given, { groups });
}

/** The score on traps and borderline cases beside that on plain ones: the mix of both decides the whole. */
function hardLines(texts: readonly LabelledText[], given: readonly string[]): string[] {
  return [true, false].flatMap((hard) => {
    const places = texts.flatMap((text, i) => text.hard === hard ? [i] : []);
    if (places.length === 0 || places.length === texts.length) return [];
    const { macroF1 } = evaluateTexts(places.map((i) => texts[i]), places.map((i) => given[i]));
    return [`macro-F1 on the ${places.length} ${hard ? "hard" : "plain"} texts ${shown(macroF1)}`];
  });
}

function answered(texts: readonly LabelledText[], { answers }: StoredLabels) {
  const found = texts.filter(({ id }) => answers.get(id) !== undefined);
  const labelled = found.filter(({ id }) => answers.get(id) !== null);
  return {
    texts: labelled,
    given: labelled.map(({ id }) => answers.get(id)!.primary as string),
    unlabelled: found.length - labelled.length,
  };
}

function secondPassLines(texts: readonly LabelledText[]): string[] {
  const twice = texts.filter(({ second }) => second !== null);
  if (twice.length === 0) return [];
  const { kappa } = evaluateLabels(
    twice.map(({ primary }) => primary),
    twice.map(({ second }) => second as string),
    { groups: twice.map(({ group }) => group) },
  );
  return [
    `κ between first and second pass of the labellers, ${twice.length} texts: ${shown(kappa)}`,
  ];
}

function evaluationLines({ matrix, scores, macroF1, accuracy, kappa }: Evaluation): string[] {
  const width = Math.max(...LABELS.map((label) => label.length)) + 2;
  const number = (value: number | null) => (value === null ? "–" : value.toFixed(2)).padStart(10);
  return [
    `macro-F1 ${shown(macroF1)}`,
    `accuracy ${shown(accuracy)}`,
    `Cohen's κ ${shown(kappa)}`,
    "",
    "".padEnd(width) +
    ["precision", "recall", "F1", "texts"].map((name) => name.padStart(10)).join(""),
    ...scores.map(({ label, precision, recall, f1, support }) =>
      label.padEnd(width) + number(precision) + number(recall) + number(f1) +
      String(support).padStart(10)
    ),
    "",
    "Confusion matrix (rows: true label; columns: given label, in the same order)",
    ...matrix.counts.map((row, k) =>
      LABELS[k].padEnd(width) + row.map((count) => String(count).padStart(6)).join("")
    ),
  ];
}

function shown({ estimate, low, high, level }: Interval): string {
  return `${estimate.toFixed(3)} (${(100 * level).toFixed(0)} % interval ${low.toFixed(3)} to ${
    high.toFixed(3)
  })`;
}

function writeJson(path: string, value: object): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.tmp`, JSON.stringify(value, null, 2) + "\n");
  renameSync(`${path}.tmp`, path);
}
