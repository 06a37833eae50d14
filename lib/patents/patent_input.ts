import { readStaged, stagePatentsView } from "./patentsview.ts";
import type { Patent } from "./patent.ts";
import { mentionsRareEarth } from "./prefilter.ts";
import { patentText } from "./patent.ts";
import { readPatents } from "./read_patents.ts";
import { formatBytes, type ProgressLine } from "./progress_line.ts";

/** Patents from a file or a folder of PatentsView tables; can be read several times. */
export interface PatentInput {
  patents(): Iterable<Patent> | AsyncIterable<Patent>;
  /** Removes the staging file, if there is one. */
  close(): void;
}

/**
 * Opens a file, or a folder of PatentsView bulk tables, which are joined in `staging` first.
 *
 * @param prefilter only patents that speak of rare earths
 */
export async function openPatentInput(
  path: string,
  options: {
    readonly staging: string;
    readonly prefilter: boolean;
    readonly progress: ProgressLine;
  },
): Promise<PatentInput> {
  const { staging, prefilter, progress } = options;
  if (!isFolder(path)) {
    return { patents: () => readPatents(path, { prefilter }), close: () => {} };
  }
  const started = performance.now();
  const staged = await stagePatentsView(path, staging, {
    prefilter,
    onProgress: ({ table, bytes }) => {
      const seconds = (performance.now() - started) / 1000;
      progress.show(`${table}: ${formatBytes(bytes)} read, ${seconds.toFixed(0)} s in all`);
    },
  });
  progress.keep(`${staged.patents} patents kept of ${staged.rows.g_patent} in ${path}`);
  return {
    patents: prefilter ? () => stagedMatches(staging) : () => readStaged(staging),
    close: () => Deno.removeSync(staging),
  };
}

/** The raw prefilter sees texts one by one; here title and abstract stand together. */
function* stagedMatches(staging: string): Generator<Patent> {
  for (const patent of readStaged(staging)) if (mentionsRareEarth(patentText(patent))) yield patent;
}

function isFolder(path: string): boolean {
  try {
    return Deno.statSync(path).isDirectory;
  } catch {
    return false;
  }
}
