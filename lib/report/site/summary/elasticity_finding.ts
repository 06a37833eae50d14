import type { FindingSource } from "./finding.ts";
import { range } from "./number_words.ts";
import { numberAt, recordAt, rowsAt, textAt } from "./read_result.ts";

/** How easily elements are replaced, as estimated. */
export const elasticityFinding: FindingSource = {
  question: "How easily are rare earths replaced (σ)?",
  notebook: "04-elasticity-estimation",
  result: "elasticities.json",
  find(result) {
    const pooled = recordAt(result, "pooled");
    const simulated = (result as { simulated?: unknown }).simulated !== false;
    const sectors = rowsAt(result, "sectors");
    const two = (value: number) => value.toFixed(2);
    const mean = `${two(numberAt(pooled, "mean"))} [${two(numberAt(pooled, "lower"))}, ${
      two(numberAt(pooled, "upper"))
    }]`;
    return {
      data: simulated ? ["SIMULATED"] : ["real", "derived"],
      headline: simulated
        ? `SIMULATED: on patents drawn from the model the estimator gives a mean σ of ${mean}. There is no estimate on real patents.`
        : `The mean σ of ${sectors.length} sectors is ${mean}.`,
      detail: `Mean over sectors [95 % interval], design ${textAt(result, "design")}, ${
        textAt(result, "source")
      }; sectors range from ${
        range(sectors.map((row) => numberAt(row, "sigma")), two)
      }. Below 1, scarcity turns research towards saving elements.`,
    };
  },
};
