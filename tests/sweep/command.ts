import { fileURLToPath } from "node:url";

const MAIN = fileURLToPath(new URL("../../lib/sweep/main.ts", import.meta.url));

/** A process of `deno task sweep`. */
export interface SweepProcess {
  readonly child: Deno.ChildProcess;
  /** Exit code and everything it wrote. */
  ended(): Promise<
    { readonly code: number; readonly signal: Deno.Signal | null; readonly text: string }
  >;
}

/** Starts `deno task sweep` with the task's permissions. */
export function startSweep(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): SweepProcess {
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--allow-read",
      "--allow-write",
      "--allow-env",
      "--allow-ffi",
      "--allow-sys",
      "--allow-net=127.0.0.1",
      "--allow-run",
      MAIN,
      ...args,
    ],
    env: { NO_COLOR: "1", ...env },
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const output = child.output();
  return {
    child,
    async ended() {
      const { code, signal, stdout, stderr } = await output;
      const decoder = new TextDecoder();
      return { code, signal, text: decoder.decode(stdout) + decoder.decode(stderr) };
    },
  };
}

/** Waits until something is so. */
export async function until(what: () => boolean, seconds = 60): Promise<void> {
  const end = performance.now() + seconds * 1000;
  while (!what()) {
    if (performance.now() > end) throw new Error(`not so after ${seconds} s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
