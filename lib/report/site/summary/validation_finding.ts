import type { FindingSource } from "./finding.ts";
import { range } from "./number_words.ts";
import { numberAt, recordAt, rowsAt, textAt } from "./read_result.ts";

/** The level of the tests in the Monte Carlo. */
const NOMINAL_PERCENT = 5;

/** How far the numbers can be trusted as arithmetic. */
export const validationFinding: FindingSource = {
  question: "Can the arithmetic be trusted?",
  notebook: "a1-validation",
  result: "validation.json",
  find(result) {
    const rejections = rowsAt(result, "rejections");
    const design = textAt(rejections[rejections.length - 1], "design");
    const harsh = rejections.filter((row) => row.design === design);
    const rate = (row: (typeof harsh)[number]) =>
      `${textAt(row, "method")} ${numberAt(row, "percent").toFixed(0)} % [${
        numberAt(row, "lower").toFixed(0)
      }, ${numberAt(row, "upper").toFixed(0)}]`;
    const gaps = recordAt(result, "largestGaps");
    const tooOften = harsh.filter((row) => numberAt(row, "lower") > NOMINAL_PERCENT).length;
    return {
      data: ["real", "SIMULATED"],
      headline: `Estimates equal R's within ${
        power(numberAt(gaps, "econometrics"))
      }; but ${tooOften} of ${harsh.length} ways to judge chance reject a true null too often.`,
      detail: `Largest relative gap of the solver to two ` +
        `independent statements of the model on ${
          numberAt(result, "economies")
        } SIMULATED economies: ${
          range([numberAt(gaps, "levels"), numberAt(gaps, "equations")], power)
        }. Rejections of a true null at ${NOMINAL_PERCENT} % [95 % Monte Carlo interval] in SIMULATED panels with ${design}: ${
          harsh.map(rate).join("; ")
        }.`,
    };
  },
};

/** A small number as a power of ten: "3·10⁻¹²". */
function power(value: number): string {
  if (value === 0) return "0";
  const [mantissa, exponent] = value.toExponential(0).split("e");
  const raised = [...String(Number(exponent))].map((c) => "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"["-0123456789".indexOf(c)]);
  return `${mantissa}·10${raised.join("")}`;
}
