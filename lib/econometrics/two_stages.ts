import type { Estimate, Instrumental } from "./estimate.ts";
import { difference, leastSquares } from "./least_squares.ts";

/** Second-stage results in the form {@link Estimate} wants them. */
export interface Staged {
  readonly parts:
    & Pick<Estimate, "names" | "coefficients" | "columns" | "residuals" | "bread">
    & { readonly instrumental: Instrumental };
  readonly collinear: string[];
}

/**
 * Two-stage least squares on columns the effects are already out of. Coefficients come as fixest
 * prints them: the intercept, `fit_` endogenous, then exogenous variables.
 *
 * @param columns exogenous, then endogenous, then instruments
 * @throws when fewer instruments than endogenous variables are left, or these cannot be told apart
 */
export function twoStages(
  y: Float64Array,
  columns: readonly Float64Array[],
  names: readonly string[],
  exogenousCount: number,
  endogenousCount: number,
  weights: Float64Array | undefined,
  before: readonly number[] | undefined,
): Staged {
  const firstInstrument = exogenousCount + endogenousCount;
  const endogenousAt = range(exogenousCount, firstInstrument);
  const exogenousAll = range(0, exogenousCount);
  const instrumentsAll = range(firstInstrument, columns.length);
  const pick = (at: readonly number[]) => at.map((j) => columns[j]);
  const beforeOf = (at: readonly number[]) => before && at.map((j) => before[j]);

  // Exogenous first, so that an instrument that repeats one of them is the one dropped.
  const firstAll = [...exogenousAll, ...instrumentsAll];
  const rank = leastSquares(y, pick(firstAll), weights, beforeOf(firstAll));
  const kept = new Set(rank.kept.map((a) => firstAll[a]));
  const exogenous = exogenousAll.filter((j) => kept.has(j));
  const instruments = instrumentsAll.filter((j) => kept.has(j));
  const collinear = firstAll.filter((j) => !kept.has(j)).map((j) => names[j]);
  if (instruments.length < endogenousCount) {
    throw new RangeError(
      `${endogenousCount} endogenous variables need at least as many instruments; after dropping ` +
        `collinear ones (${collinear.join(", ") || "none"}) ${instruments.length} are left`,
    );
  }
  const first = [...exogenous, ...instruments];
  const projected = endogenousAt.map((j) => {
    const { residuals } = leastSquares(columns[j], pick(first), weights);
    return difference(columns[j], residuals);
  });
  const intercept = exogenous.filter((j) => names[j] === "(Intercept)");
  const others = exogenous.filter((j) => names[j] !== "(Intercept)");
  const second = [...pick(intercept), ...projected, ...pick(others)];
  const order = [...intercept, ...endogenousAt, ...others];
  const solved = leastSquares(y, second, weights, beforeOf(order));
  const lost = solved.collinear.map((a) => order[a]);
  const lostEndogenous = lost.filter((j) => endogenousAt.includes(j));
  if (lostEndogenous.length > 0) {
    throw new RangeError(
      `the instruments do not identify ${lostEndogenous.map((j) => `"${names[j]}"`).join(", ")}: ` +
        "the first-stage fit is collinear with the effects or the other variables",
    );
  }
  const used = solved.kept.map((a) => order[a]);
  const residuals = y.slice();
  used.forEach((j, a) => {
    const coefficient = solved.coefficients[a];
    for (let i = 0; i < residuals.length; i++) residuals[i] -= coefficient * columns[j][i];
  });
  return {
    parts: {
      names: used.map((j) => endogenousAt.includes(j) ? `fit_${names[j]}` : names[j]),
      coefficients: solved.coefficients,
      columns: solved.kept.map((a) => second[a]),
      residuals,
      bread: solved.bread,
      instrumental: {
        endogenousNames: endogenousAt.map((j) => names[j]),
        instrumentNames: instruments.map((j) => names[j]),
        exogenousNames: exogenous.map((j) => names[j]),
        endogenous: pick(endogenousAt),
        instruments: pick(instruments),
        exogenous: pick(exogenous),
      },
    },
    collinear,
  };
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, k) => from + k);
}
