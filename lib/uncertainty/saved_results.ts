import type { UncertaintyRun } from "./run_uncertainty.ts";
import { countDraws, type OutcomeInterval } from "./summary.ts";
import type { OutcomeDecomposition } from "./uncertainty_rows.ts";

/** One record a draw: row, part, why it failed (""), industries with σ set to 0, and every outcome (null after a failure). */
export function drawRecords(run: UncertaintyRun): Record<string, string | number | null>[] {
  return run.draws.map(({ row, part, failure, sigmaSetToZero, values }) => ({
    row,
    part,
    failure,
    sigmaSetToZero,
    ...Object.fromEntries(
      run.outcomes.map(({ key }, k) => [key, Number.isFinite(values[k]) ? values[k] : null]),
    ),
  }));
}

/** Intervals, variance shares and counts with what they rest on, for the JSON file beside the draws. */
export function uncertaintyResults(
  run: UncertaintyRun,
  intervals: readonly OutcomeInterval[],
  found: readonly OutcomeDecomposition[],
) {
  const { estimates, scenario, year, restricting, concentrations, distributions } = run.inputs;
  const { seed, origins } = run.provenance;
  return {
    count: countDraws(run),
    intervals,
    shares: found.map(({ outcome, ...rest }) => ({ outcome: outcome.key, ...rest })),
    inputs: {
      year,
      scenario,
      restricting,
      concentrations,
      distributions,
      sigma: estimates === null
        ? "judged distribution"
        : { source: estimates.source, simulated: estimates.simulated },
    },
    provenance: { inputsHash: run.inputsHash, seed, rows: run.rows, parts: run.parts, origins },
  };
}
