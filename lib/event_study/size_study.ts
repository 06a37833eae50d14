import { randomStream } from "@ree/numeric";
import type { EventPanel, EventYears } from "./event_panel.ts";
import { inference, type InferenceRow } from "./inference.ts";

/** How the errors of a SIMULATED panel hang together. */
export type ErrorDesign =
  /** Every unit has errors of its own, autocorrelated over years. */
  | "own errors"
  /** Units that use the same elements share errors of these elements, autocorrelated over years. */
  | "errors of elements";

/** A SIMULATED experiment. */
export interface SizeOptions {
  readonly design: ErrorDesign;
  /** True effect of one standard deviation of exposure after the event, log points; 0 for size. */
  readonly effect: number;
  readonly repetitions: number;
  /** Draws of bootstrap and permutations in each repetition. */
  readonly draws: number;
  readonly seed: number;
}

/** How often a method rejects no effect at 5 % in a SIMULATED experiment. */
export interface Rejections {
  readonly regressor: string;
  readonly method: string;
  readonly design: ErrorDesign;
  readonly effect: number;
  /** Percent of repetitions. */
  readonly rejected: number;
  /** Monte Carlo standard error, percentage points. */
  readonly se: number;
  readonly repetitions: number;
}

/** Autocorrelation of errors from year to year. */
const PERSISTENCE = 0.7;
/** Standard deviation of the innovations, log points. */
const INNOVATION = 0.1;

/**
 * How often each method of {@link inference} rejects at 5 % on SIMULATED outcomes with the real panel's units, years
 * and exposures: its size when `effect` is 0, else its power.
 */
export function sizeStudy(
  panel: EventPanel,
  years: EventYears,
  options: SizeOptions,
): Rejections[] {
  const counts = new Map<string, { row: InferenceRow; rejected: number; valid: number }>();
  for (let repetition = 0; repetition < options.repetitions; repetition++) {
    const simulated = simulatedOutcome(panel, years, options, options.seed + repetition);
    const draws = { bootstrap: options.draws, permutations: options.draws, seed: repetition + 1 };
    for (const row of inference(simulated, years, draws)) {
      const key = `${row.regressor} ${row.method}`;
      const seen = counts.get(key) ?? { row, rejected: 0, valid: 0 };
      if (row.pvalue !== null) {
        seen.valid++;
        if (row.pvalue < 0.05) seen.rejected++;
      }
      counts.set(key, seen);
    }
  }
  return [...counts.values()].filter(({ valid }) => valid > 0).map(({ row, rejected, valid }) => {
    const share = rejected / valid;
    return {
      regressor: row.regressor,
      method: row.method,
      design: options.design,
      effect: options.effect,
      rejected: 100 * share,
      se: 100 * Math.sqrt(share * (1 - share) / valid),
      repetitions: valid,
    };
  });
}

function simulatedOutcome(
  panel: EventPanel,
  years: EventYears,
  { design, effect }: SizeOptions,
  seed: number,
): EventPanel {
  const stream = randomStream(seed);
  const paths = new Map<string, Map<number, number>>();
  const period = [...new Set(panel.year)].sort((a, b) => a - b);
  const path = (name: string) => {
    let own = paths.get(name);
    if (own === undefined) {
      let value = INNOVATION / Math.sqrt(1 - PERSISTENCE ** 2) * stream.normal();
      own = new Map(period.map((year) => {
        const now = value;
        value = PERSISTENCE * value + INNOVATION * stream.normal();
        return [year, now];
      }));
      paths.set(name, own);
    }
    return own;
  };
  const elements = Object.keys(panel.elementExposure ?? {});
  const scale = deviation(panel.exposures.total);
  const outcome = panel.unit.map((unit, row) => {
    const year = panel.year[row];
    let value = path(`unit ${unit}`).get(year)!;
    if (design === "errors of elements") {
      for (const element of elements) {
        value += panel.elementExposure![element][row] / scale *
          path(`element ${element}`).get(year)!;
      }
    }
    const treated = year > years.event ? effect * panel.exposures.total[row] / scale : 0;
    return value + treated;
  });
  return { ...panel, estimator: "ols", outcome };
}

function deviation(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(
    values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1),
  );
}
