import { messageOf } from "./message_of.ts";

/** A command line with commands of their own. */
export interface Commands<Name extends string> {
  readonly commands: Readonly<
    Record<Name, (args: readonly string[]) => number | Promise<number>>
  >;
  /** Help by command; "" is the overview. */
  readonly usage: Readonly<Record<NoInfer<Name> | "", string>>;
  /** Names of errors that say what to do; others are faults of the program and show their stack. */
  readonly told: readonly string[];
  /** What to add to an error of missing permission. */
  readonly notCapable?: (name: Name) => string;
}

/** Runs the command that the first argument names; returns its exit code, 1 after an error that is told, 2 after wrong arguments. */
export async function runCommands<Name extends string>(
  { commands, usage, told, notCapable }: Commands<Name>,
  args: readonly string[],
): Promise<number> {
  const [name = "", ...rest] = args;
  if (name === "" || name === "--help" || name === "-h") {
    console.log(usage[""]);
    return name === "" ? 2 : 0;
  }
  const command = (Object.keys(commands) as Name[]).find((known) => known === name);
  if (command === undefined) {
    console.error(`unknown command ${name}\n\n${usage[""]}`);
    return 2;
  }
  if (rest.includes("--help") || rest.includes("-h")) {
    console.log(usage[command]);
    return 0;
  }
  try {
    return await commands[command](rest);
  } catch (cause) {
    const kind = cause instanceof Error ? cause.name : "";
    if (kind === "UsageError") {
      console.error(`${messageOf(cause)}\n\n${usage[command]}`);
      return 2;
    }
    if (notCapable && cause instanceof Deno.errors.NotCapable) {
      console.error(`${messageOf(cause)}\n${notCapable(command)}`);
      return 1;
    }
    if (!told.includes(kind)) throw cause;
    console.error(messageOf(cause));
    return 1;
  }
}
