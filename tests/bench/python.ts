import { existsSync } from "node:fs";

/** Version of numpy that the benchmarks run beside. */
const NUMPY = "numpy==2.2.6";

/** A Python interpreter with numpy, in a virtual environment inside the project. */
export function pythonWithNumpy(): string {
  const folder = new URL("../../.venv-bench/", import.meta.url).pathname;
  const python = `${folder}bin/python`;
  if (!existsSync(python)) run("python3", ["-m", "venv", folder]);
  const { success } = new Deno.Command(python, { args: ["-c", "import numpy"], stderr: "null" })
    .outputSync();
  if (!success) run(python, ["-m", "pip", "install", "--quiet", NUMPY]);
  return python;
}

function run(command: string, args: readonly string[]) {
  console.log(`${command} ${args.join(" ")}`);
  const { success, stderr } = new Deno.Command(command, { args: [...args] }).outputSync();
  if (!success) throw new Error(`${command} failed: ${new TextDecoder().decode(stderr)}`);
}
