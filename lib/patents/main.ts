import { evaluateCommand } from "./evaluate_command.ts";
import { labelCommand } from "./label_command.ts";
import { messageOf } from "./named_error.ts";
import { panelCommand } from "./panel_command.ts";
import { prefilterCommand } from "./prefilter_command.ts";
import { type CommandName, USAGE } from "./usage.ts";

const COMMANDS: Readonly<
  Record<CommandName, (args: readonly string[]) => number | Promise<number>>
> = {
  prefilter: prefilterCommand,
  label: labelCommand,
  evaluate: evaluateCommand,
  panel: panelCommand,
};

/** Errors that say what to do; others are faults of the program and show their stack. */
const TOLD = [
  "EndpointError",
  "StoreError",
  "PatentInputError",
  "PromptError",
  "SourceError",
  "RangeError",
];

/** Runs `deno task patents`; returns the exit code: 0 done, 1 an error, 2 wrong arguments, 3 budget, 130 interrupted. */
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
    if (cause instanceof Deno.errors.NotCapable) {
      console.error(
        `${messageOf(cause)}\nThe task may write under results/ only; run ` +
          `deno run -A lib/patents/main.ts ${command} … to write elsewhere.`,
      );
      return 1;
    }
    if (!TOLD.includes(kind)) throw cause;
    console.error(messageOf(cause));
    return 1;
  }
}

if (import.meta.main) Deno.exit(await main(Deno.args));
