import type { DataBadge } from "../../notebook_facts.ts";

/** What a result says, in words made from its numbers. */
export interface Finding {
  /** The answer in a sentence. */
  readonly headline: string;
  /** Numbers with their intervals, and what they rest on. */
  readonly detail: string;
  /** What these numbers rest on, which may be less than all data of the notebook. */
  readonly data: readonly DataBadge[];
}

/** A question of the executive summary and where its answer comes from. */
export interface FindingSource {
  readonly question: string;
  /** Name of the notebook that saves the result. */
  readonly notebook: string;
  /** File below `results/`. */
  readonly result: string;
  /** The answer. @throws TypeError when the result does not have the expected form */
  readonly find: (result: unknown) => Finding;
}
