/** What the command line asks for. */
export type BuildCommand =
  | { readonly kind: "help" }
  | { readonly kind: "build"; readonly from: string; readonly to: string }
  | { readonly kind: "error"; readonly message: string };

/** Text of `--help`. */
export const USAGE = `Usage: deno task data:build [--from DIR] [--to DIR]

Reads source files, checks them, and writes the derived tables, sources.json and README.md.

  --from DIR  folder with the source files (default ../shared/data)
  --to DIR    folder to write (default data); outside data/, run
              deno run --allow-read --allow-write --allow-env --allow-ffi --allow-sys lib/build/main.ts --to DIR
  --help      this text`;

/** Reads the command line of `deno task data:build`. */
export function parseArguments(args: readonly string[]): BuildCommand {
  const options = { from: "../shared/data", to: "data" };
  for (let i = 0; i < args.length; i++) {
    const [flag, attached] = args[i].split(/=(.*)/s);
    if (flag === "--help" || flag === "-h") return { kind: "help" };
    if (flag !== "--from" && flag !== "--to") {
      return {
        kind: "error",
        message: `unknown argument ${args[i]}; expected --from, --to or --help`,
      };
    }
    const value = attached ?? args[++i];
    if (value === undefined || value === "" || (attached === undefined && value.startsWith("--"))) {
      return { kind: "error", message: `${flag} without a folder` };
    }
    options[flag === "--from" ? "from" : "to"] = value;
  }
  return { kind: "build", ...options };
}
