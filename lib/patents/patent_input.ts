import { existsSync } from "node:fs";
import { type Patent, patentText } from "./patent.ts";
import { readStaged, stagePatentsView } from "./patentsview.ts";
import { mentionsRareEarth } from "./prefilter.ts";
import { readPatents } from "./read_patents.ts";
import { formatBytes, formatDuration, type ProgressLine } from "@ree/command";

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
    // A missing file is told by the reader, not here.
    const known = !/\.parquet$/i.test(path) && existsSync(path);
    const onProgress = known ? byteProgress(path, progress) : undefined;
    return { patents: () => readPatents(path, { prefilter, onProgress }), close: () => {} };
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

/** Shows how much of a file is read, how fast, and how long the rest takes where its unpacked size is known. */
function byteProgress(path: string, progress: ProgressLine): (bytes: number) => void {
  const started = performance.now();
  const size = /\.(gz|zip)$/i.test(path) ? null : Deno.statSync(path).size;
  return (bytes) => {
    const perSecond = bytes / Math.max((performance.now() - started) / 1000, 1e-3);
    const speed = `${formatBytes(bytes)} read, ${formatBytes(perSecond)}/s`;
    const left = size === null ? "" : `, ${formatDuration((size - bytes) / perSecond)} left`;
    progress.show(speed + left);
  };
}

/** The raw prefilter sees texts one by one; here title and abstract stand together. */
function* stagedMatches(staging: string): Generator<Patent> {
  for (const patent of readStaged(staging)) if (mentionsRareEarth(patentText(patent))) yield patent;
}

/** Whether a path is a folder. */
export function isFolder(path: string): boolean {
  try {
    return Deno.statSync(path).isDirectory;
  } catch {
    return false;
  }
}
