import type { FindingSource } from "./finding.ts";
import { range, signed } from "./number_words.ts";
import { numberAt, recordAt, rowsAt, textAt } from "./read_result.ts";

/** What the scenario of the reader's own does. */
export const ownScenarioFinding: FindingSource = {
  question: "And your own scenario?",
  notebook: "06-your-own-scenario",
  result: "own-scenario.json",
  find(result) {
    const name = textAt(recordAt(result, "scenario"), "name");
    const abroad = recordAt(result, "abroad");
    const home = recordAt(result, "home");
    const sigmas = rowsAt(result, "sigmas").filter(({ abroad }) => typeof abroad === "number");
    const over = sigmas.length === 0
      ? ""
      : ` Over σ from ${range(sigmas.map((row) => numberAt(row, "sigma")), String)} abroad: ${
        range(sigmas.map((row) => numberAt(row, "abroad")), (value) => signed(value))
      } ‰.`;
    return {
      data: ["real", "derived"],
      headline: `${name}: real income abroad ${signed(numberAt(abroad, "perMille"))} ‰ (${
        signed(numberAt(abroad, "fixed"))
      } ‰ with fixed technology).`,
      detail: `The restricting country: ${signed(numberAt(home, "perMille"))} ‰, ${
        signed(Math.round(numberAt(home, "million")))
      } million USD a year; all others ${
        signed(Math.round(numberAt(abroad, "million")))
      } million USD.${over} Fill in one cell of the notebook to ask another question.`,
    };
  },
};
