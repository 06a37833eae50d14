import {
  aggregateWorld,
  aggregationGroups,
  type AggregationMap,
  type WorldTableWithElements,
} from "./aggregate_world.ts";
import { baselineFlows } from "./baseline_flows.ts";
import type { CalibrationReport, LargestChange } from "./calibration_report.ts";
import {
  type CalibrationFlows,
  finalUse,
  rowTotals,
  scaleInputs,
  sharesOf,
  shrinkMineInputs,
} from "./calibration_flows.ts";
import { checkEconomy } from "./check_economy.ts";
import { divideValueAdded } from "./divide_value_added.ts";
import type { Economy } from "./economy.ts";
import type { ElasticityRow, ModelElasticities } from "./elasticities.ts";
import { type ExportDutyRate, exportTaxOf } from "./export_duties.ts";
import type { FactorShares } from "./factor_shares.ts";

/** A sector with a smaller part of world output traded counts as not traded in the report. */
const NONTRADED_SHARE = 0.01;

/** Producers below this output, million USD, are left out of the largest change in the report. */
const SMALL_PRODUCER = 100;

/** How {@link calibrate} shapes the economy. */
export interface CalibrationOptions {
  /** Regions and sector groups; default: the table as it is. */
  readonly aggregation?: AggregationMap;
  /** Division of value added by country and sector of the table; default: the single factor. */
  readonly factors?: FactorShares;
  /** Export duties in force in the year of the table, by country and sector of the table; default none. */
  readonly exportDuties?: readonly ExportDutyRate[];
}

/** A calibrated economy and what was done to the table. */
export interface Calibration {
  readonly economy: Economy;
  readonly report: CalibrationReport;
}

/**
 * The baseline economy of a world table with element sectors. Rules, each
 * counted in the report:
 *
 * 1. Negative changes in inventories, and other negative final cells, become 0; what they hid is
 *    output of the year (as in Costinot and Rodríguez-Clare 2014).
 * 2. Element sectors: the specific share is ρ = 1/(1 + supply elasticity); the other inputs keep the
 *    composition of the host sector, so purchases shrink by 1 − ρ.
 * 3. Producers whose inputs leave less than 1 % of revenue as value added have all inputs scaled.
 * 4. Markets without spending and producers without sales stay empty; they have no shares.
 * 5. Import shares are the same for all users of a market; tariffs are 0 (the table has none); taxes and
 *    margins on products are in value added.
 * 6. Export duties, where given: the table's flows are what buyers pay, duty included, so the producer
 *    keeps X/(1 + x) and the rest is income of his country. Buyers' spending and transfers are
 *    the same as without duties; value added of the taxed producers is smaller by the duty.
 * 7. Value added, mine rents apart, is one factor, or divided by the given shares; groups of an
 *    aggregation take the means of their members weighted by the table's value added.
 *
 * Elasticities of an aggregated sector are those of its members weighted by output.
 *
 * @throws RangeError for unknown labels, missing elasticities, or an economy that breaks a rule
 */
export function calibrate(
  table: WorldTableWithElements,
  elasticities: ModelElasticities,
  options: CalibrationOptions = {},
): Calibration {
  const { aggregation = {}, exportDuties = [] } = options;
  const world = options.aggregation === undefined ? table : aggregateWorld(table, aggregation);
  const [N, J, E] = [world.countries.length, world.sectors.length, world.elements.length];
  const first = J - E;
  const weigh = weightedElasticities(table, world, aggregation, elasticities);
  const supply = weigh("supply");
  const { final, removed } = finalUse(world);
  const groups = aggregationGroups(table, world, aggregation);
  const exportTax = exportTaxOf(table, exportDuties, groups);
  const flows: CalibrationFlows = {
    N,
    J,
    final,
    intermediate: world.intermediate.slice(),
    kept: exportTax.map((rate) => 1 / (1 + rate)),
  };
  const rho = Float64Array.from({ length: J }, (_, j) => j < first ? 0 : 1 / (1 + supply[j]));
  const givenUp = shrinkMineInputs(flows, rho, world.output, first);
  const scaled = scaleInputs(flows, rho);
  const revenue = rowTotals(flows);
  const { valueAddedShare, ...shares } = sharesOf(flows, revenue, rho, first);
  const { factors, factorShare } = divideValueAdded(
    table,
    groups,
    options.factors,
    valueAddedShare,
  );
  const specificShare = new Float64Array(N * J).map((_, at) => revenue[at] > 0 ? rho[at % J] : 0);
  const bare = {
    countries: world.countries,
    sectors: world.sectors,
    factors,
    elements: world.elements,
    tariff: new Float64Array(N * N * J),
    exportTax,
    factorShare,
    ...shares,
    specificShare,
    sigma: weigh("sigma"),
    eta: weigh("eta"),
    theta: weigh("theta"),
    psi: weigh("psi"),
  };
  const implied = baselineFlows(bare);
  const economy: Economy = {
    ...bare,
    expenditure: implied.expenditure,
    revenue: baselineFlows({ ...bare, expenditure: implied.expenditure }).revenue,
  };
  checkEconomy(economy);
  return {
    economy,
    report: {
      year: world.year,
      countries: N,
      sectors: first,
      elements: E,
      removedFinalCells: removed.cells,
      removedFinalValue: removed.value,
      scaledProducers: scaled,
      mineInputsGivenUp: givenUp,
      emptyMarkets: count(economy.expenditure, (value) => value === 0),
      idleProducers: count(economy.revenue, (value) => value === 0),
      nontradedSectors: nontraded(economy),
      worldSpending: total(economy.expenditure),
      finalSpending: total(implied.income),
      worldIncome: total(implied.primaryIncome) + dutyRevenue(economy),
      factorIncome: factors.map((factor, f) => ({
        factor,
        value: total(implied.factorIncome.filter((_, at) => at % factors.length === f)),
      })),
      factorSource: options.factors?.source ?? null,
      exportDuties: exportDuties.filter(({ rate }) => rate > 0).length,
      exportDutyRevenue: dutyRevenue(economy),
      elementUse: elementTotals(economy, implied.expenditure),
      largestChange: largestChange(world, rowTotals({ ...flows, kept: flows.kept.map(() => 1) })),
      carveOutRebalancingPercent: world.report.largestRebalancingPercent,
      transfers: world.countries.map((country, n) => ({ country, value: economy.transfer[n] })),
    },
  };
}

/** Export duties paid on one sector, or on all. */
function dutyRevenue(
  { countries, sectors, tradeShare, exportTax, expenditure }: Economy,
  sector?: number,
) {
  const [N, J] = [countries.length, sectors.length];
  let sum = 0;
  exportTax.forEach((rate, at) => {
    if (sector !== undefined && at % J !== sector) return;
    const bought = tradeShare[at] * expenditure[Math.floor(at / (N * J)) * J + at % J];
    sum += bought * rate / (1 + rate);
  });
  return sum;
}

/** Elasticities of the aggregated sectors: means of the members weighted by world output. */
function weightedElasticities(
  table: WorldTableWithElements,
  world: WorldTableWithElements,
  map: AggregationMap,
  elasticities: ModelElasticities,
) {
  const S = table.sectors.length;
  const output = table.sectors.map((_, j) =>
    table.countries.reduce((sum, _, n) => sum + table.output[n * S + j], 0)
  );
  return (parameter: ElasticityRow["parameter"]) =>
    Float64Array.from(world.sectors, (group) => {
      const isElement = world.elements.includes(group);
      if (parameter === "supply" && !isElement) return Infinity;
      let [sum, all, plain, members] = [0, 0, 0, 0];
      table.sectors.forEach((sector, j) => {
        if ((map.sectors?.[sector] ?? sector) !== group) return;
        const value = elasticities.of(parameter, sector, isElement);
        sum += value * output[j];
        all += output[j];
        plain += value;
        members++;
      });
      return all > 0 ? sum / all : plain / members;
    });
}

function elementTotals(economy: Economy, used: Float64Array) {
  const { countries, sectors, elements, revenue } = economy;
  const J = sectors.length;
  return elements.map((element) => {
    const j = sectors.indexOf(element);
    const sum = (array: Float64Array) =>
      countries.reduce((partial, _, n) => partial + array[n * J + j], 0);
    return { element, use: sum(used), supply: sum(revenue), duty: dutyRevenue(economy, j) };
  });
}

function nontraded({ countries, sectors, tradeShare, expenditure }: Economy): string[] {
  const [N, J] = [countries.length, sectors.length];
  return sectors.filter((_, j) => {
    let [home, all] = [0, 0];
    for (let n = 0; n < N; n++) {
      home += tradeShare[(n * N + n) * J + j] * expenditure[n * J + j];
      all += expenditure[n * J + j];
    }
    return home > (1 - NONTRADED_SHARE) * all;
  });
}

function largestChange(world: WorldTableWithElements, revenue: Float64Array): LargestChange {
  const J = world.sectors.length;
  let worst: LargestChange = { producer: "none", percent: 0 };
  world.output.forEach((before, at) => {
    if (before < SMALL_PRODUCER) return;
    const percent = 100 * (revenue[at] / before - 1);
    if (Math.abs(percent) > Math.abs(worst.percent)) {
      worst = {
        producer: `${world.countries[Math.floor(at / J)]} ${world.sectors[at % J]}`,
        percent,
      };
    }
  });
  return worst;
}

function total(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}

function count(values: Float64Array, test: (value: number) => boolean): number {
  return values.reduce((sum, value) => sum + (test(value) ? 1 : 0), 0);
}
