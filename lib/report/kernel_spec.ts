import { existsSync } from "node:fs";
import { join } from "node:path";
import type { ProjectPaths } from "./project.ts";
import { writeAtomically } from "./write_atomically.ts";

/** Name under which notebooks ask for the kernel; the one that `deno jupyter --install` uses too. */
export const kernelName = "deno";

/**
 * Write the kernel spec of the Deno that is running now below `.jupyter/`, and below `.venv/` when that
 * is there, where VS Code looks. Files that are already right are left alone.
 *
 * @returns the paths that were written.
 */
export async function writeKernelSpec(
  paths: ProjectPaths,
  deno: string = Deno.execPath(),
): Promise<readonly string[]> {
  const spec = {
    // The full path, as Deno need not be on the PATH (`npx deno task report`).
    argv: [deno, "jupyter", "--kernel", "--conn", "{connection_file}"],
    display_name: "Deno",
    language: "typescript",
    env: { NO_COLOR: "1" },
  };
  const text = JSON.stringify(spec, null, 2) + "\n";
  const folders = [join(paths.jupyter, "data")];
  if (existsSync(paths.venv)) folders.push(join(paths.venv, "share", "jupyter"));
  const written: string[] = [];
  for (const folder of folders) {
    const path = join(folder, "kernels", kernelName, "kernel.json");
    const present = await Deno.readTextFile(path).catch(() => undefined);
    if (present === text) continue;
    await writeAtomically(path, text);
    written.push(path);
  }
  return written;
}
