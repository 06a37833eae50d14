import { loadMergedSweep, makePlan, mergeSweep, runPlan } from "@ree/sweep";
import { sweepBands, sweepCells, sweepFinding } from "@ree/story";
import { deepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import { join } from "node:path";
import { quotaDesign, withFolder } from "../sweep/designs.ts";

Deno.test("Medians and intervals of a cell are those of its draws; failed runs are counted and left out", () => {
  const values = Array.from({ length: 101 }, (_, k) => k);
  const rows = [
    ...values.map((value) => ({ closure: "fixed", limit: 0.6, x: value })),
    { closure: "fixed", limit: 0.6, x: null },
    { closure: "entry", limit: 0.6, x: -1 },
  ];
  const [fixed, entry] = sweepCells(rows, ["closure", "limit"], "x");
  deepStrictEqual(
    [fixed.label, fixed.group, fixed.draws, fixed.failed, fixed.median],
    ["limit 0.6", "fixed", 102, 1, 50],
  );
  ok(fixed.lower >= 2 && fixed.lower <= 3 && fixed.upper >= 97 && fixed.upper <= 98);
  deepStrictEqual([entry.lower, entry.median, entry.upper], [-1, -1, -1]);
  ok(sweepFinding([fixed, entry], "x").includes("fixed, limit 0.6"));
});

Deno.test("A column that the sweep lacks, or a cell without any result, is refused by name", () => {
  throws(() => sweepCells([{ limit: 1, x: 1 }], ["limit"], "y"), /no column y .* limit, x/);
  throws(() => sweepCells([{ limit: 1, x: null }], ["limit"], "x"), /limit 1 has x/);
});

Deno.test(
  "A merged sweep is read with its provenance into bands for every cell; an edited one is refused",
  withFolder(async (folder) => {
    const sweep = join(folder, "sweep");
    strictEqual(loadMergedSweep(sweep), null);
    await makePlan(quotaDesign(5, 2), sweep);
    await runPlan(sweep);
    await mergeSweep(sweep);
    const merged = loadMergedSweep(sweep)!;
    const axes = Object.keys(merged.provenance.axes);
    const cells = sweepCells(merged.frame.toRecords(), axes, "welfare.JPN");
    strictEqual(cells.length, 6);
    ok(cells.every(({ draws, failed }) => draws === 5 && failed === 0));
    ok(
      sweepBands(cells).every(({ lower, central, upper }) => lower <= central && central <= upper),
    );
    const path = join(sweep, "merged.parquet");
    const bytes = Deno.readFileSync(path);
    bytes[bytes.length >> 1] ^= 1;
    Deno.writeFileSync(path, bytes);
    throws(() => loadMergedSweep(sweep), /is not what was merged/);
  }),
);
