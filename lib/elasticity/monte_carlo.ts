import {
  monteCarloReplication,
  type MonteCarloRow,
  type MonteCarloTask,
} from "./monte_carlo_replication.ts";
import type { WorkerRequest } from "./monte_carlo_worker.ts";

/** Options of {@linkcode monteCarlo}. */
export interface MonteCarloOptions extends MonteCarloTask {
  /** Default 500. */
  readonly replications?: number;
  /** Workers; default the number of processors, 0 runs in this thread. Results do not depend on it. */
  readonly workers?: number;
  /** Called after each portion of replications. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** Bias, spread and coverage over replications; SIMULATED. */
export interface MonteCarloSummary {
  readonly replications: number;
  /** Replications without a pooled mean. */
  readonly failed: number;
  /** Mean of (pooled mean − true mean), and its Monte Carlo standard error. */
  readonly bias: number;
  readonly biasSe: number;
  readonly rmse: number;
  /** Mean reported standard error of the pooled mean. */
  readonly meanSe: number;
  /** Shares of 95 % intervals that hold the truth: of the pooled mean, of sectors' own σ, of sectors' pooled σ. */
  readonly coverageMean: number;
  readonly coverageSector: number;
  readonly coveragePooled: number;
  /** Share of sectors with a slope outside the stable region. */
  readonly unstable: number;
  readonly zeroShare: number;
  /** Mean ψ̂ and coverage of its interval, where ψ is estimated. */
  readonly psiMean: number | null;
  readonly psiCoverage: number | null;
}

/** All replications and their summary; SIMULATED. */
export interface MonteCarloResult {
  readonly rows: readonly MonteCarloRow[];
  readonly summary: MonteCarloSummary;
  readonly workers: number;
  readonly seconds: number;
}

/** Replications sent to a worker at a time: small enough for progress, large enough to hide the messages. */
const PORTION = 5;

/**
 * Monte Carlo study of the estimator on SIMULATED panels, spread over workers. Every replication has a seed of its own, so
 * rows and summary are the same whatever the number of workers.
 *
 * @throws RangeError on options no replication can run with
 * @example
 * ```ts
 * const { summary } = await monteCarlo({
 *   simulation: { sigma: 0.5, psi: 1 },
 *   estimation: { design: "counts", psi: 1, pooling: "none" },
 *   replications: 100,
 * });
 * ```
 */
export async function monteCarlo(options: MonteCarloOptions): Promise<MonteCarloResult> {
  const { replications = 500, workers = navigator.hardwareConcurrency, onProgress } = options;
  if (!(Number.isInteger(replications) && replications > 0)) {
    throw new RangeError(
      `monteCarlo: ${replications} replications, expected a whole number above 0`,
    );
  }
  if (!(Number.isInteger(workers) && workers >= 0)) {
    throw new RangeError(`monteCarlo: ${workers} workers, expected a whole number`);
  }
  const start = performance.now();
  const { simulation, estimation, seed } = options;
  const task: MonteCarloTask = { simulation, estimation, seed };
  const portions = Array.from({ length: Math.ceil(replications / PORTION) }, (_, p) =>
    Array.from(
      { length: Math.min(PORTION, replications - p * PORTION) },
      (_, k) => p * PORTION + k,
    ));
  const rows: MonteCarloRow[] = [];
  const keep = (more: readonly MonteCarloRow[]) => {
    rows.push(...more);
    onProgress?.(rows.length, replications);
  };
  const used = Math.min(workers, portions.length);
  if (used === 0) {
    for (const portion of portions) {
      keep(portion.map((replication) => monteCarloReplication(task, replication)));
    }
  } else {
    await runInWorkers(task, portions, used, keep);
  }
  rows.sort((a, b) => a.replication - b.replication);
  return {
    rows,
    summary: summariseReplications(rows),
    workers: used,
    seconds: (performance.now() - start) / 1000,
  };
}

async function runInWorkers(
  task: MonteCarloTask,
  portions: readonly (readonly number[])[],
  count: number,
  keep: (rows: readonly MonteCarloRow[]) => void,
): Promise<void> {
  let next = 0;
  const pool = Array.from(
    { length: count },
    () => new Worker(new URL("./monte_carlo_worker.ts", import.meta.url), { type: "module" }),
  );
  try {
    await Promise.all(pool.map(async (worker) => {
      while (next < portions.length) {
        const request: WorkerRequest = { task, replications: portions[next++] };
        keep(await ask(worker, request));
      }
    }));
  } finally {
    for (const worker of pool) worker.terminate();
  }
}

function ask(worker: Worker, request: WorkerRequest): Promise<readonly MonteCarloRow[]> {
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = (event) => {
      event.preventDefault();
      reject(new RangeError(`monteCarlo: ${event.message}`));
    };
    worker.postMessage(request);
  });
}

/** Bias, spread and coverage of replications. */
export function summariseReplications(rows: readonly MonteCarloRow[]): MonteCarloSummary {
  const estimated = rows.filter(({ mean }) => mean !== null);
  const errors = estimated.map(({ mean, trueMean }) => mean! - trueMean);
  const average = (values: readonly number[]) =>
    values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
  const bias = average(errors);
  const sectors = rows.reduce((sum, row) => sum + row.sectors, 0);
  const share = (count: (row: MonteCarloRow) => number) =>
    sectors === 0 ? 0 : rows.reduce((sum, row) => sum + count(row), 0) / sectors;
  const psis = rows.filter(({ psiCovered }) => psiCovered !== null);
  return {
    replications: rows.length,
    failed: rows.length - estimated.length,
    bias,
    biasSe: Math.sqrt(
      average(errors.map((error) => (error - bias) ** 2)) / Math.max(errors.length - 1, 1),
    ),
    rmse: Math.sqrt(average(errors.map((error) => error ** 2))),
    meanSe: average(estimated.map(({ se }) => se!)),
    coverageMean: average(
      estimated.map(({ lower, upper, trueMean }) =>
        Number(lower! <= trueMean && trueMean <= upper!)
      ),
    ),
    coverageSector: share(({ covered }) => covered),
    coveragePooled: share(({ coveredPooled }) => coveredPooled),
    unstable: share(({ unstable }) => unstable),
    zeroShare: average(rows.map(({ zeroShare }) => zeroShare)),
    psiMean: psis.length > 0 ? average(psis.map(({ psi }) => psi!)) : null,
    psiCoverage: psis.length > 0 ? average(psis.map(({ psiCovered }) => Number(psiCovered))) : null,
  };
}
