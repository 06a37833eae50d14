import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { jupyterEnvironment } from "./jupyter_environment.ts";
import { writeKernelSpec } from "./kernel_spec.ts";
import type { ProjectPaths } from "./project.ts";
import { readLines } from "./read_lines.ts";

/** A Python that can run notebooks, and the versions of what it runs them with. */
export interface Jupyter {
  readonly python: string;
  readonly versions: Readonly<Record<string, string>>;
}

/** What Jupyter is needed for: running notebooks, or opening them in JupyterLab. */
export type JupyterNeed = "report" | "lab";

/** Where the setup says what it does: lines that stay, and passing details. */
export interface SetupLog {
  readonly line: (text: string) => void;
  readonly step: (text: string) => void;
}

/**
 * Find a Python that can run notebooks, or make one: the project's own `.venv`, else (for reports) a
 * Python on the PATH with a suitable nbclient, else a new `.venv` with the pinned packages. Writes the
 * kernel spec too. Does nothing when all is there.
 *
 * @param log is told what is done, in words for the user.
 * @throws when there is no Python 3.10 or newer, or the packages cannot be installed.
 */
export async function setUpJupyter(
  paths: ProjectPaths,
  need: JupyterNeed,
  log: SetupLog,
): Promise<Jupyter> {
  const own = venvPython(paths);
  const environment = jupyterEnvironment(paths);
  let versions = await packageVersions(own, environment);
  let python = own;
  if (!isSuitable(versions, need) && need === "report") {
    for (const candidate of pythonCommands) {
      const found = await packageVersions(candidate, environment);
      if (isSuitable(found, need)) [python, versions] = [candidate, found];
    }
  }
  if (!isSuitable(versions, need)) {
    await makeVenv(paths, need, log);
    python = own;
    versions = await packageVersions(own, environment);
  }
  if (!isSuitable(versions, need)) {
    throw new Error(
      `setup: the packages were installed but do not load; delete ${venvName} and try again`,
    );
  }
  for (const path of await writeKernelSpec(paths)) {
    log.line(`kernel spec: ${path.slice(paths.root.length + 1)}`);
  }
  return { python, versions: versions! };
}

/** The Python of the project's virtual environment, whether or not it is there yet. */
export function venvPython(paths: ProjectPaths): string {
  return Deno.build.os === "windows"
    ? join(paths.venv, "Scripts", "python.exe")
    : join(paths.venv, "bin", "python");
}

/** Whether a set of installed packages can do what is needed. */
export function isSuitable(
  versions: Readonly<Record<string, string>> | undefined,
  need: JupyterNeed,
): versions is Readonly<Record<string, string>> {
  if (versions === undefined) return false;
  const atLeast = (name: string, major: number, minor: number) => {
    const [a, b] = (versions[name] ?? "0.0").split(".").map(Number);
    return a === major && b >= minor;
  };
  const runs = atLeast("nbclient", 0, 10) && atLeast("nbformat", 5, 9) &&
    atLeast("nbconvert", 7, 0);
  return need === "report" ? runs : runs && atLeast("jupyterlab", 4, 6);
}

const venvName = ".venv";
const pythonCommands = ["python3", "python"];

/** Versions of the packages that matter; nothing when the Python does not run. */
async function packageVersions(
  python: string,
  environment: Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, string>> | undefined> {
  const program = `
import json
from importlib.metadata import PackageNotFoundError, version
found = {}
for name in ["nbclient", "nbconvert", "nbformat", "jupyter_client", "jupyterlab"]:
    try:
        found[name] = version(name)
    except PackageNotFoundError:
        pass
print(json.dumps(found))
`;
  const result = await run(python, ["-c", program], environment);
  if (result === undefined || !result.success) return undefined;
  return JSON.parse(new TextDecoder().decode(result.stdout));
}

async function makeVenv(
  paths: ProjectPaths,
  need: JupyterNeed,
  log: SetupLog,
): Promise<void> {
  const environment = jupyterEnvironment(paths);
  const own = venvPython(paths);
  const works = existsSync(own) &&
    (await run(own, ["-m", "pip", "--version"], environment))?.success;
  if (!works) {
    const base = await basePython(environment);
    log.line(`making a virtual environment in ${venvName} (${base.version})`);
    const made = await run(base.command, ["-m", "venv", "--clear", paths.venv], environment);
    if (!made?.success) {
      const reason = made === undefined ? "" : lastLines(made.stdout, made.stderr);
      throw new Error(
        `setup: ${base.command} could not make a virtual environment; on Debian and Ubuntu, ` +
          `"apt install python3-venv" adds what is missing\n${reason}`,
      );
    }
  }
  const file = fileURLToPath(new URL(`./requirements_${need}.txt`, import.meta.url));
  log.line(
    `installing ${need === "lab" ? "JupyterLab" : "nbclient and nbconvert"} into ${venvName}`,
  );
  const pip = new Deno.Command(own, {
    args: ["-m", "pip", "install", "--no-input", "--progress-bar", "off", "-r", file],
    env: environment,
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const errors: string[] = [];
  await Promise.all([
    (async () => {
      for await (const line of readLines(pip.stdout)) {
        const step = pipStep(line);
        if (step !== undefined) log.step(step);
      }
    })(),
    (async () => {
      for await (const line of readLines(pip.stderr)) errors.push(line);
    })(),
  ]);
  if (!(await pip.status).success) {
    throw new Error(
      `setup: pip could not install the packages of lib/report/requirements_${need}.txt\n` +
        errors.filter((line) => !line.startsWith("WARNING")).slice(-8).join("\n"),
    );
  }
}

/** What a line of pip means for the user; nothing for its details. */
function pipStep(line: string): string | undefined {
  const collected = /^Collecting (\S+)/.exec(line)?.[1];
  if (collected !== undefined) return `fetching ${collected.replace(/[<>=!~;[(].*$/, "")}`;
  if (line.startsWith("Installing collected packages")) return "unpacking";
  return undefined;
}

async function basePython(
  environment: Readonly<Record<string, string>>,
): Promise<{ command: string; version: string }> {
  const seen: string[] = [];
  for (const command of pythonCommands) {
    const result = await run(
      command,
      ["-c", "import sys; print(*sys.version_info[:3], sep='.')"],
      environment,
    );
    if (!result?.success) continue;
    const version = new TextDecoder().decode(result.stdout).trim();
    const [major, minor] = version.split(".").map(Number);
    if (major === 3 && minor >= 10) return { command, version: `Python ${version}` };
    seen.push(`${command} is ${version}`);
  }
  throw new Error(
    `setup: Python 3.10 or newer is needed to run Jupyter; ${
      seen.length === 0 ? "no python3 was found" : seen.join(", ")
    }`,
  );
}

async function run(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Deno.CommandOutput | undefined> {
  try {
    return await new Deno.Command(command, { args: [...args], env, stdin: "null" }).output();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

function lastLines(...texts: readonly Uint8Array[]): string {
  return texts.map((text) => new TextDecoder().decode(text).trim()).filter((text) => text !== "")
    .join("\n").split("\n").slice(-8).join("\n");
}
