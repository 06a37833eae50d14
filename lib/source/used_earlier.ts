import { existsSync } from "node:fs";
import { basename } from "node:path";
import type { UsedData } from "./used_data.ts";

/**
 * What an earlier notebook used, from the list that it saved, for the line that a later notebook shows.
 *
 * @param path the saved list, e.g. `resultPath("ree_intensity_used.json")`; when it is missing, the committed defaults are used
 * @param standard what the committed defaults rest on
 * @throws RangeError when the file is not such a list
 */
export function usedEarlier(
  path: string,
  what: string,
  standard: readonly string[],
): UsedData {
  const used = existsSync(path) ? listOf(path) : null;
  return {
    what,
    source: "notebook 1",
    files: [],
    coverage: `made from ${(used?.map(({ source }) => source) ?? standard).join("; ")}`,
    notes: used?.filter(({ source }) => !source.endsWith(", shipped"))
      .map(({ what, coverage }) => `${what}: ${coverage}`) ?? [],
  };
}

function listOf(path: string): readonly UsedData[] {
  const value: unknown = JSON.parse(Deno.readTextFileSync(path));
  const isUsed = (one: unknown) =>
    typeof one === "object" && one !== null && "source" in one && "coverage" in one;
  if (Array.isArray(value) && value.every(isUsed)) return value as unknown as readonly UsedData[];
  throw new RangeError(`${basename(path)}: not a list of used data; run notebook 1 again`);
}
