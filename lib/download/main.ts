import { parseArguments, USAGE } from "./arguments.ts";
import { cacheDir } from "./cache_dir.ts";
import { downloadContext } from "./context.ts";
import { download } from "./download.ts";
import { type Original, readOriginals, selectOriginals } from "./original.ts";
import { planDownload, planLines } from "./plan.ts";

/** What the command uses of the terminal; tests give their own. */
export interface Terminal {
  readonly say: (line: string) => void;
  /** Asks a yes-or-no question; null when there is nobody to ask. */
  readonly ask: (question: string) => boolean | null;
}

const CONSOLE: Terminal = {
  say: (line) => console.log(line),
  ask: (question) => Deno.stdin.isTerminal() ? confirm(question) : null,
};

/** Milliseconds between two lines of progress. */
const PROGRESS = 5_000;

/**
 * Runs the command.
 *
 * @param sources path of the `sources.json`; default: the project's
 * @returns the exit code: 0 all there, 1 a file failed or changed, 2 wrong arguments or not confirmed
 */
export async function main(
  args: readonly string[],
  terminal: Terminal = CONSOLE,
  sources?: string,
): Promise<number> {
  const command = parseArguments(args);
  if (command.kind === "help") {
    terminal.say(USAGE);
    return 0;
  }
  if (command.kind === "error") {
    terminal.say(`${command.message}\n\n${USAGE}`);
    return 2;
  }
  const originals = readOriginals(sources);
  if (command.kind === "list") {
    for (const line of listLines(originals)) terminal.say(line);
    return 0;
  }
  let chosen: readonly Original[];
  try {
    chosen = selectOriginals(originals, command.names);
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    terminal.say(cause.message);
    return 2;
  }
  const cache = cacheDir();
  let shown = 0;
  const context = downloadContext({
    say: terminal.say,
    bytes: ({ file }, have, total) => {
      if (Date.now() - shown < PROGRESS) return;
      shown = Date.now();
      const part = total === null ? "" : ` of ${(total / 1e6).toFixed(1)}`;
      terminal.say(`${file}: ${(have / 1e6).toFixed(1)}${part} MB`);
    },
  });
  const plan = await planDownload(chosen, cache, command.refresh, context);
  for (const line of planLines(plan, cache)) terminal.say(line);
  if (plan.some(({ present }) => !present) && !command.yes) {
    const answer = terminal.ask("Fetch these files under these licences?");
    if (answer !== true) {
      terminal.say(answer === null ? "Nobody to ask here: give --yes." : "Nothing was fetched.");
      return 2;
    }
  }
  const { files, failed } = await download(chosen, { ...command, cache }, context);
  const changed = files.filter(({ state }) => state === "changed");
  terminal.say(
    `${files.length - changed.length} of ${chosen.length} files in ${cache}` +
      (changed.length > 0 ? `; ${changed.length} changed at the publisher and not used` : "") +
      (failed.length > 0 ? `; ${failed.length} failed` : ""),
  );
  return changed.length + failed.length > 0 ? 1 : 0;
}

function listLines(originals: readonly Original[]): readonly string[] {
  const bySource = Map.groupBy(originals, ({ source }) => source);
  return [...bySource].flatMap(([source, files]) => [
    `${source}: ${files[0].publisher}; ${files[0].licence}`,
    ...files.map(({ file }) => `  ${file}`),
  ]);
}

if (import.meta.main) Deno.exit(await main(Deno.args));
