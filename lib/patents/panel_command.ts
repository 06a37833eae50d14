import { mkdirSync, readFileSync, renameSync } from "node:fs";
import { dirname } from "node:path";
import {
  choiceOption,
  type CommandOptions,
  numberOption,
  readOptions,
  requiredOption,
  textOption,
  usageError,
} from "./command_options.ts";
import { accountsConcordance } from "./accounts_concordance.ts";
import {
  type Concordance,
  fieldConcordance,
  industryConcordance,
  loadConcordance,
} from "./concordance.ts";
import type { ConfusionMatrix } from "./confusion_matrix.ts";
import { correctedCounts } from "./corrected_counts.ts";
import { correctPanel } from "./correct_panel.ts";
import { type LabelledPatent, type LabelPanel, labelPanel, panelFrame } from "./label_panel.ts";
import { labelledPatents, storedLabels } from "./labelled_patents.ts";
import { LABELS } from "./labels.ts";
import { openLabelStore } from "./label_store.ts";
import { messageOf } from "./named_error.ts";
import { isFolder, openPatentInput } from "./patent_input.ts";
import { DEPRECIATION, patentStocks } from "./patent_stocks.ts";
import { progressLine } from "./progress_line.ts";

/** `patents panel`: counts and stocks of labelled patents. */
export async function panelCommand(args: readonly string[]): Promise<number> {
  const options = readOptions(args, [
    "input",
    "store",
    "prompt",
    "model",
    "sector",
    "dating",
    "counting",
    "depreciation",
    "initial",
    "correct",
    "output",
  ], ["all"]);
  const path = requiredOption(options, "input");
  const output = textOption(options, "output", "results/patent_panel.parquet");
  if (!/\.(parquet|csv)$/.test(output)) {
    throw usageError(`--output ${output}: expected a file .parquet or .csv`);
  }
  const concordance = concordanceOf(textOption(options, "sector", "wipo_field"));
  const panelOptions = {
    concordance,
    dating: choiceOption(options, "dating", ["priority", "grant"]),
    counting: choiceOption(options, "counting", ["primary", "all"]),
  };
  const stockOptions = {
    depreciation: numberOption(
      options,
      "depreciation",
      (value) => value >= 0 && value < 1,
      "0 to below 1",
    ) ?? DEPRECIATION,
    initial: choiceOption(options, "initial", ["zero", "steady"]),
  };
  const matrix = readMatrix(options);
  const progress = progressLine();
  mkdirSync(dirname(output), { recursive: true });
  const store = openLabelStore(textOption(options, "store", "results/labels.sqlite"), {
    readOnly: true,
  });
  const { prompt, model } = options as { prompt?: string; model?: string };
  const labels = storedLabels(store, { prompt, model });
  store.close();
  const input = await openPatentInput(path, {
    staging: `${output}.${Deno.pid}.staging`,
    // A file is as long as the user made it; of millions of bulk rows only those that can have a label are staged.
    prefilter: isFolder(path) && options.all !== true,
    progress,
  });
  const tally = { unlabelled: 0, absent: 0, repeated: 0 };
  const patents: LabelledPatent[] = [];
  try {
    for await (const { patent, ...rest } of labelledPatents(input.patents(), labels, tally)) {
      // Only what is counted stays in memory.
      patents.push({ patent: { ...patent, title: "", abstract: "" }, ...rest });
    }
  } finally {
    input.close();
  }
  if (patents.length === 0) {
    throw usageError(
      `no patent of ${path} has a label in the store (${tally.absent} have no outcome)`,
    );
  }
  const panel = labelPanel(patents, panelOptions);
  const stocks = patentStocks(panel.cells, stockOptions);
  const corrected = matrix === null ? null : correctPanel(stocks, matrix);
  const byKey = new Map(
    corrected?.map((cell) => [keyOf(cell), cell]),
  );
  const frame = panelFrame(
    stocks.map((cell) => {
      const right = byKey.get(keyOf(cell));
      return right === undefined
        ? { ...cell }
        : { ...cell, corrected: right.corrected, corrected_sd: right.correctedSd };
    }),
    ["stock", ...corrected === null ? [] : ["corrected", "corrected_sd"]],
  );
  const temporary = `${output}.${Deno.pid}.tmp`;
  if (output.endsWith(".csv")) frame.writeCSV(temporary);
  else frame.writeParquet(temporary);
  renameSync(temporary, output);
  console.log(
    [
      `Labels of model ${labels.model}, prompt ${labels.prompt}; sectors: ${concordance.name} (${concordance.source}).`,
      ...summaryLines(panel, tally),
      ...totalsLines(panel, matrix),
      `${frame.height} rows in ${output}`,
    ].join("\n"),
  );
  return 0;
}

function concordanceOf(name: string): Concordance {
  if (name === "wipo_field") return fieldConcordance();
  if (name === "bea_accounts") return accountsConcordance();
  if (name === "bea_detail" || name === "wiod2013") return industryConcordance(name);
  if (name.endsWith(".csv")) return loadConcordance(name);
  throw usageError(
    `--sector ${name}: expected wipo_field, bea_detail, bea_accounts, wiod2013 or a .csv file`,
  );
}

function readMatrix(options: CommandOptions): ConfusionMatrix | null {
  if (typeof options.correct !== "string") return null;
  try {
    const { matrix } = JSON.parse(readFileSync(options.correct, "utf8"));
    if (!Array.isArray(matrix?.labels) || !Array.isArray(matrix?.counts)) {
      throw new Error("it holds no confusion matrix");
    }
    return matrix as ConfusionMatrix;
  } catch (cause) {
    throw usageError(
      `--correct ${options.correct}: ${
        messageOf(cause)
      }; expected the JSON of patents evaluate --output`,
    );
  }
}

function keyOf(cell: { sector: string; country: string; label: string; year: number }): string {
  return JSON.stringify([cell.sector, cell.country, cell.label, cell.year]);
}

function summaryLines(
  panel: LabelPanel,
  tally: { readonly unlabelled: number; readonly absent: number; readonly repeated: number },
): string[] {
  return [
    `${panel.patents} patents counted; left out: ${panel.undated} without a year, ${tally.unlabelled} unlabelled, ` +
    `${tally.absent} not in the store, ${tally.repeated} repeated ids.`,
    `${panel.datedByGrant} dated by grant, ${panel.unclassified} without a sector, ${panel.withoutCountry} without a country.`,
  ];
}

function totalsLines(panel: LabelPanel, matrix: ConfusionMatrix | null): string[] {
  const observed = LABELS.map((label) =>
    panel.cells.filter((cell) => cell.label === label).reduce((sum, { count }) => sum + count, 0)
  );
  const corrected = matrix === null ? null : correctedCounts(observed, matrix);
  return LABELS.map((label, k) => {
    const right = corrected?.counts[k];
    const after = right === undefined
      ? ""
      : `, corrected ${right.estimate.toFixed(1)} (95 % interval ${right.low.toFixed(1)} to ${
        right.high.toFixed(1)
      })`;
    return `  ${label}: ${observed[k].toFixed(1)}${after}`;
  });
}
