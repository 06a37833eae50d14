/** A price of one element in one year, USD per kg of oxide, and how it was come by. */
export interface ElementPrice {
  readonly element: string;
  readonly year: number;
  readonly usdPerKg: number;
  readonly reading: string;
  readonly source: string;
}

/** Where an element's missing prices come from. */
export interface CompanionRule {
  readonly element: string;
  readonly companion: string;
  /** Price over the companion's price; null: geometric mean over the years in which both are given. */
  readonly ratio: number | null;
  readonly reading: string;
  readonly source: string;
}

/**
 * Fills the missing element-years of a price table from companion elements, and says so in `reading`.
 *
 * @param given prices as read
 * @param rules one per element with gaps; a companion may itself be filled, earlier in the list
 * @param elements wanted, in this order
 * @param years wanted
 * @returns one row per element and year, ordered by element then year
 * @throws when an element-year has neither a price nor a rule, or a rule's companion has no price
 */
export function completePrices(
  given: readonly ElementPrice[],
  rules: readonly CompanionRule[],
  elements: readonly string[],
  years: readonly number[],
): ElementPrice[] {
  const known = new Map<string, ElementPrice>();
  const key = (element: string, year: number) => `${element} ${year}`;
  for (const price of given) {
    if (!(price.usdPerKg > 0)) {
      throw new RangeError(`price of ${key(price.element, price.year)} is ${price.usdPerKg}`);
    }
    known.set(key(price.element, price.year), price);
  }
  for (const rule of rules) {
    const ratio = rule.ratio ?? commonYearsRatio(given, rule);
    for (const year of years) {
      const companion = known.get(key(rule.companion, year));
      if (known.has(key(rule.element, year)) || companion === undefined) continue;
      known.set(key(rule.element, year), {
        element: rule.element,
        year,
        usdPerKg: companion.usdPerKg * ratio,
        reading: rule.reading,
        source: `${ratio.toPrecision(3)} x price of ${rule.companion} (${rule.source})`,
      });
    }
  }
  return elements.flatMap((element) =>
    years.map((year) => {
      const price = known.get(key(element, year));
      if (price !== undefined) return price;
      throw new RangeError(
        `no price of ${element} in ${year}, and no companion rule that gives one`,
      );
    })
  );
}

function commonYearsRatio(given: readonly ElementPrice[], { element, companion }: CompanionRule) {
  const logs = given
    .filter((price) => price.element === element)
    .flatMap((price) => {
      const other = given.find((row) => row.element === companion && row.year === price.year);
      return other === undefined ? [] : [Math.log(price.usdPerKg / other.usdPerKg)];
    });
  if (logs.length === 0) {
    throw new RangeError(`prices of ${element} and its companion ${companion} share no year`);
  }
  return Math.exp(logs.reduce((sum, log) => sum + log, 0) / logs.length);
}
