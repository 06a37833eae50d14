import { estimateColumns, type EstimationChoices } from "./estimate_columns.ts";
import { simulatePatentColumns, type SimulationOptions } from "./simulate_patent_columns.ts";

/** What is simulated and how it is estimated. */
export interface MonteCarloTask {
  /** Options of `simulatePatentColumns` but the seed. */
  readonly simulation: Omit<SimulationOptions, "seed">;
  readonly estimation: EstimationChoices;
  /** Any integer; default 1. */
  readonly seed?: number;
}

/** One replication; SIMULATED. */
export interface MonteCarloRow {
  readonly replication: number;
  readonly seed: number;
  /** Mean σ that the pooled mean is about: the distribution's with empirical Bayes, else that of the sectors drawn. */
  readonly trueMean: number;
  /** Null when there is no pooled mean. */
  readonly mean: number | null;
  readonly se: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  readonly sectors: number;
  /** Sectors whose own, and whose pooled, interval holds their σ. */
  readonly covered: number;
  readonly coveredPooled: number;
  readonly unstable: number;
  readonly zeroShare: number;
  readonly psi: number | null;
  readonly psiCovered: boolean | null;
  /** Why there is no estimate; "" when there is one. */
  readonly failure: string;
}

/** Seed of one replication: depends on the study's seed and the replication only. */
export function replicationSeed(seed: number, replication: number): number {
  return seed * 1_000_003 + replication;
}

/** Simulates one panel and estimates. */
export function monteCarloReplication(
  { simulation, estimation, seed = 1 }: MonteCarloTask,
  replication: number,
): MonteCarloRow {
  const own = replicationSeed(seed, replication);
  const { true_sigma, ...panel } = simulatePatentColumns({ ...simulation, seed: own });
  const truth = new Map(panel.sector.map((sector, i) => [sector, true_sigma[i]]));
  const zeroShare = panel.patents_element.filter((count) => count === 0).length /
    panel.sector.length;
  const drawn = [...truth.values()].reduce((sum, value) => sum + value, 0) / truth.size;
  const { sigma } = simulation;
  const hyperMean = typeof sigma === "object" && "mean" in sigma ? sigma.mean : drawn;
  const trueMean = estimation.pooling === "empirical-bayes" ? hyperMean : drawn;
  const empty = {
    replication,
    seed: own,
    trueMean,
    mean: null,
    se: null,
    lower: null,
    upper: null,
    sectors: 0,
    covered: 0,
    coveredPooled: 0,
    unstable: 0,
    zeroShare,
    psi: null,
    psiCovered: null,
    failure: "",
  };
  try {
    const { bySector, pooled, psi } = estimateColumns({ ...panel }, estimation);
    const holds = (low: number | null, high: number | null, sector: string) =>
      low !== null && high !== null && low <= truth.get(sector)! && truth.get(sector)! <= high;
    return {
      ...empty,
      mean: pooled?.mean ?? null,
      se: pooled?.se ?? null,
      lower: pooled?.lower ?? null,
      upper: pooled?.upper ?? null,
      sectors: bySector.filter(({ slope }) => slope !== null).length,
      covered: bySector.filter((row) => holds(row.lower, row.upper, row.sector)).length,
      coveredPooled: bySector.filter((row) =>
        holds(row.pooled_lower, row.pooled_upper, row.sector)
      ).length,
      unstable: bySector.filter(({ stable }) => stable === false).length,
      psi: psi.value,
      psiCovered: psi.estimated
        ? psi.lower! <= (simulation.psi ?? 1) && (simulation.psi ?? 1) <= psi.upper!
        : null,
      failure: pooled === null ? "no pooled mean" : "",
    };
  } catch (cause) {
    if (cause instanceof RangeError) return { ...empty, failure: cause.message };
    throw cause;
  }
}
