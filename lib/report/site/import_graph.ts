import { join } from "node:path";
import { joined, parseNotebook } from "../notebook.ts";
import { importedNames } from "./library_index.ts";

/** Folders of the library and the notebooks, each with the folders that it uses. */
export type ImportGraph = ReadonlyMap<string, ReadonlySet<string>>;

/** The node that stands for all notebooks. */
export const NOTEBOOKS = "notebooks";

/** Which folder imports from which, read from the code below `lib/` and from the notebooks. */
export function importGraph(root: string): ImportGraph {
  const settings = JSON.parse(Deno.readTextFileSync(join(root, "deno.json"))) as {
    imports: Record<string, string>;
  };
  const folderOf = (specifier: string) =>
    /^\.\/lib\/([^/]+)\//.exec(settings.imports[specifier] ?? "")?.[1];
  const graph = new Map<string, Set<string>>();
  const add = (folder: string, specifiers: Iterable<string>) => {
    const used = graph.get(folder) ?? new Set<string>();
    graph.set(folder, used);
    for (const specifier of specifiers) {
      const target = folderOf(specifier);
      if (target !== undefined && target !== folder) used.add(target);
    }
  };
  for (const entry of Deno.readDirSync(join(root, "lib"))) {
    if (!entry.isDirectory) continue;
    add(entry.name, []);
    for (const text of codeBelow(join(root, "lib", entry.name))) {
      add(entry.name, [...text.matchAll(/\bfrom\s+"(@ree\/[^"]+)"/g)].map((match) => match[1]));
    }
  }
  for (const entry of Deno.readDirSync(join(root, "notebooks"))) {
    if (!entry.name.endsWith(".ipynb")) continue;
    const text = Deno.readTextFileSync(join(root, "notebooks", entry.name));
    const code = parseNotebook(text).cells.filter(({ cell_type }) => cell_type === "code")
      .map(({ source }) => joined(source)).join("\n");
    add(NOTEBOOKS, importedNames(code).map(({ specifier }) => specifier));
  }
  return graph;
}

function* codeBelow(folder: string): Generator<string> {
  for (const entry of Deno.readDirSync(folder)) {
    const path = join(folder, entry.name);
    if (entry.isDirectory) yield* codeBelow(path);
    else if (entry.name.endsWith(".ts")) yield Deno.readTextFileSync(path);
  }
}

/**
 * The layer of every node: 0 where nothing is used, else one more than the highest layer used.
 *
 * @throws RangeError naming the circle when folders use each other in one
 */
export function layersOf(graph: ImportGraph): ReadonlyMap<string, number> {
  const layers = new Map<string, number>();
  const visit = (node: string, path: readonly string[]): number => {
    if (path.includes(node)) {
      throw new RangeError(`folders use each other in a circle: ${[...path, node].join(" -> ")}`);
    }
    const known = layers.get(node);
    if (known !== undefined) return known;
    let layer = 0;
    for (const used of graph.get(node) ?? []) {
      layer = Math.max(layer, 1 + visit(used, [...path, node]));
    }
    layers.set(node, layer);
    return layer;
  };
  for (const node of graph.keys()) visit(node, []);
  return layers;
}

/** The graph without arrows that a longer way already says. */
export function withoutShortcuts(graph: ImportGraph): ImportGraph {
  const reaches = (from: string, to: string): boolean =>
    [...graph.get(from) ?? []].some((next) => next === to || reaches(next, to));
  return new Map(
    [...graph].map(([node, used]) => [
      node,
      new Set([...used].filter((to) => ![...used].some((via) => via !== to && reaches(via, to)))),
    ]),
  );
}
