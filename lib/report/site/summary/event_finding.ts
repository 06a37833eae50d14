import type { FindingSource } from "./finding.ts";
import { range, significant } from "./number_words.ts";
import { numberAt, recordAt, rowsAt, textAt } from "./read_result.ts";

/** What was restricted and what prices did. */
export const eventFinding: FindingSource = {
  question: "What happened?",
  notebook: "02-descriptive-evidence",
  result: "descriptive.json",
  find(result) {
    const quota = recordAt(result, "quota");
    const mines = recordAt(result, "chinaMineShare");
    const peaks = rowsAt(result, "pricePeaks");
    const cut = 100 * (1 - numberAt(quota, "after") / numberAt(quota, "before"));
    const years = peaks.map((row) => numberAt(row, "year"));
    const least = peaks.reduce((a, b) => numberAt(b, "ratio") < numberAt(a, "ratio") ? b : a);
    const most = peaks.reduce((a, b) => numberAt(b, "ratio") > numberAt(a, "ratio") ? b : a);
    return {
      data: ["real"],
      headline: `China, which mined ${
        significant(numberAt(mines, "percent"))
      } % of the world's rare earths in ${numberAt(mines, "year")}, cut its export quota by ${
        cut.toFixed(0)
      } %; the highest prices were ${significant(numberAt(least, "ratio"))} to ${
        significant(numberAt(most, "ratio"))
      } times those before.`,
      detail: `Quota: ${significant(numberAt(quota, "before"))} tonnes in ${
        numberAt(quota, "yearBefore")
      }, ${significant(numberAt(quota, "after"))} in ${
        numberAt(quota, "yearAfter")
      }. Highest annual price over that of ${numberAt(result, "baseYear")}: from ${
        significant(numberAt(least, "ratio"))
      } times (${textAt(least, "element")}) to ${significant(numberAt(most, "ratio"))} times (${
        textAt(most, "element")
      }) over ${peaks.length} elements, in ${
        range(years, String)
      }. Prices of those years are recalled from the literature, some are imputed.`,
    };
  },
};
