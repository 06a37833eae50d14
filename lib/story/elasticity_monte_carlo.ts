import { monteCarlo, type MonteCarloResult, type MonteCarloTask } from "@ree/elasticity";

/** A Monte Carlo study of the estimator; SIMULATED. */
export interface MonteCarloStudy extends MonteCarloTask {
  readonly topic: string;
  readonly label: string;
}

/** What all studies share unless they vary it. */
const SIGMA = { mean: 0.6, sd: 0.15 };
const ESTIMATION = { design: "counts", psi: 1, pooling: "empirical-bayes" } as const;

/** Length of the panel, share of zeros, and price endogeneity with and without the instrument; 30 sectors, design counts. */
export function monteCarloStudies(
  choices: {
    readonly years?: readonly number[];
    readonly zeros?: readonly number[];
    readonly endogeneity?: readonly number[];
  } = {},
): MonteCarloStudy[] {
  const { years = [8, 12, 24], zeros = [0, 0.2, 0.4], endogeneity = [0, 0.35, 0.7] } = choices;
  return [
    ...years.map((count) => ({
      topic: "Years",
      label: `${count} years`,
      simulation: { sigma: SIGMA, years: count },
      estimation: ESTIMATION,
    })),
    ...zeros.map((share) => ({
      topic: "Zeros",
      label: `${Math.round(100 * share)} % of cells`,
      simulation: { sigma: SIGMA, zeroInflation: share, meanPatents: { element: 10, other: 100 } },
      estimation: ESTIMATION,
    })),
    ...([undefined, "instrument"] as const).flatMap((instrument) =>
      endogeneity.map((correlation) => ({
        topic: instrument ? "Endogenous, instrument" : "Endogenous, none",
        label: `correlation ${correlation}`,
        simulation: { sigma: SIGMA, endogeneity: correlation },
        estimation: { ...ESTIMATION, instrument },
      }))
    ),
  ];
}

/** A study with its result. */
export interface MonteCarloRun {
  readonly study: MonteCarloStudy;
  readonly result: Pick<MonteCarloResult, "summary">;
}

/** Runs the studies one after the other, each over all workers. */
export async function runStudies(
  studies: readonly MonteCarloStudy[],
  options: { readonly replications: number; readonly seed: number; readonly workers?: number },
): Promise<MonteCarloRun[]> {
  const runs: MonteCarloRun[] = [];
  for (const study of studies) {
    const { simulation, estimation } = study;
    runs.push({ study, result: await monteCarlo({ simulation, estimation, ...options }) });
  }
  return runs;
}

/** Bias of the mean σ with its Monte Carlo error, for a coefficient plot. */
export function biasRows(runs: readonly MonteCarloRun[]) {
  return runs.map(({ study, result: { summary } }) => ({
    panel: study.topic,
    label: study.label,
    estimate: summary.bias,
    lower: summary.bias - 1.96 * summary.biasSe,
    upper: summary.bias + 1.96 * summary.biasSe,
  }));
}

/** Bias, root mean squared error and coverage in rows. */
export function monteCarloTable(runs: readonly MonteCarloRun[]) {
  return runs.map(({ study, result: { summary } }) => ({
    topic: study.topic,
    label: study.label,
    bias: summary.bias,
    biasSe: summary.biasSe,
    rmse: summary.rmse,
    mean: 100 * summary.coverageMean,
    sector: 100 * summary.coverageSector,
    pooled: 100 * summary.coveragePooled,
    failed: summary.failed,
  }));
}

/** Columns of {@linkcode monteCarloTable}. */
export const monteCarloColumns = [
  { key: "topic", label: "Varied" },
  { key: "label", label: "Value" },
  { key: "bias", label: "Bias", digits: 3 },
  { key: "biasSe", label: "its error", digits: 3 },
  { key: "rmse", label: "RMSE", digits: 3 },
  { key: "mean", label: "Coverage, mean", unit: "%", digits: 0 },
  { key: "sector", label: "sector", unit: "%", digits: 0 },
  { key: "pooled", label: "shrunken", unit: "%", digits: 0 },
  { key: "failed", label: "No mean", digits: 0 },
];

/** Largest bias where the price is exogenous or instrumented, and where it is neither; a sentence for a title. */
export function biasFinding(runs: readonly MonteCarloRun[]): string {
  const endogenous = (study: MonteCarloStudy) =>
    Number(study.simulation.endogeneity ?? 0) !== 0 && study.estimation.instrument === undefined;
  const size = (of: readonly MonteCarloRun[]) =>
    of.map(({ result }) => result.summary.bias).sort((a, b) => Math.abs(b) - Math.abs(a))[0];
  const text = (value: number) => `${value < 0 ? "−" : ""}${Math.abs(value).toFixed(2)}`;
  const [good, bad] = [
    runs.filter(({ study }) => !endogenous(study)),
    runs.filter(({ study }) => endogenous(study)),
  ];
  const first = `the bias of mean σ is at most ${
    Math.abs(size(good)).toFixed(2)
  } with an exogenous or instrumented price`;
  return bad.length === 0
    ? first
    : `${first}, and ${text(size(bad))} with an endogenous one that is not instrumented`;
}
