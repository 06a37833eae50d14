import { loadPublishedEffects } from "@ree/data";
import assert from "node:assert/strict";
import { join } from "node:path";

const HEADER = "study,event,effect,low,high,unit,note,source,reading\n";

function withRows(rows: string, check: (dataDir: string) => void) {
  const dir = Deno.makeTempDirSync();
  try {
    Deno.mkdirSync(join(dir, "judged"));
    Deno.writeTextFileSync(join(dir, "judged", "published_effects.csv"), HEADER + rows);
    check(dir);
  } finally {
    Deno.removeSync(dir, { recursive: true });
  }
}

Deno.test("published effects say where they come from and how they were read", () => {
  const rows = loadPublishedEffects();
  assert.ok(rows.some(({ low }) => low !== null) && rows.some(({ low }) => low === null));
  assert.ok(rows.every(({ source, reading }) => source !== "" && reading !== ""));
});

Deno.test("half a range, ends in the wrong order and a range without unit are refused by row", () => {
  for (const cells of ["1,,%", ",2,%", "3,2,%", "1,2,"]) {
    withRows(`A,b,c,${cells},,page,direct\n`, (dir) => {
      assert.throws(() => loadPublishedEffects(dir), /row 2, column low, high, unit/);
    });
  }
});

Deno.test("a row given twice is refused", () => {
  withRows("A,b,c,1,2,%,,page,direct\nA,b,c,1,3,%,,page,direct\n", (dir) => {
    assert.throws(() => loadPublishedEffects(dir));
  });
});
