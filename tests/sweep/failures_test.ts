import { makePlan, mergeSweep, runPlan, sweepStatus } from "@ree/sweep";
import { deepStrictEqual, ok, rejects, strictEqual, throws } from "node:assert/strict";
import { join } from "node:path";
import { startSweep, until } from "./command.ts";
import { filesBelow, quotaDesign, withFolder } from "./designs.ts";

/** A finished sweep of the same design to compare with. */
async function reference(folder: string, draws: number, shards: number) {
  const sweep = join(folder, "reference");
  await makePlan(quotaDesign(draws, shards), sweep);
  await runPlan(sweep, { workers: 1 });
  return await mergeSweep(sweep);
}

async function messagesOf(sweep: string, options: Parameters<typeof runPlan>[1] = {}) {
  const messages: string[] = [];
  const summary = await runPlan(sweep, {
    ...options,
    onMessage: (text) => messages.push(text),
  });
  return { ...summary, messages };
}

/** Draws of a single shard: 1,440 runs of some 3 ms, long enough to be stopped in the middle on a fast machine. */
const LONG_SHARD = 240;

Deno.test(
  "Two runs of the same plan at once share the shards; none is computed twice",
  withFolder(async (folder) => {
    const expected = await reference(folder, 6, 6);
    const sweep = join(folder, "sweep");
    await makePlan(quotaDesign(6, 6), sweep);
    const both = await Promise.all([
      runPlan(sweep, { workers: 1 }),
      runPlan(sweep, { workers: 1 }),
    ]);
    strictEqual(both[0].shards + both[1].shards, 6);
    strictEqual(both[0].runs + both[1].runs, 36);
    await runPlan(sweep);
    strictEqual((await mergeSweep(sweep)).content, expected.content);
  }),
);

Deno.test(
  "A process killed with -9 leaves shards that the next one takes over, and the result is the same",
  withFolder(async (folder) => {
    const expected = await reference(folder, 150, 3);
    const sweep = join(folder, "sweep");
    await makePlan(quotaDesign(150, 3), sweep);
    const { child, ended } = startSweep(["run", sweep, "--workers", "1"]);
    await until(() => sweepStatus(sweep).done.length >= 1 && sweepStatus(sweep).running.length > 0);
    child.kill("SIGKILL");
    strictEqual((await ended()).signal, "SIGKILL");
    const before = sweepStatus(sweep);
    ok(before.done.length < 3);
    deepStrictEqual(before.running, []);
    strictEqual(before.missing.length, 3 - before.done.length);
    const { messages, stopped, shards } = await messagesOf(sweep);
    strictEqual(stopped, "done");
    strictEqual(shards, 3 - before.done.length);
    ok(
      messages.some((text) => text.includes(`taken over from process ${child.pid}`)),
      messages.join(),
    );
    strictEqual((await mergeSweep(sweep)).content, expected.content);
  }),
);

Deno.test(
  "SIGTERM stops at a run boundary with code 143; what is done of the shard is kept",
  withFolder(async (folder) => {
    const expected = await reference(folder, LONG_SHARD, 1);
    const sweep = join(folder, "sweep");
    await makePlan(quotaDesign(LONG_SHARD, 1), sweep);
    const { child, ended } = startSweep(["run", sweep, "--workers", "1"]);
    await until(() => sweepStatus(sweep).running.length > 0);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    child.kill("SIGTERM");
    const { code, text } = await ended();
    deepStrictEqual([code, /SIGTERM: stopping at the next run boundary/.test(text)], [143, true]);
    deepStrictEqual(sweepStatus(sweep).begun, [0]);
    const { messages, runs } = await messagesOf(sweep);
    const kept = Number(/goes on after (\d+) runs/.exec(messages.join("\n"))?.[1]);
    ok(kept > 0);
    strictEqual(runs, 6 * LONG_SHARD - kept);
    strictEqual((await mergeSweep(sweep)).content, expected.content);
  }),
);

Deno.test(
  "Half-written, truncated and orphaned shards are computed again with a message",
  withFolder(async (folder) => {
    const expected = await reference(folder, 4, 4);
    const sweep = join(folder, "sweep");
    await makePlan(quotaDesign(4, 4), sweep);
    await runPlan(sweep);
    const [cut, orphan, half] = ["00000", "00001", "00002"].map((n) =>
      join(sweep, "shards", `shard-${n}.parquet`)
    );
    Deno.writeFileSync(cut, Deno.readFileSync(cut).slice(0, 100));
    Deno.removeSync(join(sweep, "records", "shard-00001.json"));
    ok(orphan.length > 0);
    const temporary = join(sweep, "shards", ".shard-00002.parquet.1-abc-0.tmp");
    Deno.renameSync(half, temporary);
    await rejects(mergeSweep(sweep), /shard-00000: its results have 100 bytes/);
    const { messages, shards } = await messagesOf(sweep);
    strictEqual(shards, 3);
    const said = messages.join("\n");
    ok(/shard-00000: its results have 100 bytes, not \d+; it is computed again/.test(said), said);
    ok(/shard-00001: results without their record/.test(said), said);
    ok(/shard-00002: its results are gone/.test(said), said);
    ok(/shard-00002: a half-written file was removed/.test(said), said);
    strictEqual((await mergeSweep(sweep)).content, expected.content);
    ok(!filesBelow(sweep).some((file) => file.endsWith(".tmp")));
  }),
);

Deno.test(
  "A shard with a changed byte is found by merge, which then writes nothing",
  withFolder(async (folder) => {
    const sweep = join(folder, "sweep");
    await makePlan(quotaDesign(4, 2), sweep);
    await runPlan(sweep);
    const path = join(sweep, "shards", "shard-00001.parquet");
    const bytes = Deno.readFileSync(path);
    bytes[Math.floor(bytes.length / 2)] ^= 1;
    Deno.writeFileSync(path, bytes);
    await rejects(mergeSweep(sweep), /shard-00001: its results are not those that were written/);
    ok(!filesBelow(sweep).includes("merged.parquet"));
  }),
);

Deno.test(
  "A plan, its inputs or its draws edited after the start are refused by name",
  withFolder(async (folder) => {
    const design = quotaDesign(1, 2);
    const sweep = join(folder, "sweep");
    await makePlan({
      ...design,
      draws: { type: "list", rows: [{ sigma: 0.5 }, { sigma: 0.7 }] },
    }, sweep);
    await runPlan(sweep, { shards: [0] });
    const edit = async (file: string, change: (text: string) => string, expected: RegExp) => {
      const path = join(sweep, file);
      const before = Deno.readFileSync(path);
      const text = new TextDecoder("latin1").decode(before);
      ok(change(text) !== text);
      Deno.writeFileSync(path, Uint8Array.from(change(text), (letter) => letter.charCodeAt(0)));
      await rejects(runPlan(sweep), expected);
      Deno.writeFileSync(path, before);
    };
    await edit("plan.json", (text) => text.replace("0.4", "0.5"), /was edited after it was made/);
    await edit("draws.jsonl", (text) => text.replace("0.7", "0.8"), /draws\.jsonl was edited/);
    await edit(
      "inputs.bin",
      (text) => text.replace("CHN", "CHX"),
      /not what the plan was made with/,
    );
    const path = join(sweep, "plan.json");
    const plan = Deno.readTextFileSync(path);
    Deno.writeTextFileSync(path, plan.replace("0.4", "0.5"));
    throws(() => sweepStatus(sweep), /was edited/);
    await rejects(mergeSweep(sweep), /was edited/);
  }),
);

Deno.test(
  "Shards of another plan are refused, never mixed in",
  withFolder(async (folder) => {
    const [one, two] = [join(folder, "one"), join(folder, "two")];
    const design = quotaDesign(4, 2);
    await makePlan(design, one);
    await makePlan({ ...design, seed: 99 }, two);
    await runPlan(one);
    await runPlan(two, { shards: [0] });
    for (const file of ["shards/shard-00001.parquet", "records/shard-00001.json"]) {
      Deno.copyFileSync(join(one, file), join(two, file));
    }
    await rejects(runPlan(two), /belongs to shard 1 of the plan/);
    await rejects(mergeSweep(two), /belongs to shard 1 of the plan/);
    Deno.removeSync(join(two, "records/shard-00001.json"));
    await runPlan(two);
    Deno.copyFileSync(
      join(one, "shards/shard-00000.parquet"),
      join(two, "shards/shard-00007.parquet"),
    );
    await rejects(mergeSweep(two), /shard-00007\.parquet is no shard of this plan/);
  }),
);

Deno.test(
  "Shards of different programs are merged only when that is asked for",
  withFolder(async (folder) => {
    const sweep = join(folder, "sweep");
    await makePlan(quotaDesign(4, 2), sweep);
    await runPlan(sweep);
    const path = join(sweep, "records", "shard-00001.json");
    const record = JSON.parse(Deno.readTextFileSync(path));
    Deno.writeTextFileSync(path, JSON.stringify({ ...record, deno: "1.0.0" }));
    await rejects(mergeSweep(sweep), /computed by 2 different programs/);
    strictEqual((await mergeSweep(sweep, { allowMixed: true })).origins.length, 2);
  }),
);

/** A claim as a process on another machine would have left it, with a clock that is far off. */
function foreignClaim(sweep: string, shard: number, beat: number) {
  Deno.mkdirSync(join(sweep, "claims"), { recursive: true });
  const path = join(sweep, "claims", `shard-0000${shard}.1.json`);
  Deno.writeTextFileSync(
    path,
    JSON.stringify({
      token: "of another machine",
      host: "elsewhere",
      pid: 1,
      task: "",
      beat,
      released: false,
      since: "2099-01-01T00:00:00.000Z",
    }),
  );
  const far = new Date("2099-01-01");
  Deno.utimeSync(path, far, far);
}

Deno.test(
  "A process elsewhere is held for dead by its missing beats, whatever its clock says",
  withFolder(async (folder) => {
    const sweep = join(folder, "sweep");
    await makePlan(quotaDesign(2, 2), sweep);
    foreignClaim(sweep, 1, 5);
    const { messages, stopped, shards } = await messagesOf(sweep, { patienceSeconds: 0.5 });
    deepStrictEqual([stopped, shards], ["done", 2]);
    ok(messages.some((text) => /taken over from process 1 on elsewhere/.test(text)));
  }),
);

Deno.test(
  "A process elsewhere that goes on beating keeps its shard, and the others are done",
  withFolder(async (folder) => {
    const sweep = join(folder, "sweep");
    await makePlan(quotaDesign(2, 2), sweep);
    let beat = 0;
    foreignClaim(sweep, 1, beat);
    const timer = setInterval(() => foreignClaim(sweep, 1, ++beat), 100);
    try {
      const { messages, stopped, held } = await messagesOf(sweep, { patienceSeconds: 0.5 });
      deepStrictEqual([stopped, held.map(({ shard }) => shard)], ["held", [1]]);
      ok(messages.some((text) => /process 1 on elsewhere computes it/.test(text)));
      deepStrictEqual(sweepStatus(sweep).done, [0]);
    } finally {
      clearInterval(timer);
    }
  }),
);

Deno.test(
  "A clock that jumps by years, forth and back, changes neither results nor claims",
  withFolder(async (folder) => {
    const expected = await reference(folder, 4, 4);
    const sweep = join(folder, "sweep");
    await makePlan(quotaDesign(4, 4), sweep);
    const Steady = Date;
    let calls = 0;
    const year = 365 * 86_400_000;
    globalThis.Date = class extends Steady {
      constructor() {
        super(Steady.now() + (calls++ % 2 === 0 ? 40 : -40) * year);
      }
    } as DateConstructor;
    try {
      const { stopped } = await runPlan(sweep, { patienceSeconds: 0.2, beatSeconds: 0.05 });
      strictEqual(stopped, "done");
    } finally {
      globalThis.Date = Steady;
    }
    ok(calls > 0);
    strictEqual((await mergeSweep(sweep)).content, expected.content);
  }),
);

/** Room left beside the plan, too little for all shards. */
const FILLER_LEAVES = 24 * 1024;

Deno.test({
  name: "A full disk is told as such; with room again the run goes on to the same result",
  ignore: Deno.build.os !== "linux" || Deno.uid() !== 0,
  fn: withFolder(async (folder) => {
    const expected = await reference(folder, 40, 8);
    const disk = join(folder, "disk");
    Deno.mkdirSync(disk);
    const mount = (args: string[]) =>
      new Deno.Command(args[0], { args: args.slice(1) }).outputSync();
    if (!mount(["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", disk]).success) {
      console.log("skipped: this system lets nobody mount a small disk");
      return;
    }
    try {
      const sweep = join(disk, "sweep");
      await makePlan(quotaDesign(40, 8), sweep);
      const free = Number(
        new TextDecoder().decode(mount(["df", "--output=avail", "-B1", disk]).stdout).split(
          "\n",
        )[1],
      );
      const filler = join(disk, "filler");
      Deno.writeFileSync(filler, new Uint8Array(free - FILLER_LEAVES));
      await rejects(runPlan(sweep, { workers: 1 }), /the disk is full/);
      const { done, problems } = sweepStatus(sweep);
      ok(done.length < 8);
      ok(
        problems.every((problem) => /results without their record/.test(problem)),
        problems.join(),
      );
      Deno.removeSync(filler);
      const { stopped, shards } = await runPlan(sweep, { workers: 2 });
      deepStrictEqual([stopped, shards], ["done", 8 - done.length]);
      strictEqual((await mergeSweep(sweep)).content, expected.content);
    } finally {
      mount(["umount", "-l", disk]);
    }
  }),
});
