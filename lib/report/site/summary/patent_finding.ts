import type { FindingSource } from "./finding.ts";
import { numberAt, rowsAt, textAt } from "./read_result.ts";

/** How well patent texts are sorted. */
export const patentFinding: FindingSource = {
  question: "Can patents be sorted by what they do to the use of rare earths?",
  notebook: "03b-patents",
  result: "patent_labels.json",
  find(result) {
    const scores = rowsAt(result, "scores").filter((row) => typeof row.f1 === "number");
    if (scores.length === 0) throw new TypeError(`"scores" has no row with "f1"`);
    const f1 = (row: (typeof scores)[number]) => numberAt(row, "f1");
    const worst = scores.reduce((a, b) => f1(b) < f1(a) ? b : a);
    const best = scores.reduce((a, b) => f1(b) > f1(a) ? b : a);
    return {
      headline: `${textAt(result, "data")}: the machinery works, and a baseline of word counts is often wrong.`,
      detail: `F1 of the baseline by label: from ${f1(worst).toFixed(2)} (${
        textAt(worst, "label")
      }) to ${f1(best).toFixed(2)} (${
        textAt(best, "label")
      }), cross-validated. No real patent was read; this says nothing about the world.`,
    };
  },
};
