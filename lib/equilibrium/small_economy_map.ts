import type { Economy } from "./economy.ts";

/** Countries shown; all others are the rest of the world. */
const SHOWN = ["CHN", "JPN", "USA", "DEU", "KOR"];
const REST = "RoW";

const COUNTRIES =
  "AUS AUT BEL BGR BRA CAN CHN CYP CZE DEU DNK ESP EST FIN FRA GBR GRC HUN IDN IND IRL ITA JPN KOR LTU LUX LVA MEX MLT NLD POL PRT ROM RUS SVK SVN SWE TUR TWN USA RoW"
    .split(" ");

/** Region of every country of the world table. */
export const SMALL_REGIONS: Readonly<Record<string, string>> = Object.fromEntries(
  COUNTRIES.map((country) => [country, SHOWN.includes(country) ? country : REST]),
);

/** Sectors of each group of the small economy. */
const GROUPS: Readonly<Record<string, readonly string[]>> = {
  "primary": ["c1", "c2"],
  "consumer goods": ["c3", "c4", "c5", "c6", "c7", "c16"],
  "fuels": ["c8"],
  "chemicals": ["c9", "c10", "c11"],
  "metals": ["c12"],
  "machinery": ["c13"],
  "electronics": ["c14"],
  "vehicles": ["c15"],
  "services": Array.from({ length: 19 }, (_, k) => `c${k + 17}`),
  "light": ["La", "Ce"],
  "magnet": ["Pr", "Nd"],
  "medium": ["Sm", "Eu", "Gd"],
  "heavy": ["Tb", "Dy", "Y"],
};

/** Group of every sector and element. */
export const SMALL_SECTORS: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(GROUPS).flatMap(([group, members]) => members.map((member) => [member, group])),
);

/** Arrays of shares in the file. */
export const SMALL_ARRAYS = [
  "tradeShare",
  "elementShare",
  "elementMix",
  "factorShare",
  "materialShare",
  "specificShare",
  "finalShare",
  "transfer",
  "sigma",
  "eta",
  "theta",
  "psi",
] as const;

/** Significant digits in the file; sums are restored when it is read. */
const DIGITS = 7;

/** Text of `small_economy.json`: labels, shares, and transfers relative to world income. */
export function smallEconomyFile(economy: Economy, year: number): string {
  const { countries, sectors, factors, elements } = economy;
  let worldIncome = 0;
  for (let at = 0; at < economy.revenue.length; at++) {
    const rho = economy.specificShare[at];
    const others = (1 - rho) * (1 - economy.elementShare[at]);
    worldIncome += economy.revenue[at] * (rho + others * economy.factorShare[at]);
  }
  const round = (value: number) => Number(value.toPrecision(DIGITS));
  const arrays = SMALL_ARRAYS.map((name) => {
    const scale = name === "transfer" ? 1 / worldIncome : 1;
    return [name, Array.from(economy[name], (value) => round(value * scale))];
  });
  return JSON.stringify({
    year,
    worldIncome: round(worldIncome),
    countries,
    sectors,
    factors,
    elements,
    ...Object.fromEntries(arrays),
  }) + "\n";
}
