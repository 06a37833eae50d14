import { openLabelStore } from "@ree/patents";
import { makePlan, mergeSweep, runPlan, sweepStatus } from "@ree/sweep";
import pl from "nodejs-polars";
import { deepStrictEqual, ok, rejects, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import { SECRET_KEY, startChatServer } from "../patents/chat_server.ts";
import { samplePatents } from "../patents/sample_patents.ts";
import { filesBelow, withFolder } from "./designs.ts";

const MODEL = "test-model";
/** Tokens that the test server says an answer cost. */
const TOKENS = 760;

/** A file of SIMULATED patents and an endpoint in the environment. */
function withEndpoint(
  work: (folder: string, server: ReturnType<typeof startChatServer>) => Promise<void>,
  fault: Parameters<typeof startChatServer>[0] = () => null,
) {
  return withFolder(async (folder) => {
    const server = startChatServer(fault);
    const environment = {
      REE_LLM_BASE_URL: server.baseUrl,
      REE_LLM_MODEL: MODEL,
      REE_LLM_KEY: SECRET_KEY,
    };
    for (const [name, value] of Object.entries(environment)) Deno.env.set(name, value);
    try {
      await work(folder, server);
    } finally {
      for (const name of Object.keys(environment)) Deno.env.delete(name);
      await server.close();
    }
  });
}

function writePatents(folder: string, count: number, repeat = 0): string {
  const patents = [...samplePatents(count), ...samplePatents(repeat)];
  const path = join(folder, "patents.jsonl");
  Deno.writeTextFileSync(path, patents.map((patent) => JSON.stringify(patent) + "\n").join(""));
  return path;
}

function design(input: string, shards: number, shared: Record<string, number | string> = {}) {
  return { name: "labels", kind: "patent-labels", shards, shared: { input, ...shared } };
}

Deno.test(
  "Every text is asked about once, whichever shard has it, and the merged store holds all labels",
  withEndpoint(async (folder, { requests }) => {
    const sweep = join(folder, "sweep");
    const plan = await makePlan(design(writePatents(folder, 30, 10), 4, { atMost: 2 }), sweep);
    strictEqual(plan.runs, 30);
    await runPlan(sweep, { shards: [0, 2] });
    await runPlan(sweep, { workers: 2 });
    strictEqual(requests.length, 30);
    const provenance = await mergeSweep(sweep);
    strictEqual(provenance.runs, 30);
    await mergeSweep(sweep);
    const store = openLabelStore(join(sweep, "labels.sqlite"));
    const outcomes = [...store.outcomes()];
    const { replies, promptTokens, completionTokens } = store.totals("v1", MODEL);
    store.close();
    strictEqual(new Set(outcomes.map(({ patent }) => patent)).size, 30);
    deepStrictEqual([replies, promptTokens + completionTokens], [30, 30 * TOKENS]);
    const frame = pl.readParquet(join(sweep, "merged.parquet"));
    deepStrictEqual(frame.columns.includes("abstract"), false);
    ok(frame.toRecords().every(({ primary, status }) => primary !== null && status === "labelled"));
    for (const file of filesBelow(sweep)) {
      const bytes = Deno.readFileSync(join(sweep, file));
      ok(!new TextDecoder("latin1").decode(bytes).includes(SECRET_KEY), file);
    }
  }),
);

Deno.test(
  "A shard whose results are lost is rebuilt from its store without a request",
  withEndpoint(async (folder, { requests }) => {
    const sweep = join(folder, "sweep");
    await makePlan(design(writePatents(folder, 12), 3), sweep);
    await runPlan(sweep);
    const before = Deno.readFileSync(join(sweep, "shards", "shard-00001.parquet"));
    Deno.removeSync(join(sweep, "shards", "shard-00001.parquet"));
    Deno.removeSync(join(sweep, "records", "shard-00001.json"));
    await runPlan(sweep);
    strictEqual(requests.length, 12);
    deepStrictEqual(Deno.readFileSync(join(sweep, "shards", "shard-00001.parquet")), before);
  }),
);

Deno.test(
  "The budget of the plan is divided over the shards and never passed",
  withEndpoint(async (folder, { requests }) => {
    const sweep = join(folder, "sweep");
    const budgetTokens = 20 * TOKENS;
    await makePlan(design(writePatents(folder, 40), 4, { budgetTokens, concurrency: 2 }), sweep);
    const { stopped } = await runPlan(sweep);
    strictEqual(stopped, "unfinished");
    ok(requests.length * TOKENS <= budgetTokens, `${requests.length} requests`);
    ok(requests.length > 0);
    strictEqual(sweepStatus(sweep).done.length, 0);
    await runPlan(sweep);
    ok(requests.length * TOKENS <= budgetTokens);
    await rejects(mergeSweep(sweep), /4 of 4 shards are missing/);
  }),
);

/** A bucket may let through 0.05 s of its rate and one request more, for each of two shards. */
const BURST = 4;

Deno.test(
  "Two processes on one plan together stay below its rate, and one shard at a time has each slot",
  withEndpoint(async (folder, { requests }) => {
    const sweep = join(folder, "sweep");
    const requestsPerMinute = 600;
    await makePlan(
      design(writePatents(folder, 40), 8, { requestsPerMinute, atMost: 2, concurrency: 4 }),
      sweep,
    );
    const half = [0, 1, 2, 3];
    await Promise.all([
      runPlan(sweep, { workers: 4, shards: half }),
      runPlan(sweep, { workers: 4, shards: half.map((shard) => shard + 4) }),
    ]);
    strictEqual(requests.length, 40);
    const times = requests.map(({ at }) => at).sort((a, b) => a - b);
    for (let first = 0; first < times.length; first++) {
      for (let last = first; last < times.length; last++) {
        const seconds = (times[last] - times[first]) / 1000;
        ok(
          last - first + 1 <= seconds * requestsPerMinute / 60 + BURST,
          `${last - first + 1} requests in ${seconds} s`,
        );
      }
    }
  }),
);

Deno.test(
  "Labels of an earlier store are not paid for again, and another model than the plan's is refused",
  withEndpoint(async (folder, { requests }) => {
    const input = writePatents(folder, 12);
    const store = join(folder, "labels.sqlite");
    const [first, second] = [join(folder, "first"), join(folder, "second")];
    await makePlan(design(writePatents(folder, 8), 2, { store }), first);
    await runPlan(first);
    await mergeSweep(first);
    writePatents(folder, 12);
    const plan = await makePlan(design(input, 2, { store }), second);
    strictEqual(plan.runs, 4);
    Deno.env.set("REE_LLM_MODEL", "another-model");
    await rejects(runPlan(second), /another-model; the plan was made for test-model/);
    Deno.env.set("REE_LLM_MODEL", MODEL);
    await runPlan(second);
    await mergeSweep(second);
    strictEqual(requests.length, 12);
    const merged = openLabelStore(store);
    strictEqual([...merged.outcomes()].length, 12);
    merged.close();
  }),
);
