import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { jupyterEnvironment } from "./jupyter_environment.ts";
import { kernelName } from "./kernel_spec.ts";
import { locateLine } from "./locate_line.ts";
import { cellName, joined, type Notebook, parseNotebook } from "./notebook.ts";
import type { ProjectPaths } from "./project.ts";
import { readLines } from "./read_lines.ts";

/** What a run of one notebook came to. */
export interface Execution {
  /** The notebook with its outputs; nothing when it failed. */
  readonly executed?: Notebook;
  /** What went wrong, naming cell, line and error; nothing when it ran through. */
  readonly failure?: string;
  readonly seconds: number;
  /** Highest memory of the kernel, in bytes; 0 when it could not be read. */
  readonly peakBytes: number;
}

/** What is told while a notebook runs: the cell that starts, or the one that has ended. */
export interface CellProgress {
  readonly kind: "start" | "done";
  /** Place of the cell among the code cells that are not empty, from 1. */
  readonly number: number;
  readonly count: number;
  /** Seconds the cell took; 0 at its start. */
  readonly seconds: number;
  readonly firstLine: string;
}

/** How notebooks are run. */
export interface ExecutionSettings {
  readonly paths: ProjectPaths;
  readonly python: string;
  /** Seconds after which a cell is given up. */
  readonly cellTimeout: number;
  readonly onProgress?: (progress: CellProgress) => void;
}

/** Run a notebook in a fresh kernel whose working folder is the one the notebook lies in. */
export async function executeNotebook(
  path: string,
  settings: ExecutionSettings,
): Promise<Execution> {
  const started = performance.now();
  const notebook = parseNotebook(await Deno.readTextFile(path));
  const codeCells = notebook.cells.flatMap((cell, i) =>
    cell.cell_type === "code" && joined(cell.source).trim() !== "" ? [i] : []
  );
  await Deno.mkdir(settings.paths.cache, { recursive: true });
  const scratch = await Deno.makeTempDir({ dir: settings.paths.cache, prefix: "run-" });
  const target = join(scratch, "executed.ipynb");
  const driver = new Deno.Command(settings.python, {
    args: [
      fileURLToPath(new URL("./execute_notebook.py", import.meta.url)),
      path,
      target,
      `--kernel=${kernelName}`,
      `--timeout=${settings.cellTimeout}`,
    ],
    env: jupyterEnvironment(settings.paths),
    // Held open while this process lives: the driver ends, with its kernel, when it closes.
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const complaints: string[] = [];
  const listening = (async () => {
    for await (const line of readLines(driver.stderr)) {
      if (!line.includes('"deno jupyter" is unstable')) complaints.push(line);
    }
  })();

  let failure: string | undefined;
  let peakBytes = 0;
  try {
    for await (const line of readLines(driver.stdout)) {
      const step = JSON.parse(line) as Step;
      if (step.event === "start" || step.event === "done") {
        settings.onProgress?.({
          kind: step.event,
          number: codeCells.indexOf(step.cell) + 1,
          count: codeCells.length,
          seconds: step.event === "done" ? step.seconds : 0,
          firstLine: firstCodeLine(joined(notebook.cells[step.cell].source)),
        });
      } else if (step.event === "error") {
        failure = await describeError(notebook, step, settings.paths);
      } else if (step.event === "timeout") {
        failure = `${cellName(notebook, step.cell)}: took more than ${settings.cellTimeout} s`;
      } else if (step.event === "dead") {
        failure = step.cell < 0
          ? `the kernel died before the first cell`
          : `${
            cellName(notebook, step.cell)
          }: the kernel died (out of memory, or a crash of native code)`;
      } else if (step.event === "end") {
        peakBytes = step.peak_bytes;
      }
    }
    const status = await driver.status;
    // A kernel that outlives its driver would keep this stream open for ever.
    await Promise.race([listening, new Promise((resolve) => setTimeout(resolve, 1000))]);
    const executed = failure === undefined && status.success
      ? parseNotebook(await Deno.readTextFile(target))
      : undefined;
    if (executed === undefined && failure === undefined) {
      failure = `the run stopped (exit code ${status.code})\n` + complaints.slice(-12).join("\n");
    }
    return { executed, failure, seconds: (performance.now() - started) / 1000, peakBytes };
  } finally {
    await driver.stdin.close().catch(() => {});
    await Deno.remove(scratch, { recursive: true }).catch(() => {});
  }
}

type Step =
  | { readonly event: "kernel"; readonly nbclient: string }
  | { readonly event: "start"; readonly cell: number }
  | { readonly event: "done"; readonly cell: number; readonly seconds: number }
  | ErrorStep
  | { readonly event: "timeout" | "dead"; readonly cell: number }
  | { readonly event: "end"; readonly peak_bytes: number };

interface ErrorStep {
  readonly event: "error";
  readonly cell: number;
  readonly name: string;
  readonly value: string;
  readonly traceback: readonly string[];
}

async function describeError(
  notebook: Notebook,
  error: ErrorStep,
  paths: ProjectPaths,
): Promise<string> {
  const source = joined(notebook.cells[error.cell].source);
  const place = await locateLine(source, error.traceback, paths);
  const where = cellName(notebook, error.cell) +
    (place === undefined ? "" : `, line ${place.line}`);
  const what = place?.syntaxError ?? `${error.name}: ${error.value}`;
  const line = place === undefined ? "" : `\n    ${source.split("\n")[place.line - 1]?.trim()}`;
  const library = error.traceback.map((t) => /file:\/\/\S*?\/(lib\/\S+?):(\d+):\d+/.exec(t))
    .find((match) => match !== null);
  const origin = library == null ? "" : `\n    thrown in ${library[1]}, line ${library[2]}`;
  return `${where}: ${what}${line}${origin}`;
}

function firstCodeLine(source: string): string {
  const lines = source.split("\n").map((line) => line.trim()).filter((line) => line !== "");
  return lines.find((line) => !line.startsWith("//") && !line.startsWith("import")) ?? lines[0] ??
    "";
}
