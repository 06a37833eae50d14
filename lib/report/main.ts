import { join, resolve } from "node:path";
import { parseArguments, usage } from "./arguments.ts";
import { progressWriter } from "./progress.ts";
import { projectPaths } from "./project.ts";
import { provenance } from "./provenance.ts";
import { listNotebooks, runNotebooks } from "./run_notebooks.ts";
import { setUpJupyter } from "./setup_jupyter.ts";
import { writeWhatIf } from "./write_what_if.ts";

/** `deno task report`: the exit code is 0 when all went well, 1 after a failure, 2 for a wrong call. */
async function main(args: readonly string[]): Promise<number> {
  const asked = parseArguments(args);
  if ("error" in asked) return complain(`${asked.error}\n\n${usage}`, 2);
  if (asked.help) {
    console.log(usage);
    return 0;
  }
  const own = projectPaths();
  const paths = {
    ...own,
    notebooks: resolve(asked.notebooks ?? own.notebooks),
    reports: resolve(asked.reports ?? own.reports),
  };
  const present = await listNotebooks(paths.notebooks);
  const unknown = asked.names.filter((name) => !present.includes(name));
  if (unknown.length > 0) {
    return complain(`no notebook ${unknown.join(", ")}; there are: ${present.join(", ")}`, 2);
  }
  if (present.length === 0) return complain(`there is no notebook in ${paths.notebooks}`, 2);
  await removeLeftovers(paths.cache);
  const progress = progressWriter(Deno.stdout);
  Deno.addSignalListener("SIGINT", () => {
    progress.line("stopped; the reports written so far stay, the others are those of earlier runs");
    Deno.exit(130);
  });
  try {
    const jupyter = await setUpJupyter(paths, "report", progress);
    const failures: string[] = [];
    if (asked.names.length === 0 && asked.notebooks === undefined) {
      progress.line("what-if page"); // first, so that the overview can lead to it
      const failure = await writeWhatIf(paths);
      if (failure !== undefined) failures.push(`what-if page: ${failure}`);
    }
    const failed = await runNotebooks({
      paths,
      python: jupyter.python,
      provenance: await provenance(paths, jupyter.versions),
      mode: asked.mode,
      names: asked.names,
      cellTimeout: asked.cellTimeout,
      progress,
    });
    failures.push(...failed);
    if (failures.length === 0) {
      progress.line(`All reports: ${resolve(paths.reports, "index.html")}`);
      return 0;
    }
    return complain(
      `\n${failures.length === 1 ? "A report" : `${failures.length} reports`} failed:\n` +
        failures.map((failure) => `- ${failure}`).join("\n"),
      1,
    );
  } catch (error) {
    return complain(error instanceof Error ? error.message : String(error), 1);
  }
}

/** Scratch folders of runs that were killed; those of the last day may belong to a run going on. */
async function removeLeftovers(cache: string): Promise<void> {
  const entries = await Array.fromAsync(Deno.readDir(cache)).catch(() => []);
  for (const { name } of entries) {
    if (!/^(run|line)-/.test(name)) continue;
    const path = join(cache, name);
    const { mtime } = await Deno.stat(path).catch(() => ({ mtime: null }));
    if (mtime !== null && Date.now() - mtime.getTime() > 86_400_000) {
      await Deno.remove(path, { recursive: true }).catch(() => {});
    }
  }
}

function complain(message: string, code: number): number {
  console.error(message);
  return code;
}

if (import.meta.main) Deno.exit(await main(Deno.args));
