/** ISO 3166-1 numeric code of each ISO3 code the map can colour: countries of the WIOD and producers of rare earths. */
// deno-fmt-ignore
export const NUMERIC_CODE: Readonly<Record<string, string>> = {
  AUS: "036", AUT: "040", BEL: "056", BGR: "100", BRA: "076", CAN: "124", CHE: "756", CHN: "156",
  CYP: "196", CZE: "203", DEU: "276", DNK: "208", ESP: "724", EST: "233", FIN: "246", FRA: "250",
  GBR: "826", GRC: "300", HRV: "191", HUN: "348", IDN: "360", IND: "356", IRL: "372", ITA: "380",
  JPN: "392", KAZ: "398", KOR: "410", LTU: "440", LUX: "442", LVA: "428", MEX: "484", MLT: "470",
  MMR: "104", MYS: "458", NLD: "528", NOR: "578", POL: "616", PRT: "620", ROU: "642", RUS: "643",
  SVK: "703", SVN: "705", SWE: "752", THA: "764", TUR: "792", TWN: "158", USA: "840", VNM: "704",
  ZAF: "710",
};

/** Longitude and latitude of countries too small to be seen as areas; they are drawn as dots. */
export const SMALL_COUNTRIES: Readonly<Record<string, readonly [number, number]>> = {
  LUX: [6.1, 49.7],
  MLT: [14.4, 35.9],
  CYP: [33.2, 35.1],
};

/** WIOD's older code for Romania is ROM. */
export function canonicalIso3(iso3: string): string {
  return iso3 === "ROM" ? "ROU" : iso3;
}
