import { runCommands } from "@ree/command";
import { evaluateCommand } from "./evaluate_command.ts";
import { labelCommand } from "./label_command.ts";
import { panelCommand } from "./panel_command.ts";
import { prefilterCommand } from "./prefilter_command.ts";
import { USAGE } from "./usage.ts";

/** Runs `deno task patents`; returns the exit code: 0 done, 1 an error, 2 wrong arguments, 3 budget, 130 interrupted. */
export function main(args: readonly string[]): Promise<number> {
  return runCommands({
    commands: {
      prefilter: prefilterCommand,
      label: labelCommand,
      evaluate: evaluateCommand,
      panel: panelCommand,
    },
    usage: USAGE,
    told: [
      "EndpointError",
      "StoreError",
      "PatentInputError",
      "PromptError",
      "SourceError",
      "RangeError",
    ],
    notCapable: (command) =>
      "The task may write under results/ only; run " +
      `deno run -A lib/patents/main.ts ${command} … to write elsewhere.`,
  }, args);
}

if (import.meta.main) Deno.exit(await main(Deno.args));
