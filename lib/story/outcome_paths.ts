import { isoCodes, REST_OF_WORLD } from "@ree/data/country-codes";
import type { GroupPath, UnitYear } from "@ree/descriptive";

/** Sums values over everything but unit and year. */
export function sumByUnitYear(rows: readonly UnitYear[]): UnitYear[] {
  const sums = new Map<string, UnitYear>();
  for (const { unit, year, value } of rows) {
    const key = `${unit} ${year}`;
    sums.set(key, { unit, year, value: (sums.get(key)?.value ?? 0) + value });
  }
  return [...sums.values()];
}

/** Output-weighted mean total intensity of each sector over countries, elements together. */
export function sectorExposure(
  rows: readonly {
    readonly country: string;
    readonly sector: string;
    readonly total: number;
    readonly output: number;
  }[],
): Map<string, number> {
  const sectors = Map.groupBy(rows, ({ sector }) => sector);
  return new Map(
    [...sectors].map(([sector, cells]) => {
      const outputs = new Map(cells.map(({ country, output }) => [country, output]));
      const made = [...outputs.values()].reduce((sum, output) => sum + output, 0);
      const embodied = cells.reduce((sum, { total, output }) => sum + total * output, 0);
      return [sector, made > 0 ? embodied / made : 0];
    }),
  );
}

/** Where the two groups stand in one year, and whether their intervals overlap, as words. */
export function pathFinding(paths: readonly GroupPath[], year: number): string {
  const at = (group: string) => paths.find((path) => path.group === group && path.year === year);
  const [high, low] = [at("high"), at("low")];
  if (high === undefined || low === undefined) throw new RangeError(`no paths in ${year}`);
  const overlap = high.lower <= low.upper && low.lower <= high.upper;
  return `${high.value.toFixed(0)} against ${low.value.toFixed(0)} in ${year}, ` +
    (overlap ? "no clear gap" : "a clear gap");
}

/** The cut of July 2010: full years of data after it. */
const CUT_YEAR = 2010;

/** How many full years of a series lie after the quota cut, as a sentence. */
export function yearsAfterText(last: number): string {
  if (last <= CUT_YEAR) return `The series ends in ${last}: no full year lies after the cut.`;
  if (last === CUT_YEAR + 1) return `Only one full year (${last}) lies after the cut.`;
  return `The full years ${CUT_YEAR + 1} to ${last} lie after the cut.`;
}

/** Name of a country of the world table, its rest of the world included; a code that ISO does not know is its own name. */
export function countryName(country: string, nameOf: (iso2: string) => string): string {
  if (country === REST_OF_WORLD) return "Rest of the world";
  const codes = isoCodes(country);
  return codes === undefined ? country : nameOf(codes.iso2);
}

/** Two-letter code of a country given by its three-letter code. @throws RangeError when ISO has none */
export function isoTwo(country: string): string {
  const iso2 = isoCodes(country)?.iso2;
  if (iso2 === undefined) throw new RangeError(`country ${country} has no two-letter code`);
  return iso2;
}

/** Rows of a map from values by country of the world table; what has no ISO code (its rest of the world) has no place on a map. */
export function mapRows(
  values: ReadonlyMap<string, number>,
  nameOf: (iso2: string) => string,
): { readonly iso3: string; readonly label: string; readonly value: number }[] {
  return [...values].flatMap(([country, value]) => {
    const codes = isoCodes(country);
    return codes === undefined ? [] : [{ iso3: codes.iso3, label: nameOf(codes.iso2), value }];
  });
}
