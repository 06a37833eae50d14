import { join } from "node:path";
import { CATALOGUE } from "./catalogue.ts";
import { buildContext } from "./context.ts";
import { dataReadme, type WrittenTable } from "./data_readme.ts";
import type { DerivedTable, TableContent } from "./derived_table.ts";
import { writeParquet } from "./frames.ts";
import { sourcesJson } from "./sources_json.ts";
import { publish, removeStale, stagingDir } from "./staging.ts";
import { judgedTables } from "./tables/judged.ts";

/** Options of {@linkcode buildData}. */
export interface BuildOptions {
  /** Folder with the source files. */
  readonly from: string;
  /** Folder to write, usually `data`. */
  readonly to: string;
  /** Folder whose `judged/` tables are listed in the README; default: `to`. */
  readonly judgedIn?: string;
  /** Tables to build; default: the whole catalogue. */
  readonly tables?: readonly DerivedTable[];
  /** Called with one line per table. */
  readonly progress?: (line: string) => void;
}

/**
 * Reads the source files, checks them, and writes derived tables, `sources.json` and `README.md`.
 *
 * All files are first written to a folder `.build-…` inside `to` and only renamed into place when the last one is complete,
 * so an error or a kill leaves the earlier tables as they were. Equal sources give equal bytes.
 *
 * @returns the tables written, in the order of the catalogue
 * @throws SourceError when a source file is missing or wrong; nothing is changed then
 */
export async function buildData(options: BuildOptions): Promise<readonly WrittenTable[]> {
  const tables = options.tables ?? CATALOGUE;
  const context = buildContext(options.from);
  removeStale(options.to);
  const staging = stagingDir(options.to);
  try {
    const written: WrittenTable[] = [];
    for (const table of tables) {
      const content = await table.build(context);
      const path = join(staging, table.file);
      Deno.mkdirSync(join(path, ".."), { recursive: true });
      const { rows, columns } = write(path, content);
      checkColumns(table, columns);
      const bytes = Deno.statSync(path).size;
      written.push({ table, rows, bytes });
      options.progress?.(`${table.file}: ${rows} rows, ${bytes} bytes`);
    }
    const sources = sourcesJson(options.from, tables);
    Deno.writeTextFileSync(join(staging, "sources.json"), sources);
    const readme = dataReadme(written, judgedTables, options.judgedIn ?? options.to);
    Deno.writeTextFileSync(join(staging, "README.md"), readme);
    publish(staging, options.to, [...tables.map(({ file }) => file), "sources.json", "README.md"]);
    return written;
  } finally {
    Deno.removeSync(staging, { recursive: true });
  }
}

function write(
  path: string,
  content: TableContent,
): { readonly rows: number; readonly columns: readonly string[] } {
  const isText = typeof content === "string";
  if (isText !== /\.(csv|json)$/.test(path)) {
    throw new Error(`${path}: text is written to .csv and .json files, frames to .parquet files`);
  }
  if (typeof content === "string") {
    Deno.writeTextFileSync(path, content);
    if (path.endsWith(".json")) return { rows: 1, columns: Object.keys(JSON.parse(content)) };
    return {
      rows: countCsvRows(content),
      columns: content.slice(0, content.indexOf("\n")).split(","),
    };
  }
  writeParquet(path, content);
  return { rows: content.height, columns: content.columns };
}

/** Rows below the header; line ends inside quotes do not count. */
function countCsvRows(text: string): number {
  let rows = -1;
  let quoted = false;
  for (const character of text) {
    if (character === '"') quoted = !quoted;
    else if (character === "\n" && !quoted) rows += 1;
  }
  return rows;
}

function checkColumns(table: DerivedTable, columns: readonly string[]): void {
  const described = table.columns.map(({ name }) => name);
  if (described.join() === columns.join()) return;
  throw new Error(
    `${table.file}: built columns ${columns.join(", ")}, described columns ${
      described.join(", ")
    }; ` +
      "make the record in lib/build/tables agree",
  );
}
