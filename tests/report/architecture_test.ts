import assert from "node:assert/strict";
import { join } from "node:path";
import { projectPaths } from "../../lib/report/project.ts";
import { architecture } from "../../lib/report/site/architecture.ts";
import {
  importGraph,
  layersOf,
  NOTEBOOKS,
  withoutShortcuts,
} from "../../lib/report/site/import_graph.ts";

const { root } = projectPaths();
const graphOf = (arrows: Readonly<Record<string, readonly string[]>>) =>
  new Map(Object.entries(arrows).map(([node, used]) => [node, new Set(used)]));

Deno.test("folders use each other one way, and nothing uses the notebooks", () => {
  const graph = importGraph(root);
  const layers = layersOf(graph);
  for (const [node, used] of graph) {
    for (const to of used) {
      assert.ok(layers.get(to)! < layers.get(node)!, `${node} -> ${to}`);
      assert.notEqual(to, NOTEBOOKS);
    }
  }
  assert.ok(graph.get("elasticity")!.has("econometrics"));
  assert.ok(graph.get(NOTEBOOKS)!.has("story"));
  assert.deepEqual([...graph.get("figures")!], [], "figures never compute");
  assert.deepEqual([...graph.get("numeric")!], [], "numeric knows no economics");
});

Deno.test("a circle is refused, naming it", () => {
  const circle = graphOf({ a: ["b"], b: ["c"], c: ["a"] });
  assert.throws(() => layersOf(circle), /circle: a -> b -> c -> a/);
});

Deno.test("an arrow that a longer way says is left out, the others stay", () => {
  const graph = graphOf({ a: ["b", "c"], b: ["c"], c: [], d: ["c"] });
  const arrows = withoutShortcuts(graph);
  assert.deepEqual([...arrows.get("a")!], ["b"]);
  assert.deepEqual([...arrows.get("d")!], ["c"]);
});

Deno.test("every arrow of the picture points down, and hostile names stay text", () => {
  const svg = architecture(
    graphOf({ top: [], "<img src=x>": ["top"], low: ["<img src=x>", "top"] }),
  );
  const arrows = [...svg.matchAll(/<path d="M[\d.]+,([\d.]+)C[^"]* [\d.]+,([\d.]+)" fill/g)];
  assert.equal(arrows.length, 2, "the shortcut is not drawn");
  for (const [, from, to] of arrows) assert.ok(Number(to) > Number(from));
  assert.equal(svg.includes("<img"), false);
});

Deno.test("the picture in the README is that of the code", () => {
  const path = join(root, "notebooks", "images", "architecture.svg");
  const drawn = architecture(importGraph(root)) + "\n";
  if (Deno.env.get("UPDATE_SNAPSHOTS") === "1") Deno.writeTextFileSync(path, drawn);
  assert.ok(
    Deno.readTextFileSync(path) === drawn,
    "notebooks/images/architecture.svg is not up to date; remedy: " +
      "UPDATE_SNAPSHOTS=1 deno test -A tests/report/architecture_test.ts",
  );
});
