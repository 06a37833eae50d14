import codes from "i18n-iso-countries/codes.json" with { type: "json" };

const NUMERIC = new Map(codes.map(([, iso3, numeric]) => [iso3, numeric]));

/** ISO 3166-1 numeric code of a country, which the map's shapes carry; undefined where ISO has none. */
export function numericCode(iso3: string): string | undefined {
  return NUMERIC.get(canonicalIso3(iso3));
}

/** Longitude and latitude of countries too small to be seen as areas; they are drawn as dots. */
export const SMALL_COUNTRIES: Readonly<Record<string, readonly [number, number]>> = {
  LUX: [6.1, 49.7],
  MLT: [14.4, 35.9],
  CYP: [33.2, 35.1],
  HKG: [114.2, 22.3],
  SGP: [103.8, 1.4],
};

/** WIOD's older code for Romania is ROM. */
export function canonicalIso3(iso3: string): string {
  return iso3 === "ROM" ? "ROU" : iso3;
}
