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

/** WIOD's code for Romania, which ISO has since changed. */
const ISO3: Readonly<Record<string, string>> = { ROM: "ROU" };

/** Two-letter codes of the countries of the world table and of the patent counts. */
const ISO2: Readonly<Record<string, string>> = {
  ARG: "AR",
  AUS: "AU",
  AUT: "AT",
  BEL: "BE",
  BGR: "BG",
  BRA: "BR",
  CAN: "CA",
  CHE: "CH",
  CHN: "CN",
  CYP: "CY",
  CZE: "CZ",
  DEU: "DE",
  DNK: "DK",
  ESP: "ES",
  EST: "EE",
  FIN: "FI",
  FRA: "FR",
  GBR: "GB",
  GRC: "GR",
  HUN: "HU",
  IDN: "ID",
  IND: "IN",
  IRL: "IE",
  ISR: "IL",
  ITA: "IT",
  JPN: "JP",
  KOR: "KR",
  LTU: "LT",
  LUX: "LU",
  LVA: "LV",
  MEX: "MX",
  MLT: "MT",
  MYS: "MY",
  NLD: "NL",
  NOR: "NO",
  NZL: "NZ",
  POL: "PL",
  PRI: "PR",
  PRT: "PT",
  ROU: "RO",
  RUS: "RU",
  SGP: "SG",
  SVK: "SK",
  SVN: "SI",
  SWE: "SE",
  TUR: "TR",
  TWN: "TW",
  USA: "US",
  ZAF: "ZA",
};

/** Name of a country of the world table, its rest of the world included. */
export function countryName(country: string, nameOf: (iso2: string) => string): string {
  if (country === "RoW") return "Rest of the world";
  return nameOf(isoTwo(country));
}

/** Two-letter code of a country given by its three-letter code. @throws RangeError when it is not in the data's list */
export function isoTwo(country: string): string {
  const iso2 = ISO2[ISO3[country] ?? country];
  if (iso2 === undefined) throw new RangeError(`country ${country} has no two-letter code`);
  return iso2;
}

/** Rows of a map from values by country of the world table; its rest of the world has no place on a map. */
export function mapRows(
  values: ReadonlyMap<string, number>,
  nameOf: (iso2: string) => string,
): { readonly iso3: string; readonly label: string; readonly value: number }[] {
  return [...values].filter(([country]) => country !== "RoW").map(([country, value]) => {
    const iso3 = ISO3[country] ?? country;
    return { iso3, label: countryName(country, nameOf), value };
  });
}
