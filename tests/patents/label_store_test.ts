import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { type LabelAnswer, openLabelStore, promptOf } from "@ree/patents";
import { inFolder } from "./sample_patents.ts";

const KEY = { patent: "P1", prompt: "v1", model: "m" };
const ANSWER: LabelAnswer = {
  primary: "recycling",
  labels: ["recycling"],
  elements: ["Nd"],
  evidence: "from scrap",
};
const OUTCOME = {
  ...KEY,
  status: "labelled" as const,
  answer: ANSWER,
  reason: null,
  raw: "{}",
  textSha256: "aa",
  promptTokens: 10,
  completionTokens: 2,
};

Deno.test("an outcome comes back as it was recorded, and the first one stays", () =>
  inFolder((folder) => {
    const store = openLabelStore(`${folder}/s.sqlite`);
    assert.equal(store.find(KEY), null);
    assert.equal(store.record(OUTCOME), true);
    assert.equal(store.record({ ...OUTCOME, status: "unlabelled", answer: null }), false);
    const [outcome, ...others] = store.outcomes();
    assert.deepEqual([outcome.answer, outcome.status, others.length], [ANSWER, "labelled", 0]);
    assert.equal(store.find(KEY), "aa");
    assert.deepEqual(store.totals("v1", "m"), {
      replies: 1,
      promptTokens: 10,
      completionTokens: 2,
    });
    store.close();
  }));

Deno.test("outcomes of other prompts and models are kept apart", () =>
  inFolder((folder) => {
    const store = openLabelStore(`${folder}/s.sqlite`);
    for (const prompt of ["v1", "v2"]) {
      for (const model of ["a", "b"]) assert.ok(store.record({ ...OUTCOME, prompt, model }));
    }
    assert.equal([...store.outcomes({ prompt: "v1" })].length, 2);
    assert.equal([...store.outcomes({ prompt: "v1", model: "b" })].length, 1);
    assert.equal(store.runs().length, 4);
    store.close();
  }));

Deno.test("the store refuses changes to what it holds", () =>
  inFolder((folder) => {
    const path = `${folder}/s.sqlite`;
    const store = openLabelStore(path);
    store.record(OUTCOME);
    store.close();
    const raw = new DatabaseSync(path);
    for (
      const sql of [
        "DELETE FROM outcomes",
        "UPDATE outcomes SET status = 'unlabelled'",
        "DELETE FROM replies",
      ]
    ) {
      assert.throws(() => raw.exec(sql), /append-only/);
    }
    raw.close();
  }));

Deno.test("a file that is no database, a foreign database and another version are refused unchanged", () =>
  inFolder((folder) => {
    const cases: Readonly<Record<string, RegExp>> = {
      text: /damaged/,
      foreign: /not a store of labels/,
      version: /layout version 99/,
    };
    Deno.writeTextFileSync(`${folder}/text`, "hello, I am not a database ".repeat(100));
    const foreign = new DatabaseSync(`${folder}/foreign`);
    foreign.exec("CREATE TABLE t (a)");
    foreign.close();
    openLabelStore(`${folder}/version`).close();
    const version = new DatabaseSync(`${folder}/version`);
    version.exec("PRAGMA user_version = 99");
    version.close();
    for (const [name, message] of Object.entries(cases)) {
      const before = Deno.readFileSync(`${folder}/${name}`);
      assert.throws(() => openLabelStore(`${folder}/${name}`), { name: "StoreError", message });
      assert.deepEqual(Deno.readFileSync(`${folder}/${name}`), before);
    }
  }));

Deno.test("a damaged store is told as damaged and left as it is", () =>
  inFolder((folder) => {
    const path = `${folder}/s.sqlite`;
    const store = openLabelStore(path);
    for (let i = 0; i < 500; i++) store.record({ ...OUTCOME, patent: `P${i}` });
    store.close();
    const bytes = Deno.readFileSync(path);
    for (
      const spoil of [
        (copy: Uint8Array) => copy.fill(0xff, 4096 * 3, 4096 * 9),
        (copy: Uint8Array) => copy.subarray(0, Math.floor(copy.length / 2)),
      ]
    ) {
      const damaged = spoil(bytes.slice());
      Deno.writeFileSync(path, damaged);
      assert.throws(() => openLabelStore(path), { name: "StoreError", message: /damaged/ });
      assert.deepEqual(Deno.readFileSync(path), damaged.slice());
    }
  }));

Deno.test("two writers exclude each other, and a store in no folder is told so", () =>
  inFolder((folder) => {
    const path = `${folder}/s.sqlite`;
    const store = openLabelStore(path);
    assert.throws(() => openLabelStore(path), { name: "StoreError", message: /another process/ });
    store.close();
    openLabelStore(path).close();
    assert.throws(() => openLabelStore(`${folder}/none/s.sqlite`), /does not exist/);
  }));

Deno.test("a prompt whose text changed under its version is refused", () =>
  inFolder((folder) => {
    const store = openLabelStore(`${folder}/s.sqlite`);
    store.registerPrompt(promptOf("v1", "first"));
    store.registerPrompt(promptOf("v1", "first"));
    assert.throws(() => store.registerPrompt(promptOf("v1", "second")), /prompt v1 has changed/);
    store.close();
  }));
