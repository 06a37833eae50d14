import type { FindingSource } from "./finding.ts";
import { listed, significant } from "./number_words.ts";
import { numberAt, recordAt, type ResultRecord, rowsAt, textAt } from "./read_result.ts";

/** What the groups of inputs are called in a sentence. */
const GROUPS: Readonly<Record<string, string>> = {
  weights: "the weights of elements in inputs",
  sigma: "σ",
  theta: "trade elasticities",
  eta: "η between elements",
  psi: "the response of technology",
  supply: "supply elasticities",
};

/** How wide the intervals of the counterfactual are, and which unknown makes them so. */
export const uncertaintyFinding: FindingSource = {
  question: "How sure is that, and which unknown matters most?",
  notebook: "07-uncertainty",
  result: "uncertainty.json",
  find(result) {
    const shares = rowsAt(result, "shares");
    const intervals = rowsAt(result, "intervals");
    const outcomes = shares.map((share) => {
      const key = textAt(share, "outcome");
      const interval = intervals.find((row) => row.key === key);
      if (interval === undefined) throw new TypeError(`"intervals" has no row "${key}"`);
      return { interval, lead: leadOf(share) };
    });
    const counted = [...Map.groupBy(outcomes, ({ lead }) => lead.group)]
      .toSorted(([, a], [, b]) => b.length - a.length)
      .map(([group, own]) =>
        `${GROUPS[group] ?? group} (${own.length} of ${outcomes.length} outcomes, clearly in ${
          own.filter(({ lead }) => lead.isClear).length
        })`
      );
    const sigma = recordAt(recordAt(result, "inputs"), "sigma");
    const simulated = sigma.simulated === true;
    return {
      data: simulated ? ["real", "derived", "SIMULATED"] : ["real", "derived"],
      headline: `${
        intervalText(outcomes[0].interval)
      }. The largest share of the variance comes from ${listed(counted)}.`,
      detail: `Median [95 % interval] over ${
        numberAt(outcomes[0].interval, "draws")
      } independent draws of all inputs at once: ${
        outcomes.map(({ interval }) => intervalText(interval)).join("; ")
      }. The distributions of the inputs are our judgement${
        simulated ? "; that of σ comes from SIMULATED patents" : ""
      }.`,
    };
  },
};

function intervalText(row: ResultRecord): string {
  const number = (key: string) => significant(numberAt(row, key), 3);
  const closure = textAt(row, "closure");
  const technology = closure === "both"
    ? ""
    : closure === "fixed"
    ? ", fixed technology"
    : `, ${closure}`;
  const unit = textAt(row, "unit");
  return `${textAt(row, "label")}${technology}: ${number("median")} [${number("lower")}, ${
    number("upper")
  }] ${unit === "baseline = 1" ? "times the baseline" : unit}`;
}

/**
 * The group of inputs with the largest total share of an outcome's variance, and whether its interval
 * lies above those of all others.
 */
function leadOf(share: ResultRecord): { readonly group: string; readonly isClear: boolean } {
  const groups = rowsAt(share, "indices");
  const lead = groups.reduce((a, b) => numberAt(b, "total") > numberAt(a, "total") ? b : a);
  const isClear = groups.every((row) =>
    row === lead || numberAt(row, "totalUpper") < numberAt(lead, "totalLower")
  );
  return { group: textAt(lead, "group"), isClear };
}
