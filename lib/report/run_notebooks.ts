import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import { outputDifferences } from "./compare_outputs.ts";
import { withOutputs } from "./clean_notebook.ts";
import { executeNotebook } from "./execute_notebook.ts";
import { exportHtml, keyFigure } from "./export_html.ts";
import { exportIndex, formatBytes, formatSeconds, type RunRecord } from "./export_index.ts";
import { missingOutputs } from "./missing_outputs.ts";
import { type Notebook, notebookText, parseNotebook } from "./notebook.ts";
import { type NotebookFacts, notebookFacts } from "./notebook_facts.ts";
import type { ProgressWriter } from "./progress.ts";
import type { ProjectPaths } from "./project.ts";
import type { Provenance } from "./provenance.ts";
import { writeAtomically } from "./write_atomically.ts";

/** What to do with the outputs of a run besides writing the reports. */
export type RunMode =
  /** Leave the notebooks as they are. */
  | "report"
  /** Write the outputs into the notebooks. */
  | "update"
  /** Fail when the outputs are not those in the notebooks. */
  | "check";

/** How the notebooks are run. */
export interface RunSettings {
  readonly paths: ProjectPaths;
  readonly python: string;
  readonly provenance: Provenance;
  readonly mode: RunMode;
  /** Names without ending; all notebooks when empty. */
  readonly names: readonly string[];
  /** Seconds after which a cell is given up. */
  readonly cellTimeout: number;
  readonly progress: ProgressWriter;
}

/** Notebooks larger than this are a burden in git and are not shown on GitHub. */
export const largestNotebook = 1_000_000;

/** The names of the notebooks in a folder, in order. */
export async function listNotebooks(folder: string): Promise<readonly string[]> {
  const names: string[] = [];
  for await (const entry of Deno.readDir(folder)) {
    if (entry.isFile && entry.name.endsWith(".ipynb")) names.push(basename(entry.name, ".ipynb"));
  }
  return names.sort();
}

/**
 * Run notebooks in order, each in a fresh kernel, and write their reports and the overview. A notebook
 * that fails leaves its earlier report in place and does not keep the others from running.
 *
 * @returns the failures, each naming notebook and cell; none when all went well.
 */
export async function runNotebooks(settings: RunSettings): Promise<readonly string[]> {
  const { paths, progress } = settings;
  const all = await listNotebooks(paths.notebooks);
  const chosen = all.filter((name) => settings.names.length === 0 || settings.names.includes(name));
  const failures: string[] = [];
  await Deno.mkdir(paths.reports, { recursive: true });
  const stateFile = join(paths.reports, "runs.json");
  const records = await readRecords(stateFile);
  for (const [i, name] of chosen.entries()) {
    progress.line(`${name}  (${i + 1} of ${chosen.length})`);
    const { failure, record } = await runOne(name, settings, records[name]);
    records[name] = record;
    if (failure !== undefined) {
      failures.push(`${name}: ${failure}`);
      progress.line(`  FAILED  ${failure}`);
    } else {
      const memory = record.peakBytes > 0 ? `, peak memory ${formatBytes(record.peakBytes)}` : "";
      progress.line(`  done in ${formatSeconds(record.seconds)}${memory}`);
    }
    // After every notebook, so that a run that is killed leaves an overview that is true.
    const kept = Object.fromEntries(all.filter((n) => n in records).map((n) => [n, records[n]]));
    await writeAtomically(stateFile, JSON.stringify(kept, null, 1) + "\n");
    await writeIndex(all, kept, settings);
  }
  return failures;
}

interface Outcome {
  readonly failure?: string;
  readonly record: RunRecord;
}

async function runOne(
  name: string,
  settings: RunSettings,
  earlier: RunRecord | undefined,
): Promise<Outcome> {
  const { paths, provenance } = settings;
  const path = join(paths.notebooks, `${name}.ipynb`);
  const failed = (failure: string, seconds = 0, peakBytes = 0): Outcome => ({
    failure,
    record: { failure, date: provenance.date, seconds, peakBytes, thumbnail: earlier?.thumbnail },
  });
  let committed: Notebook;
  try {
    committed = parseNotebook(await Deno.readTextFile(path));
    notebookFacts(committed);
  } catch (error) {
    return failed((error as Error).message);
  }
  const run = await executeNotebook(path, {
    paths,
    python: settings.python,
    cellTimeout: settings.cellTimeout,
    onProgress: settings.progress.cell,
  });
  if (run.executed === undefined) return failed(run.failure!, run.seconds, run.peakBytes);
  const fresh = withOutputs(committed, run.executed);
  const problems = [...missingOutputs(fresh)];
  if (settings.mode === "check") {
    problems.push(
      ...outputDifferences(committed, fresh).map((text) => `not as committed: ${text}`),
    );
  }
  const text = notebookText(fresh);
  const size = new TextEncoder().encode(text).length;
  if (settings.mode !== "report" && size > largestNotebook) {
    problems.push(
      `the executed notebook holds ${formatBytes(size)}; at most 1 MB should be committed`,
    );
  }
  if (problems.length > 0) return failed(problems.join("\n  "), run.seconds, run.peakBytes);
  try {
    const html = exportHtml(fresh, { provenance, folder: paths.notebooks });
    await writeAtomically(join(paths.reports, `${name}.html`), html);
  } catch (error) {
    return failed(`export: ${(error as Error).message}`, run.seconds, run.peakBytes);
  }
  if (settings.mode === "update") await writeAtomically(path, text);
  return {
    record: {
      date: provenance.date,
      seconds: run.seconds,
      peakBytes: run.peakBytes,
      thumbnail: keyFigure(fresh),
    },
  };
}

async function writeIndex(
  names: readonly string[],
  records: Readonly<Record<string, RunRecord>>,
  { paths, provenance }: RunSettings,
): Promise<void> {
  const entries = await Promise.all(names.map(async (name) => ({
    name,
    facts: await factsOf(join(paths.notebooks, `${name}.ipynb`)),
    run: records[name],
    hasReport: existsSync(join(paths.reports, `${name}.html`)),
  })));
  await writeAtomically(join(paths.reports, "index.html"), exportIndex(entries, provenance));
}

async function factsOf(path: string): Promise<NotebookFacts | undefined> {
  try {
    return notebookFacts(parseNotebook(await Deno.readTextFile(path)));
  } catch {
    return undefined;
  }
}

async function readRecords(path: string): Promise<Record<string, RunRecord>> {
  try {
    return JSON.parse(await Deno.readTextFile(path));
  } catch {
    return {};
  }
}
