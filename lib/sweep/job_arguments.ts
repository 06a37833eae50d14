/** Permissions of a task: it neither starts programs nor is it asked anything. */
const PERMISSIONS = [
  "--allow-read",
  "--allow-write",
  "--allow-env",
  "--allow-ffi",
  "--allow-sys",
  "--allow-net",
] as const;

/** No network for code, and no change to the lock file by many tasks at once. */
const FLAGS = ["--cached-only", "--frozen", "--no-prompt"] as const;

/**
 * Arguments of deno for one task of an indexed job; which task it is comes from its environment.
 *
 * @param main path of lib/sweep/main.ts on the node
 * @param folder of the sweep on the node
 * @param tasks number of tasks, or "plan" for one to each shard
 */
export function jobArguments(main: string, folder: string, tasks: number | "plan"): string[] {
  return ["run", ...FLAGS, ...PERMISSIONS, main, "run", folder, "--indexed", String(tasks)];
}
