import { labelIndex } from "./economy.ts";

/**
 * How value added is divided among factors that move between sectors, by producer. Rents of mines are
 * not part of it: they go to the specific resource.
 */
export interface FactorShares {
  readonly factors: readonly string[];
  readonly countries: readonly string[];
  /** Elements included. */
  readonly sectors: readonly string[];
  /** [country][sector][factor]: sums to 1 over factors. */
  readonly share: Float64Array;
  /** Where the shares come from, and what was assumed; one sentence for the report. */
  readonly source: string;
}

/** Labels of {@link labourCapitalShares}. */
export const LABOUR_CAPITAL = ["labour", "capital"] as const;

/** What {@link labourCapitalShares} needs. */
export interface LabourShareInputs {
  readonly countries: readonly string[];
  readonly sectors: readonly string[];
  /** Value added without mine rents [country][sector], any unit; the weights of a country's aggregate. */
  readonly valueAdded: Float64Array;
  /** Labour's share by sector in the country whose pattern is taken over, 0 to 1. */
  readonly pattern: ReadonlyMap<string, number>;
  /** Labour's share of a country's value added, above 0 and below 1; others get the mean of these. */
  readonly labourShare: ReadonlyMap<string, number>;
  readonly source: string;
}

/** A country's aggregate share is met to this. */
const SHARE_TOLERANCE = 1e-14;
const MAX_STEPS = 200;

/**
 * Labour and capital shares by country and sector from one country's sector pattern and every
 * country's aggregate: the log odds ln(λ/(1−λ)) of all sectors are shifted by one number per country,
 * so that Σ_j λ_nj V_nj / Σ_j V_nj is the country's labour share. Differences of log odds between
 * sectors are those of the pattern everywhere; shares stay between 0 and 1, and a pattern of exactly 0
 * or 1 stays as it is. A country without an aggregate share gets the plain mean of those given.
 *
 * @throws RangeError naming a sector without pattern, a share outside its range, a country whose
 * aggregate no shift can reach
 */
export function labourCapitalShares(inputs: LabourShareInputs): FactorShares {
  const { countries, sectors, valueAdded, pattern, labourShare, source } = inputs;
  const [N, J] = [countries.length, sectors.length];
  if (valueAdded.length !== N * J) {
    throw new RangeError(`valueAdded: expected ${N * J} numbers, got ${valueAdded.length}`);
  }
  const odds = sectors.map((sector) => {
    const share = pattern.get(sector);
    if (share === undefined) throw new RangeError(`no labour share of sector ${sector}`);
    if (!(share >= 0 && share <= 1)) {
      throw new RangeError(`labour share of sector ${sector} is ${share}; expected 0 to 1`);
    }
    return Math.log(share / (1 - share));
  });
  const known = countries.flatMap((country) => {
    const share = labourShare.get(country);
    if (share === undefined) return [];
    if (!(share > 0 && share < 1)) {
      throw new RangeError(`labour share of ${country} is ${share}; expected above 0 and below 1`);
    }
    return [share];
  });
  if (known.length === 0) throw new RangeError("no labour share of any country of the table");
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  const share = new Float64Array(N * J * 2);
  countries.forEach((country, n) => {
    const weights = valueAdded.subarray(n * J, (n + 1) * J);
    const negative = weights.findIndex((value) => !(value >= 0 && value < Infinity));
    if (negative >= 0) {
      throw new RangeError(
        `value added of ${country}, ${sectors[negative]} is ${
          weights[negative]
        }; expected at least 0`,
      );
    }
    const target = labourShare.get(country) ?? mean;
    const shift = shiftTo(odds, weights, target, country);
    for (let j = 0; j < J; j++) {
      share[(n * J + j) * 2] = logistic(odds[j] + shift);
      share[(n * J + j) * 2 + 1] = logistic(-odds[j] - shift);
    }
  });
  return { factors: LABOUR_CAPITAL, countries, sectors, share, source };
}

/** The shift at which the weighted mean share is the target; the mean rises with the shift. */
function shiftTo(
  odds: readonly number[],
  weights: Float64Array,
  target: number,
  country: string,
): number {
  let total = 0;
  for (const weight of weights) total += weight;
  if (total === 0) return 0;
  const mean = (shift: number) => {
    let sum = 0;
    for (let j = 0; j < odds.length; j++) sum += weights[j] * logistic(odds[j] + shift);
    return sum / total;
  };
  let [low, high] = [-1, 1];
  const FARTHEST = 700; // e^-700 is the smallest number that is not denormal
  while (mean(low) > target && low > -FARTHEST) low *= 2;
  while (mean(high) < target && high < FARTHEST) high *= 2;
  if (mean(low) > target || mean(high) < target) {
    throw new RangeError(
      `labour share of ${country} is ${target}; sectors of exactly 0 or 1 allow ${mean(low)} to ` +
        `${mean(high)}`,
    );
  }
  let middle = 0;
  for (let step = 0; step < MAX_STEPS; step++) {
    middle = (low + high) / 2;
    const gap = mean(middle) - target;
    if (Math.abs(gap) <= SHARE_TOLERANCE || middle === low || middle === high) break;
    if (gap > 0) high = middle;
    else low = middle;
  }
  return middle;
}

function logistic(odds: number): number {
  return odds >= 0 ? 1 / (1 + Math.exp(-odds)) : Math.exp(odds) / (1 + Math.exp(odds));
}

/**
 * Shares for the sectors and countries of an aggregated table: means of the members weighted by value
 * added (plain means where there is none).
 *
 * @param groupOf group [country·S + sector] of every producer of the shares' own labels
 * @param size number of groups
 * @returns [group][factor]
 */
export function aggregateFactorShares(
  { factors, share }: FactorShares,
  groupOf: Int32Array,
  valueAdded: Float64Array,
  size: number,
): Float64Array {
  const F = factors.length;
  const sums = new Float64Array(size * F);
  const plain = new Float64Array(size * F);
  const weights = new Float64Array(size);
  const members = new Float64Array(size);
  groupOf.forEach((group, at) => {
    const weight = Math.max(0, valueAdded[at]);
    weights[group] += weight;
    members[group]++;
    for (let f = 0; f < F; f++) {
      sums[group * F + f] += weight * share[at * F + f];
      plain[group * F + f] += share[at * F + f];
    }
  });
  return sums.map((sum, at) => {
    const group = Math.floor(at / F);
    return weights[group] > 0 ? sum / weights[group] : plain[at] / members[group];
  });
}

/** Largest gap of a producer's shares from 1. */
const SUM_TOLERANCE = 1e-9;

/**
 * Shares in the order of a table's labels, each producer's scaled to sum to exactly 1.
 *
 * @throws RangeError naming a country or sector that the shares lack, and shares that are negative or
 * do not sum to 1
 */
export function factorSharesFor(
  shares: FactorShares,
  countries: readonly string[],
  sectors: readonly string[],
): FactorShares {
  const [F, S] = [shares.factors.length, shares.sectors.length];
  const expected = shares.countries.length * S * F;
  if (F === 0 || shares.share.length !== expected) {
    throw new RangeError(
      `factor shares: expected ${expected} numbers [country][sector][factor], got ` +
        `${shares.share.length}`,
    );
  }
  const country = countries.map((label) =>
    labelIndex(shares.countries, label, "country in the factor shares")
  );
  const sector = sectors.map((label) =>
    labelIndex(shares.sectors, label, "sector in the factor shares")
  );
  const share = new Float64Array(countries.length * sectors.length * F);
  countries.forEach((_, n) =>
    sectors.forEach((_, j) => {
      const from = (country[n] * S + sector[j]) * F;
      const to = (n * sectors.length + j) * F;
      const own = shares.share.subarray(from, from + F);
      const sum = own.reduce((partial, value) => partial + value, 0);
      if (!own.every((value) => value >= 0) || !(Math.abs(sum - 1) <= SUM_TOLERANCE)) {
        throw new RangeError(
          `factor shares of ${countries[n]}, ${sectors[j]} are ${
            own.join(", ")
          }; expected numbers ` +
            "of at least 0 that sum to 1",
        );
      }
      for (let f = 0; f < F; f++) share[to + f] = own[f] / sum;
    })
  );
  return { ...shares, countries, sectors, share };
}
