/** What the command line asks for. */
export type DownloadCommand =
  | { readonly kind: "help" }
  | { readonly kind: "list" }
  | { readonly kind: "error"; readonly message: string }
  | {
    readonly kind: "download";
    readonly names: readonly string[];
    readonly yes: boolean;
    readonly refresh: boolean;
    readonly acceptChanged: boolean;
  };

/** Text of `--help`. */
export const USAGE = `Usage: deno task data:download [source or file …] [options]

Fetches publishers' originals listed in data/sources.json into the cache folder: the folder that REE_DATA names, else
ree-data in the user's cache directory. Sizes, licences and the total are shown before anything is fetched.
An interrupted download goes on where it stopped. API keys are read from the environment (COMTRADE_API_KEY).

  --list            sources and files, nothing is fetched
  --yes             do not ask
  --refresh         fetch files again that are there; a changed original is reported and put beside as FILE.changed
  --accept-changed  with --refresh: take the changed original
  --help            this text

Exit code: 0 all files are there, 1 a file could not be had or has changed, 2 wrong arguments or not confirmed.`;

/** Reads the command line of `deno task data:download`. */
export function parseArguments(args: readonly string[]): DownloadCommand {
  const flags = { "--list": false, "--yes": false, "--refresh": false, "--accept-changed": false };
  const names: string[] = [];
  for (const argument of args) {
    if (argument === "--help" || argument === "-h") return { kind: "help" };
    if (Object.hasOwn(flags, argument)) flags[argument as keyof typeof flags] = true;
    else if (argument.startsWith("-")) {
      return {
        kind: "error",
        message: `unknown option ${argument}; expected ${Object.keys(flags).join(", ")} or --help`,
      };
    } else names.push(argument);
  }
  if (flags["--list"]) return { kind: "list" };
  if (names.length === 0) return { kind: "error", message: "no source named; see --list" };
  return {
    kind: "download",
    names,
    yes: flags["--yes"],
    refresh: flags["--refresh"],
    acceptChanged: flags["--accept-changed"],
  };
}
