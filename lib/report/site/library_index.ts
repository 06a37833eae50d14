import { existsSync } from "node:fs";
import { dirname, join, posix, relative } from "node:path";

/** Finds the file of the library that holds a function. */
export interface LibraryIndex {
  /**
   * File, from the root of the project with forward slashes, that exports `name` behind the door
   * `specifier`; nothing when the door is not the project's own or has no such value.
   */
  find(specifier: string, name: string): string | undefined;
}

/** The library behind the aliases of `deno.json` at `root`; folders are read when first asked for. */
export function libraryIndex(root: string): LibraryIndex {
  const settings = JSON.parse(Deno.readTextFileSync(join(root, "deno.json"))) as {
    imports?: Record<string, string>;
  };
  const folders = new Map<string, ReadonlyMap<string, string>>();
  return {
    find(specifier, name) {
      const door = settings.imports?.[specifier];
      if (door === undefined || !door.startsWith("./")) return undefined;
      const folder = posix.dirname(door.slice(2));
      let exported = folders.get(folder);
      if (exported === undefined) {
        exported = valuesBelow(root, join(root, folder));
        folders.set(folder, exported);
      }
      return exported.get(name);
    },
  };
}

/** Functions and constants exported below a folder, with their files. */
function valuesBelow(root: string, folder: string): Map<string, string> {
  const values = new Map<string, string>();
  if (!existsSync(folder)) return values;
  const files = [...Deno.readDirSync(folder)].toSorted((a, b) => a.name < b.name ? -1 : 1);
  for (const entry of files) {
    const path = join(folder, entry.name);
    if (entry.isDirectory) {
      for (const [name, file] of valuesBelow(root, path)) {
        if (!values.has(name)) values.set(name, file);
      }
    } else if (entry.name.endsWith(".ts") && entry.name !== "mod.ts") {
      const file = relative(root, path).replaceAll("\\", "/");
      const text = Deno.readTextFileSync(path);
      for (const [, name] of text.matchAll(exportPattern)) values.set(name, file);
    }
  }
  return values;
}

const exportPattern = /^export (?:async )?(?:function\*?|const) (\w+)/gm;

/** One name that a notebook imports. */
export interface ImportedName {
  readonly specifier: string;
  /** Name in the notebook. */
  readonly local: string;
  /** Name behind the door; "*" for all of them. */
  readonly name: string;
}

/** The names that code imports, types left out. */
export function importedNames(code: string): readonly ImportedName[] {
  const found: ImportedName[] = [];
  for (
    const [, local, specifier] of code.matchAll(/import\s+\*\s+as\s+(\w+)\s+from\s+"([^"]+)"/g)
  ) {
    found.push({ specifier, local, name: "*" });
  }
  for (const [, list, specifier] of code.matchAll(/import\s+\{([^}]*)\}\s+from\s+"([^"]+)"/g)) {
    for (const part of list.split(",").map((text) => text.trim())) {
      const [name, local] = part.split(/\s+as\s+/);
      if (name !== "" && !name.startsWith("type ")) {
        found.push({ specifier, local: local ?? name, name });
      }
    }
  }
  return found;
}

/**
 * The files of the library that a cell calls, in the order of its code; the door that shows outputs
 * (`@ree/report`) is left out.
 */
export function programsOf(
  code: string,
  names: readonly ImportedName[],
  library: LibraryIndex,
): readonly string[] {
  const found: { readonly at: number; readonly file: string }[] = [];
  for (const { specifier, local, name } of names) {
    if (specifier === "@ree/report") continue;
    const pattern = name === "*"
      ? new RegExp(`(?<![\\w.])${local}\\.(\\w+)`, "g")
      : new RegExp(`(?<![\\w."'])${local}(?=\\s*[(,);\\].])`, "g");
    for (const match of code.matchAll(pattern)) {
      const file = library.find(specifier, name === "*" ? match[1] : name);
      if (file !== undefined) found.push({ at: match.index, file });
    }
  }
  return [...new Set(found.toSorted((a, b) => a.at - b.at).map(({ file }) => file))];
}

/** Whether a file of the library draws. */
export function isFigureFile(file: string): boolean {
  return dirname(file).replaceAll("\\", "/") === "lib/figures";
}
