/**
 * Writes `small_economy.json`, the shares of a six-region economy for quick starts and the browser:
 * `deno run --allow-read --allow-write=lib --allow-env --allow-ffi --allow-sys lib/equilibrium/build_small_economy.ts`.
 */
import { calibrate } from "./calibrate.ts";
import { loadElasticities } from "./elasticities.ts";
import { SMALL_REGIONS, SMALL_SECTORS, smallEconomyFile } from "./small_economy_map.ts";
import { loadWorldReeTable } from "./world.ts";

if (import.meta.main) {
  const table = loadWorldReeTable();
  const { economy } = calibrate(table, loadElasticities(), {
    aggregation: { countries: SMALL_REGIONS, sectors: SMALL_SECTORS },
  });
  const file = new URL("./small_economy.json", import.meta.url);
  Deno.writeTextFileSync(file, smallEconomyFile(economy, table.year));
}
