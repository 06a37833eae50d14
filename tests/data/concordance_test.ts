import { chainConcordances, concord, concordance, readConcordance } from "@ree/data";
import assert from "node:assert/strict";
import { join } from "node:path";
import { assertSourceError, inTempDir, SOURCE_DIR, sourceTest } from "./helpers.ts";

/** Sums of shares differ from the total by rounding only. */
const ROUNDING = 1e-9;

const link = (from: string, to: string, weight: number | null = null) => ({ from, to, weight });
const sum = (values: Iterable<number>) => [...values].reduce((total, value) => total + value, 0);

Deno.test("codes without weights are divided in equal parts, and stated as divided", () => {
  const { links, divided } = concordance("t", [link("a", "x"), link("a", "y"), link("b", "x")]);
  assert.deepEqual(links.map(({ weight }) => weight), [0.5, 0.5, 1]);
  assert.deepEqual(divided, ["a"]);
});

Deno.test("values move by weights, and what has no code is reported, so that nothing is lost", () => {
  const table = concordance("t", [link("a", "x", 0.25), link("a", "y", 0.75), link("b", "x", 1)]);
  const moved = concord(new Map([["a", 100], ["b", 20], ["c", 80]]), table);
  assert.deepEqual([...moved.values], [["x", 45], ["y", 75]]);
  assert.deepEqual([...moved.unmatched], [["c", 80]]);
  assert.equal(moved.unmatchedShare, 0.4);
  assert.equal(moved.dividedShare, 0.5);
});

Deno.test("weights that are no shares, half-given weights and repeated links are refused", () => {
  const wrong: [Parameters<typeof concordance>[1], RegExp][] = [
    [[link("a", "x", 0.5), link("a", "y", 0.4)], /a: weights that sum to 0.9/],
    [[link("a", "x", 0.5), link("a", "y")], /a: 1 of 2 weights/],
    [[link("a", "x", 1.5), link("a", "y", -0.5)], /weight 1.5/],
    [[link("a", "x"), link("a", "x")], /a: a code twice/],
  ];
  for (const [links, message] of wrong) assert.throws(() => concordance("t", links), message);
});

Deno.test("a chain multiplies weights and reports the shares that have no way on", () => {
  const first = concordance("1", [link("a", "m", 0.5), link("a", "n", 0.5), link("b", "o", 1)]);
  const second = concordance("2", [link("m", "x", 0.5), link("m", "y", 0.5), link("n", "x", 1)]);
  const { chained, lost } = chainConcordances(first, second);
  assert.deepEqual(chained.links.map(({ to, weight }) => [to, weight]), [["x", 0.75], ["y", 0.25]]);
  assert.deepEqual([...lost], [["b", 1]]);
  const part = chainConcordances(first, concordance("3", [link("m", "x", 1)]));
  assert.equal(part.lost.get("a"), 0.5);
  assert.equal(sum(part.chained.links.map(({ weight }) => weight)), 1);
});

Deno.test("a weighted list reads from CSV, and a wrong sum is named", async () => {
  await inTempDir(async (dir) => {
    const path = join(dir, "c.csv");
    Deno.writeTextFileSync(path, "hs,naics,share\n280530,325180,0.7\n280530,331410,0.3\n");
    const { links } = readConcordance(path, { from: "hs", to: "naics", weight: "share" });
    assert.equal(links[1].weight, 0.3);
    Deno.writeTextFileSync(path, "hs,naics,share\n280530,325180,0.7\n280530,331410,0.2\n");
    await assertSourceError(
      () => readConcordance(path, { from: "hs", to: "naics", weight: "share" }),
      "280530: weights that sum to 0.9",
    );
    await assertSourceError(() => readConcordance(path, { from: "hs", to: "isic" }), "isic");
  });
});

sourceTest(
  "HS to NAICS to BEA: every code's shares sum to 1, and rare earths reach their industries",
  () => {
    const at = (file: string) => join(SOURCE_DIR, "concordance", file);
    const hs = readConcordance(at("hs_naics.csv"), { from: "HS_6d", to: "NAICS_6d" });
    const bea = readConcordance(at("bea2012_naics2012.csv"), {
      from: "NAICS2012_6d",
      to: "BEA2012",
    });
    const { chained, lost } = chainConcordances(hs, bea);
    for (const [code, links] of Map.groupBy(chained.links, ({ from }) => from)) {
      assert.ok(Math.abs(sum(links.map(({ weight }) => weight)) - 1) < ROUNDING, code);
    }
    const reached = (code: string) => chained.links.filter(({ from }) => from === code);
    assert.ok(
      reached("284690").some(({ to }) => to.startsWith("3251")),
      JSON.stringify(reached("284690")),
    );
    assert.ok(lost.size > 0 && lost.size < hs.links.length / 4, `${lost.size}`);
    const values = new Map(chained.links.map(({ from }, i) => [from, 1 + i % 7]));
    values.set("999999", 5);
    const moved = concord(values, chained);
    assert.ok(Math.abs(sum(moved.values.values()) + 5 - sum(values.values())) < 1e-6);
  },
);
