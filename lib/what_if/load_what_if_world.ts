import { WIOD_SECTOR_NAMES, WIOD_SECTORS } from "@ree/data";
import { aggregateWorld, loadElasticities, type WorldTableWithElements } from "@ree/equilibrium";
import { regionMap, regionsOf } from "./regions.ts";
import type { WhatIfWorld } from "./what_if_world.ts";

/**
 * The world of the page: a table with element sectors, its countries put together into regions; all sectors stay.
 * Apart from the door, because it reads files.
 *
 * @param table `loadWorldReeTable()` of `@ree/equilibrium/world`, or any other in WIOD countries and sectors
 */
export function loadWhatIfWorld(table: WorldTableWithElements): WhatIfWorld {
  const regions = regionsOf(table.countries);
  const { year, countries, sectors, elements, finalCategories, intermediate, final, output } =
    aggregateWorld(table, regionMap(regions));
  const { largestRebalancingPercent } = table.report;
  return {
    table: {
      year,
      countries,
      sectors,
      elements,
      finalCategories,
      intermediate,
      final,
      output,
      report: { largestRebalancingPercent },
    },
    elasticities: loadElasticities().rows,
    regions,
    sectorNames: Object.fromEntries(
      WIOD_SECTORS.map((code, k) => [code, WIOD_SECTOR_NAMES[k]]),
    ),
  };
}
