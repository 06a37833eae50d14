import assert from "node:assert/strict";
import { loadResult, resultPath, saveResult } from "../../lib/report/mod.ts";

Deno.test("results come back as they were saved, and no temporary file stays", async () => {
  const folder = await Deno.makeTempDir();
  Deno.env.set("REE_RESULTS", folder);
  try {
    const records = [{ a: "x", b: 1.5 }, { a: "y", b: 2 }];
    await saveResult("sub/one.parquet", records);
    await saveResult("two.csv", records);
    await saveResult("three.json", { sigma: 0.8 });
    assert.deepEqual((await loadResult("sub/one.parquet")).toRecords(), records);
    assert.deepEqual((await loadResult("two.csv")).toRecords(), records);
    assert.deepEqual(await loadResult("three.json"), { sigma: 0.8 });
    const names = [...Deno.readDirSync(folder)].map((entry) => entry.name).sort();
    assert.deepEqual(names, ["sub", "three.json", "two.csv"]);
    await assert.rejects(saveResult("two.csv", 3), /takes a data frame or an array of records/);
    assert.deepEqual((await loadResult("two.csv")).height, 2, "a refused save leaves the file");
  } finally {
    Deno.env.delete("REE_RESULTS");
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("a result must have a known ending and stay in its folder", async () => {
  assert.throws(() => resultPath("../x.json"), /inside the results folder/);
  await assert.rejects(saveResult("x.xlsx", []), /must end in \.parquet, \.csv or \.json/);
  await assert.rejects(
    loadResult("no-such-result.json"),
    /neither results\/no-such-result\.json nor data\/no-such-result\.json exists/,
  );
});
