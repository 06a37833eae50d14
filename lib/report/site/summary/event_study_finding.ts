import type { FindingSource } from "./finding.ts";
import { listed, signedFixed } from "./number_words.ts";
import { numberAt, recordAt, type ResultRecord, rowsAt } from "./read_result.ts";

/** What changed in exposed fields, sectors and industries after the cut. */
export const eventStudyFinding: FindingSource = {
  question: "Did exposed sectors outside China change after 2010?",
  notebook: "03-event-studies",
  result: "event_studies.json",
  find(result) {
    const panels = recordAt(result, "specifications");
    const rows = Object.keys(panels).map((panel) => {
      const baseline = rowsAt(panels, panel).find((row) => row.key === "baseline");
      if (baseline === undefined) throw new TypeError(`"${panel}" has no row "baseline"`);
      return { panel, row: baseline };
    });
    const rose = rows.filter(({ row }) => numberAt(row, "lower") > 0);
    const fell = rows.filter(({ row }) => numberAt(row, "upper") < 0);
    const unclear = rows.length - rose.length - fell.length;
    const names = (list: typeof rows) => listed(list.map(({ panel }) => panel));
    const clear = [
      rose.length > 0 ? `${names(rose)} rose` : "",
      fell.length > 0 ? `${names(fell)} fell` : "",
    ].filter((part) => part !== "").join(" and ");
    return {
      data: ["real", "derived"],
      headline: clear === ""
        ? `The public data show no clear change with exposure in any of ${rows.length} outcomes.`
        : `${clear} with exposure; ${
          unclear === 0
            ? "no interval includes zero"
            : `${unclear} of ${rows.length} outcomes show no clear change`
        }.`,
      detail:
        `Change after 2010 per standard deviation of exposure [95 % interval, clustered]: ${
          rows.map(({ panel, row }) => `${panel} ${percent(row)}`).join("; ")
        }. Field and sector data are coarser than the paper's: they neither show nor rule out its effects. Clustered ` +
        `intervals are too short here (appendix A1).`,
    };
  },
};

function percent(row: ResultRecord): string {
  const change = (key: string) => signedFixed(100 * (Math.exp(numberAt(row, key)) - 1), 1);
  return `${change("estimate")} % [${change("lower")}, ${change("upper")}]`;
}
