import { ENDPOINT_VARIABLES } from "./endpoint_settings.ts";

const INPUT =
  `  --input PATH      patents: .jsonl, .csv, .tsv (also .gz, .zip), .parquet, or a folder with the
                    PatentsView bulk tables (g_patent.tsv.zip, …)`;
const WHICH =
  `  --prompt VERSION  which labels of the store, where it holds those of several prompts
  --model NAME      the same for models`;

/** Text of `--help`, by command. */
export const USAGE = {
  "": `Usage: deno task patents COMMAND [OPTION …]

  prefilter  keep the patents that speak of rare earths
  label      label patents with a language model, or with the baseline classifier
  evaluate   compare labels with the labelled texts
  panel      count labelled patents by sector, year, country and label

deno task patents COMMAND --help lists a command's options. Files are written under results/; to write
elsewhere, run deno run -A lib/patents/main.ts COMMAND ….
`,
  prefilter: `Usage: deno task patents prefilter --input PATH [--output FILE]

Streams patents and keeps those whose title or abstract speaks of rare earths.

${INPUT}
  --output FILE     JSON Lines to write (default results/ree_patents.jsonl)
`,
  label: `Usage: deno task patents label --input PATH [OPTION …]

Labels every patent once; a run that was stopped goes on where it was. The endpoint is any that speaks
OpenAI's chat completions; it is named by environment variables only:
  ${ENDPOINT_VARIABLES.baseUrl}   such as http://localhost:11434/v1
  ${ENDPOINT_VARIABLES.model}      the model's name there
  ${ENDPOINT_VARIABLES.key}        its key; leave unset for local servers
  ${ENDPOINT_VARIABLES.format}     json_schema (default), json_object or none

${INPUT}
  --all             label all patents of the input (default: those that speak of rare earths)
  --store FILE      SQLite store (default results/labels.sqlite)
  --endpoint NAME   env (default): as above; baseline: the baseline classifier, without any endpoint
  --prompt VERSION  version of the prompt (default v1)
  --concurrency N   requests at the same time (default 8)
  --rpm N           requests per minute at most
  --tpm N           tokens per minute at most
  --timeout S       seconds until a request is given up (default 60)
  --price-prompt P  money per million prompt tokens
  --price-answer P  money per million answer tokens
  --budget-money M  stop before this is spent, earlier runs of the store included
  --budget-tokens N the same in tokens
  --limit N         label at most N patents of the input
  --dry-run         send nothing; say how many texts are left and what they would cost

Ends with 0 when all texts are done, 3 when the budget stopped it, 130 when interrupted, 1 on errors.
`,
  evaluate: `Usage: deno task patents evaluate [OPTION …]

Without --store: the baseline classifier, by grouped five-fold cross-validation on the labelled texts.
With --store: labels of the labelled texts in a store (label them first: --input data/judged/patent_texts.jsonl --all).

  --store FILE      SQLite store
${WHICH}
  --against MODEL   also compare with another model of the store (Cohen's κ)
  --texts FILE      labelled texts (default data/judged/patent_texts.jsonl)
  --output FILE     JSON with the confusion matrix, for panel --correct
`,
  panel: `Usage: deno task patents panel --input PATH [OPTION …]

Counts labelled patents by sector, year, country and label, and adds stocks by perpetual inventory.

${INPUT}
  --all             of a folder, look up all patents, not only those that speak of rare earths
  --store FILE      SQLite store (default results/labels.sqlite)
${WHICH}
  --sector NAME     wipo_field (default), bea_detail, bea_accounts (63 US industries, for elasticities), wiod2013,
                    or a CSV with prefix, sector, share, source
  --dating NAME     priority (default: earliest filing where known) or grant
  --counting NAME   primary (default) or all: evenly under every label that applies
  --depreciation D  of stocks, per year (default 0.15)
  --initial NAME    stock before the first year: zero (default) or steady
  --correct FILE    JSON of patents evaluate --output: adds counts corrected for misclassification
  --output FILE     .parquet or .csv (default results/patent_panel.parquet)
`,
} as const;
