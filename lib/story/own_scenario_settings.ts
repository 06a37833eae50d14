import { type Economy, economySize, type Measure, type Scenario } from "@ree/equilibrium";
import { closuresAbroad } from "./counterfactual_run.ts";
import { joined } from "./own_scenario_numbers.ts";

/** Kinds of restriction that a parameter cell can name. */
export const OWN_MEASURES = ["quota", "duty", "embargo", "licensing"] as const;

/** What a reader fills in. */
export interface OwnSettings {
  /** Code of the restricting country. */
  readonly country: string;
  /** Restricted inputs; ["*"] for all that the economy has as sectors of their own. */
  readonly elements: readonly string[];
  /** One of {@link OWN_MEASURES}. */
  readonly measure: string;
  /**
   * quota: export quantity allowed, baseline = 1 (0 to 1); duty: ad valorem rate (0.25 is 25 %); licensing: cost
   * of delays and paper as a part of the price (0.2 is 20 %); embargo: not used.
   */
  readonly size: number;
  /** Codes of the buyers concerned; ["*"] for all. A quota concerns all buyers. */
  readonly targets: readonly string[];
  /** fixed, allocation, entry, global-allocation or global-entry. */
  readonly closure: string;
}

/** All of a list: how a parameter cell says "every one". */
const ALL = "*";

/** Largest duty and licensing cost that are taken for meant: ten times the price. */
const LARGEST_RATE = 10;

/**
 * The scenario that the settings describe: what `loadScenario` reads.
 *
 * Licensing is read as a cost of each shipment that nobody earns (an iceberg cost), a duty as one that the
 * restricting country earns.
 *
 * @throws RangeError in plain words, with the allowed values: unknown country, input, measure or closure; a size
 * out of range; a quota on single buyers; inputs that the country does not export
 */
export function ownScenario(economy: Economy, settings: OwnSettings): Scenario {
  const { country, measure, closure } = settings;
  oneOf("country", country, economy.countries);
  oneOf("measure", measure, OWN_MEASURES);
  const all = isAll(settings.elements);
  const elements = all ? [...economy.elements] : settings.elements;
  if (elements.length === 0) throw new RangeError("elements: none given; expected some, or *");
  for (const element of elements) oneOf("elements", element, economy.elements);
  const everyone = isAll(settings.targets);
  if (settings.targets.length === 0) {
    throw new RangeError("targets: none given; expected some, or *");
  }
  const buyers = economy.countries.filter((one) => one !== country);
  if (!everyone) { for (const target of settings.targets) oneOf("targets", target, buyers); }
  const sold = elements.filter((element) => exportsOf(economy, country, element) > 0);
  if (sold.length === 0 || (!all && sold.length < elements.length)) {
    const missing = elements.filter((element) => !sold.includes(element));
    const sellers = economy.countries.filter((one) => exportsOf(economy, one, missing[0]) > 0);
    throw new RangeError(
      `country: ${country} exports no ${missing.join(", ")} in the baseline; expected one of ` +
        `${sellers.join(", ")} for ${missing[0]}`,
    );
  }
  const rule = closuresAbroad(economy, country);
  const chosen = rule.find(({ name }) => name === closure);
  if (chosen === undefined || chosen.closure.kind === "frozen") {
    throw unknown("closure", closure, rule.map(({ name }) => name));
  }
  const built = ownMeasure(settings, all ? ["elements"] : elements, everyone);
  return {
    name: `${measure.charAt(0).toUpperCase()}${measure.slice(1)} on ${
      allInputsText(elements)
    } by ${country}`,
    description: measureText(built, { all: allInputsText(elements) }),
    measures: [built],
    closure: chosen.closure,
  };
}

function ownMeasure(settings: OwnSettings, sectors: readonly string[], everyone: boolean): Measure {
  const { country: exporter, measure, size, targets } = settings;
  const importers = everyone ? ALL : targets;
  switch (measure) {
    case "quota":
      if (!everyone) {
        throw new RangeError(
          `targets: a quota binds all buyers together, came ${
            targets.join(", ")
          }; expected *, or the measure ` +
            "duty, embargo or licensing for single buyers",
        );
      }
      inRange(size, 0, 1, "the export quantity allowed, baseline = 1 (0.6 for 60 %)");
      return { kind: "exportQuota", exporter, sectors, limit: size };
    case "duty":
      inRange(size, 0, LARGEST_RATE, "the rate (0.25 for 25 %)");
      return { kind: "exportDuty", exporter, sectors, rate: size, importers };
    case "embargo":
      return { kind: "embargo", exporter, sectors, importers };
    default:
      inRange(size, 0, LARGEST_RATE, "the cost as a part of the price (0.2 for 20 %)");
      return { kind: "tradeCost", importers, exporters: [exporter], sectors, factor: 1 + size };
  }
}

/** Who restricts what in a scenario: the first exporter it names, and all inputs that its measures concern. */
export interface ScenarioRoles {
  readonly restricting: string;
  readonly elements: readonly string[];
}

/**
 * The roles in a scenario, also one from a file.
 *
 * @param country restricting country where no measure names an exporter
 */
export function scenarioRoles(
  economy: Economy,
  { measures }: Scenario,
  country: string,
): ScenarioRoles {
  const exporters = measures.flatMap((measure) =>
    "exporter" in measure
      ? [measure.exporter]
      : "exporters" in measure && measure.exporters !== ALL
      ? measure.exporters
      : []
  );
  const restricting = exporters[0] ?? country;
  oneOf("country", restricting, economy.countries);
  const named = new Set(
    measures.flatMap((measure) => "sectors" in measure ? [...measure.sectors] : []),
  );
  const all = named.has(ALL) || named.has("elements");
  const elements = economy.elements.filter((element) => all || named.has(element));
  return { restricting, elements: elements.length > 0 ? elements : economy.elements };
}

/** How {@link measureText} names countries and all inputs together. */
export interface MeasureNames {
  readonly nameOf?: (country: string) => string;
  readonly sectorOf?: (sector: string) => string;
  /** What "elements" stands for, e.g. "gallium and germanium". */
  readonly all?: string;
}

/** A measure as part of a sentence: "CHN caps exports of all inputs at 60 % of the baseline quantity". */
export function measureText(measure: Measure, names: MeasureNames = {}): string {
  const { nameOf = (country) => country, sectorOf = (sector) => sector, all = "all inputs" } =
    names;
  const list = (labels: readonly string[]) => joined(labels);
  const countries = (labels: readonly string[] | "*", everyone: string) =>
    labels === ALL ? everyone : joined(labels.map(nameOf));
  const sectors = (labels: readonly string[] | "*") => {
    if (labels === ALL) return "all products";
    return list(labels.map((label) => label === "elements" ? all : sectorOf(label)));
  };
  const buyers = (labels: readonly string[] | "*") => countries(labels, "all other countries");
  const percent = (value: number) => `${Number((100 * value).toPrecision(6))} %`;
  switch (measure.kind) {
    case "exportQuota":
      return `${nameOf(measure.exporter)} caps exports of ${sectors(measure.sectors)} at ${
        percent(measure.limit)
      } of the baseline quantity`;
    case "exportDuty":
      return `${nameOf(measure.exporter)} levies an export duty of ${percent(measure.rate)} on ${
        sectors(measure.sectors)
      } sold to ${buyers(measure.importers)}`;
    case "embargo":
      return `${nameOf(measure.exporter)} stops selling ${sectors(measure.sectors)} to ${
        buyers(measure.importers)
      }`;
    case "tradeCost":
      return `getting ${sectors(measure.sectors)} from ${
        countries(measure.exporters, "any country")
      } to ${buyers(measure.importers)} costs ${
        percent(measure.factor - 1)
      } more, earned by nobody`;
    case "tariff":
      return `${countries(measure.importers, "every country")} has a tariff of ${
        percent(measure.rate)
      } on ${sectors(measure.sectors)} from ${buyers(measure.exporters)}`;
    case "productivity":
      return `the productivity of ${nameOf(measure.country)} in ${
        sectors(measure.sectors)
      } changes by the factor ${measure.factor}`;
    case "resource":
      return `the mines of ${nameOf(measure.country)} for ${
        sectors(measure.sectors)
      } change by the factor ${measure.factor}`;
    case "endowment":
      return `${measure.factors === ALL ? "every factor" : list(measure.factors)} of ${
        nameOf(measure.country)
      } changes by the factor ${measure.factor}`;
    case "transfer":
      return `${nameOf(measure.from)} transfers ${measure.amount} million USD to ${
        nameOf(measure.to)
      }`;
  }
}

/** Few inputs by name, many by number: "gallium and germanium", "all 10 inputs". */
export function allInputsText(elements: readonly string[]): string {
  return elements.length <= NAMED_INPUTS ? joined(elements) : `all ${elements.length} inputs`;
}

/** More inputs than this are counted rather than named. */
const NAMED_INPUTS = 3;

/**
 * Sales of an input or sector to other countries in the baseline, at purchaser prices.
 *
 * @returns million USD in a calibrated economy
 */
export function exportsOf(economy: Economy, country: string, sector: string): number {
  const { N, J } = economySize(economy);
  const [i, j] = [economy.countries.indexOf(country), economy.sectors.indexOf(sector)];
  let sold = 0;
  for (let n = 0; n < N; n++) {
    if (n !== i) sold += economy.tradeShare[(n * N + i) * J + j] * economy.expenditure[n * J + j];
  }
  return sold;
}

function isAll(labels: readonly string[]): boolean {
  return labels.length === 1 && labels[0] === ALL;
}

function oneOf(what: string, came: string, allowed: readonly string[]) {
  if (!allowed.includes(came)) throw unknown(what, came, allowed);
}

function unknown(what: string, came: string, allowed: readonly string[]): RangeError {
  return new RangeError(`${what}: came "${came}"; expected one of ${allowed.join(", ")}`);
}

function inRange(size: number, low: number, high: number, meaning: string) {
  if (!(size >= low && size <= high)) {
    throw new RangeError(`size: came ${size}; expected ${low} to ${high}, ${meaning}`);
  }
}

/** The country that sells most of the carved out inputs abroad. @throws RangeError when no country does */
export function largestSeller(economy: Economy): string {
  const sales = economy.countries.map((country) => ({
    country,
    value: economy.elements.reduce((sum, element) => sum + exportsOf(economy, country, element), 0),
  }));
  const largest = sales.reduce((best, other) => other.value > best.value ? other : best);
  if (largest.value > 0) return largest.country;
  throw new RangeError(`no country exports ${economy.elements.join(", ")}; expected one that does`);
}

/**
 * Refuses countries that the chosen world table does not show.
 *
 * @param roles country codes by what they are for, e.g. `{ buyer: "JPN" }`
 * @throws RangeError naming role and code, with the countries that are there
 */
export function checkCountries(
  countries: readonly string[],
  roles: Readonly<Record<string, string>>,
): void {
  for (const [role, code] of Object.entries(roles)) oneOf(role, code, countries);
}
