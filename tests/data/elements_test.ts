import { hundTerm, loadElements, RARE_EARTHS, readElements } from "@ree/data";
import assert from "node:assert/strict";
import { join } from "node:path";
import {
  assertSourceError,
  copyFiles,
  DATA_DIR,
  edit,
  filesIn,
  inTempDir,
  SOURCE_DIR,
  sourceTest,
} from "./helpers.ts";

/** Effective moments of the free 3+ ions by Hund's rules, two decimals (Kittel, Introduction to Solid State Physics, ch. 11). */
const MOMENTS: Readonly<Record<string, number>> = {
  La: 0,
  Ce: 2.54,
  Pr: 3.58,
  Nd: 3.62,
  Pm: 2.68,
  Sm: 0.84,
  Eu: 0,
  Gd: 7.94,
  Tb: 9.72,
  Dy: 10.63,
  Ho: 10.6,
  Er: 9.59,
  Tm: 7.57,
  Yb: 4.54,
  Lu: 0,
};

Deno.test("the 17 rare earths have Shannon's radii", () => {
  const elements = new Map(loadElements().map((element) => [element.symbol, element]));
  assert.deepEqual([...elements.keys()], RARE_EARTHS);
  const radius = (symbol: string) => elements.get(symbol)?.radius6;
  assert.deepEqual(["La", "Dy", "Y", "Lu"].map(radius), [103.2, 91.2, 90, 86.1]);
  assert.equal(elements.get("La")?.radius8, 116);
});

Deno.test("the lanthanides contract: each radius is smaller than the one before", () => {
  const lanthanides = loadElements().filter(({ atomicNumber }) => atomicNumber >= 57);
  for (let i = 1; i < lanthanides.length; i++) {
    assert.ok(lanthanides[i].radius6 < lanthanides[i - 1].radius6, lanthanides[i].symbol);
    assert.ok(lanthanides[i].radius8 < lanthanides[i - 1].radius8, lanthanides[i].symbol);
  }
});

Deno.test("theoretical magnetic moments are those of the textbook within its rounding", () => {
  for (const { symbol, theoreticalMoment } of loadElements()) {
    const expected = MOMENTS[symbol] ?? 0;
    assert.ok(Math.abs(theoreticalMoment - expected) < 0.03, `${symbol}: ${theoreticalMoment}`);
  }
});

Deno.test("Hund's rules give spin 5/2, orbital 5 and total 15/2 for nine f electrons", () => {
  assert.deepEqual(
    [hundTerm(9).spin, hundTerm(9).orbital, hundTerm(9).total, hundTerm(9).lande],
    [2.5, 5, 7.5, 4 / 3],
  );
  assert.throws(() => hundTerm(15), /expected 0 to 14/);
});

Deno.test("only promethium, europium, terbium and ytterbium lack an electronegativity", () => {
  const without = loadElements().filter(({ electronegativity }) => electronegativity === null);
  assert.deepEqual(without.map(({ symbol }) => symbol), ["Pm", "Eu", "Tb", "Yb"]);
});

sourceTest("the derived element table equals the source files exactly", () => {
  assert.deepEqual(loadElements(), readElements(join(SOURCE_DIR, "elements")));
});

sourceTest("readElements: radii in ångström are noticed", () =>
  inTempDir(async (dir) => {
    const from = join(SOURCE_DIR, "elements");
    copyFiles(from, dir, filesIn(from));
    edit(
      join(dir, "ionic_radii_shannon.csv"),
      (text) => text.replace(",103.2,", ",1.032,"),
    );
    await assertSourceError(() => readElements(dir), "ionic_radius", "1.032", "another unit");
  }));

Deno.test("loadElements: a missing element is noticed", () =>
  inTempDir(async (dir) => {
    copyFiles(DATA_DIR, dir, ["elements.csv"]);
    edit(join(dir, "elements.csv"), (text) => text.split("\n").slice(0, -2).join("\n") + "\n");
    await assertSourceError(() => loadElements(dir), "elements.csv", "16 rows");
  }));
