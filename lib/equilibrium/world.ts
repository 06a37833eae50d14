/**
 * The calibrated world economy from the project's data. Apart from the main door, because it reads
 * files and needs the data stage, which a browser does not have.
 *
 * @module
 */
import {
  type CountryYear,
  type Facts,
  loadCountryYears,
  loadFacts,
  loadIndustryProductivity,
  loadJudged,
  loadMakeUse,
  loadOxideProduction,
  loadWorldTable,
  type WorldTable,
  worldTableCode,
} from "@ree/data";
import {
  ELEMENTS,
  usReeTable,
  type WorldReeTable,
  worldReeTable,
  type WorldSplits,
  worldSplits,
} from "@ree/io-table";
import { calibrate } from "./calibrate.ts";
import { loadElasticities } from "./elasticities.ts";
import { exportDutiesOf, type ExportDutyRate } from "./export_duties.ts";
import { type FactorShares, labourCapitalShares } from "./factor_shares.ts";
import { labourPattern } from "./labour_pattern.ts";

/** Year of the industry shares that the world table borrows from the United States. */
const SHARES_YEAR = 2007;

/** The baseline of the counterfactuals. */
const BASE_YEAR = 2009;

/**
 * The world table of a year with ten element sectors, from `data/`.
 *
 * @param year 2007 (the first with element prices) to 2011, of a table from another source to 2018; default 2009, the last year before the cut
 * @param world a table from another source in WIOD 2013 sectors (`readWorldSource`, `concordWorldTable` of @ree/data);
 * default: the shipped one; mine output remains the shipped one
 * @param facts prices, end uses and mixes; default: the shipped ones, with prices to 2018
 */
export function loadWorldReeTable(
  year = BASE_YEAR,
  world: WorldTable = loadWorldTable(year),
  facts: Facts = loadFacts(),
): WorldReeTable {
  return worldReeTable(world, loadWorldSplits(year, world.countries, facts));
}

/**
 * What {@linkcode loadWorldReeTable} splits the table by: weights, prices and mine shares of a year, for draws of the weights.
 *
 * @param countries of the world table
 */
export function loadWorldSplits(
  year: number,
  countries: readonly string[],
  facts: Facts = loadFacts(),
): WorldSplits {
  const judged = loadJudged();
  const distribution = usReeTable(loadMakeUse(SHARES_YEAR), facts, judged).factors.distribution;
  return worldSplits({
    facts,
    judged,
    distribution,
    mines: loadOxideProduction().filter((row) => row.year === year),
    countries,
    year,
  });
}

/**
 * Labour and capital shares in value added by country and sector, for the option `factors` of
 * `calibrate`. Sector pattern: labour over labour and capital compensation of US industries in the
 * year, the industries of each world sector together (`data/judged/us_industry_world_sectors.csv`); an
 * element has the mean of its host sectors, weighted by what is sold through each. Level: the
 * country's labour share in the Penn World Table (`labsh`), met exactly with the value added of the
 * unaggregated economy as weights; a country that is not in it (the rest of the world) has the
 * plain mean of the others.
 *
 * @param year 2007 to 2018, where labour shares and US productivity accounts have it
 * @param table the table to be calibrated, when it is at hand
 * @param countryYears labour shares by country; default: the shipped Penn World Table (40 countries, to 2019)
 * @throws RangeError naming a sector or country that the data lack
 */
export function loadFactorShares(
  year = BASE_YEAR,
  table: WorldReeTable = loadWorldReeTable(year),
  countryYears: readonly CountryYear[] = loadCountryYears(),
): FactorShares {
  const { countries, sectors, elements } = table;
  const splits = loadWorldSplits(year, countries);
  const ordinary = labourPattern(
    loadIndustryProductivity().filter((row) => row.year === year),
    loadJudged().sectorIndustries,
  );
  const pattern = new Map([
    ...ordinary,
    ...elements.map((element) => [element, elementPattern(element, splits, ordinary)] as const),
  ]);
  const known = new Map(
    countryYears.filter((row) => row.year === year)
      .map(({ iso3, labourShare }) => [worldTableCode(iso3), labourShare]),
  );
  const without = countries.filter((country) => !known.has(country));
  return labourCapitalShares({
    countries,
    sectors,
    valueAdded: payments(table),
    pattern,
    labourShare: known,
    source: `sector pattern of the United States ${year} (BEA-BLS production accounts), log odds ` +
      "shifted by country to the labour share of the Penn World Table 10.01" +
      (without.length === 0 ? "" : `; ${without.join(", ")}: mean of the other countries`) +
      "; elements like their host sectors",
  });
}

/** Value added without mine rents [country][sector] in the economy that calibration makes. */
function payments(table: WorldReeTable): Float64Array {
  const { economy } = calibrate(table, loadElasticities());
  const { revenue, specificShare, elementShare, factorShare } = economy;
  return revenue.map((value, at) =>
    (1 - specificShare[at]) * (1 - elementShare[at]) * factorShare[at] * value
  );
}

/** Mean pattern of an element's hosts, weighted by the tonnes sold through each. */
function elementPattern(
  element: string,
  { use, mix, hosts }: WorldSplits,
  pattern: ReadonlyMap<string, number>,
): number {
  let [sum, all] = [0, 0];
  for (const { application, tonnes } of use) {
    const part = mix.find((row) => row.application === application && row.element === element);
    const host = hosts.find((row) => row.application === application);
    const share = host && pattern.get(host.sector);
    if (part === undefined || share === undefined) continue;
    sum += tonnes * part.share * share;
    all += tonnes * part.share;
  }
  if (!(all > 0)) {
    throw new RangeError(`no use of ${element} has a host sector with a labour share`);
  }
  return sum / all;
}

/**
 * China's export duties on the elements in a year, for the option `exportDuties` of `calibrate`, from
 * `data/facts/china_ree_export_duties.csv`: rates in force on 1 July. A rate that rose or ended within
 * the year counts for all of it or not at all.
 *
 * @param year from 2007; 0 % from 2015 on
 * @throws RangeError for years before the first duty in the file
 */
export function loadExportDuties(
  year = BASE_YEAR,
  elements: readonly string[] = ELEMENTS,
): ExportDutyRate[] {
  return exportDutiesOf(loadFacts().duties, "CHN", elements, year);
}
