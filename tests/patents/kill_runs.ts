import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { randomStream } from "@ree/numeric";
import { openLabelStore } from "@ree/patents";
import { startChatServer } from "./chat_server.ts";
import { inFolder, samplePatents } from "./sample_patents.ts";

/** Concurrency of the worker: as many answers can be under way when it is killed. */
const IN_FLIGHT = 16;

/**
 * Kills a labelling process (SIGKILL) again and again at random moments, lets the last one end, and checks that every
 * text is recorded once and that no answer was paid for twice but those under way at a kill.
 */
export function killRuns(kills: number, count: number, seed: number): Promise<void> {
  return inFolder(async (folder) => {
    const random = randomStream(seed);
    const path = `${folder}/store.sqlite`;
    const server = startChatServer(() => ({ kind: "slow", seconds: 0.01 }));
    const start = () =>
      new Deno.Command(Deno.execPath(), {
        args: [
          "run",
          "-A",
          fileURLToPath(new URL("label_worker.ts", import.meta.url)),
          path,
          server.baseUrl,
          String(count),
        ],
        stdout: "null",
      }).spawn();
    const recorded = () => {
      const store = openLabelStore(path);
      const ids = [...store.outcomes()].map(({ patent }) => patent);
      store.close();
      return ids;
    };
    let before: string[] = [];
    for (let kill = 0; kill < kills; kill++) {
      const seen = server.requests.length;
      const child = start();
      while (server.requests.length === seen) await new Promise((done) => setTimeout(done, 2));
      await new Promise((done) => setTimeout(done, random.uniform() * 250));
      child.kill("SIGKILL");
      await child.status;
      const now = recorded();
      assert.deepEqual(before.filter((id) => !now.includes(id)), [], "an answer was lost");
      before = now;
    }
    assert.ok(
      before.length > 0 && before.length < count,
      `${before.length} recorded before the last run`,
    );
    assert.ok((await start().status).success);
    const ids = recorded();
    assert.deepEqual([...ids].sort(), samplePatents(count).map(({ id }) => id).sort());
    const paidTwice = server.requests.length - count;
    assert.ok(paidTwice <= kills * IN_FLIGHT, `${paidTwice} answers beyond one per text`);
    await server.close();
  });
}
