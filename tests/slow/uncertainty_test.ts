import {
  DEFAULT_MEASURES,
  type DefaultMeasure,
  extendRun,
  loadDefaultDraws,
  runUncertainty,
} from "@ree/uncertainty";
import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const CHILD = fileURLToPath(new URL("./uncertainty_child.ts", import.meta.url));

Deno.test("killed without warning and resumed, draws are the same bit for bit", async () => {
  const scratch = Deno.makeTempDirSync({ prefix: "uncertainty-test-" });
  try {
    const design = { rows: 10, seed: 3, parts: ["A"] };
    const killed = join(scratch, "killed");
    const child = new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", CHILD, killed],
      stdout: "piped",
      stderr: "null",
    }).spawn();
    const lines = child.stdout.pipeThrough(new TextDecoderStream());
    for await (const text of lines) {
      // One shard of four rows is written, the second is under way.
      if (text.split("\n").some((line) => Number(line) >= 6)) break;
    }
    child.kill("SIGKILL");
    const { success } = await child.status;
    assert.equal(success, false);
    const shards = [...Deno.readDirSync(join(killed, "shards"))].length;
    assert.ok(shards > 0 && shards < 3, `${shards} shards when killed`);
    const resumed = await runUncertainty(design, { folder: killed, workers: 1 });
    const whole = await runUncertainty(design, { folder: join(scratch, "whole"), workers: 2 });
    assert.deepEqual(resumed.draws, whole.draws);
    assert.equal(resumed.provenance.content, whole.provenance.content);
    assert.equal(resumed.provenance.sha256, whole.provenance.sha256);
  } finally {
    Deno.removeSync(scratch, { recursive: true });
  }
});

for (const [measure, scenario] of Object.entries(DEFAULT_MEASURES)) {
  Deno.test(`the committed draws of the ${measure} are those of the committed data and of this model`, async () => {
    const { extended, largestDifference } = extendRun(
      await runUncertainty({ rows: 2, scenario }),
      loadDefaultDraws(measure as DefaultMeasure),
    );
    assert.ok(extended && largestDifference !== null);
  });
}
