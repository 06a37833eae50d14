import assert from "node:assert/strict";
import { SAMPLES, sampleText } from "./samples.ts";

const FOLDER = new URL("./snapshots/", import.meta.url);
const REMEDY =
  "look at the picture, then run UPDATE_SNAPSHOTS=1 deno test --allow-read --allow-write --allow-env tests/figures/snapshot_test.ts";

for (const { name, draw } of SAMPLES) {
  Deno.test(`${name} draws the picture in snapshots/${name}.svg`, () => {
    const file = new URL(`${name}.svg`, FOLDER);
    const drawn = `${draw(sampleText(name)).outerHTML}\n`;
    if (Deno.env.get("UPDATE_SNAPSHOTS") === "1") return Deno.writeTextFileSync(file, drawn);
    let stored: string;
    try {
      stored = Deno.readTextFileSync(file);
    } catch (cause) {
      throw new Error(`no snapshot for ${name}; ${REMEDY}`, { cause });
    }
    // Markup on one line makes a useless difference report, hence the plain comparison.
    assert.ok(
      drawn === stored,
      `${name} differs from its snapshot ${where(drawn, stored)}; ${REMEDY}`,
    );
  });
}

Deno.test("snapshots holds no file without a figure", () => {
  const known = new Set(SAMPLES.map((sample) => `${sample.name}.svg`));
  const stray = [...Deno.readDirSync(FOLDER)].map((entry) => entry.name)
    .filter((file) => !known.has(file));
  assert.deepEqual(stray, []);
});

function where(drawn: string, stored: string): string {
  let i = 0;
  while (i < drawn.length && drawn[i] === stored[i]) i++;
  return `at character ${i}: expected …${stored.slice(i - 40, i + 60)}… got …${
    drawn.slice(i - 40, i + 60)
  }…`;
}
