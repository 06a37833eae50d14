import type { FindingSource } from "./finding.ts";
import { range, signed, significant } from "./number_words.ts";
import { numberAt, type ResultRecord, rowsAt } from "./read_result.ts";

const numbers = (rows: readonly ResultRecord[], key: string) =>
  rows.map((row) => numberAt(row, key));

/** What the quota did in the model. */
export const counterfactualFinding: FindingSource = {
  question: "What does such a quota do in the model?",
  notebook: "05-counterfactuals",
  result: "counterfactuals.json",
  find(result) {
    const solved = rowsAt(result, "closures");
    const growing = numbers(solved, "exports").filter((value) => value > 0).length;
    const sigmas = numbers(solved, "sigma");
    const atHome = numbers(solved, "welfareHome");
    return {
      data: ["real", "derived"],
      headline: `Elements abroad become ${
        range(numbers(solved, "outside"), (value) => significant(value))
      } times as expensive, real income abroad changes by ${
        range(numbers(solved, "welfareAbroad"), (value) => signed(value))
      } ‰.`,
      detail: `Exports capped at ${
        significant(100 * numberAt(result, "limit"), 3)
      } % of the baseline; range over ${solved.length} solutions (σ from ${
        range(sigmas, String)
      }, ${
        new Set(solved.map((row) => row.closure)).size
      } assumptions on technology), not a confidence interval. Abroad that is ${
        range(numbers(solved, "millionAbroad"), (value) => signed(Math.round(value)))
      } million USD a year; the restricting country's real income changes by ${
        range(atHome, (value) => signed(value))
      } ‰. Real exports abroad of the most element-intensive sector change by ${
        range(numbers(solved, "exports"), (value) => signed(value))
      } ‰ and grow in ${growing} of ${solved.length} solutions.`,
    };
  },
};

/** What technology takes away of the loss, and what remains after the measure has ended. */
export const technologyFinding: FindingSource = {
  question: "Does technology turn the loss around?",
  notebook: "05-counterfactuals",
  result: "counterfactuals.json",
  find(result) {
    const avoided = Map.groupBy(rowsAt(result, "mitigated"), (row) => numberAt(row, "sigma"));
    const parts = [...avoided].toSorted(([a], [b]) => a - b).map(([sigma, rows]) => ({
      sigma: `σ\u00a0=\u00a0${sigma}`,
      text: `${range(numbers(rows, "percent"), whole)} %`,
    }));
    const phases = Map.groupBy(
      rowsAt(result, "expansion").filter((row) => row.version === "full economy"),
      (row) => String(row.phase),
    );
    const first = ({ exports }: ResultRecord) => {
      const value = Array.isArray(exports) ? exports[0] : undefined;
      if (typeof value !== "number") throw new TypeError(`"exports" should be a list of numbers`);
      return value;
    };
    const [inForce, removed] = ["in force", "removed"].map((phase) => {
      const rows = phases.get(phase);
      if (rows === undefined) throw new TypeError(`"expansion" has no rows "${phase}"`);
      return rows;
    });
    const kept = removed.filter((row) => row.closure !== "fixed");
    const without = removed.find((row) => row.closure === "fixed");
    if (without === undefined) throw new TypeError(`"expansion" has no row of fixed technology`);
    const better = kept.filter((row) => first(row) > first(without)).length;
    const grows = inForce.filter((row) => first(row) > 0).length;
    return {
      data: ["real", "derived"],
      headline: `It avoids ${parts[0].text} of the loss of income abroad at ${parts[0].sigma}, ${
        parts[parts.length - 1].text
      } at ${
        parts[parts.length - 1].sigma
      }; while the quota binds, exports of the most intensive sector abroad grow under ${
        grows === 0 ? "none" : String(grows)
      } of ${inForce.length} assumptions on technology.`,
      detail: `Part of the loss that technology avoids, lowest to highest closure: ${
        parts.map(({ sigma, text }) => `${text} at ${sigma}`).join("; ")
      }. After quota and duty have ended, exports of the sector stand ${
        signed(first(without))
      } ‰ from the baseline without any technology and ${
        range(kept.map(first), (value) => signed(value))
      } ‰ with technology kept, which adds to it under ${better} of ${kept.length} assumptions.`,
    };
  },
};

function whole(value: number): string {
  const text = value.toFixed(0);
  return Number(text) === 0 ? "0" : text.replace("-", "−");
}
