import { exportQuota, shockOf, smallEconomy, solveEquilibrium } from "@ree/equilibrium";
import { loadPlan, makePlan, mergeSweep, runPlan, shardRuns, sweepStatus } from "@ree/sweep";
import pl from "nodejs-polars";
import { deepStrictEqual, ok, rejects, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import { filesBelow, quotaDesign, withFolder } from "./designs.ts";

Deno.test(
  "A merged sweep holds every run once, and its numbers are those of the solver, bit for bit",
  withFolder(async (folder) => {
    const sweep = join(folder, "quota");
    const plan = await makePlan(quotaDesign(), sweep);
    deepStrictEqual([plan.runs, plan.shards], [24, 5]);
    const { stopped, runs, failed } = await runPlan(sweep, { workers: 2 });
    deepStrictEqual({ stopped, runs, failed }, { stopped: "done", runs: 24, failed: 0 });
    const { runs: merged, failedRuns, origins } = await mergeSweep(sweep);
    deepStrictEqual([merged, failedRuns, origins.length], [24, 0, 1]);
    const frame = pl.readParquet(join(sweep, "merged.parquet"));
    const rows = frame.toRecords();
    const base = smallEconomy();
    for (const row of rows) {
      const size = base.sectors.length;
      const economy = {
        ...base,
        sigma: new Float64Array(size).fill(Number(row.sigma)),
        eta: new Float64Array(size).fill(Number(row.eta)),
      };
      const shock = shockOf(economy, exportQuota("CHN", ["elements"], Number(row.limit)));
      const closure = { kind: row.closure as "fixed" | "entry" };
      const { welfare } = solveEquilibrium(economy, shock, { closure });
      economy.countries.forEach((country, n) =>
        strictEqual(row[`welfare.${country}`], 100 * (welfare[n] - 1))
      );
    }
  }),
);

Deno.test(
  "Draws are shared by all cells of the grid: common random numbers, common seeds",
  withFolder(async (folder) => {
    const sweep = join(folder, "quota");
    const plan = await makePlan(quotaDesign(3, 2), sweep);
    const runs = [...shardRuns(sweep, plan, 0), ...shardRuns(sweep, plan, 1)];
    for (let draw = 0; draw < 3; draw++) {
      const own = runs.filter((run) => run.draw === draw);
      strictEqual(own.length, 6);
      strictEqual(new Set(own.map(({ parameters }) => parameters.sigma)).size, 1);
      strictEqual(new Set(own.map(({ seed }) => seed)).size, 1);
      strictEqual(
        new Set(own.map(({ parameters: { limit, closure } }) => `${limit} ${closure}`)).size,
        6,
      );
    }
    deepStrictEqual(runs.map(({ run }) => run), Array.from({ length: 18 }, (_, k) => k));
  }),
);

Deno.test(
  "The bytes of shards do not depend on workers, on the order of shards, or on a stop half-way",
  withFolder(async (folder) => {
    const [one, two, three] = ["one", "two", "three"].map((name) => join(folder, name));
    for (const sweep of [one, two, three]) await makePlan(quotaDesign(8, 3), sweep);
    await runPlan(one, { workers: 1 });
    for (const shard of [2, 0, 1]) await runPlan(two, { workers: 2, shards: [shard] });
    for (let tries = 0; tries < 50; tries++) {
      const stop = new AbortController();
      let before = 0;
      const { stopped } = await runPlan(three, {
        workers: 2,
        signal: stop.signal,
        onProgress: ({ runs }) => {
          if (runs > 10 && before++ === 0) stop.abort();
        },
      });
      if (stopped === "done") break;
      strictEqual(stopped, "interrupted");
    }
    const content = await Promise.all([one, two, three].map((sweep) => mergeSweep(sweep)));
    strictEqual(content[1].content, content[0].content);
    strictEqual(content[2].content, content[0].content);
    strictEqual(content[1].sha256, content[0].sha256);
    strictEqual(content[2].sha256, content[0].sha256);
    deepStrictEqual(filesBelow(join(three, "partial")), []);
    deepStrictEqual(filesBelow(join(three, "claims")), []);
  }),
);

Deno.test(
  "Equal designs give equal plans; other seeds, values or data give other hashes",
  withFolder(async (folder) => {
    const design = quotaDesign();
    const hash = async (name: string, given = design) =>
      (await makePlan(given, join(folder, name))).hash;
    const first = await hash("a");
    strictEqual(await hash("b"), first);
    const { axes, ...rest } = design;
    strictEqual(
      await hash("c", { ...rest, axes: Object.fromEntries(Object.entries(axes!).reverse()) }),
      first,
    );
    ok(await hash("d", { ...design, seed: 8 }) !== first);
    ok(await hash("e", { ...design, axes: { ...axes, limit: [0.4, 0.6] } }) !== first);
    strictEqual(await hash("a"), first);
    await rejects(hash("a", { ...design, seed: 8 }), /holds another plan/);
    strictEqual(loadPlan(join(folder, "a")).hash, first);
    deepStrictEqual(filesBelow(join(folder, "a")), ["inputs.bin", "plan.json"]);
  }),
);

Deno.test(
  "A run without equilibrium has a row with the reason; the others are as they were",
  withFolder(async (folder) => {
    const design = quotaDesign(1, 1);
    const sweep = join(folder, "quota");
    await makePlan({
      ...design,
      draws: { type: "list", rows: [{ sigma: 0.5, psi: 0.1 }, { sigma: 30, psi: 1 }] },
    }, sweep);
    const { failed, stopped } = await runPlan(sweep, { workers: 1 });
    deepStrictEqual([failed, stopped], [6, "done"]);
    strictEqual(sweepStatus(sweep).failedRuns, 6);
    await mergeSweep(sweep);
    const rows = pl.readParquet(join(sweep, "merged.parquet")).toRecords();
    for (const row of rows) {
      strictEqual(row.failure === "", row.sigma === 0.5);
      strictEqual(row["welfare.CHN"] === null, row.sigma === 30);
    }
    ok(rows.some((row) => /psi/.test(String(row.failure))));
  }),
);

Deno.test(
  "Shards are read lazily as one partitioned data set",
  withFolder(async (folder) => {
    const sweep = join(folder, "quota");
    await makePlan(quotaDesign(), sweep);
    await runPlan(sweep);
    const frame = pl.scanParquet(join(sweep, "shards", "*.parquet"))
      .filter(pl.col("closure").eq(pl.lit("entry")))
      .select("run", "welfare.JPN").collectSync();
    strictEqual(frame.height, 12);
  }),
);

Deno.test(
  "An unfinished sweep is not merged, and the message names what is missing",
  withFolder(async (folder) => {
    const sweep = join(folder, "quota");
    await makePlan(quotaDesign(), sweep);
    await runPlan(sweep, { shards: [0, 3] });
    const { done, missing, running } = sweepStatus(sweep);
    deepStrictEqual([done, missing, running], [[0, 3], [1, 2, 4], []]);
    await rejects(mergeSweep(sweep), /3 of 5 shards are missing \(1, 2, 4\)/);
    ok(!filesBelow(sweep).some((file) => file.startsWith("merged")));
  }),
);
