import { DatabaseSync } from "node:sqlite";
import { join } from "node:path";
import { scanTable, type TableScan } from "./delimited_table.ts";
import { idSet } from "./id_set.ts";
import { namedError } from "./named_error.ts";
import type { Patent } from "./patent.ts";
import { readYear } from "./patent_fields.ts";
import { mentionsRareEarth } from "./prefilter.ts";

/** The bulk tables that are read, and the columns of each; the last three are used when they are there. */
export const PATENTSVIEW_TABLES = {
  g_patent: ["patent_id", "patent_type", "patent_date", "patent_title"],
  g_patent_abstract: ["patent_id", "patent_abstract"],
  g_cpc_current: ["patent_id", "cpc_sequence", "cpc_group"],
  g_inventor_disambiguated: ["patent_id", "inventor_sequence", "location_id"],
  g_location_disambiguated: ["location_id", "disambig_country"],
  g_assignee_disambiguated: ["patent_id", "assignee_sequence", "disambig_assignee_organization"],
  g_application: ["patent_id", "filing_date"],
  g_foreign_priority: ["patent_id", "filing_date"],
} as const;

type TableName = keyof typeof PATENTSVIEW_TABLES;

const OPTIONAL: readonly TableName[] = [
  "g_assignee_disambiguated",
  "g_application",
  "g_foreign_priority",
];

/** Options of {@linkcode stagePatentsView}. */
export interface PatentsViewOptions {
  /** Keep only patents whose title or abstract speaks of rare earths (default true). */
  readonly prefilter?: boolean;
  /** Keep only these patent types, as g_patent spells them (default utility). */
  readonly types?: readonly string[];
  readonly onProgress?: (progress: { readonly table: string; readonly bytes: number }) => void;
}

/** What was staged. */
export interface StagedPatents {
  readonly patents: number;
  /** Rows read, by table; tables that are absent are missing here. */
  readonly rows: Readonly<Record<string, number>>;
}

const LAYOUT = `
CREATE TABLE patents (id TEXT PRIMARY KEY, title TEXT NOT NULL, abstract TEXT NOT NULL DEFAULT '', year INTEGER) WITHOUT ROWID;
CREATE TABLE abstracts (id TEXT PRIMARY KEY, abstract TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE classes (id TEXT, sequence INTEGER, symbol TEXT);
CREATE TABLE inventors (id TEXT, sequence INTEGER, location TEXT);
CREATE TABLE locations (location TEXT PRIMARY KEY, country TEXT) WITHOUT ROWID;
CREATE TABLE assignees (id TEXT, sequence INTEGER, name TEXT);
CREATE TABLE filings (id TEXT, year INTEGER);
`;

/**
 * Reads the PatentsView bulk tables as published (`g_patent.tsv.zip` and so on; `.tsv` and `.tsv.gz` also) from a folder
 * and joins what belongs to the kept patents in a SQLite file, so that memory stays bounded whatever the tables' size.
 * Titles are read twice: a patent may be found by its title or by its abstract, and both are wanted of either kind.
 *
 * @param staging file to write; it must not exist
 * @throws PatentInputError when a table or column is missing, or a row does not read
 */
export async function stagePatentsView(
  folder: string,
  staging: string,
  options: PatentsViewOptions = {},
): Promise<StagedPatents> {
  const { prefilter = true, types = ["utility"] } = options;
  const files = findTables(folder);
  if (exists(staging)) {
    throw namedError("PatentInputError", `${staging}: exists already; name a new staging file`);
  }
  const database = new DatabaseSync(staging);
  const rows: Record<string, number> = {};
  try {
    // A staging file that a killed run leaves is thrown away: no journal, no waiting for the disk.
    database.exec(`PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN; ${LAYOUT}`);
    const kept = idSet();
    const encoder = new TextEncoder();
    const keep = (id: string) => {
      const bytes = encoder.encode(id);
      kept.add(bytes, 0, bytes.length);
    };
    const isKept = (bytes: Uint8Array, start: number, end: number) => {
      const quoted = bytes[start] === 34 ? 1 : 0;
      let stop = start + quoted;
      while (stop < end && bytes[stop] !== 9 && bytes[stop] !== 34 && bytes[stop] !== 10) stop++;
      return kept.has(bytes, start + quoted, stop);
    };
    const scan = async (
      table: TableName,
      how: Pick<TableScan, "wanted" | "rareEarths">,
      row: (cell: (column: string) => string, number: number) => void,
    ) => {
      const path = files[table];
      if (path === undefined) return;
      const counted = await scanTable(path, {
        ...how,
        required: PATENTSVIEW_TABLES[table],
        delimiter: "\t",
        row: (fields, columns, number) => row((column) => fields[columns.get(column)!], number),
        onBytes: (bytes) => options.onProgress?.({ table, bytes }),
      });
      rows[table] = counted.rows;
    };
    const insert = (sql: string) => database.prepare(sql);

    if (prefilter) {
      await scan("g_patent", { rareEarths: {} }, (cell) => {
        if (mentionsRareEarth(cell("patent_title"))) keep(cell("patent_id"));
      });
    }
    const addAbstract = insert("INSERT OR IGNORE INTO abstracts VALUES (?, ?)");
    await scan(
      "g_patent_abstract",
      prefilter ? { rareEarths: { also: isKept } } : {},
      (cell) => {
        const [id, abstract] = [cell("patent_id"), cell("patent_abstract")];
        const bytes = encoder.encode(id);
        if (prefilter && !kept.has(bytes, 0, bytes.length) && !mentionsRareEarth(abstract)) return;
        keep(id);
        addAbstract.run(id, abstract);
      },
    );
    const ofKept = prefilter ? { wanted: isKept } : {};
    const addPatent = insert("INSERT OR IGNORE INTO patents (id, title, year) VALUES (?, ?, ?)");
    await scan("g_patent", ofKept, (cell, number) => {
      if (!types.includes(cell("patent_type"))) return;
      const year = readYear(cell("patent_date"), `${files.g_patent}, row ${number}`);
      addPatent.run(cell("patent_id"), cell("patent_title"), year);
    });
    const addClass = insert("INSERT INTO classes VALUES (?, ?, ?)");
    await scan("g_cpc_current", ofKept, (cell) => {
      addClass.run(cell("patent_id"), Number(cell("cpc_sequence")), cell("cpc_group"));
    });
    const addInventor = insert("INSERT INTO inventors VALUES (?, ?, ?)");
    await scan("g_inventor_disambiguated", ofKept, (cell) => {
      addInventor.run(
        cell("patent_id"),
        Number(cell("inventor_sequence")),
        cell("location_id"),
      );
    });
    const addLocation = insert("INSERT OR IGNORE INTO locations VALUES (?, ?)");
    await scan("g_location_disambiguated", {}, (cell) => {
      addLocation.run(cell("location_id"), cell("disambig_country"));
    });
    const addAssignee = insert("INSERT INTO assignees VALUES (?, ?, ?)");
    await scan("g_assignee_disambiguated", ofKept, (cell) => {
      const name = cell("disambig_assignee_organization");
      if (name !== "") {
        addAssignee.run(cell("patent_id"), Number(cell("assignee_sequence")), name);
      }
    });
    const addFiling = insert("INSERT INTO filings VALUES (?, ?)");
    for (const table of ["g_application", "g_foreign_priority"] as const) {
      await scan(table, ofKept, (cell) => {
        // Some filing dates are misprints such as 0000-00-00 or 1073-01-01: they are left out.
        const year = Number(/^(\d{4})-\d\d-\d\d$/.exec(cell("filing_date"))?.[1]);
        if (year >= 1790 && year <= 2100) addFiling.run(cell("patent_id"), year);
      });
    }
    database.exec(`
      UPDATE patents SET abstract = coalesce((SELECT a.abstract FROM abstracts AS a WHERE a.id = patents.id), '');
      CREATE INDEX classes_by_id ON classes (id, sequence);
      CREATE INDEX inventors_by_id ON inventors (id, sequence);
      CREATE INDEX assignees_by_id ON assignees (id, sequence);
      CREATE INDEX filings_by_id ON filings (id, year);
      COMMIT;`);
    const patents = Number(database.prepare("SELECT count(*) AS n FROM patents").get()?.n);
    return { patents, rows };
  } finally {
    database.close();
  }
}

/** The staged patents in order of their ids, joined with classes, inventor countries, assignee and earliest filing. */
export function* readStaged(staging: string): Generator<Patent> {
  const database = new DatabaseSync(staging, { readOnly: true });
  try {
    const classes = database.prepare(
      "SELECT DISTINCT symbol FROM (SELECT symbol FROM classes WHERE id = ? ORDER BY sequence)",
    );
    const countries = database.prepare(
      `SELECT l.country FROM inventors AS i JOIN locations AS l USING (location)
       WHERE i.id = ? AND l.country <> '' ORDER BY i.sequence`,
    );
    const assignee = database.prepare(
      "SELECT name FROM assignees WHERE id = ? ORDER BY sequence LIMIT 1",
    );
    const filing = database.prepare("SELECT min(year) AS year FROM filings WHERE id = ?");
    const number = (value: unknown) => value === null || value === undefined ? null : Number(value);
    for (const row of database.prepare("SELECT * FROM patents ORDER BY id").iterate()) {
      const id = String(row.id);
      yield {
        id,
        title: String(row.title),
        abstract: String(row.abstract),
        year: number(row.year),
        priorityYear: number(filing.get(id)?.year),
        classes: classes.all(id).map(({ symbol }) => String(symbol)),
        countries: countries.all(id).map(({ country }) => String(country)),
        assignee: (assignee.get(id)?.name ?? null) as string | null,
      };
    }
  } finally {
    database.close();
  }
}

function findTables(folder: string): Readonly<Partial<Record<TableName, string>>> {
  const files: Partial<Record<TableName, string>> = {};
  for (const table of Object.keys(PATENTSVIEW_TABLES) as TableName[]) {
    const found = [".tsv.zip", ".tsv", ".tsv.gz"].map((ending) => join(folder, table + ending))
      .find(exists);
    if (found !== undefined) files[table] = found;
    else if (!OPTIONAL.includes(table)) {
      throw namedError(
        "PatentInputError",
        `${folder}: no ${table}.tsv.zip, .tsv or .tsv.gz; see lib/patents/README.md for where it comes from`,
      );
    }
  }
  return files;
}

function exists(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}
