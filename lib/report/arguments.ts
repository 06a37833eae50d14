import { basename } from "node:path";
import type { RunMode } from "./run_notebooks.ts";

/** What the command line of `deno task report` asks for. */
export interface ReportArguments {
  readonly mode: RunMode;
  readonly names: readonly string[];
  /** Seconds after which a cell is given up. */
  readonly cellTimeout: number;
  readonly help: boolean;
  /** Other folders than the project's own, for trials. */
  readonly notebooks?: string;
  readonly reports?: string;
}

/** A command line that cannot be understood. */
export interface ArgumentError {
  readonly error: string;
}

/** How the command is used. */
export const usage = `Usage: deno task report [NOTEBOOK …] [OPTION …]

Runs the notebooks in order, each in a fresh kernel, and writes reports/*.html and
reports/index.html. NOTEBOOK is a file name with or without .ipynb; all are run when
none is named, and reports/what-if.html is written too. Jupyter is set up inside the
project when it is missing.

  --update           also write the outputs into notebooks/*.ipynb
  --check            fail when the outputs are not those in notebooks/*.ipynb
  --timeout SECONDS  give up a cell after this time (default 900)
  --notebooks DIR    other folder of notebooks (inside the project)
  --reports DIR      other folder for the reports
  --help             this text
`;

/** Read the command line; an unknown option or a wrong value is an error, not ignored. */
export function parseArguments(args: readonly string[]): ReportArguments | ArgumentError {
  const names: string[] = [];
  const modes = new Set<RunMode>();
  let help = false;
  let cellTimeout = 900;
  const folders: { notebooks?: string; reports?: string } = {};
  for (let i = 0; i < args.length; i++) {
    const [flag, attached] = args[i].startsWith("--") ? splitFlag(args[i]) : [args[i]];
    const value = () => attached ?? args[++i];
    if (flag === "--help" || flag === "-h") help = true;
    else if (flag === "--update") modes.add("update");
    else if (flag === "--check") modes.add("check");
    else if (flag === "--timeout") {
      const given = value();
      cellTimeout = Number(given);
      if (!(cellTimeout > 0)) return { error: `--timeout takes seconds above 0, got ${given}` };
    } else if (flag === "--notebooks" || flag === "--reports") {
      const given = value();
      if (given === undefined) return { error: `${flag} takes a folder` };
      folders[flag === "--notebooks" ? "notebooks" : "reports"] = given;
    } else if (flag.startsWith("-")) return { error: `unknown option ${args[i]}` };
    else names.push(basename(flag).replace(/\.ipynb$/, ""));
  }
  if (modes.size > 1) return { error: "--update and --check exclude each other" };
  return { mode: [...modes][0] ?? "report", names, cellTimeout, help, ...folders };
}

function splitFlag(argument: string): [string, string?] {
  const at = argument.indexOf("=");
  return at < 0 ? [argument] : [argument.slice(0, at), argument.slice(at + 1)];
}
