import type { AggregationMap } from "@ree/equilibrium";

/** A country or group of countries of the what-if page. */
export interface Region {
  /** Code in settings, links and results. */
  readonly code: string;
  /** Name in lists and figures. */
  readonly name: string;
  /** Name within a sentence. */
  readonly inSentence: string;
  /** Countries of the world table that it holds. */
  readonly countries: readonly string[];
}

/** Countries that stay by themselves: those that sell elements, and the large users. */
const OWN: readonly (readonly [code: string, name: string, inSentence?: string])[] = [
  ["CHN", "China"],
  ["JPN", "Japan"],
  ["USA", "United States", "the United States"],
  ["KOR", "South Korea"],
  ["TWN", "Taiwan"],
  ["IND", "India"],
  ["RUS", "Russia"],
  ["BRA", "Brazil"],
  ["AUS", "Australia"],
  ["CAN", "Canada"],
  ["DEU", "Germany"],
];

/** Members of the European Union in 2009 in the codes of the WIOD; Germany stays by itself. */
const REST_OF_EU =
  ("AUT BEL BGR CYP CZE DNK ESP EST FIN FRA GBR GRC HUN IRL ITA LTU LUX LVA MLT NLD POL PRT ROM " +
    "SVK SVN SWE").split(" ");

/**
 * The regions of the page for the countries of a world table. What is neither named nor in the European Union
 * belongs to the rest of the world; a region without countries is left out.
 *
 * @throws RangeError without any country
 */
export function regionsOf(countries: readonly string[]): Region[] {
  if (countries.length === 0) throw new RangeError("regions: no countries given");
  const own = OWN.map(([code, name, inSentence = name]) => ({
    code,
    name,
    inSentence,
    countries: countries.filter((country) => country === code),
  }));
  const union = {
    code: "EU",
    name: "Rest of the EU",
    inSentence: "the rest of the European Union",
    countries: countries.filter((country) => REST_OF_EU.includes(country)),
  };
  const known = new Set([...own, union].flatMap((region) => region.countries));
  const rest = {
    code: "RoW",
    name: "Rest of the world",
    inSentence: "the rest of the world",
    countries: countries.filter((country) => !known.has(country)),
  };
  return [...own, union, rest].filter((region) => region.countries.length > 0);
}

/** Which region every country belongs to, as `aggregateWorld` takes it. */
export function regionMap(regions: readonly Region[]): AggregationMap {
  return {
    countries: Object.fromEntries(
      regions.flatMap(({ code, countries }) => countries.map((country) => [country, code])),
    ),
  };
}
