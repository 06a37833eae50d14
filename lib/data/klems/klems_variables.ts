import type { IndustryProductivity } from "../productivity.ts";

/** Values of an industry and year that EU KLEMS releases hold; those of the shipped US table, employment and hours. */
export type KlemsField =
  | Exclude<keyof IndustryProductivity, "industryId" | "industry" | "year">
  | "employment"
  | "hours";

/** Names of the variables by field; a later one is used where an earlier one has no value. */
export const KLEMS_VARIABLES: Readonly<Record<KlemsField, readonly string[]>> = {
  grossOutput: ["GO", "GO_CP"],
  intermediates: ["II", "II_CP"],
  valueAdded: ["VA", "VA_CP"],
  capital: ["CAP"],
  labour: ["LAB"],
  grossOutputQuantity: ["GO_QI", "GO_Q"],
  intermediatesQuantity: ["II_QI", "II_Q"],
  valueAddedQuantity: ["VA_QI", "VA_Q"],
  capitalQuantity: ["CAP_QI"],
  labourQuantity: ["LAB_QI"],
  tfpGrossOutput: ["TFPgo_I"],
  tfpValueAdded: ["TFPva_I", "VATFP_I", "LP1TFP_I"],
  employment: ["EMP"],
  hours: ["H_EMP"],
};

/** Fields in the order of {@linkcode KLEMS_VARIABLES}. */
export const KLEMS_FIELDS = Object.keys(KLEMS_VARIABLES) as readonly KlemsField[];

/** All variables that are read. */
export const KLEMS_NAMES: readonly string[] = KLEMS_FIELDS.flatMap((field) =>
  KLEMS_VARIABLES[field]
);

/** ISO 3166 alpha-3 by the codes of the releases: two letters (EL, UK as Eurostat has them), or the three of 2009. */
// deno-fmt-ignore
const ISO3: Readonly<Record<string, string>> = {
  AT: "AUT", AU: "AUS", BE: "BEL", BG: "BGR", CA: "CAN", CY: "CYP", CZ: "CZE", DE: "DEU", DK: "DNK", EE: "EST",
  EL: "GRC", GR: "GRC", ES: "ESP", FI: "FIN", FR: "FRA", HR: "HRV", HU: "HUN", IE: "IRL", IT: "ITA", JP: "JPN",
  KR: "KOR", LT: "LTU", LU: "LUX", LV: "LVA", MT: "MLT", NL: "NLD", NO: "NOR", PL: "POL", PT: "PRT", RO: "ROU",
  SE: "SWE", SI: "SVN", SK: "SVK", UK: "GBR", GB: "GBR", US: "USA",
  DNK: "DNK", DEN: "DNK", GER: "DEU", LVA: "LVA", LAT: "LVA", NLD: "NLD", PRT: "PRT", SVN: "SVN", SVK: "SVK",
};

/** A release's country code as ISO alpha-3; three letters and aggregates ("EU28") stay as published. */
export function klemsCountry(code: string): string {
  const upper = code.trim().toUpperCase();
  return ISO3[upper] ?? code.trim();
}
