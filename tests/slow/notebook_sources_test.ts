import { loadFacts, loadSectorPanel, loadWorldTable, writeLongWorld } from "@ree/data";
import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { inTempDir } from "../data/helpers.ts";
import { foreignWorld, OWN_LIST } from "../source/tables.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** Solutions of the same problem from numbers that were added up in another order. */
const SOLVED = 1e-6;

/** Runs notebooks on a choice; reports go below `.cache`, results into `results`. */
async function report(
  notebooks: readonly string[],
  results: string,
  parameters: Readonly<Record<string, string>>,
): Promise<void> {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["task", "report", ...notebooks, "--reports", ".cache/notebook-sources"],
    cwd: root,
    env: { ...parameters, REE_RESULTS: results },
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  assert.ok(success, `${text(stdout)}\n${text(stderr)}`);
}

/** Numbers of a result by their path in it. */
function numbers(value: unknown, path = "", into = new Map<string, number>()): Map<string, number> {
  if (typeof value === "number") into.set(path, value);
  else if (typeof value === "object" && value !== null) {
    for (const [key, part] of Object.entries(value)) numbers(part, `${path}/${key}`, into);
  }
  return into;
}

function assertSameResult(file: string, came: string, expected: string): void {
  const read = (dir: string) => numbers(JSON.parse(Deno.readTextFileSync(join(dir, file))));
  const [a, b] = [read(came), read(expected)];
  assert.deepEqual([...a.keys()], [...b.keys()]);
  for (const [path, value] of b) {
    // What is left of the equations is rounding itself.
    if (path.endsWith("/residual")) continue;
    const gap = Math.abs(a.get(path)! - value) / Math.max(1e-3, Math.abs(value));
    assert.ok(gap < SOLVED, `${file}${path}: ${a.get(path)}, expected ${value}`);
  }
}

Deno.test("notebooks 3 and 6 on the shipped numbers in files of one's own give the shipped results", async () => {
  await inTempDir(async (dir) => {
    const [own, shipped, data] = ["own", "shipped", "data"].map((name) => join(dir, name));
    for (const folder of [own, shipped, data]) Deno.mkdirSync(folder);
    await writeLongWorld(join(data, "world.csv"), loadWorldTable(2009));
    Deno.writeTextFileSync(
      join(data, "trade.csv"),
      "year,exporter,importer,product,value,unit,tonnes\n" +
        loadSectorPanel().map((row) =>
          `${row.year},${row.country},WLD,${row.sector},${
            row.exportsIntermediate + row.exportsFinal
          },million USD,\n`
        ).join(""),
    );
    Deno.writeTextFileSync(
      join(data, "prices.csv"),
      "month,series,price,unit,basis,source\n" +
        loadFacts().annualPrices.map(({ element, year, usdPerKg }) =>
          `${year}-06,${element},${usdPerKg},USD/kg,oxide,the shipped table\n`
        ).join(""),
    );
    const notebooks = ["03-event-studies", "06-your-own-scenario"];
    const quick = { REE_BOOTSTRAP: "999", REE_WEIGHT_DRAWS: "40" };
    await report(notebooks, shipped, quick);
    await report(notebooks, own, { ...quick, REE_SOURCE: data });
    assertSameResult("event_studies.json", own, shipped);
    assertSameResult("own-scenario.json", own, shipped);
  });
});

Deno.test("notebooks 1, 2, 5 and 6 run on a table of other countries and sectors (SIMULATED)", async () => {
  await inTempDir(async (dir) => {
    const data = join(dir, "data");
    Deno.mkdirSync(data);
    await writeLongWorld(join(data, "national.csv"), foreignWorld());
    Deno.writeTextFileSync(join(data, "sectors.csv"), OWN_LIST);
    await report(
      ["01-input-output-table", "05-counterfactuals", "06-your-own-scenario"],
      dir,
      { REE_SOURCE: data, REE_BUYER: "NZL" },
    );
    // Notebook 2 takes the intensities that notebook 1 left, and says on which table they were made.
    await report(["02-descriptive-evidence"], dir, {});
    const page = Deno.readTextFileSync(
      join(root, ".cache/notebook-sources/02-descriptive-evidence.html"),
    );
    assert.match(page, /5 countries × 7 sectors/);
  });
});
