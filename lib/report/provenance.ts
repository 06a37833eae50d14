import { join } from "node:path";
import type { ProjectPaths } from "./project.ts";

/** What a report says about how it was made. */
export interface Provenance {
  /** Day of the run, as 2026-01-31. */
  readonly date: string;
  /** Short commit, with "+ local changes" when files differ from it. */
  readonly commit: string;
  /** Names and versions of what computed and drew. */
  readonly versions: Readonly<Record<string, string>>;
}

/**
 * Collect date, commit and versions. The date is today's in UTC, or that of `SOURCE_DATE_EPOCH` (seconds)
 * when set, for builds that are to be reproduced.
 */
export async function provenance(
  paths: ProjectPaths,
  jupyter: Readonly<Record<string, string>>,
): Promise<Provenance> {
  const epoch = Deno.env.get("SOURCE_DATE_EPOCH");
  const date = epoch === undefined ? new Date() : new Date(Number(epoch) * 1000);
  const settings = JSON.parse(await Deno.readTextFile(join(paths.root, "deno.json")));
  const pinned = (name: string) =>
    /@([\d.]+)$/.exec(settings.imports?.[name] ?? "")?.[1] ?? "unknown";
  return {
    date: date.toISOString().slice(0, 10),
    commit: await commitName(paths.root),
    versions: {
      Deno: Deno.version.deno,
      TypeScript: Deno.version.typescript,
      "nodejs-polars": pinned("nodejs-polars"),
      "Observable Plot": pinned("@observablehq/plot"),
      nbclient: jupyter.nbclient ?? "unknown",
    },
  };
}

async function commitName(root: string): Promise<string> {
  const commit = await git(root, ["rev-parse", "--short=10", "HEAD"]);
  if (commit === undefined) return "unknown";
  const changes = await git(root, ["status", "--porcelain"]);
  return commit.trim() + (changes?.trim() === "" ? "" : " + local changes");
}

async function git(root: string, args: readonly string[]): Promise<string | undefined> {
  try {
    const result = await new Deno.Command("git", { args: [...args], cwd: root, stderr: "null" })
      .output();
    return result.success ? new TextDecoder().decode(result.stdout) : undefined;
  } catch {
    return undefined;
  }
}
