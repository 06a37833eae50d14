import assert from "node:assert/strict";
import {
  labelPatents,
  type LabelRunOptions,
  type LabelStore,
  loadPrompt,
  openLabelStore,
  unsavedOutcomes,
} from "@ree/patents";
import { type Fault, SECRET_KEY, startChatServer } from "./chat_server.ts";
import { inFolder, samplePatents, testEndpoint } from "./sample_patents.ts";

const prompt = loadPrompt();
/** Waits of milliseconds, so that tests of retries are fast. */
const FAST = { firstWait: 0.002, longestWait: 0.01 };

async function run(
  folder: string,
  fault: Parameters<typeof startChatServer>[0],
  options: Partial<LabelRunOptions> = {},
  look?: (store: LabelStore) => void,
  timeoutSeconds?: number,
) {
  const server = startChatServer(fault);
  const store = openLabelStore(`${folder}/store.sqlite`);
  try {
    const summary = await labelPatents({
      patents: samplePatents(20),
      store,
      endpoint: testEndpoint(server.baseUrl, timeoutSeconds),
      prompt,
      retry: FAST,
      ...options,
    });
    look?.(store);
    return { summary, outcomes: [...store.outcomes()], requests: server.requests, server };
  } finally {
    store.close();
    await server.close();
  }
}

Deno.test("every text is labelled with a quote from the text, and the second run costs nothing", () =>
  inFolder(async (folder) => {
    const first = await run(folder, undefined);
    assert.equal(first.summary.labelled, 20);
    assert.equal(first.summary.stopped, "done");
    const texts = new Map(samplePatents(20).map(({ id, title }) => [id, title]));
    for (const { patent, answer } of first.outcomes) {
      assert.ok(answer !== null && texts.get(patent)?.includes(answer.evidence));
    }
    const second = await run(folder, undefined);
    assert.equal(second.requests.length, 0);
    assert.equal(second.summary.skipped, 20);
  }));

const RECOVERABLE: Readonly<Record<string, Fault>> = {
  "429 with Retry-After": { kind: "status", status: 429, retryAfter: "0.05" },
  "500": { kind: "status", status: 500 },
  "a dropped connection": { kind: "dropped" },
  "a reply that is not JSON": { kind: "body", body: '{"choices": [{"message"' },
  "content that is not JSON": { kind: "content", content: "The label is efficiency." },
  "two answers in one text": { kind: "content", content: "{}{}" },
  "a label that does not exist": {
    kind: "content",
    content: '{"primary":"green","labels":["green"],"elements":[],"evidence":"Sintered magnet"}',
  },
  "a quote that is not in the text": {
    kind: "content",
    content: '{"primary":"recycling","labels":[],"elements":[],"evidence":"recovered from scrap"}',
  },
  "an answer with more keys": {
    kind: "content",
    content:
      '{"primary":"recycling","labels":[],"elements":[],"evidence":"Sintered magnet","confidence":1}',
  },
  "no choices": { kind: "completion", change: { choices: [] } },
  "a refusal": {
    kind: "completion",
    change: {
      choices: [{ message: { content: null, refusal: "I cannot" }, finish_reason: "stop" }],
    },
  },
  "a cut-off answer": {
    kind: "completion",
    change: { choices: [{ message: { content: '{"prim' }, finish_reason: "length" }] },
  },
};

for (const [name, fault] of Object.entries(RECOVERABLE)) {
  Deno.test(`${name} is tried again and then labelled`, () =>
    inFolder(async (folder) => {
      const seen = new Set<string>();
      const { summary, requests } = await run(folder, ({ title }) => {
        const first = !seen.has(title);
        seen.add(title);
        return first ? fault : null;
      });
      assert.equal(summary.labelled, 20);
      assert.equal(requests.length, 40);
    }));
}

for (
  const name of [
    "content that is not JSON",
    "no choices",
    "a refusal",
    "a quote that is not in the text",
  ]
) {
  Deno.test(`${name}, always, is recorded once as unlabelled with the raw reply`, () =>
    inFolder(async (folder) => {
      const [bad] = samplePatents(1, 5);
      const { summary, outcomes, requests } = await run(
        folder,
        ({ title }) => title === samplePatents(20)[5].title ? RECOVERABLE[name] : null,
      );
      assert.equal(summary.labelled, 19);
      assert.equal(summary.unlabelled, 1);
      const outcome = outcomes.find(({ patent }) => patent === bad.id);
      assert.ok(outcome?.status === "unlabelled" && outcome.answer === null);
      assert.ok(outcome.reason !== null && outcome.raw.includes("chatcmpl-1"), outcome.raw);
      assert.equal(requests.filter(({ title }) => title === samplePatents(20)[5].title).length, 3);
    }));
}

Deno.test("a server that knows only max_completion_tokens gets it", () =>
  inFolder(async (folder) => {
    const { summary, requests } = await run(folder, ({ body }) =>
      "max_tokens" in body
        ? {
          kind: "status",
          status: 400,
          message: "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.",
        }
        : null);
    assert.equal(summary.labelled, 20);
    assert.equal(requests.length, 21);
  }));

Deno.test("an answer given twice in one reply is recorded once", () =>
  inFolder(async (folder) => {
    const { summary, outcomes } = await run(folder, () => ({ kind: "twice" }));
    assert.equal(summary.labelled, 20);
    assert.equal(new Set(outcomes.map(({ patent }) => patent)).size, 20);
  }));

Deno.test("a repeated id in the input is asked about once", () =>
  inFolder(async (folder) => {
    const patents = [...samplePatents(20), ...samplePatents(20)];
    const { summary, requests } = await run(folder, () => ({ kind: "slow", seconds: 0.01 }), {
      patents,
      concurrency: 16,
    });
    assert.equal(requests.length, 20);
    assert.equal(summary.skipped, 20);
  }));

Deno.test("a body that never ends is given up at the time-out and tried again", () =>
  inFolder(async (folder) => {
    const { summary } = await run(
      folder,
      ({ number }) => number === 3 ? { kind: "hanging-body" } : null,
      {},
      undefined,
      0.4,
    );
    assert.equal(summary.labelled, 20);
    assert.ok(summary.seconds > 0.4 && summary.seconds < 2.5, `${summary.seconds} s`);
  }));

Deno.test("Retry-After is waited for in full", () =>
  inFolder(async (folder) => {
    const { requests } = await run(
      folder,
      ({ number }) => number === 0 ? { kind: "status", status: 429, retryAfter: "1" } : null,
      { patents: samplePatents(1) },
    );
    const waited = requests[1].at - requests[0].at;
    assert.ok(waited >= 1000 && waited < 1600, `${waited} ms`);
  }));

/** Requests per second over a run, retries included, may pass the limit by 2 %. */
const RATE_TOLERANCE = 1.02;

Deno.test("the rate limit holds to 2 %, retries included, and is used", () =>
  inFolder(async (folder) => {
    const perSecond = 100;
    const { requests } = await run(
      folder,
      ({ number }) => number % 10 === 4 ? { kind: "status", status: 500 } : null,
      { patents: samplePatents(400), concurrency: 16, requestsPerMinute: perSecond * 60 },
    );
    const seconds = (requests.at(-1)!.at - requests[0].at) / 1000;
    const rate = (requests.length - 1) / seconds;
    assert.ok(rate <= perSecond * RATE_TOLERANCE, `${rate} per second`);
    // A busy machine may be late: the lower bound is loose.
    assert.ok(rate >= perSecond * 0.9, `${rate} per second`);
  }));

Deno.test("a budget in tokens stops before it is passed, and a larger one goes on", () =>
  inFolder(async (folder) => {
    const first = await run(folder, undefined, { budget: { tokens: 12_000 } });
    assert.equal(first.summary.stopped, "budget");
    const spent = first.summary.promptTokens + first.summary.completionTokens;
    assert.ok(spent <= 12_000 && spent > 5_000, `${spent} tokens`);
    const again = await run(folder, undefined, { budget: { tokens: 12_000 } });
    assert.equal(again.summary.stopped, "budget");
    assert.ok(spent + again.summary.promptTokens + again.summary.completionTokens <= 12_000);
    const last = await run(folder, undefined, { budget: { tokens: 1e6 } });
    assert.equal(last.summary.stopped, "done");
    assert.equal(last.outcomes.length, 20);
  }));

Deno.test("a budget in money needs prices and holds", () =>
  inFolder(async (folder) => {
    await assert.rejects(run(folder, undefined, { budget: { money: 1 } }), /prices/);
    const prices = { promptPerMillion: 1000, completionPerMillion: 2000 };
    const { summary } = await run(folder, undefined, { budget: { money: 10 }, prices });
    assert.equal(summary.stopped, "budget");
    assert.ok(summary.cost !== null && summary.cost <= 10 && summary.cost > 3, `${summary.cost}`);
  }));

Deno.test("an interrupted run keeps what was answered and resumes", () =>
  inFolder(async (folder) => {
    const stop = new AbortController();
    const first = await run(folder, ({ number }) => {
      if (number === 8) stop.abort();
      return null;
    }, { signal: stop.signal, concurrency: 4 });
    assert.equal(first.summary.stopped, "interrupted");
    assert.equal(first.outcomes.length, first.requests.length);
    const second = await run(folder, undefined);
    assert.equal(second.requests.length, 20 - first.requests.length);
  }));

for (
  const [name, fault] of Object.entries<Fault>({
    "an HTML page": { kind: "body", body: "<html>hello</html>", type: "text/html" },
    "JSON of something else": { kind: "body", body: '{"status":"ok"}' },
    "503 without end": { kind: "status", status: 503 },
    "400 to every text": { kind: "status", status: 400 },
  })
) {
  Deno.test(`an endpoint that sends ${name} stops the run and records nothing`, () =>
    inFolder(async (folder) => {
      await assert.rejects(run(folder, () => fault), { name: "EndpointError" });
      const store = openLabelStore(`${folder}/store.sqlite`);
      assert.deepEqual([...store.outcomes()], []);
      store.close();
    }));
}

Deno.test("a wrong address, a closed port and a wrong key are told as such, without the key", () =>
  inFolder(async (folder) => {
    const server = startChatServer();
    const store = openLabelStore(`${folder}/store.sqlite`);
    const wrongKey = SECRET_KEY + "-wrong";
    const attempt = async (baseUrl: string, key = SECRET_KEY) => {
      const { openEndpoint } = await import("@ree/patents");
      const endpoint = openEndpoint({ baseUrl, model: "m", key, format: "json_schema" });
      const error = await labelPatents({
        patents: samplePatents(3),
        store,
        endpoint,
        prompt,
        retry: FAST,
      })
        .then(() => assert.fail("no error"), (cause) => cause as Error);
      assert.equal(error.name, "EndpointError");
      assert.ok(!error.message.includes(SECRET_KEY), error.message);
      return error.message;
    };
    assert.match(await attempt(server.baseUrl.replace("/v1", "/v2")), /404/);
    assert.match(await attempt("http://127.0.0.1:1/v1"), /connection failed/);
    assert.match(await attempt(server.baseUrl, wrongKey), /401/);
    store.close();
    await server.close();
  }));

Deno.test("an endpoint that breaks down in mid-run stops it, and the next run takes up the rest", () =>
  inFolder(async (folder) => {
    await assert.rejects(
      run(folder, ({ number }) => number >= 10 ? { kind: "status", status: 503 } : null),
      { name: "EndpointError" },
    );
    const { summary, outcomes } = await run(folder, undefined);
    assert.equal(summary.skipped, 10);
    assert.equal(summary.labelled, 10);
    assert.equal(outcomes.length, 20);
    assert.ok(outcomes.every(({ status }) => status === "labelled"));
  }));

Deno.test("one text that always fails on the way is unlabelled, the others labelled", () =>
  inFolder(async (folder) => {
    const bad = samplePatents(20)[5].title;
    const { summary, outcomes } = await run(
      folder,
      ({ title }) =>
        title === bad ? { kind: "status", status: 500 } : { kind: "slow", seconds: 0.02 },
      { concurrency: 2 },
    );
    assert.deepEqual([summary.labelled, summary.unlabelled], [19, 1]);
    assert.match(outcomes.find(({ status }) => status === "unlabelled")?.reason ?? "", /HTTP 500/);
  }));

Deno.test("texts that are throttled many times in a row are labelled all the same", () =>
  inFolder(async (folder) => {
    const times = new Map<string, number>();
    const { summary } = await run(folder, ({ title }) => {
      times.set(title, (times.get(title) ?? 0) + 1);
      return times.get(title)! <= 10 ? { kind: "status", status: 429, retryAfter: "0" } : null;
    });
    assert.deepEqual([summary.labelled, summary.unlabelled], [20, 0]);
  }));

Deno.test("throttling without end stops the run and blames no text", () =>
  inFolder(async (folder) => {
    await assert.rejects(
      run(folder, ({ number }) => number >= 10 ? { kind: "status", status: 429 } : null),
      { name: "EndpointError", message: /HTTP 429/ },
    );
    const store = openLabelStore(`${folder}/store.sqlite`);
    assert.ok([...store.outcomes()].every(({ status }) => status === "labelled"));
    store.close();
  }));

Deno.test("a full disk stops the run with the unsaved answers in the error, and nothing stored is lost", () =>
  inFolder(async (folder) => {
    const path = `${folder}/store.sqlite`;
    const server = startChatServer();
    const endpoint = testEndpoint(server.baseUrl);
    const small = openLabelStore(path, { maxPages: 40 });
    const error = await labelPatents({
      patents: samplePatents(400),
      store: small,
      endpoint,
      prompt,
    })
      .then(() => assert.fail("no error"), (cause) => cause as Error);
    small.close();
    assert.equal(error.name, "StoreError");
    assert.match(error.message, /full/);
    const unsaved = unsavedOutcomes(error);
    const store = openLabelStore(path);
    const stored = [...store.outcomes()].length;
    assert.ok(stored > 10 && unsaved.length > 0);
    assert.equal(stored + unsaved.length, server.requests.length);
    for (const outcome of unsaved) assert.ok(store.record(outcome));
    const summary = await labelPatents({ patents: samplePatents(400), store, endpoint, prompt });
    assert.equal(summary.skipped, stored + unsaved.length);
    assert.equal(server.requests.length, 400);
    store.close();
    await server.close();
  }));

Deno.test("10,000 texts under 16-way concurrency and injected faults end recorded exactly once", () =>
  inFolder(async (folder) => {
    const count = 10_000;
    let state = 12345;
    const uniform = () =>
      (state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff) / 0x80000000;
    const fault = (): Fault | null => {
      const u = uniform();
      if (u < 0.05) return { kind: "status", status: 429, retryAfter: "0.02" };
      if (u < 0.07) return { kind: "status", status: 500 };
      if (u < 0.08) return { kind: "dropped" };
      if (u < 0.09) return { kind: "content", content: "no JSON" };
      return { kind: "slow", seconds: 0.002 };
    };
    const { summary, outcomes, requests, server } = await run(folder, fault, {
      patents: samplePatents(count),
      concurrency: 16,
      total: count,
    });
    assert.equal(summary.labelled + summary.unlabelled, count);
    assert.equal(new Set(outcomes.map(({ patent }) => patent)).size, count);
    assert.equal(outcomes.length, count);
    assert.equal(requests.filter(({ answered }) => answered).length, summary.labelled);
    assert.ok(server.mostAtOnce() <= 16 && server.mostAtOnce() > 4, `${server.mostAtOnce()}`);
  }));
