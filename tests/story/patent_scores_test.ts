import assert from "node:assert/strict";
import { LABELS, loadLabelledTexts, mentionsRareEarth } from "@ree/patents";
import * as story from "@ree/story";

const judged = (pairs: readonly (readonly [string, string, boolean?])[]): story.JudgedText[] =>
  pairs.map(([primary, given, hard = false], i) => ({
    primary: primary as story.JudgedText["primary"],
    given,
    hard,
    group: String(i),
  }));

Deno.test("plain and hard texts are evaluated apart and add up to all", () => {
  const parts = story.splitEvaluations(
    judged([["efficiency", "efficiency"], ["recycling", "new-use", true], ["new-use", "new-use"]]),
    { draws: 50 },
  );
  assert.deepEqual(parts.map(({ part, texts }) => [part, texts]), [["all", 3], ["plain", 2], [
    "hard",
    1,
  ]]);
  assert.equal(parts[1].evaluation.macroF1.estimate, 1);
  assert.equal(parts[2].evaluation.macroF1.estimate, 0);
  const onlyPlain = story.splitEvaluations(judged([["recycling", "recycling"]]), { draws: 20 });
  assert.deepEqual(onlyPlain.map(({ part }) => part), ["all", "plain"]);
  assert.equal(story.labelScoreRows(onlyPlain)[0].hard, null);
});

Deno.test("rows of the confusion grid are percentages of the texts with the row's label", () => {
  const parts = story.splitEvaluations(
    judged([
      ["efficiency", "efficiency"],
      ["efficiency", "recycling"],
      ["efficiency", "recycling"],
      ["new-use", "new-use"],
    ]),
    { draws: 20 },
  );
  const cells = story.confusionCells(parts.slice(0, 1));
  const at = (row: string, column: string) =>
    cells.find((cell) => cell.row === row && cell.column === column)!.value;
  assert.deepEqual([at("efficiency", "recycling"), at("efficiency", "efficiency")], [67, 33]);
  assert.equal(at("substitution", "efficiency"), null);
  assert.equal(cells.length, LABELS.length ** 2);
  assert.equal(
    story.confusionFinding(parts[0]),
    "most often efficiency is taken for recycling (2 of 3)",
  );
});

Deno.test("a classifier without errors is said to confuse nothing, and its bands hold their centre", () => {
  const parts = story.splitEvaluations(judged(LABELS.map((label) => [label, label])), {
    draws: 50,
  });
  assert.equal(story.confusionFinding(parts[0]), "no label is taken for another");
  for (const band of story.scoreBands(parts)) {
    assert.deepEqual([band.lower, band.central, band.upper], [1, 1, 1]);
  }
});

Deno.test("the second pass leaves out texts without a second label", () => {
  const texts = loadLabelledTexts();
  const some = texts.map((text, i) => i % 2 === 0 ? text : { ...text, second: null });
  assert.equal(story.secondPass(some).matrix.total, texts.length / 2);
  const differing = texts.filter(({ primary, second }) => primary !== second).length;
  assert.equal(story.agreementRow("", story.secondPass(texts)).same, texts.length - differing);
});

Deno.test("phrases of the prefilter table are told as the prefilter finds them, losses and look-alikes included", () => {
  const rows = story.prefilterRows();
  for (const row of rows) {
    assert.equal(row.passes, mentionsRareEarth(row.text), row.text);
    assert.equal(row.passes, row.elements !== null, row.text);
    if (/^lost|look-alike/.test(row.why)) assert.equal(row.passes, false, row.text);
    if (/^passes|formula|dopant|list|group/.test(row.why)) assert.equal(row.passes, true, row.text);
  }
});

Deno.test("the prefilter's finding counts texts with and without a named element", () => {
  const [some] = loadLabelledTexts().filter(({ elements }) => elements.length > 0);
  const none = { ...some, id: "x", title: "A hinge", abstract: "It folds.", elements: [] };
  assert.match(
    story.prefilterFinding([some, none]),
    /Of the 2 invented texts 1 pass.*Of the 1 that name an element 1 pass.*of the 1 that name none 0 do/,
  );
});
