/** What data can stand for in a notebook. */
export type SourceRole =
  | "us tables"
  | "world table"
  | "exports"
  | "prices"
  | "manufacturing"
  | "countries"
  | "patents"
  | "concordance";

/** A kind of file that a notebook can be pointed at. */
export interface SourceKind {
  readonly role: SourceRole;
  /** What the file is, for messages and for what the notebook says it used. */
  readonly name: string;
  /** How its files are called, for messages. */
  readonly files: string;
  /** Names of `deno task data:download` under which it is fetched; none: it comes from the user. */
  readonly download: readonly string[];
}

/** Kinds of files by the name that a choice may put before the path, `kind=path`. */
export const SOURCE_KINDS = {
  "bea": {
    role: "us tables",
    name: "BEA Make and Use workbooks",
    files: "AllTablesIO.zip, or a folder with IOMake_…, IOUse_… and ImportMatrices_… .xlsx",
    download: ["bea"],
  },
  "wiod": {
    role: "world table",
    name: "WIOD world table",
    files: "WIOT….xlsx or .xlsb of the year, or WIOTS_in_EXCEL.zip",
    download: ["wiod2016"],
  },
  "oecd-icio": {
    role: "world table",
    name: "OECD Inter-Country Input-Output table",
    files: "YEAR_SML.csv, or the archive with it, such as 2006-2010_SML.zip",
    download: ["oecd-icio-2025", "oecd-icio-2023"],
  },
  "exiobase": {
    role: "world table",
    name: "EXIOBASE 3",
    files: "IOT_YEAR_ixi.zip, or the folder into which it was unpacked",
    download: ["exiobase3"],
  },
  "world-csv": {
    role: "world table",
    name: "long CSV of a world table",
    files: "a CSV with the columns year, kind, row_country, row_sector, column_country, …",
    download: [],
  },
  "baci": {
    role: "exports",
    name: "CEPII BACI",
    files: "BACI_HS…_V….zip, or BACI_HS…_Y….csv with country_codes_V….csv in the same folder",
    download: ["baci"],
  },
  "comtrade": {
    role: "exports",
    name: "UN Comtrade",
    files: "answers of API v1 (.json) or bulk files (.txt, .txt.gz)",
    download: ["comtrade"],
  },
  "trade-csv": {
    role: "exports",
    name: "long CSV of trade",
    files: "a CSV with the columns year, exporter, importer, product, value, unit, tonnes",
    download: [],
  },
  "prices-csv": {
    role: "prices",
    name: "CSV of monthly prices",
    files: "a CSV with the columns month, series, price, unit, basis, source",
    download: [],
  },
  "nber-ces": {
    role: "manufacturing",
    name: "NBER-CES Manufacturing Industry Database",
    files: "nberces….csv by NAICS 2012 industry and year",
    download: ["nber-ces"],
  },
  "penn": {
    role: "countries",
    name: "Penn World Table",
    files: "pwt….xlsx",
    download: ["penn-world"],
  },
  "patents": {
    role: "patents",
    name: "labelled patent panel",
    files: "a .csv or .parquet with sector, year, patents_element, patents_other",
    download: [],
  },
  "sectors": {
    role: "concordance",
    name: "concordance of sectors",
    files: "a CSV with the columns sector, wiod2013_sector and, where known, weight",
    download: [],
  },
  "products": {
    role: "concordance",
    name: "concordance of products",
    files: "a CSV with the columns product, wiod2013_sector and, where known, weight",
    download: [],
  },
} as const satisfies Readonly<Record<string, SourceKind>>;

/** One of {@linkcode SOURCE_KINDS}. */
export type SourceKindName = keyof typeof SOURCE_KINDS;

/** All names of kinds. */
export const SOURCE_KIND_NAMES = Object.keys(SOURCE_KINDS) as readonly SourceKindName[];

/** The kinds that can take a role. */
export function kindsOf(role: SourceRole): readonly SourceKindName[] {
  return SOURCE_KIND_NAMES.filter((name) => SOURCE_KINDS[name].role === role);
}
