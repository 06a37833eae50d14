import {
  type Concordance,
  concordance,
  concordWorldTable,
  DATA_DIR,
  loadSectorConcordance,
  readSectorConcordance,
  readWorldSource,
  REST_OF_WORLD,
  SECTOR_LISTS,
  WIOD_SECTOR_NAMES,
  WIOD_SECTORS,
  type WorldCoverage,
  type WorldTable,
  worldTableCode,
} from "@ree/data";
import { basename, join } from "node:path";
import { fileOfYear } from "./file_of_year.ts";
import { filesOf, type SourceChoice } from "./find_sources.ts";
import { SOURCE_KINDS } from "./source_kinds.ts";
import { type UsedData, usedFiles } from "./used_data.ts";

/** The world table of a choice. */
export interface ChosenWorld {
  /** In the sectors c1 to c35 of WIOD 2013 and the project's country codes, so that elements can be carved out. */
  readonly table: WorldTable;
  /** Source for the captions of figures, e.g. "WIOD 2013". */
  readonly name: string;
  readonly used: UsedData;
}

/** Where a long CSV and other tables come from, as `readWorldSource` calls them. */
const READERS = {
  "wiod": "wiod",
  "oecd-icio": "oecd-icio",
  "exiobase": "exiobase",
  "world-csv": "long-csv",
} as const;

/**
 * World table of a year: the shipped one (WIOD 2013, 2005 to 2011), or the one that the choice names, of any year that its file
 * has. A table of other sectors is regrouped to those of WIOD 2013: by the project's lists for OECD ICIO, WIOD 2016 and EXIOBASE 3,
 * or by the file `sectors=` of the choice.
 *
 * @throws RangeError naming the sectors that no list knows, or the years that are there; SourceError at a file that is not as published
 * @example
 * ```ts
 * const choice = await findSources("oecd-icio", ["world table"]);
 * const { table, used } = await chosenWorldTable(choice, 2015);
 * ```
 */
export async function chosenWorldTable(choice: SourceChoice, year: number): Promise<ChosenWorld> {
  const files = filesOf(choice, "world table");
  if (files.length === 0) {
    const { table, coverage } = await readWorldSource(year, { source: "shipped" });
    const used = await usedFiles(join(DATA_DIR, `wiod_${year}.parquet`));
    return {
      table,
      name: "WIOD 2013",
      used: worldUsed(coverage, "WIOD 2013 release, shipped", used, []),
    };
  }
  const { path, kind } = await fileOfYear(files, year);
  const source = READERS[kind as keyof typeof READERS];
  const { table, coverage } = await readWorldSource(year, { source, path });
  const list = sectorList(choice, table, `${SOURCE_KINDS[kind].name}, ${basename(path)}`);
  const regrouped = regroup(table, list);
  return {
    table: regrouped,
    name: kind === "world-csv" ? basename(path) : coverage.source.replace(/ release$/, ""),
    used: worldUsed(
      coverage,
      coverage.source,
      await usedFiles(path),
      regroupNotes(table, regrouped, list),
    ),
  };
}

/** The concordance to WIOD 2013, null when the table has these sectors already. */
function sectorList(
  choice: SourceChoice,
  table: WorldTable,
  what: string,
): Concordance | null {
  const given = choice.files.filter(({ kind }) => kind === "sectors");
  if (given.length > 1) {
    throw new RangeError(`source "${choice.text}": ${given.length} lists of sectors; expected one`);
  }
  const covers = ({ links }: Concordance) => {
    const known = new Set(links.map(({ from }) => from));
    return table.sectors.filter((sector) => !known.has(sector));
  };
  if (given.length === 1) {
    const list = readSectorConcordance(given[0].path);
    const unknown = covers(list);
    if (unknown.length === 0) return list;
    throw new RangeError(
      `${given[0].path}: no line for ${unknown.join(", ")} of ${what}; expected every sector`,
    );
  }
  if (WIOD_SECTORS.every((code, s) => table.sectors[s] === code)) return null;
  const own = concordance(
    "WIOD 2013",
    WIOD_SECTORS.map((code) => ({ from: code, to: code, weight: 1 })),
  );
  const lists = [own, ...SECTOR_LISTS.map((name) => loadSectorConcordance(name))];
  const found = lists.find((list) => covers(list).length === 0);
  if (found !== undefined) return found;
  const fewest = lists.map(covers).reduce((best, other) =>
    other.length < best.length ? other : best
  );
  throw new RangeError(
    `${what}: sectors ${fewest.slice(0, 8).join(", ")}${
      fewest.length > 8 ? ", …" : ""
    } are in none ` +
      `of the lists WIOD 2013, ${
        SECTOR_LISTS.join(", ")
      }; expected sectors of one of these, or a list ` +
      `of your own in the choice: sectors=PATH (${SOURCE_KINDS.sectors.files})`,
  );
}

function regroup(table: WorldTable, list: Concordance | null): WorldTable {
  const countries = new Map(table.countries.map((code) => [code, worldTableCode(code)]));
  const same = [...countries].every(([code, ours]) => code === ours);
  const named = { ...table, sectorNames: WIOD_SECTOR_NAMES };
  if (list === null && same) return named;
  const identity = concordance(
    "WIOD 2013",
    table.sectors.map((code) => ({ from: code, to: code, weight: 1 })),
  );
  return concordWorldTable(table, {
    sectors: list ?? identity,
    countries,
  });
}

function regroupNotes(
  before: WorldTable,
  after: WorldTable,
  list: Concordance | null,
): readonly string[] {
  const notes: string[] = [];
  if (list !== null && list.name !== "WIOD 2013") {
    notes.push(
      `${before.sectors.length} sectors regrouped to the ${after.sectors.length} of WIOD 2013 (${
        basename(list.name)
      }), ${list.divided.length} of them divided`,
    );
  }
  const folded = before.countries.filter((code) =>
    worldTableCode(code) === REST_OF_WORLD && code !== REST_OF_WORLD
  );
  if (folded.length > 1) notes.push(`${folded.join(", ")} added up to ${REST_OF_WORLD}`);
  if (!after.countries.includes(REST_OF_WORLD)) {
    notes.push(
      "the table has no rest of the world: mines of countries that it does not show are left out",
    );
  }
  return notes;
}

function worldUsed(
  coverage: WorldCoverage,
  source: string,
  files: UsedData["files"],
  notes: readonly string[],
): UsedData {
  const { year, countries, sectors, unit, factor, folded, rowGap, smallNegatives } = coverage;
  return {
    what: "World table",
    source,
    files,
    coverage: `${year}, ${countries} countries × ${sectors} sectors, ${unit}` +
      (factor === 1 ? "" : ` times ${factor.toPrecision(6)} to million USD`),
    notes: [
      ...(rowGap.row === "" ? [] : [
        `largest gap between a row and its output ${
          rowGap.gap.toPrecision(3)
        } million USD (${rowGap.row})`,
      ]),
      ...(folded.length === 0 ? [] : [`added up: ${folded.join(", ")}`]),
      ...(smallNegatives.cells === 0
        ? []
        : [`${smallNegatives.cells} small negative purchases set to zero`]),
      ...coverage.notes,
      ...notes,
    ],
  };
}
