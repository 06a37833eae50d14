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
      data: ["SIMULATED"],
      headline: `${
        textAt(result, "data")
      }. On them a baseline of word counts reaches F1 scores of ${f1(worst).toFixed(2)} (${
        textAt(worst, "label")
      }) to ${f1(best).toFixed(2)} (${textAt(best, "label")}).`,
      detail: `Cross-validated, by label: ${
        scores.map((row) => `${textAt(row, "label")} ${f1(row).toFixed(2)}`).join("; ")
      }. No real patent was read; this says nothing about the world.`,
    };
  },
};
