import { namedError } from "./named_error.ts";
import type { Patent } from "./patent.ts";

/** Column names by field, best first: ours, PatentsView's, PATSTAT's and Google's. */
export const PATENT_COLUMNS = {
  id: ["id", "patent_id", "publication_number", "appln_id", "patent_number"],
  title: ["title", "patent_title", "appln_title"],
  abstract: ["abstract", "patent_abstract", "appln_abstract"],
  year: [
    "year",
    "grant_year",
    "publication_year",
    "earliest_publn_year",
    "patent_date",
    "publication_date",
    "date",
  ],
  priorityYear: [
    "priority_year",
    "priorityYear",
    "earliest_filing_year",
    "priority_date",
    "earliest_filing_date",
    "filing_date",
  ],
  classes: ["classes", "cpc", "ipc", "cpc_class_symbol", "ipc_class_symbol", "cpc_group"],
  countries: ["countries", "country", "inventor_countries", "disambig_country", "person_ctry_code"],
  assignee: ["assignee", "applicant", "assignee_organization"],
} as const;

type Field = keyof typeof PATENT_COLUMNS;

/** The column that holds each field; a field without one is empty in every patent. */
export type PatentColumns = Readonly<Partial<Record<Field, string>>>;

/**
 * Which of the columns hold what.
 *
 * @throws PatentInputError without a column for the id and one for the title or the abstract
 */
export function patentColumns(path: string, names: Iterable<string>): PatentColumns {
  const present = new Set(names);
  const columns: Partial<Record<Field, string>> = {};
  for (const [field, candidates] of Object.entries(PATENT_COLUMNS)) {
    const found = candidates.find((name) => present.has(name));
    if (found !== undefined) columns[field as Field] = found;
  }
  if (columns.id === undefined || (columns.title === undefined && columns.abstract === undefined)) {
    throw namedError(
      "PatentInputError",
      `${path}: columns ${[...present].join(", ").slice(0, 500)}; expected an id (${
        PATENT_COLUMNS.id.join(", ")
      }) and a title (${PATENT_COLUMNS.title.join(", ")}) or an abstract (${
        PATENT_COLUMNS.abstract.join(", ")
      })`,
    );
  }
  return columns;
}

/**
 * A patent from the values of a row: lists may be arrays or texts separated by `;` or `|`; a year may be a date.
 *
 * @param where file and row, for errors
 * @throws PatentInputError at a missing id, or a year that is none
 */
export function patentFromValues(
  value: (column: string) => unknown,
  columns: PatentColumns,
  where: string,
): Patent {
  const read = (field: Field): unknown => {
    const column = columns[field];
    return column === undefined ? null : value(column);
  };
  const text = (field: Field): string => {
    const given = read(field);
    return given === null || given === undefined ? "" : String(given).trim();
  };
  const id = text("id");
  if (id === "") throw namedError("PatentInputError", `${where}: the patent has no id`);
  return {
    id,
    title: text("title"),
    abstract: text("abstract"),
    year: readYear(read("year"), `${where}, year`),
    priorityYear: readYear(read("priorityYear"), `${where}, priority year`),
    classes: readList(read("classes")),
    countries: readList(read("countries")),
    assignee: text("assignee") || null,
  };
}

/** A year from a number, "2011", "2011-03-08", "20110308" or a date; null when empty. */
export function readYear(value: unknown, where: string): number | null {
  if (value instanceof Date) return value.getUTCFullYear();
  if (value === null || value === undefined || String(value).trim() === "") return null;
  const text = String(value).trim();
  const year = /^(\d{4})(?:\.0)?$|^(\d{4})-\d\d(?:-\d\d)?|^(\d{4})\d{4}$/.exec(text);
  const number = Number(year?.[1] ?? year?.[2] ?? year?.[3]);
  // PATSTAT writes 9999 where it does not know.
  if (number === 9999) return null;
  if (!(number >= 1700 && number <= 2200)) {
    throw namedError("PatentInputError", `${where}: ${JSON.stringify(text)} is not a year or date`);
  }
  return number;
}

function readList(value: unknown): readonly string[] {
  if (value === null || value === undefined) return [];
  const parts = Array.isArray(value) ? value.map(String) : String(value).split(/[;|]/);
  return parts.map((part) => part.trim()).filter((part) => part !== "");
}
