import { quantileSorted } from "simple-statistics";
import type { OutcomeLabel } from "./drawn_outcomes.ts";
import type { UncertaintyRun } from "./run_uncertainty.ts";
import { BASE_PARTS } from "./saltelli_design.ts";
import { type SobolIndices, sobolIndices, type SobolOptions } from "./sobol_indices.ts";

/** An outcome over the draws. */
export interface OutcomeInterval extends OutcomeLabel {
  /** With all inputs at their own values. */
  readonly central: number;
  readonly median: number;
  readonly lower: number;
  readonly upper: number;
  /** Draws behind it: rows of A and of B that did not fail. */
  readonly draws: number;
}

/** What became of the draws. */
export interface DrawCount {
  readonly draws: number;
  readonly failed: number;
  /** Failed draws by reason, the most frequent first. */
  readonly reasons: readonly { readonly reason: string; readonly draws: number }[];
  /** Industries' σ set to 0 because a draw fell below 0 or outside the stable region, of all drawn in A and B. */
  readonly sigmaSetToZero: number;
  readonly sigmaDrawn: number;
}

/**
 * Values of one outcome in a part of the design, row by row; NaN where a draw failed.
 *
 * @throws RangeError when the run has no such outcome or part
 */
export function outcomeValues(run: UncertaintyRun, key: string, part: string): Float64Array {
  const at = run.outcomes.findIndex((outcome) => outcome.key === key);
  if (at < 0) {
    const known = run.outcomes.map((outcome) => outcome.key).join(", ");
    throw new RangeError(`outcome "${key}"; expected one of ${known}`);
  }
  if (!run.parts.includes(part)) {
    throw new RangeError(`part "${part}"; the run has ${run.parts.join(", ")}`);
  }
  return Float64Array.from(
    run.draws.filter((draw) => draw.part === part),
    ({ values }) => values[at],
  );
}

/** Finite values of one outcome over the independent draws: those of A and of B. */
export function independentValues(run: UncertaintyRun, key: string): number[] {
  return BASE_PARTS.filter((part) => run.parts.includes(part))
    .flatMap((part) => [...outcomeValues(run, key, part)])
    .filter(Number.isFinite);
}

/**
 * Quantile intervals of all outcomes over the independent draws.
 *
 * @param level probability inside; default 0.95
 * @throws RangeError when an outcome has no value in any draw
 */
export function outcomeIntervals(run: UncertaintyRun, level = 0.95): OutcomeInterval[] {
  return run.outcomes.map((outcome, at): OutcomeInterval => {
    const values = independentValues(run, outcome.key).sort((a, b) => a - b);
    if (values.length === 0) {
      throw new RangeError(`${outcome.key}: none of ${run.draws.length} draws has a value`);
    }
    const [lower, median, upper] = [(1 - level) / 2, 0.5, (1 + level) / 2]
      .map((q) => quantileSorted(values, q));
    const central = run.central[at];
    return { ...outcome, central, median, lower, upper, draws: values.length };
  });
}

/** Variance of one outcome by group of inputs. @throws as {@linkcode sobolIndices}, and when the run lacks parts of the design */
export function decomposeOutcome(
  run: UncertaintyRun,
  key: string,
  options: SobolOptions = {},
): SobolIndices {
  return sobolIndices({
    a: outcomeValues(run, key, "A"),
    b: outcomeValues(run, key, "B"),
    swapped: new Map(run.groups.map(({ name }) => [name, outcomeValues(run, key, name)])),
  }, options);
}

/** Counts draws, failures by reason, and σ that were set to 0. */
export function countDraws(run: UncertaintyRun): DrawCount {
  const failed = run.draws.filter(({ failure }) => failure !== "");
  const reasons = [...Map.groupBy(failed, ({ failure }) => failure)]
    .map(([reason, own]) => ({ reason, draws: own.length }))
    .toSorted((a, b) => b.draws - a.draws);
  const base = run.draws.filter(({ part }) => (BASE_PARTS as readonly string[]).includes(part));
  return {
    draws: run.draws.length,
    failed: failed.length,
    reasons,
    sigmaSetToZero: base.reduce((sum, draw) => sum + draw.sigmaSetToZero, 0),
    sigmaDrawn: base.length * (run.inputs.estimates?.sectors.length ?? 0),
  };
}

/** A bar of a histogram. */
export interface HistogramBar {
  readonly from: number;
  readonly to: number;
  /** Percent of the values. */
  readonly percent: number;
}

/**
 * Equally wide bars over some values, at round ends.
 *
 * @param most bars; default 24
 * @throws RangeError without a finite value
 */
export function histogram(values: readonly number[], most = 24): HistogramBar[] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  if (!(Number.isFinite(low) && Number.isFinite(high))) {
    throw new RangeError(`histogram: ${values.length} values from ${low} to ${high}`);
  }
  const step = roundStep((high - low) / most || Math.abs(high) / most || 1 / most);
  const first = Math.floor(low / step);
  const bars = Math.floor(high / step) - first + 1;
  const counts = new Float64Array(bars);
  for (const value of values) counts[Math.min(bars - 1, Math.floor(value / step) - first)]++;
  const edge = (k: number) => Number(((first + k) * step).toPrecision(12));
  return Array.from(counts, (count, k) => ({
    from: edge(k),
    to: edge(k + 1),
    percent: 100 * count / values.length,
  }));
}

/** The next of 1, 2, 2.5, 5 × 10ⁿ that is not below. */
function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  return power * [1, 2, 2.5, 5, 10].find((step) => step * power >= least * (1 - 1e-9))!;
}
