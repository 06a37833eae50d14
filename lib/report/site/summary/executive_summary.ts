import { counterfactualFinding, technologyFinding } from "./counterfactual_finding.ts";
import { elasticityFinding } from "./elasticity_finding.ts";
import { eventFinding } from "./event_finding.ts";
import { eventStudyFinding } from "./event_study_finding.ts";
import type { Finding, FindingSource } from "./finding.ts";
import { intensityFinding } from "./intensity_finding.ts";
import { ownScenarioFinding } from "./own_scenario_finding.ts";
import { patentFinding } from "./patent_finding.ts";
import { productTradeFinding } from "./product_trade_finding.ts";
import { uncertaintyFinding } from "./uncertainty_finding.ts";
import { validationFinding } from "./validation_finding.ts";

/** The questions of the executive summary in their order: to add one is to add one record. */
export const FINDING_SOURCES: readonly FindingSource[] = [
  intensityFinding,
  eventFinding,
  eventStudyFinding,
  counterfactualFinding,
  technologyFinding,
  uncertaintyFinding,
  ownScenarioFinding,
  elasticityFinding,
  patentFinding,
  productTradeFinding,
  validationFinding,
];

/** An entry of the executive summary: the answer, or why there is none. */
export interface SummaryEntry {
  readonly question: string;
  readonly notebook: string;
  readonly result: string;
  readonly finding?: Finding;
  /** Why there is no answer; the command that makes one follows from `notebook`. */
  readonly missing?: string;
}

/**
 * The executive summary from the files below `results/`.
 *
 * @param read gives the parsed result of a name, nothing when there is no such file
 * @param notebooks names of the notebooks there are; questions of others are left out
 */
export function executiveSummary(
  read: (result: string) => unknown,
  notebooks: readonly string[],
): readonly SummaryEntry[] {
  return FINDING_SOURCES.filter(({ notebook }) => notebooks.includes(notebook)).map(
    ({ question, notebook, result, find }) => {
      const entry = { question, notebook, result };
      try {
        const value = read(result);
        if (value === undefined) return { ...entry, missing: `results/${result} is not there yet` };
        return { ...entry, finding: find(value) };
      } catch (error) {
        return {
          ...entry,
          missing: `results/${result} does not have the expected form (${
            (error as Error).message
          })`,
        };
      }
    },
  );
}
