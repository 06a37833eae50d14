import { dirname, join } from "node:path";

const PREFIX = ".build-";

/** A fresh folder inside `to`, on the same file system, so that files can be renamed into place. */
export function stagingDir(to: string): string {
  Deno.mkdirSync(to, { recursive: true });
  return Deno.makeTempDirSync({ dir: to, prefix: PREFIX });
}

/** Removes the staging folders in `to` that a killed build left. Two builds of one folder at a time are not supported. */
export function removeStale(to: string): void {
  let entries: Deno.DirEntry[];
  try {
    entries = [...Deno.readDirSync(to)];
  } catch (cause) {
    if (cause instanceof Deno.errors.NotFound) return;
    throw cause;
  }
  for (const entry of entries) {
    if (!entry.isDirectory || !entry.name.startsWith(PREFIX)) continue;
    Deno.removeSync(join(to, entry.name), { recursive: true });
  }
}

/** Renames the staged files into place; each rename is atomic. */
export function publish(staging: string, to: string, files: readonly string[]): void {
  for (const file of files) {
    const target = join(to, file);
    Deno.mkdirSync(dirname(target), { recursive: true });
    Deno.renameSync(join(staging, file), target);
  }
}
