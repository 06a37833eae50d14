import { join, relative } from "node:path";
import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import type { Origin } from "./shard_files.ts";

let known: Origin | undefined;

/** What computes in this process: a hash of the sources under lib/, the version of Deno, the platform. */
export function thisOrigin(): Origin {
  return known ??= {
    code: hashOfSources(fileURLToPath(new URL("..", import.meta.url))),
    deno: Deno.version.deno,
    platform: `${Deno.build.os} ${Deno.build.arch}`,
  };
}

function hashOfSources(folder: string): string {
  const files: string[] = [];
  const look = (inside: string) => {
    for (const { name, isDirectory } of Deno.readDirSync(inside)) {
      const path = join(inside, name);
      if (isDirectory) look(path);
      else if (/\.(ts|json)$/.test(name)) files.push(path);
    }
  };
  look(folder);
  const hash = createHash("sha256");
  for (const path of files.sort()) {
    hash.update(relative(folder, path)).update("\0").update(Deno.readFileSync(path)).update("\0");
  }
  return hash.digest("hex");
}
