import { join } from "node:path";
import { progressLine, readOptions } from "@ree/command";
import { positional } from "./positional.ts";
import { MERGED_FILE, mergeSweep } from "./merge_sweep.ts";

/** `sweep merge`. */
export async function mergeCommand(args: readonly string[]): Promise<number> {
  const { value: folder, rest } = positional(args, "FOLDER");
  const options = readOptions(rest, [], ["allow-mixed"]);
  const progress = progressLine();
  const { runs, shards, failedRuns, content } = await mergeSweep(folder, {
    allowMixed: options["allow-mixed"] === true,
    onMessage: (text) => progress.keep(text),
    onProgress: (done, total) => progress.show(`${done} of ${total} shards checked`),
  });
  progress.keep(
    `${
      join(folder, MERGED_FILE)
    }: ${runs} runs of ${shards} shards, ${failedRuns} without a result, ` +
      `content ${content.slice(0, 12)}`,
  );
  return 0;
}
