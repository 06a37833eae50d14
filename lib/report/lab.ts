import { join } from "node:path";
import { jupyterEnvironment } from "./jupyter_environment.ts";
import { progressWriter } from "./progress.ts";
import { type ProjectPaths, projectPaths } from "./project.ts";
import { setUpJupyter } from "./setup_jupyter.ts";
import { writeAtomically } from "./write_atomically.ts";

/** What may differ from one JupyterLab to the next. */
export interface LabSettings {
  /** Arguments passed on to JupyterLab, such as `--no-browser`. */
  readonly args: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Where its messages go; to the terminal when left out. */
  readonly messages?: "inherit" | "null";
}

/** Start JupyterLab on a folder of notebooks, with the project's own kernel and settings. */
export async function startLab(
  paths: ProjectPaths,
  { args, environment = {}, messages = "inherit" }: LabSettings,
): Promise<Deno.ChildProcess> {
  const { python } = await setUpJupyter(paths, "lab", progressWriter(Deno.stderr));
  await writeLabSettings(paths);
  // JupyterLab refuses to run as root unless it is told so; containers often are.
  const asRoot = Deno.build.os !== "windows" && Deno.uid() === 0 ? ["--allow-root"] : [];
  return new Deno.Command(python, {
    args: [
      "-m",
      "jupyterlab",
      `--ServerApp.root_dir=${paths.notebooks}`,
      // The extension manager would ask the internet for its list.
      "--LabApp.extension_manager=readonly",
      ...asRoot,
      ...args,
    ],
    cwd: paths.notebooks,
    env: { ...jupyterEnvironment(paths), ...environment },
    stdout: messages,
    stderr: messages,
  }).spawn();
}

/** Defaults under which JupyterLab asks the internet for nothing; a reader's own settings still win. */
async function writeLabSettings(paths: ProjectPaths): Promise<void> {
  const path = join(paths.venv, "share", "jupyter", "lab", "settings", "overrides.json");
  const settings = {
    "@jupyterlab/apputils-extension:notification": { fetchNews: "false", checkForUpdates: false },
  };
  await writeAtomically(path, JSON.stringify(settings, null, 2) + "\n");
}

if (import.meta.main) {
  try {
    const lab = await startLab(projectPaths(), { args: Deno.args });
    // Ctrl-C reaches JupyterLab too, which asks before it stops; this process must outlast it.
    Deno.addSignalListener("SIGINT", () => {});
    if (Deno.build.os !== "windows") Deno.addSignalListener("SIGTERM", () => lab.kill("SIGTERM"));
    Deno.exit((await lab.status).code);
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    Deno.exit(1);
  }
}
