import assert from "node:assert/strict";
import { loadPrompt, mergeLabelStores, openLabelStore, promptOf, sha256 } from "@ree/patents";
import { inFolder } from "./sample_patents.ts";

const prompt = loadPrompt();

/** A store with labels of the patents named; `reply` tells answers apart. */
function storeOf(path: string, patents: readonly string[], reply: string, text = prompt) {
  const store = openLabelStore(path);
  store.registerPrompt(text);
  for (const patent of patents) {
    const key = { patent, prompt: text.version, model: "m" };
    store.reject({ ...key, raw: "no JSON", problem: "bad", promptTokens: 5, completionTokens: 1 });
    store.record({
      ...key,
      status: "labelled",
      answer: { primary: "recycling", labels: ["recycling"], elements: ["Nd"], evidence: reply },
      reason: null,
      raw: reply,
      textSha256: sha256(patent),
      promptTokens: 10,
      completionTokens: 2,
    });
  }
  store.close();
}

Deno.test("merged stores hold every label once and every reply that was paid for; merging again changes nothing", () =>
  inFolder((folder) => {
    const [a, b, all] = ["a", "b", "all"].map((name) => `${folder}/${name}.sqlite`);
    storeOf(a, ["P1", "P2"], "first");
    storeOf(b, ["P3"], "second");
    const first = mergeLabelStores(all, [a, b]);
    assert.deepEqual(first, { outcomes: 3, replies: 6, known: 0, paidTwice: 0 });
    assert.deepEqual(mergeLabelStores(all, [b, a]), {
      outcomes: 0,
      replies: 0,
      known: 3,
      paidTwice: 0,
    });
    const store = openLabelStore(all);
    assert.deepEqual([...store.outcomes()].map(({ patent }) => patent).sort(), ["P1", "P2", "P3"]);
    assert.deepEqual(store.totals("v1", "m"), {
      replies: 6,
      promptTokens: 45,
      completionTokens: 9,
    });
    assert.equal(store.rejections({ patent: "P1", prompt: "v1", model: "m" }), 1);
    store.close();
  }));

Deno.test("a text that two stores paid for keeps its first label and counts twice in what was spent", () =>
  inFolder((folder) => {
    const [a, b, all] = ["a", "b", "all"].map((name) => `${folder}/${name}.sqlite`);
    storeOf(a, ["P1"], "first");
    storeOf(b, ["P1"], "second");
    const { outcomes, paidTwice } = mergeLabelStores(all, [a, b]);
    assert.deepEqual([outcomes, paidTwice], [1, 1]);
    const store = openLabelStore(all);
    assert.deepEqual([...store.outcomes()].map(({ answer }) => answer?.evidence), ["first"]);
    assert.equal(store.totals("v1", "m").replies, 4);
    store.close();
  }));

Deno.test("a store made with another text of the same prompt version is refused as a whole", () =>
  inFolder((folder) => {
    const [a, b, all] = ["a", "b", "all"].map((name) => `${folder}/${name}.sqlite`);
    storeOf(a, ["P1"], "first");
    storeOf(b, ["P2"], "second", promptOf("v1", "another text"));
    assert.throws(() => mergeLabelStores(all, [a, b]), /its prompt v1 has another text/);
    const store = openLabelStore(all);
    assert.deepEqual([...store.outcomes()].map(({ patent }) => patent), ["P1"]);
    store.close();
  }));
