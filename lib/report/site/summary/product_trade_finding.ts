import type { FindingSource } from "./finding.ts";
import { signed, significant } from "./number_words.ts";
import { numberAt, rowsAt, textAt } from "./read_result.ts";

/** Whether the product-level design finds an effect that is known. */
export const productTradeFinding: FindingSource = {
  question: "Would product-level trade data show an effect?",
  notebook: "03c-product-trade",
  result: "product_trade.json",
  find(result) {
    const [first, ...others] = rowsAt(result, "summaries");
    const coverage = (row: typeof first) => `${significant(numberAt(row, "coverage"), 3)} %`;
    const error = (row: typeof first) =>
      `${signed(numberAt(row, "mean"))} % (standard error ${
        significant(numberAt(row, "meanStandardError"))
      })`;
    return {
      data: ["SIMULATED"],
      headline: `SIMULATED: where the effect is known, ${
        coverage(first)
      } of the 95 % intervals of ${numberAt(first, "worlds")} worlds hold it.`,
      detail: `Mean error on product codes as ${
        [first, ...others].map((row) =>
          `${textAt(row, "name")}: ${error(row)}, coverage ${coverage(row)}`
        )
          .join("; ")
      }. A test of the design on invented trade flows; it says nothing about the world.`,
    };
  },
};
