import { makePlan, mergeSweep, runPlan, sweepStatus } from "@ree/sweep";
import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import { startSweep, until } from "../sweep/command.ts";
import { quotaDesign } from "../sweep/designs.ts";
import { slurmIsMissing, startSlurm } from "./slurm_cluster.ts";

const SHARDS = 40;
/** Draws of six runs each: enough for every shard to have twelve runs. */
const DRAWS = 80;
/** Slots of the node: one is taken by the task that is held until its limit. */
const SLOTS = 3;
/** Longest wait for the queue to empty on a busy machine, seconds. */
const PATIENCE = 600;
/** Bit of SIGTERM in the masks of /proc/PID/status. */
const TERM_BIT = 1n << 14n;

/** Whether SIGTERM waits for a stopped process, or it has ended (Slurm may let it go on to hear the signal). */
function isTold(pid: number): boolean {
  // Deno reads /proc with all permissions only.
  const { success, stdout } = new Deno.Command("cat", {
    args: [`/proc/${pid}/status`],
    stderr: "null",
  }).outputSync();
  if (!success) return true;
  return [...new TextDecoder().decode(stdout).matchAll(/^(?:SigPnd|ShdPnd):\s*([0-9a-f]+)$/gm)]
    .some(([, mask]) => (BigInt(`0x${mask}`) & TERM_BIT) !== 0n);
}

Deno.test("An array of 40 shards on Slurm survives kills, limits and restarts, and ends as the local run, bit for bit", async () => {
  const why = slurmIsMissing();
  if (why !== null) {
    console.log(`skipped: ${why}`);
    return;
  }
  const folder = Deno.makeTempDirSync({ prefix: "slurm-" });
  const [local, sweep] = [join(folder, "local"), join(folder, "sweep")];
  const slurmFolder = join(folder, "slurm");
  Deno.mkdirSync(slurmFolder);
  Deno.chmodSync(folder, 0o755);
  await makePlan(quotaDesign(DRAWS, SHARDS), local);
  await makePlan(quotaDesign(DRAWS, SHARDS), sweep);
  await runPlan(local, { workers: 1 });
  const expected = await mergeSweep(local);
  const cluster = await startSlurm(slurmFolder, SLOTS);
  const submit = () =>
    startSweep(
      ["submit", sweep, "--engine", "slurm", "--time", "2", "--warning", "30", "--memory", "500M"],
      cluster.env,
    ).ended();
  const queue = async () =>
    new TextDecoder().decode(
      (await new Deno.Command("squeue", {
        args: ["--noheader", "--array", "--me", "--format=%F"],
        env: cluster.env,
      }).output()).stdout,
    ).trim().split("\n").filter((line) => line !== "");
  const emptied = async () => {
    const end = performance.now() + PATIENCE * 1000;
    while ((await queue()).length > 0) {
      ok(performance.now() < end, `the queue is not empty after ${PATIENCE} s`);
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
  };
  /** Stops the process of a running shard other than the one given. */
  const holdOne = async (other = -1) => {
    let held: { readonly shard: number; readonly pid: number } | undefined;
    await until(() => {
      const one = sweepStatus(sweep).running.find(({ shard }) => shard !== other);
      if (one === undefined) return false;
      try {
        Deno.kill(one.holder.pid, "SIGSTOP");
      } catch {
        return false; // has just ended
      }
      if (sweepStatus(sweep).done.includes(one.shard)) Deno.kill(one.holder.pid, "SIGCONT");
      else held = { shard: one.shard, pid: one.holder.pid };
      return held !== undefined;
    });
    return held!;
  };
  try {
    const both = await Promise.all([submit(), submit()]);
    strictEqual(both.filter(({ text }) => /job \d+: 40 tasks for 40/.test(text)).length, 1);
    ok(both.some(({ text }) => /is submitting this sweep|nothing to submit/.test(text)));
    strictEqual(new Set(await queue()).size, 1);

    const limited = await holdOne();
    const killed = await holdOne(limited.shard);
    Deno.kill(killed.pid, "SIGKILL");
    await until(() => sweepStatus(sweep).done.length >= 4, PATIENCE);
    await cluster.restartNode();
    await until(() => sweepStatus(sweep).done.length >= 8, PATIENCE);
    await cluster.restartController();
    // Slurm's warning comes while the task is stopped; it acts on it as soon as it may go on.
    await until(() => isTold(limited.pid), PATIENCE);
    try {
      Deno.kill(limited.pid, "SIGCONT");
    } catch {
      // has ended
    }
    await emptied();

    const { done, missing, running } = sweepStatus(sweep);
    const left = [...missing, ...running.map(({ shard }) => shard)].sort((a, b) => a - b);
    strictEqual(done.length + left.length, SHARDS);
    ok(left.includes(limited.shard) && left.includes(killed.shard), left.join());
    const log = [...Deno.readDirSync(join(sweep, "logs"))].map(({ name }) =>
      Deno.readTextFileSync(join(sweep, "logs", name))
    ).join("\n");
    match(log, /SIGTERM: stopping at the next run boundary/);

    const again = await submit();
    match(
      again.text,
      new RegExp(`job \\d+: ${left.length} tasks for ${left.length} missing shards`),
    );
    await emptied();
    deepStrictEqual(sweepStatus(sweep).missing, []);
    match((await submit()).text, /nothing to submit/);
    const merged = await mergeSweep(sweep);
    deepStrictEqual([merged.content, merged.sha256], [expected.content, expected.sha256]);
    deepStrictEqual(
      Deno.readFileSync(join(sweep, "merged.parquet")),
      Deno.readFileSync(join(local, "merged.parquet")),
    );
  } finally {
    await cluster.stop();
    Deno.removeSync(folder, { recursive: true });
  }
});
