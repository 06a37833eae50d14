import pl from "nodejs-polars";
import type { DataFrame } from "@ree/data";
import type { Concordance } from "./concordance.ts";
import { type Label, LABELS } from "./labels.ts";
import type { Patent } from "./patent.ts";

/** A patent with its labels. */
export interface LabelledPatent {
  readonly patent: Patent;
  readonly primary: Label;
  /** Every label that applies. */
  readonly labels: readonly Label[];
}

/** Patents of a sector, year, country and label. */
export interface PanelCell {
  readonly sector: string;
  readonly year: number;
  /** ISO 3166 alpha-2, or `unknown`. */
  readonly country: string;
  readonly label: Label;
  /** Fractional count. */
  readonly count: number;
}

/** Options of {@linkcode labelPanel}. */
export interface PanelOptions {
  readonly concordance: Concordance;
  /** Year of the earliest filing where it is known (default), or year of grant. */
  readonly dating?: "priority" | "grant";
  /** `primary`: a patent counts under its primary label (default); `all`: evenly under every label that applies. */
  readonly counting?: "primary" | "all";
  /** Adds the empty cells of all years between the first and the last, for every sector, country and label seen. */
  readonly complete?: boolean;
}

/** A panel and what did not get into it as it should. */
export interface LabelPanel {
  /** By sector, country, label and year. */
  readonly cells: readonly PanelCell[];
  /** Patents counted; the cells sum to it. */
  readonly patents: number;
  /** Left out: no year at all. */
  readonly undated: number;
  /** Counted by year of grant because no earlier filing is known (when dating by priority). */
  readonly datedByGrant: number;
  /** Counted under the sector {@linkcode UNCLASSIFIED}: no class leads to a sector. */
  readonly unclassified: number;
  /** Counted under the country {@linkcode UNKNOWN_COUNTRY}. */
  readonly withoutCountry: number;
}

/** Sector of patents whose classes lead nowhere. */
export const UNCLASSIFIED = "unclassified";
/** Country of patents without one. */
export const UNKNOWN_COUNTRY = "unknown";

/**
 * Counts patents by sector, year, country and label. Each patent has weight one, split evenly over its classes that lead
 * to a sector (and by the concordance's shares within a class), and evenly over its inventors' countries.
 */
export function labelPanel(patents: Iterable<LabelledPatent>, options: PanelOptions): LabelPanel {
  const { concordance, dating = "priority", counting = "primary", complete = false } = options;
  const counts = new Map<string, number>();
  const tally = { patents: 0, undated: 0, datedByGrant: 0, unclassified: 0, withoutCountry: 0 };
  for (const { patent, primary, labels } of patents) {
    const year = (dating === "priority" ? patent.priorityYear : null) ?? patent.year ??
      patent.priorityYear;
    if (year === null) {
      tally.undated++;
      continue;
    }
    tally.patents++;
    if (dating === "priority" && patent.priorityYear === null) tally.datedByGrant++;
    const sectors = sectorShares(patent.classes, concordance);
    if (sectors.has(UNCLASSIFIED)) tally.unclassified++;
    const countries = evenShares(
      patent.countries.length > 0 ? patent.countries : [UNKNOWN_COUNTRY],
    );
    if (patent.countries.length === 0) tally.withoutCountry++;
    const under = evenShares(counting === "primary" || labels.length === 0 ? [primary] : labels);
    for (const [sector, ofSector] of sectors) {
      for (const [country, ofCountry] of countries) {
        for (const [label, ofLabel] of under) {
          const key = JSON.stringify([sector, country, label, year]);
          counts.set(key, (counts.get(key) ?? 0) + ofSector * ofCountry * ofLabel);
        }
      }
    }
  }
  const cells = [...counts].map(([key, count]): PanelCell => {
    const [sector, country, label, year] = JSON.parse(key) as [string, string, Label, number];
    return { sector, year, country, label, count };
  });
  return { cells: sortCells(complete ? completeCells(cells) : cells), ...tally };
}

/** The panel with a zero in every cell between its first and last year that has no count. */
export function completeCells(cells: readonly PanelCell[]): readonly PanelCell[] {
  if (cells.length === 0) return [];
  const years = cells.map(({ year }) => year);
  const [first, last] = [
    years.reduce((a, b) => Math.min(a, b)),
    years.reduce((a, b) => Math.max(a, b)),
  ];
  const keyOf = ({ sector, country, label, year }: Omit<PanelCell, "count">) =>
    JSON.stringify([sector, country, label, year]);
  const known = new Map(cells.map((cell) => [keyOf(cell), cell]));
  const full: PanelCell[] = [];
  for (const sector of new Set(cells.map((cell) => cell.sector))) {
    for (const country of new Set(cells.map((cell) => cell.country))) {
      for (const label of LABELS) {
        for (let year = first; year <= last; year++) {
          const cell = { sector, country, label, year };
          full.push(known.get(keyOf(cell)) ?? { ...cell, count: 0 });
        }
      }
    }
  }
  return sortCells(full);
}

/** The cells as a data frame: `sector`, `country`, `label`, `year`, `count`, and further numbers where there are. */
export function panelFrame(
  cells: readonly (PanelCell & { readonly [column: string]: string | number })[],
  numbers: readonly string[] = [],
): DataFrame {
  const column = (name: string) => cells.map((cell) => cell[name]);
  return pl.DataFrame([
    ...["sector", "country", "label"].map((name) => pl.Series(name, column(name), pl.Utf8)),
    pl.Series("year", column("year"), pl.Int32),
    ...["count", ...numbers].map((name) => pl.Series(name, column(name), pl.Float64)),
  ]);
}

function sectorShares(
  classes: readonly string[],
  concordance: Concordance,
): ReadonlyMap<string, number> {
  const found = classes.map((symbol) => concordance.sectorsOf(symbol))
    .filter((shares) => shares.length > 0);
  if (found.length === 0) return new Map([[UNCLASSIFIED, 1]]);
  const total = new Map<string, number>();
  for (const { sector, share } of found.flat()) {
    total.set(sector, (total.get(sector) ?? 0) + share / found.length);
  }
  return total;
}

function evenShares<Name>(names: readonly Name[]): ReadonlyMap<Name, number> {
  const shares = new Map<Name, number>();
  for (const name of names) shares.set(name, (shares.get(name) ?? 0) + 1 / names.length);
  return shares;
}

function sortCells(cells: readonly PanelCell[]): readonly PanelCell[] {
  const text = (a: string, b: string) => a < b ? -1 : a > b ? 1 : 0;
  return [...cells].sort((a, b) =>
    text(a.sector, b.sector) || text(a.country, b.country) ||
    LABELS.indexOf(a.label) - LABELS.indexOf(b.label) || a.year - b.year
  );
}
