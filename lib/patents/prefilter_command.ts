import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { readOptions, requiredOption, textOption } from "@ree/command";
import { openPatentInput } from "./patent_input.ts";
import { formatDuration, progressLine } from "@ree/command";

/** `patents prefilter`: writes the patents that speak of rare earths as JSON Lines. */
export async function prefilterCommand(args: readonly string[]): Promise<number> {
  const options = readOptions(args, ["input", "output"]);
  const output = textOption(options, "output", "results/ree_patents.jsonl");
  const progress = progressLine();
  const started = performance.now();
  mkdirSync(dirname(output), { recursive: true });
  const temporary = `${output}.${Deno.pid}.tmp`;
  const input = await openPatentInput(requiredOption(options, "input"), {
    staging: `${output}.${Deno.pid}.staging`,
    prefilter: true,
    progress,
  });
  let count = 0;
  try {
    const file = await Deno.open(temporary, { write: true, create: true, truncate: true });
    const writer = file.writable.getWriter();
    const encoder = new TextEncoder();
    let pending = "";
    for await (const patent of input.patents()) {
      pending += JSON.stringify(patent) + "\n";
      count++;
      if (pending.length < 1 << 20) continue;
      await writer.write(encoder.encode(pending));
      pending = "";
      progress.show(`${count} patents kept`);
    }
    await writer.write(encoder.encode(pending));
    await writer.close();
    await Deno.rename(temporary, output);
  } catch (cause) {
    await Deno.remove(temporary).catch(() => {});
    throw cause;
  } finally {
    input.close();
  }
  const seconds = (performance.now() - started) / 1000;
  progress.keep(
    `${count} patents that speak of rare earths in ${output}, ${formatDuration(seconds)}`,
  );
  return 0;
}
