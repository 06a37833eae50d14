import { loadPatentTexts } from "@ree/data";
import assert from "node:assert/strict";
import { join } from "node:path";
import { assertSourceError, copyFiles, DATA_DIR, edit, editLine, inTempDir } from "./helpers.ts";

const FILE = "patent_texts.jsonl";

/** Loads a copy of the texts after `change` has been made to its file. */
function loadChanged(change: (path: string) => void): Promise<void> {
  return inTempDir((dir) => {
    copyFiles(join(DATA_DIR, "judged"), join(dir, "judged"), [FILE]);
    change(join(dir, "judged", FILE));
    loadPatentTexts(dir);
  });
}

Deno.test("labelled texts come in the order of the file, one per line", () => {
  const lines = Deno.readTextFileSync(join(DATA_DIR, "judged", FILE)).trimEnd().split("\n");
  const texts = loadPatentTexts();
  assert.deepEqual(texts.map((text) => ({ ...text })), lines.map((line) => JSON.parse(line)));
});

Deno.test("a line that is not JSON, lacks a key or has one too many is named", async () => {
  await assertSourceError(
    () => loadChanged((path) => editLine(path, 3, () => "{half")),
    FILE,
    "row 3",
    '"{half"',
  );
  await assertSourceError(
    () => loadChanged((path) => editLine(path, 5, (line) => line.replace('"year"', '"jahr"'))),
    "row 5",
    "jahr",
    /expected one JSON object with keys abstract, elements/,
  );
  await assertSourceError(
    () => loadChanged((path) => editLine(path, 1, () => "[1]")),
    "row 1",
    '"[1]"',
  );
});

Deno.test("a truncated file of labelled texts is refused", () =>
  assertSourceError(
    () => loadChanged((path) => edit(path, (text) => text.slice(0, -20))),
    FILE,
    "truncated",
  ));

Deno.test("a value of another type and an id that comes twice are named with row and column", async () => {
  const change = (row: number, from: RegExp, to: string) => () =>
    loadChanged((path) => editLine(path, row, (line) => line.replace(from, to)));
  await assertSourceError(change(2, /"year": \d+/, '"year": "2011"'), "row 2", "column year");
  await assertSourceError(change(2, /"hard": \w+/, '"hard": 1'), "row 2", "column hard");
  await assertSourceError(change(2, /"style": "[^"]+"/, '"style": "old"'), "column style", '"old"');
  await assertSourceError(change(2, /"labels": \[/, '"labels": [3, '), "column labels");
  await assertSourceError(change(2, /"second": [^}]+/, '"second": ""'), "column second");
  await assertSourceError(change(2, /"pt-002"/, '"pt-001"'), "row 2", "column id", '"pt-001"');
});
