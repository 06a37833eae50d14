import type { AggregationGroups, WorldTableWithElements } from "./aggregate_world.ts";
import { labelIndex } from "./economy.ts";
import type { FactorShares } from "./factor_shares.ts";

/** The single factor of an economy calibrated without {@link FactorShares}; the tables have no split. */
export const VALUE_ADDED = "value added";

/**
 * Factors and γF of a calibration (its rule 7) from the share of value added in the other inputs.
 *
 * @param valueAddedShare [country][sector] of the aggregation
 * @throws RangeError as {@link factorSharesFor}
 */
export function divideValueAdded(
  table: WorldTableWithElements,
  groups: AggregationGroups,
  shares: FactorShares | undefined,
  valueAddedShare: Float64Array,
) {
  if (shares === undefined) return { factors: [VALUE_ADDED], factorShare: valueAddedShare };
  const own = factorSharesFor(shares, table.countries, table.sectors);
  const size = table.output.length;
  const valueAdded = Float64Array.from(table.output);
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < size; k++) valueAdded[k] -= table.intermediate[i * size + k];
  }
  const part = aggregateFactorShares(own, groups.producer, valueAdded, groups.N * groups.J);
  const F = own.factors.length;
  return {
    factors: own.factors,
    factorShare: part.map((share, at) => share * valueAddedShare[Math.floor(at / F)]),
  };
}

/** Largest gap of a producer's shares from 1. */
const SUM_TOLERANCE = 1e-9;

/**
 * Shares in the order of a table's labels, each producer's scaled to sum to exactly 1.
 *
 * @throws RangeError naming a country or sector that the shares lack, and shares that are negative or
 * do not sum to 1
 */
function factorSharesFor(
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

/**
 * Shares for the sectors and countries of an aggregated table: means of the members weighted by value
 * added (plain means where there is none).
 *
 * @param groupOf group [country·S + sector] of every producer of the shares' own labels
 * @param size number of groups
 * @returns [group][factor]
 */
function aggregateFactorShares(
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
