import {
  calibrate,
  type Calibration,
  countryRows,
  type Economy,
  economySize,
  type ModelElasticities,
  type Scenario,
  scenarioShock,
  withElasticity,
  type WorldTableWithElements,
} from "@ree/equilibrium";
import { type Run, run, withSigma } from "./counterfactual_run.ts";
import { type IntensiveSector, intensiveSectors, sectorAbroad } from "./counterfactual_sectors.ts";
import { welfareOf } from "./counterfactual_welfare.ts";
import { exportsOf, scenarioRoles } from "./own_scenario_settings.ts";

/** One restricted input before and after. */
export interface InputRow {
  readonly input: string;
  /** World use in the baseline, million USD. */
  readonly worldValue: number;
  /** Share of the restricting country in world supply and in world exports, percent. */
  readonly supplyShare: number;
  readonly exportShare: number;
  /** Price over baseline price in the restricting country and, mean by baseline spending, abroad. */
  readonly inside: number;
  readonly outside: number;
  /** Quantity from the restricting country that arrives abroad, percent. */
  readonly exportsPercent: number;
  /** Gap between the price at the border and at home that the measure opens, percent; 0 for costs and embargoes. */
  readonly wedgePercent: number;
  /** Quota rents and duty revenue, million USD in the baseline's numeraire. */
  readonly rents: number;
}

/** One sector that uses the inputs, outside the restricting country; changes in per mille. */
export interface OwnSectorRow extends IntensiveSector {
  readonly exportsFixed: number;
  readonly exports: number;
  readonly outputFixed: number;
  readonly output: number;
}

/** Real income of one country. */
export interface OwnCountryRow {
  readonly country: string;
  /** Per mille of real income, with fixed technology and under the chosen closure. */
  readonly fixed: number;
  readonly perMille: number;
  /** The same in million USD of the base year. */
  readonly millionFixed: number;
  readonly million: number;
}

/** Main outcomes at one σ. */
export interface SigmaRow {
  readonly sigma: number;
  readonly outside: number;
  readonly welfareHome: number;
  /** Per mille. */
  readonly abroadFixed: number;
  readonly abroad: number;
  readonly millionAbroad: number;
  /** Percent of the loss abroad with fixed technology; NaN where nothing is lost. */
  readonly mitigation: number;
  /** Empty where it was solved, else why not. */
  readonly problem: string;
}

/** A scenario solved with fixed technology and under its closure, in rows. */
export interface OwnAnalysis {
  readonly scenario: Scenario;
  readonly restricting: string;
  readonly elements: readonly string[];
  readonly sigma: number;
  readonly closure: string;
  readonly fixed: Run;
  readonly chosen: Run;
  readonly inputs: readonly InputRow[];
  readonly inputsFixed: readonly InputRow[];
  /** The most intensive first. */
  readonly sectors: readonly OwnSectorRow[];
  /** In the order of the economy. */
  readonly countries: readonly OwnCountryRow[];
  readonly home: OwnCountryRow;
  /** All other countries together. */
  readonly abroad: OwnCountryRow;
  /** Share of the loss abroad that technology avoids, percent; NaN where nothing is lost. */
  readonly mitigation: number;
  /** Largest residual of both solutions. */
  readonly residual: number;
}

/** Label of the row of all countries but the restricting one. */
export const ALL_OTHERS = "All others";

/** Losses abroad below this, million USD, are rounding: nothing that technology could avoid. */
const NO_LOSS = 1e-6;

/**
 * Calibration with one σ for all, and one supply elasticity for all inputs that have no row of their own in the
 * table of elasticities.
 */
export function ownCalibration(
  world: WorldTableWithElements,
  elasticities: ModelElasticities,
  { sigma, supply }: { readonly sigma: number; readonly supply: number },
): Calibration {
  const general = elasticities.rows.filter((row) =>
    row.parameter === "supply" && ["elements", "*"].includes(row.sector)
  );
  const own = general.reduce(
    (all, row) => withElasticity(all, "supply", supply, row.sector),
    elasticities,
  );
  const { economy, report } = calibrate(world, own);
  return { economy: withSigma(economy, sigma), report };
}

/**
 * Solves a scenario with fixed technology and under its closure.
 *
 * @param economy with one σ in all sectors
 * @param options.country restricting country where the scenario names none
 * @param options.nameOf name of a sector code
 */
export function ownAnalysis(
  economy: Economy,
  scenario: Scenario,
  options: { readonly country: string; readonly nameOf?: (sector: string) => string },
): OwnAnalysis {
  const { restricting, elements } = scenarioRoles(economy, scenario, options.country);
  const shock = scenarioShock(economy, scenario);
  const closure = scenario.closure ?? { kind: "fixed" };
  const fixed = run("fixed", economy, shock);
  const chosen = closure.kind === "fixed" ? fixed : run(closure.kind, economy, shock, closure);
  const rows = countryChanges(fixed, chosen);
  const group = (label: string, member: (country: string) => boolean): OwnCountryRow => {
    const [before, after] = [welfareOf(fixed, member), welfareOf(chosen, member)];
    return {
      country: label,
      fixed: before.perMille,
      perMille: after.perMille,
      millionFixed: before.million,
      million: after.million,
    };
  };
  const abroad = group(ALL_OTHERS, (country) => country !== restricting);
  return {
    scenario,
    restricting,
    elements,
    sigma: chosen.sigma,
    closure: closure.kind,
    fixed,
    chosen,
    inputs: elements.map((element) => inputRow(chosen, element, restricting)),
    inputsFixed: elements.map((element) => inputRow(fixed, element, restricting)),
    sectors: intensiveSectors(economy, restricting, options.nameOf).map((sector) => {
      const [before, after] = [fixed, chosen].map((one) =>
        sectorAbroad(one, sector.sector, restricting)
      );
      return {
        ...sector,
        exportsFixed: before.exports,
        exports: after.exports,
        outputFixed: before.output,
        output: after.output,
      };
    }),
    countries: rows,
    home: group(restricting, (country) => country === restricting),
    abroad,
    mitigation: mitigated(abroad),
    residual: Math.max(
      ...[fixed, chosen].flatMap(({ found }) => Object.values(found.residuals)),
    ),
  };
}

/** The scenario at other values of σ; a value without solution keeps its row and says why. */
export function sigmaRows(
  { scenario, restricting, fixed: { economy } }: OwnAnalysis,
  sigmas: readonly number[],
): SigmaRow[] {
  return sigmas.map((sigma) => {
    try {
      const one = ownAnalysis(withSigma(economy, sigma), scenario, { country: restricting });
      return {
        sigma,
        outside: meanOutside(one.inputs),
        welfareHome: one.home.perMille,
        abroadFixed: one.abroad.fixed,
        abroad: one.abroad.perMille,
        millionAbroad: one.abroad.million,
        mitigation: one.mitigation,
        problem: "",
      };
    } catch (error) {
      return {
        sigma,
        outside: NaN,
        welfareHome: NaN,
        abroadFixed: NaN,
        abroad: NaN,
        millionAbroad: NaN,
        mitigation: NaN,
        problem: error instanceof Error ? error.message : String(error),
      };
    }
  });
}

/** Price abroad over baseline, mean of inputs by world use. */
export function meanOutside(rows: readonly InputRow[]): number {
  return weightedMean(rows, ({ outside }) => outside);
}

/** Price in the restricting country over baseline, mean of inputs by world use. */
export function meanInside(rows: readonly InputRow[]): number {
  return weightedMean(rows, ({ inside }) => inside);
}

/** Countries with the largest losses and gains, million USD; the restricting country is left out. */
export function losersAndGainers(
  { countries, restricting }: Pick<OwnAnalysis, "countries" | "restricting">,
  count: number,
): { readonly losers: readonly OwnCountryRow[]; readonly gainers: readonly OwnCountryRow[] } {
  const others = countries.filter(({ country }) => country !== restricting)
    .toSorted((a, b) => a.million - b.million);
  return {
    losers: others.filter(({ million }) => million < 0).slice(0, count),
    gainers: others.filter(({ million }) => million > 0).toReversed().slice(0, count),
  };
}

function countryChanges(fixed: Run, chosen: Run): OwnCountryRow[] {
  const before = countryRows(fixed.economy, fixed.found);
  return countryRows(chosen.economy, chosen.found).map((row, n) => ({
    country: row.country,
    fixed: 10 * before[n].welfarePercent,
    perMille: 10 * row.welfarePercent,
    millionFixed: before[n].income * before[n].welfarePercent / 100,
    million: row.income * row.welfarePercent / 100,
  }));
}

function mitigated({ millionFixed, million }: OwnCountryRow): number {
  return millionFixed < -NO_LOSS ? 100 * (1 - million / millionFixed) : NaN;
}

function inputRow({ economy, shock, found }: Run, input: string, restricting: string): InputRow {
  const { N, J } = economySize(economy);
  const [home, j] = [economy.countries.indexOf(restricting), economy.sectors.indexOf(input)];
  const quota = (shock.quotas ?? []).findIndex((one) =>
    one.country === restricting && one.element === input
  );
  const wedge = quota < 0 ? 0 : found.quotaWedge[quota];
  const cost = found.unitCost[home * J + j];
  let [supply, world, abroad, priceAbroad, rents, border] = [0, 0, 0, 0, 0, 0];
  let [sent, arrives] = [0, 0];
  for (let n = 0; n < N; n++) {
    supply += economy.revenue[n * J + j];
    const spent = economy.expenditure[n * J + j];
    world += spent;
    if (n === home) continue;
    abroad += spent;
    if (spent > 0) priceAbroad += spent * found.price[n * J + j];
    const at = (n * N + home) * J + j;
    const tax = (shock.exportTax ?? economy.exportTax)[at];
    const tariff = (shock.tariff ?? economy.tariff)[at];
    sent += economy.tradeShare[at] * spent /
      ((1 + economy.tariff[at]) * (1 + economy.exportTax[at]));
    const sold = found.tradeShare[at] * found.expenditure[n * J + j] / (1 + tariff);
    if (sold === 0) continue;
    const earned = sold / ((1 + tax) * (1 + wedge));
    border += sold;
    rents += sold - earned;
    arrives += earned / (cost * (shock.iceberg?.[at] ?? 1));
  }
  const exporters = economy.countries.reduce(
    (sum, country) => sum + exportsOf(economy, country, input),
    0,
  );
  return {
    input,
    worldValue: world,
    supplyShare: 100 * economy.revenue[home * J + j] / supply,
    exportShare: 100 * exportsOf(economy, restricting, input) / exporters,
    inside: economy.expenditure[home * J + j] > 0 ? found.price[home * J + j] : NaN,
    outside: abroad > 0 ? priceAbroad / abroad : NaN,
    exportsPercent: sent > 0 ? 100 * (arrives / sent - 1) : NaN,
    wedgePercent: border === 0 ? 0 : 100 * rents / (border - rents),
    rents,
  };
}

function weightedMean(rows: readonly InputRow[], value: (row: InputRow) => number): number {
  const known = rows.filter((row) => !Number.isNaN(value(row)));
  const weight = known.reduce((sum, row) => sum + row.worldValue, 0);
  return known.reduce((sum, row) => sum + row.worldValue * value(row), 0) / weight;
}
