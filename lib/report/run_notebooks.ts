import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import { outputDifferences } from "./compare_outputs.ts";
import { withOutputs } from "./clean_notebook.ts";
import { executeNotebook } from "./execute_notebook.ts";
import { exportReport, keyFigure } from "./export_html.ts";
import {
  exportIndex,
  formatBytes,
  formatSeconds,
  type IndexEntry,
  type RunRecord,
} from "./export_index.ts";
import { missingOutputs } from "./missing_outputs.ts";
import { type Notebook, notebookText, parseNotebook } from "./notebook.ts";
import { type NotebookFacts, notebookFacts } from "./notebook_facts.ts";
import type { ProgressWriter } from "./progress.ts";
import type { ProjectPaths } from "./project.ts";
import type { Provenance } from "./provenance.ts";
import { resultPath } from "./results.ts";
import { type LibraryIndex, libraryIndex } from "./site/library_index.ts";
import { navigation, pager } from "./site/navigation.ts";
import { presentPages } from "./site/site_pages.ts";
import { executiveSummary } from "./site/summary/executive_summary.ts";
import { writeSite } from "./site/write_site.ts";
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
 * Run notebooks in order, each in a fresh kernel, and write their reports, the overview and the other
 * pages of the site. A notebook that fails leaves its earlier report in place and does not keep the others from running.
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
  const around = await neighbours(all, settings);
  const library = libraryIndex(paths.root);
  for (const [i, name] of chosen.entries()) {
    progress.line(`${name}  (${i + 1} of ${chosen.length})`);
    const { failure, record } = await runOne(name, settings, records[name], {
      library,
      pager: around(name),
    });
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
    await writeIndex(await indexEntries(all, kept, paths), settings);
  }
  const kept = Object.fromEntries(all.filter((n) => n in records).map((n) => [n, records[n]]));
  try {
    await writeSite({
      root: paths.root,
      reports: paths.reports,
      entries: await indexEntries(all, kept, paths),
      provenance: settings.provenance,
    });
  } catch (error) {
    failures.push(`pages of the site: ${(error as Error).message}`);
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
  surroundings: { readonly library: LibraryIndex; readonly pager: string },
): Promise<Outcome> {
  const { paths, provenance } = settings;
  const path = join(paths.notebooks, `${name}.ipynb`);
  const failed = (failure: string, seconds = 0, peakBytes = 0): Outcome => ({
    failure,
    // What other pages say of the report is still that of the earlier run, as the report is.
    record: { ...earlier, failure, date: provenance.date, seconds, peakBytes },
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
  let report: ReturnType<typeof exportReport>;
  try {
    report = exportReport(fresh, {
      provenance,
      folder: paths.notebooks,
      navigation: navigation(`${name}.html`, presentPages(paths.reports)),
      ...surroundings,
    });
    await writeAtomically(join(paths.reports, `${name}.html`), report.html);
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
      outputs: report.outputs,
      sections: report.sections,
    },
  };
}

async function writeIndex(
  entries: readonly IndexEntry[],
  { paths, provenance }: RunSettings,
): Promise<void> {
  const summary = executiveSummary(readResult, entries.map(({ name }) => name));
  const pages = presentPages(paths.reports);
  const html = exportIndex(entries, provenance, { summary, pages });
  await writeAtomically(join(paths.reports, "index.html"), html);
}

async function indexEntries(
  names: readonly string[],
  records: Readonly<Record<string, RunRecord>>,
  paths: ProjectPaths,
): Promise<readonly IndexEntry[]> {
  return await Promise.all(names.map(async (name) => ({
    name,
    facts: await factsOf(join(paths.notebooks, `${name}.ipynb`)),
    run: records[name],
    hasReport: existsSync(join(paths.reports, `${name}.html`)),
  })));
}

/** A result that a notebook has saved; nothing when there is none. */
function readResult(name: string): unknown {
  const path = resultPath(name);
  return existsSync(path) ? JSON.parse(Deno.readTextFileSync(path)) : undefined;
}

/** Gives the links from a report to those before and after it. */
async function neighbours(
  names: readonly string[],
  { paths }: RunSettings,
): Promise<(name: string) => string> {
  const titled = await Promise.all(names.map(async (name) => ({
    name,
    title: (await factsOf(join(paths.notebooks, `${name}.ipynb`)))?.title ?? name,
  })));
  return (name) => {
    const at = names.indexOf(name);
    return pager(titled[at - 1], titled[at + 1]);
  };
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
