/**
 * Codes of countries: ISO 3166-1 and the few in which world tables differ. A door of its own, because figures and
 * sentences need it where nothing else of the data stage can run (a browser).
 *
 * @module
 */
import codes from "i18n-iso-countries/codes.json" with { type: "json" };

/** The codes of one country or territory. */
export interface IsoCodes {
  readonly iso2: string;
  readonly iso3: string;
  /** Three digits, as maps use them. */
  readonly numeric: string;
}

/** Code of the world tables for what they do not show by country. */
export const REST_OF_WORLD = "RoW";

/** Codes in which world tables differ from ISO, with the ISO code: WIOD 2013 has Romania's older one. */
const OLDER: Readonly<Record<string, string>> = { ROM: "ROU" };

/** Regions of EXIOBASE and other tables that are a rest of the world, or of a part of it. */
const RESTS = ["ROW", "RoW", "WA", "WE", "WF", "WL", "WM"];

const ALL: readonly IsoCodes[] = codes.map(([iso2, iso3, numeric]) => ({ iso2, iso3, numeric }));
const BY_THREE = new Map(ALL.map((one) => [one.iso3, one]));
const BY_TWO = new Map(ALL.map((one) => [one.iso2, one]));

/** ISO codes of a country given by its two- or three-letter code, WIOD's ROM included; undefined where ISO has none. */
export function isoCodes(code: string): IsoCodes | undefined {
  return BY_THREE.get(OLDER[code] ?? code) ?? BY_TWO.get(code);
}

/**
 * The code that this project's world tables use: three letters, ROM for Romania as in WIOD 2013, RoW for all kinds of rest of
 * the world; a code that ISO does not know stays as it is.
 *
 * @example
 * ```ts
 * ["AT", "ROU", "WA", "KSV"].map(worldTableCode); // AUT, ROM, RoW, KSV
 * ```
 */
export function worldTableCode(code: string): string {
  if (RESTS.includes(code)) return REST_OF_WORLD;
  const iso3 = isoCodes(code)?.iso3;
  if (iso3 === undefined) return code;
  return Object.entries(OLDER).find(([, now]) => now === iso3)?.[0] ?? iso3;
}
