import { messageOf } from "@ree/command";
import { mergeCommand } from "./merge_command.ts";
import { planCommand } from "./plan_command.ts";
import { runCommand } from "./run_command.ts";
import { statusCommand } from "./status_command.ts";
import { submitCommand } from "./submit_command.ts";
import { type CommandName, USAGE } from "./usage.ts";

const COMMANDS: Readonly<
  Record<CommandName, (args: readonly string[]) => number | Promise<number>>
> = {
  plan: planCommand,
  run: runCommand,
  submit: submitCommand,
  status: statusCommand,
  merge: mergeCommand,
};

/** Errors that say what to do; others are faults of the program and show their stack. */
const TOLD = ["SweepError", "RangeError", "SourceError", "EndpointError", "StoreError"];

/** Runs `deno task sweep`; returns the exit code (see `--help`). */
export async function main(args: readonly string[]): Promise<number> {
  const [name = "", ...rest] = args;
  if (name === "" || name === "--help" || name === "-h") {
    console.log(USAGE[""]);
    return name === "" ? 2 : 0;
  }
  const command = (Object.keys(COMMANDS) as CommandName[]).find((known) => known === name);
  if (command === undefined) {
    console.error(`unknown command ${name}\n\n${USAGE[""]}`);
    return 2;
  }
  if (rest.includes("--help") || rest.includes("-h")) {
    console.log(USAGE[command]);
    return 0;
  }
  try {
    return await COMMANDS[command](rest);
  } catch (cause) {
    const kind = cause instanceof Error ? cause.name : "";
    if (kind === "UsageError") {
      console.error(`${messageOf(cause)}\n\n${USAGE[command]}`);
      return 2;
    }
    if (cause instanceof Deno.errors.NotFound || cause instanceof Deno.errors.PermissionDenied) {
      console.error(messageOf(cause));
      return 1;
    }
    if (!TOLD.includes(kind)) throw cause;
    console.error(messageOf(cause));
    return 1;
  }
}

if (import.meta.main) Deno.exit(await main(Deno.args));
