import { decompose, equilibriumError, type Shock, solveEquilibrium } from "@ree/equilibrium";
import { cornerCase } from "./corner_case.ts";
import { equationGaps } from "./equation_gaps.ts";
import { levelDifferences } from "./level_differences.ts";
import { levelEquilibrium } from "./level_equilibrium.ts";
import { randomCase } from "./random_case.ts";
import { randomEconomy } from "./random_economy.ts";

/** One random economy and how far the solver is from an independent statement of the model. */
export interface CrossCheck {
  readonly seed: number;
  readonly closure: string;
  readonly countries: number;
  readonly sectors: number;
  /** Largest relative gap; NaN where there is nothing to compare. */
  readonly gap: number;
  /** Output or equation with the largest gap, or why there is none. */
  readonly where: string;
}

/** The solver against the model solved in levels by Newton's method, one random economy a seed (SIMULATED). */
export function levelCrossChecks(seeds: readonly number[]): CrossCheck[] {
  return seeds.map((seed) => {
    const random = randomEconomy(seed);
    const given = randomCase(seed, random);
    const level = levelEquilibrium(random, given);
    const about = {
      seed,
      closure: given.closure.kind,
      countries: random.economy.countries.length,
      sectors: random.economy.sectors.length,
    };
    if (level === undefined) return { ...about, gap: NaN, where: "Newton found no level solution" };
    const found = solveEquilibrium(random.economy, given.shock, { closure: given.closure });
    return { ...about, ...largestOf(levelDifferences(random, level, found, given)) };
  });
}

/** Every equation of the model at what the solver returns, one economy with corners a seed (SIMULATED). */
export function equationCrossChecks(seeds: readonly number[]): CrossCheck[] {
  return seeds.map((seed) => {
    const { economy, shock, closure } = cornerCase(seed);
    const about = {
      seed,
      closure: closure.kind,
      countries: economy.countries.length,
      sectors: economy.sectors.length,
    };
    try {
      const found = solveEquilibrium(economy, shock, { closure });
      return { ...about, ...largestOf(equationGaps(economy, shock, closure, found)) };
    } catch (error) {
      if (!(error instanceof Error && error.name === equilibriumError("").name)) throw error;
      return { ...about, gap: NaN, where: error.message };
    }
  });
}

function largestOf(gaps: Record<string, number>): { gap: number; where: string } {
  let [gap, where] = [-1, ""];
  for (const [name, value] of Object.entries(gaps)) {
    const size = Number.isNaN(value) ? Infinity : value;
    if (size > gap) [gap, where] = [size, name];
  }
  return { gap, where };
}

/** The first-order terms of welfare along a path of so many steps, against ln Ŵ. */
export interface PathError {
  readonly closure: string;
  readonly steps: number;
  /** Largest |Σ terms − ln Ŵ| over countries and economies, log points. */
  readonly gap: number;
  /** By which power of the steps the gap fell since the row before; NaN in the first row. */
  readonly order: number;
}

/**
 * Convergence of {@link decompose}: the sum of the terms must approach ln Ŵ with the square of the number
 * of steps. Without quotas (one that starts to bind inside a step breaks the square); embargoes, which
 * have no path, become iceberg costs of 1.5.
 */
export function pathErrors(seeds: readonly number[], steps: readonly number[]): PathError[] {
  return (["fixed", "allocation", "entry"] as const).flatMap((kind) => {
    const gaps = steps.map((count) =>
      Math.max(...seeds.map((seed) => {
        const random = randomEconomy(seed);
        const { shock: all } = randomCase(seed, random);
        const shock: Shock = {
          ...all,
          quotas: [],
          iceberg: all.iceberg?.map((value) => value === Infinity ? 1.5 : value),
        };
        const { total, lnWelfare } = decompose(random.economy, shock, count, {
          closure: { kind },
        });
        return Math.max(...total.map((value, n) => Math.abs(value - lnWelfare[n])));
      }))
    );
    return steps.map((count, k) => ({
      closure: kind,
      steps: count,
      gap: gaps[k],
      order: k === 0 ? NaN : Math.log(gaps[k - 1] / gaps[k]) / Math.log(count / steps[k - 1]),
    }));
  });
}
