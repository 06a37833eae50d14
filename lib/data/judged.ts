import { join } from "node:path";
import {
  checkUnique,
  type CsvRow,
  integerCell,
  numberCell,
  oneOf,
  optionalNumber,
  readCsvTable,
  requiredText,
} from "./csv_table.ts";
import { DATA_DIR } from "./data_dir.ts";
import { WIOD_SECTORS } from "./wiod_labels.ts";

/** Tonnes of rare earth oxide used in the United States, as assigned to a table year. */
export interface UsConsumption {
  readonly tableYear: number;
  readonly tonnes: number;
  /** Year of the published figure. */
  readonly factYear: number;
  readonly reading: string;
  readonly note: string;
  readonly source: string;
}

/** Which published US end-use table stands for a table year. */
export interface EndUseYear {
  readonly tableYear: number;
  readonly endUseYear: number;
  readonly reading: string;
  readonly note: string;
}

/** Weight with which a published end use is one of the ten applications. */
export interface EndUseWeight {
  readonly endUseYear: number;
  readonly use: string;
  readonly application: string;
  /** Not normalised: weights of a use are divided by their sum. */
  readonly weight: number;
  readonly basis: string;
  readonly reading: string;
}

/** An element whose missing prices follow another's. */
export interface PriceCompanion {
  readonly element: string;
  readonly companion: string;
  /** Price of the element over that of the companion; null: from the years in which both are given. */
  readonly ratio: number | null;
  readonly basis: string;
  readonly reading: string;
  readonly source: string;
}

/** A commodity through which elements reach their users. */
export interface ElementHost {
  readonly commodity: string;
  readonly role: "raw" | "intermediate";
  readonly why: string;
  readonly reading: string;
}

/** WIOD sector that sells the element for an application. */
export interface WorldHost {
  readonly application: string;
  readonly sector: string;
  readonly why: string;
  readonly reading: string;
}

/** A US industry of the productivity accounts whose activity a world sector has. */
export interface SectorIndustry {
  /** c1 to c35. */
  readonly sector: string;
  /** 1 to 63. */
  readonly industryId: number;
  readonly industry: string;
  readonly why: string;
  readonly reading: string;
}

/** A dated policy event. */
export interface PolicyEvent {
  /** ISO date. */
  readonly date: string;
  readonly label: string;
  readonly kind: "quota" | "duty" | "wto" | "incident";
  readonly reading: string;
  readonly source: string;
}

/** The project's own judgements, one CSV each in `data/judged/`; every row says how it was arrived at. */
export interface Judged {
  readonly usConsumption: readonly UsConsumption[];
  readonly usEndUseYears: readonly EndUseYear[];
  readonly usEndUseWeights: readonly EndUseWeight[];
  readonly priceCompanions: readonly PriceCompanion[];
  /** In the order in which hosts are searched. */
  readonly elementHosts: readonly ElementHost[];
  readonly worldHosts: readonly WorldHost[];
  /** An industry may stand in several sectors. */
  readonly sectorIndustries: readonly SectorIndustry[];
  readonly events: readonly PolicyEvent[];
}

/**
 * Reads the hand-written judgement tables.
 *
 * @param dataDir the project's data folder
 * @throws SourceError naming file, row and column of a cell that does not read
 */
export function loadJudged(dataDir = DATA_DIR): Judged {
  const dir = join(dataDir, "judged");
  return {
    usConsumption: rows(dir, "us_consumption.csv", ["table_year"], (row) => ({
      tableYear: integerCell(row, "table_year"),
      tonnes: numberCell(row, "tonnes_reo"),
      factYear: integerCell(row, "fact_year"),
      reading: requiredText(row, "reading"),
      note: requiredText(row, "note"),
      source: requiredText(row, "source"),
    })),
    usEndUseYears: rows(dir, "us_end_use_years.csv", ["table_year"], (row) => ({
      tableYear: integerCell(row, "table_year"),
      endUseYear: integerCell(row, "end_use_year"),
      reading: requiredText(row, "reading"),
      note: requiredText(row, "note"),
    })),
    usEndUseWeights: rows(
      dir,
      "us_end_use_to_application.csv",
      ["end_use_year", "use", "application"],
      (row) => ({
        endUseYear: integerCell(row, "end_use_year"),
        use: requiredText(row, "use"),
        application: requiredText(row, "application"),
        weight: numberCell(row, "weight"),
        basis: requiredText(row, "basis"),
        reading: requiredText(row, "reading"),
      }),
    ),
    priceCompanions: rows(dir, "price_companions.csv", ["element"], (row) => ({
      element: requiredText(row, "element"),
      companion: requiredText(row, "companion"),
      ratio: optionalNumber(row, "ratio"),
      basis: requiredText(row, "basis"),
      reading: requiredText(row, "reading"),
      source: requiredText(row, "source"),
    })),
    elementHosts: rows(dir, "element_hosts.csv", ["commodity"], (row) => ({
      order: integerCell(row, "order"),
      commodity: requiredText(row, "commodity"),
      role: oneOf(row, "role", ["raw", "intermediate"] as const),
      why: requiredText(row, "why"),
      reading: requiredText(row, "reading"),
    })).sort((a, b) => a.order - b.order),
    worldHosts: rows(dir, "world_hosts.csv", ["application"], (row) => ({
      application: requiredText(row, "application"),
      sector: requiredText(row, "wiod2013_host"),
      why: requiredText(row, "why"),
      reading: requiredText(row, "reading"),
    })),
    sectorIndustries: rows(
      dir,
      "us_industry_world_sectors.csv",
      ["wiod2013_sector", "industry_id"],
      (row) => ({
        sector: oneOf(row, "wiod2013_sector", WIOD_SECTORS),
        industryId: integerCell(row, "industry_id", 1, 63),
        industry: requiredText(row, "industry"),
        why: requiredText(row, "why"),
        reading: requiredText(row, "reading"),
      }),
    ),
    events: rows(dir, "events.csv", ["date", "label"], (row) => ({
      date: isoDate(row, "date"),
      label: requiredText(row, "label"),
      kind: oneOf(row, "kind", ["quota", "duty", "wto", "incident"] as const),
      reading: requiredText(row, "reading"),
      source: requiredText(row, "source"),
    })),
  };
}

function rows<Row>(dir: string, file: string, key: string[], read: (row: CsvRow) => Row): Row[] {
  const table = readCsvTable(join(dir, file), key, {
    remedy: "correct the file; `git checkout` restores the committed one",
  });
  checkUnique(table.rows, key);
  return table.rows.map(read);
}

function isoDate(row: CsvRow, column: string): string {
  const text = requiredText(row, column);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(Date.parse(text))) {
    throw new Error(
      `${row.file}, row ${row.line}, column ${column}: "${text}" is no date yyyy-mm-dd`,
    );
  }
  return text;
}
