import type { ProjectPaths } from "./project.ts";

/**
 * Writes the page that runs the model in the browser. In a process of its own, because reading the world table needs
 * permissions that the reports do not.
 *
 * @returns what went wrong; nothing when the page was written
 */
export async function writeWhatIf(paths: ProjectPaths): Promise<string | undefined> {
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["task", "--quiet", "what-if", "--reports", paths.reports],
    cwd: paths.root,
    env: { NO_COLOR: "1" },
    stdin: "null",
    stdout: "null",
  }).output();
  return success ? undefined : new TextDecoder().decode(stderr).trim();
}
