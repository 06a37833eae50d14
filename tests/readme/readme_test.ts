import assert from "node:assert/strict";
import { existsSync } from "node:fs";

const root = new URL("../../", import.meta.url);
const readme = Deno.readTextFileSync(new URL("README.md", root));
const config = JSON.parse(Deno.readTextFileSync(new URL("deno.json", root)));

/** The figure of notebook 2 that the README shows, by the beginning of its description. */
const PICTURE = {
  file: "notebooks/images/prices.svg",
  notebook: "02-descriptive-evidence",
  says: "price of dysprosium",
};

Deno.test("the README's picture is the one in the committed notebook", () => {
  const notebook = JSON.parse(
    Deno.readTextFileSync(new URL(`notebooks/${PICTURE.notebook}.ipynb`, root)),
  ) as { cells: { outputs?: { data?: Record<string, string | string[]> }[] }[] };
  const pictures = notebook.cells.flatMap(({ outputs = [] }) => outputs)
    .map(({ data }) => [data?.["image/svg+xml"] ?? ""].flat().join(""));
  const shown = pictures.find((svg) => svg.includes(PICTURE.says));
  assert.ok(shown !== undefined, "the notebook no longer shows this figure");
  const path = new URL(PICTURE.file, root);
  if (Deno.env.get("UPDATE_SNAPSHOTS") === "1") Deno.writeTextFileSync(path, shown);
  assert.ok(readme.includes(PICTURE.file));
  assert.ok(
    Deno.readTextFileSync(path) === shown,
    `${PICTURE.file} differs from the notebook; remedy: UPDATE_SNAPSHOTS=1 deno task test`,
  );
});

Deno.test("every task that the README names exists, and every task is in the README", () => {
  const named = new Set(
    [...readme.matchAll(/deno(?:@[\d.]+)? task ([\w:-]+)/g)].map(([, name]) => name),
  );
  const tasks = new Set(Object.keys(config.tasks));
  assert.deepEqual([...named].filter((name) => !tasks.has(name)), []);
  assert.deepEqual([...tasks].filter((name) => !named.has(name)), []);
});

Deno.test("every file and folder that the README links to exists", () => {
  const links = [...readme.matchAll(/\]\(([^)#]+)\)/g)].map(([, target]) => target)
    .filter((target) => !/^https?:/.test(target));
  assert.ok(links.length > 5);
  for (const target of links) assert.ok(existsSync(new URL(target, root)), `${target} is missing`);
});

Deno.test("the README names the Deno version that the tests run on", () => {
  assert.ok(readme.includes(`deno@${Deno.version.deno}`), `tests run on Deno ${Deno.version.deno}`);
});
