import { checkDesign, makePlan, parseDesign, shardRuns, type SweepDesign } from "@ree/sweep";
import { deepStrictEqual, ok, rejects, strictEqual, throws } from "node:assert/strict";
import { join } from "node:path";
import { quotaDesign, withFolder } from "./designs.ts";

const BAD: readonly (readonly [string, object, RegExp])[] = [
  ["no name", { name: "" }, /name: came "", expected a text/],
  ["a path as name", { name: "../x" }, /expected letters, digits/],
  ["a seed that is no whole number", { seed: 1.5 }, /seed: came 1.5, expected a whole number/],
  ["an unknown field", { sheds: 4 }, /unknown field "sheds"; expected .*shards/],
  ["an empty axis", { axes: { limit: [] } }, /axes\.limit: came \[\], expected at least one value/],
  ["a value twice", { axes: { limit: [1, 1] } }, /axes\.limit: 1 appears twice/],
  [
    "a list as value",
    { axes: { limit: [[1]] } },
    /axes\.limit\[0\]: came \[1\], expected a number/,
  ],
  [
    "a log axis from 0",
    { axes: { limit: { from: 0, to: 1, count: 3, scale: "log" } } },
    /above 0 for a log scale/,
  ],
  ["a draw that is on an axis too", { axes: { sigma: [1] } }, /sigma is drawn and on an axis/],
  ["an interval upside down", {
    draws: { type: "sobol", count: 2, distributions: { a: { low: 2, high: 1 } } },
  }, /a\.high: came 1, expected at least 2/],
  ["a negative spread", {
    draws: { type: "sobol", count: 2, distributions: { a: { mean: 0, sd: -1 } } },
  }, /a\.sd: came -1/],
  ["normal draws of the unshifted sequence", { seed: 0 }, /seed: came 0, expected another seed/],
  [
    "no draws",
    { draws: { type: "sobol", count: 0, distributions: { a: { low: 0, high: 1 } } } },
    /count: came 0/,
  ],
  [
    "an unknown kind of draws",
    { draws: { type: "latin" } },
    /came "latin", expected one of replications, sobol, list, file/,
  ],
  [
    "rows with different names",
    { draws: { type: "list", rows: [{ a: 1 }, { b: 1 }] } },
    /rows\[1\]: came "b", expected the names of the first: a/,
  ],
];

for (const [what, change, expected] of BAD) {
  Deno.test(`A design with ${what} is refused with its place`, () => {
    throws(() => checkDesign({ ...quotaDesign(), ...change }), expected);
  });
}

Deno.test("A design that is no JSON names its file", () => {
  throws(() => parseDesign("{", "grid.json"), /grid\.json: not JSON/);
});

Deno.test(
  "Draws of a file are those of the same list, whatever shard reads them, empty lines and umlauts included",
  withFolder(async (folder) => {
    const rows = Array.from(
      { length: 50 },
      (_, k) => ({ sigma: 0.3 + k / 100, note: `größe ${"ü".repeat(k)}` }),
    );
    const file = join(folder, "draws.jsonl");
    Deno.writeTextFileSync(file, rows.map((row) => JSON.stringify(row)).join("\n\n"));
    const module = new URL("./echo_kind.ts", import.meta.url).href;
    const design = (draws: SweepDesign["draws"]): SweepDesign => ({
      name: "echo",
      kind: "echo",
      shards: 7,
      draws,
      axes: { cell: [1, 2, 3] },
    });
    const listed = await makePlan(design({ type: "list", rows }), join(folder, "a"), {
      kindModule: module,
    });
    const filed = await makePlan(design({ type: "file", file: "draws.jsonl" }), join(folder, "b"), {
      kindModule: module,
      base: folder,
    });
    deepStrictEqual(filed.shardHashes, listed.shardHashes);
    const runs = Array.from({ length: 7 }, (_, shard) => shardRuns(join(folder, "b"), filed, shard))
      .flat();
    strictEqual(runs.length, 150);
    runs.forEach(({ run, draw, parameters }) => {
      strictEqual(draw, Math.floor(run / 3));
      deepStrictEqual(parameters, { ...rows[draw], cell: 1 + run % 3 });
    });
  }),
);

Deno.test(
  "A broken line of a file of draws is named, and nothing is left behind",
  withFolder(async (folder) => {
    Deno.writeTextFileSync(join(folder, "draws.jsonl"), '{"a":1}\n{"a":\n');
    await rejects(
      makePlan(
        { name: "echo", kind: "echo", draws: { type: "file", file: "draws.jsonl" } },
        join(folder, "sweep"),
        { base: folder, kindModule: new URL("./echo_kind.ts", import.meta.url).href },
      ),
      /draws\.jsonl, line 2: came \{"a":, expected JSON/,
    );
    deepStrictEqual([...Deno.readDirSync(folder)].map(({ name }) => name), ["draws.jsonl"]);
  }),
);

Deno.test(
  "Log draws lie evenly on the logarithm, normal ones around their mean, listed ones among their values",
  withFolder(async (folder) => {
    const sweep = join(folder, "sweep");
    const plan = await makePlan(
      {
        name: "echo",
        kind: "echo",
        shards: 1,
        draws: {
          type: "sobol",
          count: 256,
          distributions: {
            a: { low: 0.01, high: 100, scale: "log" },
            b: { mean: 3, sd: 2 },
            c: { values: ["x", "y"] },
          },
        },
      },
      sweep,
      { kindModule: new URL("./echo_kind.ts", import.meta.url).href },
    );
    const drawn = shardRuns(sweep, plan, 0).map(({ parameters }) => parameters);
    strictEqual(drawn.filter(({ a }) => Number(a) < 1).length, 128);
    strictEqual(drawn.filter(({ c }) => c === "x").length, 128);
    strictEqual(drawn.filter(({ b }) => Number(b) < 3).length, 128);
    // The net puts 256 points into 256 equal cells: sums are far closer than random ones.
    const mean = drawn.reduce((sum, { b }) => sum + Number(b), 0) / 256;
    ok(Math.abs(mean - 3) < 0.02, String(mean));
  }),
);
