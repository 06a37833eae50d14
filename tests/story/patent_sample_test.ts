import assert from "node:assert/strict";
import { LABELS, loadLabelledTexts } from "@ree/patents";
import * as story from "@ree/story";
import { SECRET_KEY, startChatServer } from "../patents/chat_server.ts";

const TEXTS = loadLabelledTexts().map((text) => ({ ...text, given: text.primary }));
const settings = (baseUrl: string, key: string = SECRET_KEY) => ({
  baseUrl,
  key,
  model: "test-model",
  format: "json_schema" as const,
});

Deno.test("without an endpoint the section says that it was skipped", async () => {
  const sample = await story.labelSample({
    settings: null,
    texts: TEXTS,
    size: 5,
    tokens: 1,
    store: "/nowhere/x",
  });
  assert.equal(sample, null);
  assert.match(story.sampleFinding(sample), /skipped/);
});

Deno.test("a sample takes the labels in turn and repeats with the seed", () => {
  const some = story.sampleByLabel(TEXTS, 12, 5);
  for (const label of LABELS) {
    assert.equal(some.filter(({ primary }) => primary === label).length, 2);
  }
  assert.deepEqual(story.sampleByLabel(TEXTS, 12, 5), some);
  assert.equal(story.sampleByLabel(TEXTS, 10_000).length, TEXTS.length);
});

Deno.test("a model's labels are set beside first labels and baseline, and are not paid for twice", async () => {
  const dir = await Deno.makeTempDir();
  const right = new Map(TEXTS.map((text) => [text.title, text]));
  const server = startChatServer(() => null, (title) => {
    const { primary, evidence } = right.get(title)!;
    return { primary, labels: [primary], elements: [], evidence };
  });
  try {
    const options = {
      settings: settings(server.baseUrl),
      texts: TEXTS,
      size: 12,
      tokens: 1e6,
      store: `${dir}/s.sqlite`,
    };
    const sample = (await story.labelSample(options))!;
    assert.equal(sample.labelled.length, 12);
    assert.equal(sample.failure, null);
    const rows = story.sampleRows(sample);
    assert.deepEqual(rows.map(({ texts, same }) => [texts, same]), [[12, 12], [12, 12], [12, 12]]);
    const again = (await story.labelSample(options))!;
    assert.deepEqual([again.summary!.requests, again.labelled.length], [0, 12]);
    const files = [...Deno.readDirSync(dir)].map(({ name }) =>
      new TextDecoder("latin1").decode(Deno.readFileSync(`${dir}/${name}`))
    );
    for (const text of [...files, JSON.stringify([sample, rows]), story.sampleFinding(sample)]) {
      assert.ok(!text.includes(SECRET_KEY));
    }
  } finally {
    await server.close();
    await Deno.remove(dir, { recursive: true });
  }
});

Deno.test("the budget stops the sample, and a refused key is told without the key", async () => {
  const dir = await Deno.makeTempDir();
  const server = startChatServer();
  try {
    const shared = { texts: TEXTS, size: 30, timeoutSeconds: 5 };
    const few = (await story.labelSample({
      ...shared,
      settings: settings(server.baseUrl),
      tokens: 6000,
      store: `${dir}/a.sqlite`,
    }))!;
    assert.equal(few.summary!.stopped, "budget");
    assert.ok(few.labelled.length < 30);
    assert.match(story.sampleFinding(few), /stopped at its budget/);
    const wrong = "sk-wrong-1234567890";
    const refused = (await story.labelSample({
      ...shared,
      settings: settings(server.baseUrl, wrong),
      tokens: 1e6,
      store: `${dir}/b.sqlite`,
    }))!;
    assert.notEqual(refused.failure, null);
    assert.ok(!refused.failure!.includes(wrong));
    assert.deepEqual([refused.labelled, story.sampleRows(refused)], [[], []]);
    assert.match(story.sampleFinding(refused), /broke off/);
  } finally {
    await server.close();
    await Deno.remove(dir, { recursive: true });
  }
});
