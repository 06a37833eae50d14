import type { CostShares } from "./cost_shares.ts";

/** Real output and inputs of a unit in a year, any units that do not change over time. */
export interface InputYear {
  readonly year: number;
  readonly output: number;
  readonly materials: number;
  readonly hours: number;
  readonly capital: number;
}

/**
 * Log level of total factor productivity as the cumulated Solow residual
 * Δln TFP = Δln Y − s_M Δln M − s_L Δln L − (1 − s_M − s_L) Δln K, with constant shares; 0 in the first year.
 *
 * @param years consecutive years of one unit in order
 * @returns one value per year
 * @throws RangeError when years do not follow each other, a quantity is not positive, or a share is not in [0, 1]
 */
export function solowResidual(years: readonly InputYear[], shares: CostShares): Float64Array {
  const { materials, labour } = shares;
  const capital = 1 - materials - labour;
  for (const [name, share] of Object.entries({ materials, labour, capital })) {
    if (!(share >= 0 && share <= 1)) {
      throw new RangeError(`share of ${name} is ${share}, expected 0 to 1`);
    }
  }
  const levels = years.map(({ year, output, materials: inputs, hours, capital: stock }) => {
    for (const [name, value] of Object.entries({ output, inputs, hours, stock })) {
      if (!(value > 0)) throw new RangeError(`${year}: ${name} is ${value}, expected more than 0`);
    }
    return Math.log(output) - materials * Math.log(inputs) - labour * Math.log(hours) -
      capital * Math.log(stock);
  });
  years.forEach(({ year }, i) => {
    if (i > 0 && year !== years[i - 1].year + 1) {
      throw new RangeError(`year ${year} follows ${years[i - 1].year}`);
    }
  });
  return Float64Array.from(levels, (level) => level - levels[0]);
}
