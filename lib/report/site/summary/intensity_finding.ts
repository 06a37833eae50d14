import type { FindingSource } from "./finding.ts";
import { significant } from "./number_words.ts";
import { numberAt, rowsAt, textAt } from "./read_result.ts";

/** Which industries need the most rare earths. */
export const intensityFinding: FindingSource = {
  question: "Who needs rare earths?",
  notebook: "01-input-output-table",
  result: "intensity.json",
  find(result) {
    const top = rowsAt(result, "industries").slice(0, 3);
    const numbers = top.map((row) =>
      `${textAt(row, "label")} ${significant(numberAt(row, "total"))} [${
        significant(numberAt(row, "lower"))
      }, ${significant(numberAt(row, "upper"))}]`
    );
    return {
      data: ["real", "derived"],
      headline: `${textAt(result, "leaders")} manufacturing need the most, the first of them ${
        significant(numberAt(top[0], "total"))
      } USD per million USD of output.`,
      detail: `US ${numberAt(result, "year")}, USD of rare earths per million USD of output, ` +
        `directly and through suppliers [${
          significant(100 * numberAt(result, "level"))
        } % band of the weights]: ${numbers.join("; ")}. The median of ${
          numberAt(result, "count")
        } industries is ${significant(numberAt(result, "median"))}. Element mixes are recalled, ` +
        `industry weights our judgement.`,
    };
  },
};
