import { loadPlan, makePlan, mergeSweep, runPlan } from "@ree/sweep";
import {
  DEFAULT_MEASURES,
  type DefaultMeasure,
  loadDefaultDraws,
  loadUncertainWorld,
  readUncertainty,
  runUncertainty,
  saltelliDesign,
  uncertaintySweep,
  uncertainWorld,
} from "@ree/uncertainty";
import assert from "node:assert/strict";
import { join } from "node:path";

const scratch = () => Deno.makeTempDirSync({ prefix: "uncertainty-test-" });

Deno.test("a run in workers gives the draws of the chain in this thread, bit for bit", async () => {
  const run = await runUncertainty({ rows: 2, seed: 5, parts: ["A", "sigma"], listed: 1 });
  assert.deepEqual(run.draws.map(({ row, part }) => `${row} ${part}`), [
    "0 A",
    "0 sigma",
    "1 A",
    "1 sigma",
  ]);
  const model = uncertainWorld(loadUncertainWorld({ listed: 1 }));
  const design = saltelliDesign(model.groups, 5);
  // Backwards, so that what the chain keeps between draws is not what it kept in the workers.
  for (const draw of run.draws.toReversed()) {
    const { values, failure } = model.evaluate(design.point(draw.row, draw.part));
    assert.deepEqual(draw.values, values);
    assert.equal(draw.failure, failure ?? "");
  }
  assert.deepEqual(run.central, model.central().values);
  assert.equal(run.outcomes.filter(({ kind }) => kind === "exports").length, 2);
});

Deno.test("stopped and resumed with other workers, a sweep has the content of one that was not", async () => {
  const folder = scratch();
  try {
    const design = { rows: 5, seed: 2, parts: ["A"] };
    const whole = join(folder, "whole");
    await makePlan(uncertaintySweep(design), whole);
    await runPlan(whole, { workers: 2 });
    const stopped = join(folder, "stopped");
    const stop = new AbortController();
    await assert.rejects(
      runUncertainty(design, {
        folder: stopped,
        workers: 1,
        signal: stop.signal,
        onProgress: () => stop.abort(),
      }),
      /stopped \(interrupted\) after \d of 5 rows; the same call with the same folder goes on/,
    );
    const resumed = await runUncertainty(design, { folder: stopped, workers: 2 });
    const { content, sha256 } = await mergeSweep(whole);
    assert.equal(resumed.provenance.content, content);
    assert.equal(resumed.provenance.sha256, sha256);
    assert.equal(loadPlan(stopped).hash, loadPlan(whole).hash);
    assert.deepEqual(readUncertainty(stopped).draws, readUncertainty(whole).draws);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});

Deno.test("designs that do not fit are refused by name", async () => {
  await assert.rejects(runUncertainty({ rows: 2, seed: 0 }), /seed 0/);
  await assert.rejects(runUncertainty({ rows: 2, restricting: "ATLANTIS" }), /ATLANTIS/);
  await assert.rejects(runUncertainty({ rows: 2, parts: ["A", "lambda"] }), /part lambda/);
  await assert.rejects(
    runUncertainty({
      rows: 2,
      scenario: { name: "x", measures: [], closure: { kind: "entry" } },
    }),
    /has a closure/,
  );
});

for (const [measure, scenario] of Object.entries(DEFAULT_MEASURES)) {
  Deno.test(`the committed draws of the ${measure} are of the committed inputs`, async () => {
    const folder = scratch();
    try {
      const { inputs } = await makePlan(
        uncertaintySweep({ rows: 1, scenario }),
        join(folder, "plan"),
      );
      assert.equal(
        loadDefaultDraws(measure as DefaultMeasure).inputsHash,
        inputs,
        "data, estimates or distributions have changed; remedy: lib/uncertainty/main.ts draws anew (README of lib/uncertainty)",
      );
    } finally {
      Deno.removeSync(folder, { recursive: true });
    }
  });
}
