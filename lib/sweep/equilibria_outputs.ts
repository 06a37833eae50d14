import type { Economy, Equilibrium, Shock } from "@ree/equilibrium";
import type { Json } from "./canonical_json.ts";
import type { ScenarioTemplate } from "./equilibria_scenarios.ts";
import type { Columns, Row } from "./work_kind.ts";

/** Results by country, percent changes against the baseline. */
const BY_COUNTRY = ["welfare", "income", "consumerPrice"] as const;
/** Results by country and sector: percent changes, and levels of the element share and of B̂R, B̂X. */
const BY_SECTOR = [
  "price",
  "unitCost",
  "revenue",
  "elementShare",
  "technologyElement",
  "technologyOther",
] as const;

type ByCountry = typeof BY_COUNTRY[number];
type BySector = typeof BY_SECTOR[number];

/** What is kept of an equilibrium. */
export interface OutputRequest {
  readonly measure: ByCountry | BySector;
  /** Labels, or "*" for all. */
  readonly countries: readonly string[] | "*";
  /** Labels, "elements", or "*"; only for results by sector. */
  readonly sectors: readonly string[] | "*" | "elements";
}

/**
 * Reads `outputs`: names of results, or objects with `measure`, `countries`, `sectors`. Default: welfare
 * of every country.
 *
 * @throws RangeError naming what came and what is expected
 */
export function parseOutputs(given: Json | undefined): readonly OutputRequest[] {
  if (given === undefined) return [{ measure: "welfare", countries: "*", sectors: "*" }];
  if (!Array.isArray(given) || given.length === 0) {
    throw new RangeError(`shared.outputs: came ${JSON.stringify(given)}, expected a list`);
  }
  return given.map((one, k) => {
    const place = `shared.outputs[${k}]`;
    const { measure, countries = "*", sectors = "elements", ...stray } = typeof one === "string"
      ? { measure: one }
      : Object.fromEntries(Object.entries(one ?? {}));
    const known = [...BY_COUNTRY, ...BY_SECTOR].find((name) => name === measure);
    if (known === undefined) {
      throw new RangeError(
        `${place}: came ${JSON.stringify(one)}, expected one of ${
          [...BY_COUNTRY, ...BY_SECTOR].join(", ")
        }`,
      );
    }
    const [extra] = Object.keys(stray);
    if (extra !== undefined) {
      throw new RangeError(
        `${place}: unknown field "${extra}"; expected measure, countries, sectors`,
      );
    }
    return {
      measure: known,
      countries: labels(countries, ["*"], `${place}.countries`) as OutputRequest["countries"],
      sectors: labels(sectors, ["*", "elements"], `${place}.sectors`) as OutputRequest["sectors"],
    };
  });
}

function labels(value: unknown, words: readonly string[], place: string): unknown {
  if (typeof value === "string" && words.includes(value)) return value;
  if (Array.isArray(value) && value.every((label) => typeof label === "string")) return value;
  throw new RangeError(
    `${place}: came ${JSON.stringify(value)}, expected a list of labels or ${words.join(" or ")}`,
  );
}

/** Wedges are kept for every quota that a scenario can have. */
function quotaNames(
  economy: Economy,
  scenarios: Readonly<Record<string, ScenarioTemplate>>,
): string[] {
  const names = new Set<string>();
  for (const { quotas } of Object.values(scenarios)) {
    for (const { exporter, sectors } of quotas) {
      for (const sector of expand(sectors, economy)) names.add(`quotaWedge.${exporter}.${sector}`);
    }
  }
  return [...names];
}

function expand(sectors: readonly string[] | "*", economy: Economy): readonly string[] {
  if (sectors === "*") return economy.sectors;
  return sectors.flatMap((sector) => sector === "elements" ? economy.elements : [sector]);
}

/**
 * Columns of the results: those asked for, wedges of quotas, then `iterations` and `residual` (the largest
 * gap of any block of equations). Economies with other labels share the table: a country that one
 * of them lacks is empty there.
 *
 * @throws RangeError naming a label that no economy has
 */
export function outputColumns(
  economies: Readonly<Record<string, Economy>>,
  outputs: readonly OutputRequest[],
  scenarios: Readonly<Record<string, ScenarioTemplate>>,
): Columns {
  const columns: Record<string, "number"> = {};
  const all = Object.values(economies);
  for (const request of outputs) {
    for (
      const [which, list] of [["countries", request.countries], [
        "sectors",
        request.sectors,
      ]] as const
    ) {
      if (typeof list === "string") continue;
      const stray = list.find((label) =>
        label !== "elements" && !all.some((economy) => economy[which].includes(label))
      );
      if (stray !== undefined) {
        throw new RangeError(`shared.outputs: "${stray}" is not among the ${which} of any economy`);
      }
    }
    for (const economy of all) {
      for (const { name } of places(economy, request)) columns[name] = "number";
    }
  }
  for (const economy of all) {
    for (const name of quotaNames(economy, scenarios)) columns[name] = "number";
  }
  return { ...columns, iterations: "number", residual: "number" };
}

interface Place {
  readonly name: string;
  /** Position in the array. */
  readonly at: number;
}

const known = new WeakMap<readonly string[], Map<OutputRequest, readonly Place[]>>();

/** Where a request is in the arrays of an economy; kept, since it is the same in every run. */
function places(economy: Economy, request: OutputRequest): readonly Place[] {
  const own = known.get(economy.countries) ?? new Map<OutputRequest, readonly Place[]>();
  known.set(economy.countries, own);
  const before = own.get(request);
  if (before !== undefined) return before;
  const found = findPlaces(economy, request);
  own.set(request, found);
  return found;
}

function findPlaces(economy: Economy, { measure, countries, sectors }: OutputRequest): Place[] {
  const bySector = BY_SECTOR.some((name) => name === measure);
  const J = economy.sectors.length;
  const wanted = sectors === "elements"
    ? economy.elements
    : sectors === "*"
    ? economy.sectors
    : expand(sectors, economy);
  return economy.countries.flatMap((country, n) => {
    if (countries !== "*" && !countries.includes(country)) return [];
    if (!bySector) return [{ name: `${measure}.${country}`, at: n }];
    return economy.sectors.flatMap((sector, j) =>
      wanted.includes(sector) ? [{ name: `${measure}.${country}.${sector}`, at: n * J + j }] : []
    );
  });
}

/** The results of one equilibrium by column; empty where there is no market or producer in the baseline. */
export function outputValues(
  economy: Economy,
  shock: Shock,
  found: Equilibrium,
  outputs: readonly OutputRequest[],
): Row {
  const row: Record<string, number | null> = {};
  for (const request of outputs) {
    const value = reader(request.measure, economy, found);
    for (const { name, at } of places(economy, request)) row[name] = value(at);
  }
  (shock.quotas ?? []).forEach(({ country, element }, q) => {
    row[`quotaWedge.${country}.${element}`] = found.quotaWedge[q];
  });
  row.iterations = found.iterations;
  row.residual = Math.max(...Object.values(found.residuals));
  return row;
}

const percent = (factor: number) => 100 * (factor - 1);

function reader(
  measure: OutputRequest["measure"],
  economy: Economy,
  found: Equilibrium,
): (at: number) => number | null {
  const sold = (value: (at: number) => number) => (at: number) =>
    economy.revenue[at] > 0 ? value(at) : null;
  switch (measure) {
    case "welfare":
    case "income":
    case "consumerPrice":
      return (at) => percent(found[measure][at]);
    case "price":
      return (at) => economy.expenditure[at] > 0 ? percent(found.price[at]) : null;
    case "unitCost":
      return sold((at) => percent(found.unitCost[at]));
    case "revenue":
      return sold((at) => percent(found.revenue[at] / economy.revenue[at]));
    case "elementShare":
      return sold((at) => found.elementShare[at]);
    case "technologyElement":
      return sold((at) => found.technology.element[at]);
    case "technologyOther":
      return sold((at) => found.technology.other[at]);
  }
}
