import { checkShares } from "./check_shares.ts";
import { type Economy, economySize, labelIndex } from "./economy.ts";

/** A cap on what a country exports of an element. */
export interface Quota {
  readonly country: string;
  /** Usually an element; any sector label is accepted. */
  readonly element: string;
  /**
   * Largest export quantity (to all other countries together) relative to the baseline: 0.6 is a cut
   * of 40 %, 0 a ban on exports.
   */
  readonly limit: number;
}

/**
 * What changes. Every array is complete: start from the baseline array and change cells, or build
 * shocks from labels with {@link shockOf}. Source: README.md, Equations.
 */
export interface Shock {
  /** t′ [importer][exporter][sector]: the NEW import tariffs, not changes. */
  readonly tariff?: Float64Array;
  /** x′ [importer][exporter][sector]: the NEW export taxes, not changes; quota wedges come on top. */
  readonly exportTax?: Float64Array;
  /** κ̂ [importer][exporter][sector]: change factor of iceberg costs; Infinity is an embargo (π′ = 0). */
  readonly iceberg?: Float64Array;
  /** L̂ [country][factor]: change factor of endowments, above 0. */
  readonly factorEndowment?: Float64Array;
  /** R̂ [country][sector]: change factor of sector-specific resources, above 0. */
  readonly resource?: Float64Array;
  /** D′ [country]: the NEW transfers, in units of the numeraire; sum 0. */
  readonly transfer?: Float64Array;
  readonly quotas?: readonly Quota[];
}

/** Allowed entries of the arrays of a shock, beside NaN, which is never allowed. */
const RANGES: Readonly<
  Record<string, { allowed: (value: number) => boolean; expected: string; shape: string }>
> = {
  tariff: {
    allowed: (v) => Number.isFinite(v) && v > -1,
    expected: "a new tariff above −1",
    shape: "NNJ",
  },
  exportTax: {
    allowed: (v) => Number.isFinite(v) && v > -1,
    expected: "a new export tax above −1",
    shape: "NNJ",
  },
  iceberg: {
    allowed: (v) => v > 0,
    expected: "a change factor above 0 (Infinity is an embargo)",
    shape: "NNJ",
  },
  factorEndowment: {
    allowed: (v) => Number.isFinite(v) && v > 0,
    expected: "a change factor above 0",
    shape: "NF",
  },
  resource: {
    allowed: (v) => Number.isFinite(v) && v > 0,
    expected: "a change factor above 0",
    shape: "NJ",
  },
  transfer: { allowed: Number.isFinite, expected: "a finite number", shape: "N" },
};

/**
 * Refuses a shock that does not fit the economy.
 *
 * @throws RangeError naming the field, the country and sector, what came and what is expected
 */
export function checkShock(economy: Economy, shock: Shock): void {
  const { N, J, F } = economySize(economy);
  const { countries, sectors, factors } = economy;
  const known = [...Object.keys(RANGES), "quotas"];
  const stray = Object.keys(shock).find((key) => !known.includes(key));
  if (stray !== undefined) {
    throw new RangeError(`shock: unknown field "${stray}"; expected ${known.join(", ")}`);
  }
  const names = (shape: string, at: number): string => {
    switch (shape) {
      case "NNJ":
        return `${countries[Math.floor(at / (N * J))]}, ${countries[Math.floor(at / J) % N]}, ${
          sectors[at % J]
        }`;
      case "NF":
        return `${countries[Math.floor(at / F)]}, ${factors[at % F]}`;
      case "NJ":
        return `${countries[Math.floor(at / J)]}, ${sectors[at % J]}`;
      default:
        return countries[at];
    }
  };
  const lengths: Readonly<Record<string, number>> = { NNJ: N * N * J, NF: N * F, NJ: N * J, N };
  for (const [field, { allowed, expected, shape }] of Object.entries(RANGES)) {
    const array: unknown = Reflect.get(shock, field);
    if (array === undefined) continue;
    if (!(array instanceof Float64Array) || array.length !== lengths[shape]) {
      const came = array instanceof Float64Array ? `${array.length} numbers` : typeof array;
      throw new RangeError(
        `shock.${field}: expected a Float64Array of ${lengths[shape]}, got ${came}`,
      );
    }
    const at = array.findIndex((value) => !allowed(value));
    if (at >= 0) {
      throw new RangeError(
        `shock.${field} of ${names(shape, at)} is ${array[at]}; expected ${expected}`,
      );
    }
  }
  if (shock.transfer !== undefined) checkShares({ ...economy, transfer: shock.transfer });
  checkQuotas(economy, shock.quotas ?? []);
}

function checkQuotas(economy: Economy, quotas: readonly Quota[]) {
  const { N, J } = economySize(economy);
  const seen = new Set<string>();
  for (const { country, element, limit } of quotas) {
    const i = labelIndex(economy.countries, country, "country of a quota");
    const j = labelIndex(economy.sectors, element, "element of a quota");
    const name = `quota of ${country} on ${element}`;
    if (!(limit >= 0 && Number.isFinite(limit))) {
      throw new RangeError(`${name}: limit is ${limit}; expected a number of at least 0`);
    }
    if (seen.has(`${i} ${j}`)) throw new RangeError(`${name} is given twice`);
    seen.add(`${i} ${j}`);
    let exports = 0;
    for (let n = 0; n < N; n++) {
      if (n === i) continue;
      exports += economy.tradeShare[(n * N + i) * J + j] * economy.expenditure[n * J + j];
    }
    if (!(exports > 0)) throw new RangeError(`${name}: it exports none of it in the baseline`);
  }
}
