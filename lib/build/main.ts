import { DATA_DIR } from "@ree/data";
import { parseArguments, USAGE } from "./arguments.ts";
import { buildData } from "./build_data.ts";

/** Runs the command; returns the exit code: 0 done, 1 a source file is missing or wrong, 2 wrong arguments. */
export async function main(args: readonly string[]): Promise<number> {
  const command = parseArguments(args);
  if (command.kind === "help") {
    console.log(USAGE);
    return 0;
  }
  if (command.kind === "error") {
    console.error(`${command.message}\n\n${USAGE}`);
    return 2;
  }
  if (!isFolder(command.from)) {
    console.error(
      `Source folder ${command.from} is missing. The notebooks and tests work without it: data/ is complete. ` +
        "To rebuild data/, place the files that data/sources.json lists (with their addresses) in a folder " +
        "and name it with --from DIR.",
    );
    return 1;
  }
  try {
    const written = await buildData({ ...command, judgedIn: DATA_DIR, progress: console.log });
    console.log(`${written.length} tables in ${command.to}`);
    return 0;
  } catch (cause) {
    if (cause instanceof Error && cause.name === "SourceError") {
      console.error(`${cause.message}\nNothing was changed in ${command.to}.`);
      return 1;
    }
    if (cause instanceof Deno.errors.NotCapable) {
      console.error(`${cause.message}\nSee deno task data:build --help for folders outside data/.`);
      return 1;
    }
    throw cause;
  }
}

function isFolder(path: string): boolean {
  try {
    return Deno.statSync(path).isDirectory;
  } catch {
    return false;
  }
}

if (import.meta.main) Deno.exit(await main(Deno.args));
