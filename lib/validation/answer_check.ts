/** How far the solver is from an answer that is known without it. */
export interface AnswerCheck {
  /** What must hold, as a sentence. */
  readonly check: string;
  readonly economies: number;
  /** Range of countries × range of sectors. */
  readonly size: string;
  /** Largest gap over all of them and all compared outputs, relative. */
  readonly gap: number;
  readonly tolerance: number;
  /** Why this tolerance. */
  readonly reason: string;
}

/** The solver stops at 1e-11 log points in every block of equations. */
export const SOLVER_REASON = "the solver stops at 10⁻¹¹ in each equation";

/** Largest relative difference of two arrays; values below 1e-3 count as that size. */
export function largestDifference(own: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (own.length !== expected.length) {
    throw new RangeError(`largestDifference: ${own.length} values, expected ${expected.length}`);
  }
  let worst = 0;
  for (let at = 0; at < own.length; at++) {
    if (own[at] === expected[at]) continue;
    const gap = Math.abs(own[at] - expected[at]) / Math.max(Math.abs(expected[at]), 1e-3);
    if (gap > worst || Number.isNaN(gap)) worst = gap;
  }
  return worst;
}

/** How many economies and of which sizes: 8, "2-6 × 3-12". */
export function describeEconomies(
  economies: readonly {
    readonly countries: readonly string[];
    readonly sectors: readonly string[];
  }[],
): { economies: number; size: string } {
  const range = (values: number[]) => {
    const [low, high] = [Math.min(...values), Math.max(...values)];
    return low === high ? `${low}` : `${low}-${high}`;
  };
  const countries = range(economies.map(({ countries }) => countries.length));
  const sectors = range(economies.map(({ sectors }) => sectors.length));
  return { economies: economies.length, size: `${countries} × ${sectors}` };
}
