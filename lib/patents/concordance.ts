import { DATA_DIR, loadFacts, readCsvTable } from "@ree/data";
import { technologyField } from "./technology_field.ts";

/** A sector to which a class belongs, and with which share. */
export interface SectorShare {
  readonly sector: string;
  /** Shares of one class sum to 1. */
  readonly share: number;
}

/** A rule from technology classes to sectors. */
export interface Concordance {
  readonly name: string;
  /** Where it comes from. */
  readonly source: string;
  /** Sectors of a CPC or IPC symbol; none when the class belongs nowhere. */
  sectorsOf(symbol: string): readonly SectorShare[];
}

const WIPO_SOURCE =
  "WIPO IPC-Technology Concordance (Schmoch 2008 and revisions), transcribed from memory, to be verified";

/** The 35 WIPO technology fields themselves as sectors. */
export function fieldConcordance(): Concordance {
  return {
    name: "wipo_field",
    source: WIPO_SOURCE,
    sectorsOf(symbol) {
      const field = technologyField(symbol);
      return field === null ? [] : [{ sector: field, share: 1 }];
    },
  };
}

/**
 * From WIPO fields on to the industries that use rare earths in a field's products: BEA detail industries or WIOD 2013
 * sectors (c1 … c35) of `data/facts/ree_application_industries.csv`, split evenly over the applications that name the
 * field. The assignment is our judgement; fields that no application names go nowhere.
 */
export function industryConcordance(
  level: "bea_detail" | "wiod2013",
  dataDir: string = DATA_DIR,
): Concordance {
  const byField = new Map<string, Map<string, number>>();
  for (const { wipoField, industry, wiodSector } of loadFacts(dataDir).applicationIndustries) {
    const sector = level === "bea_detail" ? industry : wiodSector;
    const shares = byField.get(wipoField) ?? new Map<string, number>();
    shares.set(sector, (shares.get(sector) ?? 0) + 1);
    byField.set(wipoField, shares);
  }
  const sectors = new Map([...byField].map(([field, counts]) => {
    const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
    const shares = [...counts].map(([sector, count]) => ({ sector, share: count / total }));
    return [field, shares] as const;
  }));
  return {
    name: level,
    source: `${WIPO_SOURCE}; then data/facts/ree_application_industries.csv (our judgement)`,
    sectorsOf(symbol) {
      const field = technologyField(symbol);
      return field === null ? [] : sectors.get(field) ?? [];
    },
  };
}

/** How far a row's shares may be from 1 in a concordance file. */
const SHARE_TOLERANCE = 1e-6;

/**
 * A concordance of your own (for instance Lybbert and Zolas's ALP): a CSV with the columns `prefix` (of a class symbol,
 * without spaces), `sector`, `share` and `source`. The longest prefix that fits a class holds.
 *
 * @throws SourceError when it does not read; RangeError when the shares of a prefix do not sum to 1
 */
export function loadConcordance(path: string): Concordance {
  const table = readCsvTable(path, ["prefix", "sector", "share", "source"], {
    remedy: "correct the file",
  });
  const byPrefix = new Map<string, SectorShare[]>();
  for (const { cells } of table.rows) {
    const prefix = cells.prefix.replaceAll(" ", "").toUpperCase();
    const share = Number(cells.share);
    byPrefix.set(prefix, [...byPrefix.get(prefix) ?? [], { sector: cells.sector, share }]);
  }
  for (const [prefix, shares] of byPrefix) {
    const sum = shares.reduce((partial, { share }) => partial + share, 0);
    if (Math.abs(sum - 1) > SHARE_TOLERANCE) {
      throw new RangeError(`${path}: the shares of ${prefix} sum to ${sum}, expected 1`);
    }
  }
  const sources = new Set(table.rows.map(({ cells }) => cells.source));
  return {
    name: path.replace(/^.*[\\/]/, ""),
    source: [...sources].join("; "),
    sectorsOf(symbol) {
      const plain = symbol.replaceAll(" ", "").toUpperCase();
      for (let length = plain.length; length > 0; length--) {
        const shares = byPrefix.get(plain.slice(0, length));
        if (shares !== undefined) return shares;
      }
      return [];
    },
  };
}
