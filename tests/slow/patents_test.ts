import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { killRuns } from "../patents/kill_runs.ts";
import { HEADERS, sampleTables, writeTables } from "../patents/patentsview_files.ts";
import { inFolder } from "../patents/sample_patents.ts";

Deno.test("a run killed twenty times goes on without losing or paying twice", () =>
  killRuns(20, 12_000, 7));

/** Memory that the staging of large tables may use, megabytes. */
const MOST_MEMORY = 1000;
const ROWS = 10_000_000;

Deno.test("a class table of ten million rows is joined in bounded memory", () =>
  inFolder(async (folder) => {
    writeTables(folder, ".tsv");
    const encoder = new TextEncoder();
    const file = Deno.openSync(`${folder}/g_cpc_current.tsv`, { write: true, truncate: true });
    const write = (text: string) => {
      for (
        let rest = encoder.encode(text);
        rest.length > 0;
        rest = rest.subarray(file.writeSync(rest))
      );
    };
    write(HEADERS.g_cpc_current.map((name) => `"${name}"`).join("\t") + "\n");
    for (let from = 0; from < ROWS; from += 100_000) {
      let block = "";
      for (let i = from; i < from + 100_000; i++) {
        block += `"${20_000_000 + (i >> 2)}"\t${i & 3}\t"H"\t"H01"\t"H01F"\t"H01F${
          i % 90
        }/0577"\t"inventional"\n`;
      }
      write(block);
    }
    write(sampleTables().g_cpc_current.split("\n").slice(1).join("\n"));
    file.close();
    const { success, stdout } = await new Deno.Command(Deno.execPath(), {
      args: [
        "run",
        "-A",
        fileURLToPath(new URL("../patents/stage_worker.ts", import.meta.url)),
        folder,
      ],
    }).output();
    assert.ok(success);
    const { rows, classes, megabytes } = JSON.parse(new TextDecoder().decode(stdout));
    assert.equal(rows, ROWS + 4);
    assert.deepEqual(classes, ["H01F1/0577", "H01F41/0293"]);
    assert.ok(megabytes < MOST_MEMORY, `${megabytes} MB`);
  }));
