import assert from "node:assert/strict";
import { type Label, LABELS } from "@ree/patents";
import * as story from "@ree/story";

const MIX = [6, 6, 6, 10, 15, 20];

/** Texts that a classifier labels right, or `wrong` of every ten as the next label. */
function texts(wrong: number): story.JudgedText[] {
  return LABELS.flatMap((primary, k) =>
    Array.from({ length: 80 }, (_, i) => ({
      primary,
      group: `${k}-${i}`,
      hard: false,
      given: i % 10 < wrong ? LABELS[(k + 1) % LABELS.length] : primary,
    }))
  );
}

Deno.test("without errors given and corrected counts are the true ones", () => {
  for (
    const row of story.correctionRows(story.correctionTrials(texts(0), { mix: MIX, trials: 5 }))
  ) {
    assert.ok(Math.abs(row.given - row.truth) < 1e-9 && Math.abs(row.corrected - row.truth) < 1e-9);
    assert.ok(row.givenError < 1e-9 && row.correctedError < 1e-9);
  }
});

Deno.test("the correction takes out the bias of a classifier that errs the same way everywhere", () => {
  const rows = story.correctionRows(
    story.correctionTrials(texts(3), { mix: MIX, trials: 200, draws: 100 }),
  );
  const last = rows.find(({ label }) => label === "mention-only")!;
  // 0.3 of 15 new-use texts come, 0.3 of 20 leave: 18.5 are given.
  assert.ok(Math.abs(last.given - 18.5) < 0.5, `${last.given}`);
  for (const row of rows) {
    // A mean over 200 halves with an error of about 4 each, halves of finite texts: within 1.
    assert.ok(Math.abs(row.corrected - row.truth) < 1, `${row.label} ${row.corrected}`);
    // 95 % intervals by the normal law from small confusion matrices.
    assert.ok(row.inside > 85, `${row.label} ${row.inside}`);
  }
  const saving = rows[rows.length - 1];
  assert.equal(saving.truth, 18);
  assert.match(story.correctionFinding(rows), /^SIMULATED.*of 18 element-saving texts/);
});

Deno.test("a mix that a half cannot fill is refused with the label", () => {
  assert.throws(
    () => story.correctionTrials(texts(1), { mix: [70, 0, 0, 0, 0, 0], trials: 1 }),
    /70 texts of efficiency, but a half holds \d+/,
  );
  assert.throws(() => story.correctionTrials(texts(1), { mix: [1, 2] }), /2 numbers/);
});

Deno.test("cells by year span every year and leave nobody dated out", () => {
  const some = [
    { year: 2005, label: "efficiency" as Label, elements: ["Nd", "Dy"] },
    { year: 2008, label: "recycling" as Label, elements: [] },
    { year: null, label: "recycling" as Label, elements: ["Nd"] },
  ];
  const years = story.yearCells(some);
  assert.deepEqual([...new Set(years.map(({ column }) => column))], [
    "2005",
    "2006",
    "2007",
    "2008",
  ]);
  assert.equal(years.reduce((sum, { value }) => sum + value, 0), 2);
  const elements = story.elementCells(some);
  assert.deepEqual([...new Set(elements.map(({ column }) => column))], ["Nd", "Dy"]);
  assert.equal(elements.reduce((sum, { value }) => sum + value, 0), 3);
});
