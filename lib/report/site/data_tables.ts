/** One table below `data/`, as its README describes it. */
export interface DataTable {
  /** File below `data/`. */
  readonly file: string;
  readonly description: string;
  /** Rows as written; "?" when the README does not know. */
  readonly rows: string;
  readonly badge: string;
  /** How transcribed or judged numbers were come by; empty when the publisher's were read as they are. */
  readonly reading: string;
  readonly columns: readonly {
    readonly name: string;
    readonly unit: string;
    readonly description: string;
  }[];
  /** Publishers of the files it is made from; none for tables written by hand. */
  readonly sources: readonly DataSource[];
}

/** Where source files come from. */
export interface DataSource {
  readonly publisher: string;
  readonly address: string;
  readonly carrier: string;
  readonly licence: string;
  readonly files: readonly string[];
}

/** Originals of one publisher that `deno task data:download` fetches. */
export interface OriginalGroup {
  readonly source: string;
  readonly publisher: string;
  readonly address: string;
  readonly licence: string;
  readonly files: readonly string[];
}

interface SourceRecord {
  readonly file: string;
  readonly source?: string;
  readonly publisher: string;
  readonly address: string;
  readonly carrier?: string;
  readonly licence: string;
  readonly derived?: readonly string[];
}

/**
 * The tables of `data/README.md`, which the catalogue of `lib/build` writes, joined with the source
 * files of `data/sources.json`.
 *
 * @throws Error when the README lists a table without describing it, or describes none
 */
export function dataTables(readme: string, sourcesJson: string): readonly DataTable[] {
  const records = JSON.parse(sourcesJson) as readonly SourceRecord[];
  const listed = [...readme.matchAll(/^\| \[([^\]]+)\]\([^)]*\) \|(.*)\|$/gm)];
  if (listed.length === 0) throw new Error("data/README.md lists no table");
  return listed.map(([, file, rest]) => {
    const [rows, , badge, reading] = cells(rest);
    const start = readme.indexOf(`\n## ${file}\n`);
    if (start < 0) throw new Error(`data/README.md lists ${file} and does not describe it`);
    const end = readme.indexOf("\n## ", start + 4);
    const lines = readme.slice(start, end < 0 ? undefined : end).trim().split("\n").slice(2);
    return {
      file,
      description: description(lines[0], rows, reading),
      rows,
      badge,
      reading,
      columns: lines.filter((line) => line.startsWith("| ")).slice(1).map((line) => {
        const [name, unit, meaning] = cells(line.slice(1, -1));
        return { name, unit, description: meaning };
      }),
      sources: groupSources(records.filter(({ derived }) => derived?.includes(file))),
    };
  });
}

/** The originals of `data/sources.json` that can be downloaded, by source. */
export function originalGroups(sourcesJson: string): readonly OriginalGroup[] {
  const records = (JSON.parse(sourcesJson) as readonly SourceRecord[])
    .filter(({ source }) => source !== undefined);
  return [...Map.groupBy(records, ({ source }) => source!)].map(([source, group]) => {
    const { publisher, address, licence } = group[0];
    return { source, publisher, address, licence, files: group.map(({ file }) => file) };
  });
}

/** Cells of a table row in Markdown; a bar inside a cell is escaped there. */
function cells(row: string): string[] {
  return row.split(/(?<!\\)\|/).map((text) => text.trim().replaceAll("\\|", "|"));
}

/** The text of a section without the rows and the reading that the README appends to it. */
function description(line: string, rows: string, reading: string): string {
  const told = reading === "" ? "" : ` Reading: ${reading}.`;
  const suffix = ` ${rows} rows.${told}`;
  return line.endsWith(suffix) ? line.slice(0, -suffix.length) : line;
}

function groupSources(records: readonly SourceRecord[]): readonly DataSource[] {
  const key = ({ publisher, carrier, licence }: SourceRecord) =>
    JSON.stringify([publisher, carrier, licence]);
  return [...Map.groupBy(records, key).values()].map((group) => ({
    publisher: group[0].publisher,
    address: group[0].address,
    carrier: group[0].carrier ?? "",
    licence: group[0].licence,
    files: group.map(({ file }) => file),
  }));
}
