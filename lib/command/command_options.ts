import { parseArgs } from "node:util";
import { messageOf } from "./message_of.ts";

/** Wrong use of the command line; the exit code is 2. */
export function usageError(message: string): Error {
  const error = new Error(message);
  error.name = "UsageError";
  return error;
}

/** Options of a command as texts and flags. */
export type CommandOptions = Readonly<Record<string, string | boolean | undefined>>;

/**
 * Reads `--name value` and `--flag`.
 *
 * @throws UsageError at an unknown option or one without its value
 */
export function readOptions(
  args: readonly string[],
  texts: readonly string[],
  flags: readonly string[] = [],
): CommandOptions {
  try {
    return parseArgs({
      args: [...args],
      strict: true,
      allowPositionals: false,
      options: Object.fromEntries([
        ...texts.map((name) => [name, { type: "string" as const }]),
        ...flags.map((name) => [name, { type: "boolean" as const }]),
      ]),
    }).values as CommandOptions;
  } catch (cause) {
    throw usageError(messageOf(cause));
  }
}

/** The text of an option. */
export function textOption(options: CommandOptions, name: string, otherwise: string): string {
  const value = options[name];
  return typeof value === "string" ? value : otherwise;
}

/** The text of an option that must be given. */
export function requiredOption(options: CommandOptions, name: string): string {
  const value = options[name];
  if (typeof value !== "string" || value === "") throw usageError(`--${name} is missing`);
  return value;
}

/** The number of an option, undefined when it is not given. */
export function numberOption(
  options: CommandOptions,
  name: string,
  valid: (value: number) => boolean,
  expected: string,
): number | undefined {
  const value = options[name];
  if (value === undefined) return undefined;
  const number = Number(value);
  if (value === "" || !valid(number)) throw usageError(`--${name} ${value}: expected ${expected}`);
  return number;
}

/** The option's value, one of those allowed. */
export function choiceOption<Choice extends string>(
  options: CommandOptions,
  name: string,
  choices: readonly Choice[],
): Choice {
  const value = textOption(options, name, choices[0]);
  const found = choices.find((choice) => choice === value);
  if (found === undefined) throw usageError(`--${name} ${value}: expected ${choices.join(" or ")}`);
  return found;
}
