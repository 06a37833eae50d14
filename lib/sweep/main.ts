import { runCommands } from "@ree/command";
import { mergeCommand } from "./merge_command.ts";
import { planCommand } from "./plan_command.ts";
import { runCommand } from "./run_command.ts";
import { statusCommand } from "./status_command.ts";
import { submitCommand } from "./submit_command.ts";
import { USAGE } from "./usage.ts";

/** Runs `deno task sweep`; returns the exit code (see `--help`). */
export function main(args: readonly string[]): Promise<number> {
  return runCommands({
    commands: {
      plan: planCommand,
      run: runCommand,
      submit: submitCommand,
      status: statusCommand,
      merge: mergeCommand,
    },
    usage: USAGE,
    told: [
      "SweepError",
      "RangeError",
      "SourceError",
      "EndpointError",
      "StoreError",
      "NotFound",
      "PermissionDenied",
    ],
  }, args);
}

if (import.meta.main) Deno.exit(await main(Deno.args));
