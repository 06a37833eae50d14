import { join } from "node:path";
import { dirname } from "node:path";
import { progressLine, readOptions, textOption, usageError } from "@ree/command";
import { parseDesign } from "./design.ts";
import { makePlan } from "./make_plan.ts";

/** `sweep plan`: from a design to a plan. */
export async function planCommand(args: readonly string[]): Promise<number> {
  const [path, ...rest] = args;
  if (path === undefined || path.startsWith("-")) throw usageError("DESIGN is missing");
  const options = readOptions(rest, ["output"]);
  const design = parseDesign(Deno.readTextFileSync(path), path);
  const folder = textOption(options, "output", join("results", "sweeps", slug(design.name)));
  const progress = progressLine();
  const plan = await makePlan(design, folder, {
    base: dirname(path),
    onProgress: (runs, total) => progress.show(`${runs} of ${total} runs listed`),
  });
  progress.keep(
    `${folder}: ${plan.runs} runs in ${plan.shards} shards, plan ${plan.hash.slice(0, 12)}`,
  );
  return 0;
}

function slug(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-").replaceAll(/^-|-$/g, "");
}
