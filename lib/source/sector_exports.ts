import {
  baciLines,
  concordance,
  countryLabel,
  DATA_DIR,
  loadHsSectors,
  loadSectorPanel,
  openBaci,
  readBaciYear,
  readComtrade,
  readConcordance,
  readCsvTable,
  readLongTrade,
  SIMULATED_RELEASE,
  WIOD_SECTORS,
  worldTableCode,
  zipNames,
} from "@ree/data";
import { type ExportRow, exportRows } from "@ree/panels";
import { basename, dirname, join } from "node:path";
import { filesOf, type FoundFile, type SourceChoice } from "./find_sources.ts";
import { type UsedData, usedFiles } from "./used_data.ts";

/** Exports by country, sector and year of a choice. */
export interface ChosenExports {
  /** Million current USD; sectors c1 … c35 of WIOD 2013. */
  readonly rows: readonly ExportRow[];
  /** Source for the captions of figures, e.g. "WIOD 2013". */
  readonly name: string;
  readonly used: UsedData;
}

/** One flow, whatever its source. */
interface Flow {
  readonly year: number;
  readonly exporter: string;
  readonly product: string;
  readonly valueUsd: number;
}

/** Where a product belongs: sectors with their shares, empty when it has no place. */
type Placing = (product: string) => readonly { readonly to: string; readonly weight: number }[];

/**
 * Exports by country, sector and year: the shipped world input-output panel (1995 to 2011), or the trade flows of the choice (CEPII BACI,
 * UN Comtrade, a long CSV) added up to sectors. Product codes of the Harmonized System go by the project's list
 * (`data/judged/hs_sectors.csv`), codes c1 to c35 are sectors already, others need the file `products=` of the choice. Exporters
 * keep the project's codes; an exporter without any flow of a sector in a year has exports of 0 there.
 *
 * @param needed years that the notebook cannot do without
 * @throws RangeError naming a missing year, products without a sector, or files that do not go together; SourceError at a file that is not as published
 */
export async function chosenExports(
  choice: SourceChoice,
  needed: readonly number[] = [],
): Promise<ChosenExports> {
  const files = filesOf(choice, "exports");
  const what = "Exports by sector";
  if (files.length === 0) {
    const rows = exportRows(loadSectorPanel());
    const source = "WIOD 2013 release, shipped panel";
    const hashed = await usedFiles(join(DATA_DIR, "wiod_panel.parquet"));
    return {
      rows,
      name: "WIOD 2013",
      used: { what, source, files: hashed, coverage: coverageText(rows), notes: [] },
    };
  }
  const sums = new Map<string, Map<string, number>>();
  const missed = new Map<string, number>();
  const products = new Set<string>();
  let [total, lost, lines] = [0, 0, 0];
  let placing: Placing | null = null;
  const kind = files[0].kind;
  for await (const { year, exporter, product, valueUsd } of flowsOf(files)) {
    placing ??= placingFor(choice, kind, product);
    lines += 1;
    products.add(product);
    total += Math.abs(valueUsd);
    const parts = placing(product);
    if (parts.length === 0) {
      lost += Math.abs(valueUsd);
      missed.set(product, (missed.get(product) ?? 0) + valueUsd);
    }
    const unit = `${worldTableCode(exporter)} ${year}`;
    const own = sums.get(unit) ?? new Map<string, number>();
    for (const { to, weight } of parts) own.set(to, (own.get(to) ?? 0) + weight * valueUsd / 1e6);
    sums.set(unit, own);
  }
  if (missed.size === products.size) {
    throw new RangeError(
      `source "${choice.text}": no product of ${basename(files[0].path)} has a sector (${
        [...missed.keys()].slice(0, 5).join(", ") || "no flow at all"
      }); expected codes of the Harmonized System, c1 to c35, or a list products=PATH with columns ` +
        "product, wiod2013_sector",
    );
  }
  const rows = filled(sums);
  const years = new Set(rows.map(({ year }) => year));
  const absent = needed.filter((year) => !years.has(year));
  if (absent.length > 0) {
    throw new RangeError(
      `source "${choice.text}": no exports of ${absent.join(" and ")} among the years ${
        [...years].join(", ")
      }; expected files with them`,
    );
  }
  const hashed = await Promise.all(files.map(({ path }) => usedFiles(path)));
  const simulated = files.some(({ path }) => basename(path).includes(`_V${SIMULATED_RELEASE}`));
  const publisher = { baci: "CEPII BACI", comtrade: "UN Comtrade" }[kind as string];
  const name = (simulated ? "SIMULATED, in the format of " : "") +
    (publisher ?? basename(files[0].path));
  const most = [...missed].sort(([, a], [, b]) => b - a).slice(0, 3).map(([product]) => product);
  return {
    rows,
    name,
    used: {
      what,
      source: publisher === undefined ? "long CSV of trade" : name,
      files: hashed.flat(),
      coverage: coverageText(rows),
      notes: [
        `${lines.toLocaleString("en-US")} flows of ${
          products.size.toLocaleString("en-US")
        } products`,
        missed.size === 0
          ? "every product has a sector"
          : `${missed.size} product${missed.size === 1 ? "" : "s"} (${most.join(", ")}${
            missed.size > 3 ? ", …" : ""
          }) without a ` +
            `sector, ${(100 * lost / total).toPrecision(2)} % of value`,
      ],
    },
  };
}

async function* flowsOf(files: readonly FoundFile[]): AsyncGenerator<Flow> {
  const fileOf = new Map<number, string>();
  for (const { kind, path } of files) {
    const flows = kind === "baci"
      ? baciFlows(path)
      : kind === "comtrade"
      ? readComtrade(path).flows
      : (await readLongTrade(path, "as in the file")).flows;
    for await (const flow of flows) {
      const earlier = fileOf.get(flow.year);
      if (earlier === undefined) fileOf.set(flow.year, path);
      // Answers of UN Comtrade may part a year by product; a year of the others is in one file.
      else if (earlier !== path && kind !== "comtrade") {
        throw new RangeError(
          `${flow.year} in ${basename(earlier)} and in ${
            basename(path)
          }; expected each year in one file ` +
            "(two revisions or releases in one folder?)",
        );
      }
      yield flow;
    }
  }
}

async function* baciFlows(path: string): AsyncGenerator<Flow> {
  const isArchive = /\.zip$/i.test(path);
  const names = isArchive ? await zipNames(path) : [basename(path)];
  const years = names.flatMap((name) => /BACI_[^/]*_Y(\d{4})_[^/]*\.csv$/i.exec(name)?.[1] ?? [])
    .map(Number).sort((a, b) => a - b);
  if (years.length === 0) {
    throw new RangeError(`${path}: no year in the name; expected BACI_HS…_Y2010_V….csv`);
  }
  if (isArchive) {
    for (const year of years) yield* baciLines(path, year);
    return;
  }
  const folder = dirname(path);
  const beside = [...Deno.readDirSync(folder)].map(({ name }) => name);
  // With both tables of codes beside it, an unpacked year is read into columns, ten times as fast.
  if (beside.some((name) => /^product_codes_.*\.csv$/i.test(name))) {
    yield* baciColumns(folder, years[0]);
    return;
  }
  const list = beside.find((name) => /^country_codes_.*\.csv$/i.test(name));
  yield* baciLines(path, years[0], list === undefined ? {} : { countries: join(folder, list) });
}

async function* baciColumns(folder: string, year: number): AsyncGenerator<Flow> {
  const baci = await openBaci(folder, [year]);
  const labels = new Map(baci.countries.map((country) => [country.code, countryLabel(country)]));
  const { exporter, product, value } = await readBaciYear(baci.files[0], baci);
  const codes = new Map<number, string>();
  for (let r = 0; r < value.length; r++) {
    let code = codes.get(product[r]);
    if (code === undefined) {
      code = String(product[r]).padStart(6, "0");
      codes.set(product[r], code);
    }
    yield { year, exporter: labels.get(exporter[r])!, product: code, valueUsd: 1000 * value[r] };
  }
}

/** How products of a file go to sectors; the first product says whether they are sectors already. */
function placingFor(choice: SourceChoice, kind: string, first: string): Placing {
  const lists = choice.files.filter((file) => file.kind === "products");
  if (lists.length > 1) {
    throw new RangeError(
      `source "${choice.text}": ${lists.length} lists of products; expected one`,
    );
  }
  if (lists.length === 1) {
    const { path } = lists[0];
    const weighted = readCsvTable(path, ["product", "wiod2013_sector"]).columns.includes("weight");
    const { links } = readConcordance(path, {
      from: "product",
      to: "wiod2013_sector",
      ...(weighted ? { weight: "weight" } : {}),
    });
    const unknown = links.find(({ to }) => !WIOD_SECTORS.includes(to));
    if (unknown !== undefined) {
      throw new RangeError(`${path}: sector ${unknown.to}; expected c1 to ${WIOD_SECTORS.at(-1)}`);
    }
    const byProduct = Map.groupBy(links, ({ from }) => from);
    return (product) => byProduct.get(product) ?? [];
  }
  if (kind === "trade-csv" && WIOD_SECTORS.includes(first)) {
    const own = concordance(
      "c1 to c35",
      WIOD_SECTORS.map((code) => ({ from: code, to: code, weight: 1 })),
    );
    const byCode = Map.groupBy(own.links, ({ from }) => from);
    return (product) => byCode.get(product) ?? [];
  }
  const sectorOf = loadHsSectors();
  const known = new Map<string, readonly { to: string; weight: number }[]>();
  return (product) => {
    let parts = known.get(product);
    if (parts === undefined) {
      const sector = /^\d{2,6}$/.test(product) ? sectorOf(product) : undefined;
      parts = sector === undefined ? [] : [{ to: sector, weight: 1 }];
      known.set(product, parts);
    }
    return parts;
  };
}

/** Rows for every exporter, sector and year: what is not in the flows is 0. */
function filled(sums: ReadonlyMap<string, ReadonlyMap<string, number>>): ExportRow[] {
  const units = [...sums.keys()].map((unit) => unit.split(" "));
  const exporters = [...new Set(units.map(([exporter]) => exporter))].sort();
  const years = [...new Set(units.map(([, year]) => Number(year)))].sort((a, b) => a - b);
  const present = new Set([...sums.values()].flatMap((own) => [...own.keys()]));
  const sectors = WIOD_SECTORS.filter((sector) => present.has(sector));
  return years.flatMap((year) =>
    exporters.flatMap((country) =>
      sectors.map((sector) => ({
        country,
        sector,
        year,
        exports: sums.get(`${country} ${year}`)?.get(sector) ?? 0,
        grossOutput: null,
      }))
    )
  );
}

function coverageText(rows: readonly ExportRow[]): string {
  const count = (of: (row: ExportRow) => string | number) => new Set(rows.map(of)).size;
  const years = [...new Set(rows.map(({ year }) => year))].sort((a, b) => a - b);
  return `${count((row) => row.country)} exporters × ${count((row) => row.sector)} sectors, ` +
    `${years[0]} to ${years.at(-1)} (${years.length} years)`;
}
