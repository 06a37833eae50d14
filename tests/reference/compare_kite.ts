/**
 * Writes tests/reference/kite.csv: our wage and price changes beside those of the R package KITE
 * (Caliendo-Parro) for its 3 x 2 toy world under two tariff shocks. Run:
 * `deno run -A tests/reference/compare_kite.ts`.
 * The toy world carries KITE's licence, lies in ../shared/reference and is not copied; the table holds
 * numbers only.
 */
import { existsSync } from "node:fs";
import { type Economy, economyFromShares, type Shock, solveEquilibrium } from "@ree/equilibrium";

const FOLDER = new URL("../../../shared/reference/kite_toy_3x2/", import.meta.url);
const COUNTRIES = ["c1", "c2", "c3"];
const SECTORS = ["s1", "s2"];

/** Is the toy world on this machine? */
export const kiteIsHere = existsSync(FOLDER);

/** One change, ours and KITE's. */
export interface KiteComparison {
  readonly scenario: string;
  readonly quantity: string;
  readonly ours: number;
  readonly kite: number;
}

const rows = (file: string) =>
  Deno.readTextFileSync(new URL(file, FOLDER)).trim().split("\n").slice(1)
    .map((line) => line.replaceAll('"', "").split(","));

/** Value of the row whose leading cells are `key`. */
export function lookUp(file: string) {
  const table = new Map(rows(file).map((row) => [row.slice(0, -1).join(" "), Number(row.at(-1))]));
  return (...key: string[]) => {
    const value = table.get(key.join(" "));
    if (value === undefined) throw new Error(`${file} has no ${key}`);
    return value;
  };
}

/** The toy world as an economy of one factor without elements. */
export function kiteEconomy(): Economy {
  const [beta, gamma, inputs] = [
    lookUp("consumption_share.csv"),
    lookUp("factor_share.csv"),
    lookUp("intermediate_share.csv"),
  ];
  const [pi, theta, balance] = [
    lookUp("trade_share.csv"),
    lookUp("trade_elasticity.csv"),
    lookUp("trade_balance.csv"),
  ];
  const cells = (make: (n: string, j: string) => number) =>
    Float64Array.from(COUNTRIES.flatMap((n) => SECTORS.map((j) => make(n, j))));
  const zeros = (length: number) => new Float64Array(length);
  const world = rows("value_added.csv").reduce((sum, row) => sum + Number(row[1]), 0);
  return economyFromShares({
    countries: COUNTRIES,
    sectors: SECTORS,
    factors: ["value added"],
    elements: [],
    tradeShare: Float64Array.from(
      COUNTRIES.flatMap((n) => COUNTRIES.flatMap((i) => SECTORS.map((j) => pi(i, n, j)))),
    ),
    tariff: zeros(18),
    exportTax: zeros(18),
    elementShare: zeros(6),
    elementMix: zeros(0),
    factorShare: cells(gamma),
    materialShare: Float64Array.from(
      COUNTRIES.flatMap((n) =>
        SECTORS.flatMap((j) => SECTORS.map((k) => (1 - gamma(n, j)) * inputs(n, k, j)))
      ),
    ),
    specificShare: zeros(6),
    finalShare: cells(beta),
    transfer: Float64Array.from(COUNTRIES, (n) => -balance(n)),
    sigma: zeros(2),
    eta: zeros(2),
    theta: Float64Array.from(SECTORS, (j) => theta(j)),
    psi: zeros(2),
  }, { worldIncome: world });
}

/** Tariffs by importer, exporter and sector. */
const tariffs = (rate: (n: number, i: number) => number): Shock => ({
  tariff: Float64Array.from({ length: 18 }, (_, at) => rate(Math.floor(at / 6), at % 6 >> 1)),
});

const SHOCKS: Readonly<Record<string, Shock>> = {
  null: {},
  // The rates are not in the golden file; they follow from its prices and trade shares:
  // π̂ = (ĉ(1 + t)/P̂)^(−θ) gives 1.1 for all imports, and 1.25 for those of c1 from c2.
  uniform_tariff: tariffs((n, i) => n === i ? 0 : 0.1),
  bilateral_tariff: tariffs((n, i) => n === 0 && i === 1 ? 0.25 : 0),
};

/** Every number of KITE's golden file beside ours. */
export function compareKite(): KiteComparison[] {
  const economy = kiteEconomy();
  return Object.entries(SHOCKS).flatMap(([name, shock]) => {
    const found = solveEquilibrium(economy, shock, { tolerance: 1e-12 });
    return rows("golden_cp2015_3x2.csv").filter(([scenario]) => scenario === name)
      .map(([scenario, variable, i, j, k, text]) => {
        const [one, two] = [COUNTRIES.indexOf(i), COUNTRIES.indexOf(j)];
        const ours = variable === "wage_change"
          ? found.wage[one]
          : variable === "price_change"
          ? found.price[one * 2 + SECTORS.indexOf(j)]
          : found.tradeShare[(two * 3 + one) * 2 + SECTORS.indexOf(k)];
        const quantity = [variable, i, j, k].filter((part) => part !== "").join(" ");
        return { scenario, quantity, ours, kite: Number(text) };
      });
  });
}

if (import.meta.main) {
  const lines = compareKite()
    .filter(({ scenario, quantity }) => scenario !== "null" && !quantity.startsWith("trade"))
    .map(({ scenario, quantity, ours, kite }) =>
      [scenario, quantity, ours.toPrecision(12), kite].join(",")
    );
  Deno.writeTextFileSync(
    new URL("kite.csv", import.meta.url),
    ["scenario,quantity,ours,kite", ...lines, ""].join("\n"),
  );
}
