import { usageError } from "@ree/command";

/**
 * Splits a command line into its one positional argument and the options.
 *
 * @throws UsageError when it is missing
 */
export function positional(
  args: readonly string[],
  what: string,
): { readonly value: string; readonly rest: readonly string[] } {
  const [value, ...rest] = args;
  if (value === undefined || value.startsWith("-")) throw usageError(`${what} is missing`);
  return { value: value.replace(/\/?plan\.json$/, "") || ".", rest };
}
