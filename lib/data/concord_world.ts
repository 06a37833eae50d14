import { type Concordance, concordance, readConcordance } from "./concordance.ts";
import { checkUnique, oneOf, readCsvTable, requiredText } from "./csv_table.ts";
import { DATA_DIR } from "./data_dir.ts";
import { inside } from "./read_source.ts";
import { BUILD_AGAIN } from "./source_error.ts";
import { loadWorldTable, type WorldTable } from "./wiod.ts";
import { WIOD_SECTOR_NAMES, WIOD_SECTORS } from "./wiod_labels.ts";

/** Classifications of world tables whose sectors the project relates to those of WIOD 2013. */
export const SECTOR_LISTS = ["oecd-icio", "wiod2016", "exiobase"] as const;

/** Year whose world outputs weigh the parts of a divided sector: the last shipped table. */
const WEIGHT_YEAR = 2011;

/**
 * Sectors of another world table by WIOD 2013 sectors (c1 … c35), from `data/judged/world_sectors.csv`. A sector that belongs to
 * several is divided in proportion to the world outputs of these in the shipped table of 2011.
 *
 * @throws SourceError when the list is missing or names another sector
 */
export function loadSectorConcordance(
  list: typeof SECTOR_LISTS[number],
  dataDir: string = DATA_DIR,
): Concordance {
  const path = inside(dataDir, "judged/world_sectors.csv");
  const table = readCsvTable(path, ["list", "sector", "wiod2013_sector"], { remedy: BUILD_AGAIN });
  const links = table.rows
    .filter((row) => oneOf(row, "list", SECTOR_LISTS) === list)
    .map((row) => ({
      from: requiredText(row, "sector"),
      to: oneOf(row, "wiod2013_sector", WIOD_SECTORS),
    }));
  return byWorldOutput(`${list} to WIOD 2013`, links, dataDir);
}

/**
 * Sectors of any world table by WIOD 2013 sectors, from a CSV with the columns `sector` and `wiod2013_sector`, one line per link
 * and, where the parts of a divided sector are known, `weight`; without it they follow world output as in
 * {@linkcode loadSectorConcordance}.
 *
 * @throws SourceError naming line and column at a missing column, an unknown WIOD sector, or weights that are not shares
 */
export function readSectorConcordance(path: string, dataDir: string = DATA_DIR): Concordance {
  const table = readCsvTable(path, ["sector", "wiod2013_sector"], { remedy: CORRECT_LIST });
  if (table.columns.includes("weight")) {
    table.rows.forEach((row) => oneOf(row, "wiod2013_sector", WIOD_SECTORS));
    return readConcordance(path, { from: "sector", to: "wiod2013_sector", weight: "weight" });
  }
  checkUnique(table.rows, ["sector", "wiod2013_sector"]);
  const links = table.rows.map((row) => ({
    from: requiredText(row, "sector"),
    to: oneOf(row, "wiod2013_sector", WIOD_SECTORS),
  }));
  return byWorldOutput(path, links, dataDir);
}

const CORRECT_LIST = "correct the list of sectors: columns sector, wiod2013_sector (c1 to c35)";

/** Links whose weights are in proportion to the world outputs of the WIOD sectors in the shipped table. */
function byWorldOutput(
  name: string,
  links: readonly { readonly from: string; readonly to: string }[],
  dataDir: string,
): Concordance {
  const world = loadWorldTable(WEIGHT_YEAR, dataDir);
  const outputs = new Map(WIOD_SECTORS.map((code) => [code, 0]));
  world.output.forEach((value, i) => {
    const code = WIOD_SECTORS[i % WIOD_SECTORS.length];
    outputs.set(code, (outputs.get(code) ?? 0) + value);
  });
  const output = (code: string) => outputs.get(code) ?? 0;
  const totals = new Map<string, number>();
  for (const { from, to } of links) totals.set(from, (totals.get(from) ?? 0) + output(to));
  return concordance(
    name,
    links.map(({ from, to }) => ({ from, to, weight: output(to) / (totals.get(from) ?? 1) })),
  );
}

/** How a world table is regrouped. */
export interface WorldRegrouping {
  /** From the table's sectors. */
  readonly sectors: Concordance;
  /** Order and names of the new sectors; default: c1 … c35 of WIOD 2013. */
  readonly order?: readonly string[];
  readonly names?: readonly string[];
  /** New code of a country, for those that change or are added into another, e.g. ROU → ROM, ROW → RoW. */
  readonly countries?: ReadonlyMap<string, string>;
}

/**
 * The same world table by other sectors and countries: rows and columns are divided by the concordance's weights, so flows, final
 * demand and output keep their totals. A divided sector sells and buys alike in all its parts: what the table cannot tell apart,
 * the result does not know either.
 *
 * @throws RangeError naming a sector of the table without link, or a new sector outside the order
 */
export function concordWorldTable(table: WorldTable, regrouping: WorldRegrouping): WorldTable {
  const { sectors, order = WIOD_SECTORS, names = WIOD_SECTOR_NAMES } = regrouping;
  const newCode = (country: string) => regrouping.countries?.get(country) ?? country;
  const countries = [...new Set(table.countries.map(newCode))];
  const links = Map.groupBy(sectors.links, ({ from }) => from);
  const parts = table.countries.flatMap((country) =>
    table.sectors.map((sector) => {
      const n = countries.indexOf(newCode(country));
      const found = links.get(sector);
      if (found === undefined) {
        throw new RangeError(`sector ${sector}: no link in ${sectors.name}`);
      }
      return found.map(({ to, weight }) => {
        const s = order.indexOf(to);
        if (s < 0) {
          throw new RangeError(`sector ${to} of ${sectors.name}: not among the new sectors`);
        }
        return { at: n * order.length + s, weight };
      });
    })
  );
  const old = table.output.length;
  const size = countries.length * order.length;
  const categories = table.finalCategories;
  const width = table.countries.length * categories;
  const newWidth = countries.length * categories;
  const intermediate = new Float64Array(size * size);
  const final = new Float64Array(size * newWidth);
  const output = new Float64Array(size);
  const finalAt = table.countries.flatMap((country) =>
    Array.from(
      { length: categories },
      (_, c) => countries.indexOf(newCode(country)) * categories + c,
    )
  );
  for (let i = 0; i < old; i++) {
    for (const row of parts[i]) {
      for (let j = 0; j < old; j++) {
        const value = table.intermediate[i * old + j] * row.weight;
        if (value === 0) continue;
        for (const column of parts[j]) {
          intermediate[row.at * size + column.at] += value * column.weight;
        }
      }
      for (let j = 0; j < width; j++) {
        final[row.at * newWidth + finalAt[j]] += table.final[i * width + j] * row.weight;
      }
      output[row.at] += table.output[i] * row.weight;
    }
  }
  return {
    ...table,
    countries,
    sectors: order,
    sectorNames: names,
    intermediate,
    final,
    output,
  };
}
